"""All that is read through in a text, one after the other."""

import re

from extraction.plain.characters import (
    doubled_quotes,
    escaped_characters,
    lost_characters,
    misread_characters,
    odd_characters,
)
from extraction.plain.gaps import missing_spaces, other_spaces, wide_gaps
from extraction.plain.handles import handles
from extraction.plain.lines import wrapped_lines
from extraction.plain.markup import markdown, markup
from extraction.plain.view import View, view_of

# Some text was misread twice. What is shown in the place of markup is read before the lines are put together.
_LOOKS = (
    escaped_characters, markup, misread_characters, misread_characters, odd_characters, lost_characters, doubled_quotes,
    other_spaces, handles, markdown, wide_gaps, wrapped_lines, missing_spaces,
)  # fmt: skip


# All but the looks at lines and sentences look for one of these, or for a character beyond ASCII and its usual company.
_STRANGE = re.compile(r"[<&\\*_`~@]|''|  |\$[A-Z]{2}|[^\x00-\x7f“”‘’–—…£€é]")
_AT_ANY_TEXT = (wrapped_lines, missing_spaces)


def views_of(text: str) -> list[View]:
    """The views of a text, each of the one before; none of ordinary text."""
    views: list[View] = []
    ordinary = _STRANGE.search(text) is None
    for marks_in in _AT_ANY_TEXT if ordinary else _LOOKS:
        view = view_of(text, marks_in(text))
        if view is not None:
            views.append(view)
            text = view.text
    return views
