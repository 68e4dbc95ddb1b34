"""Finds the markup of web pages that a text still holds: "&pound;4.5m", "<b>$4&nbsp;million</b>".

Feeds and hasty copies of a page leave tags and character references in what is called plain text.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from extraction.plain.view import Mark
from extraction.text.words import word_data

# A reference that was escaped once more ("&amp;pound;") is one as well. Bounded repetition keeps the scan linear.
_REFERENCE = r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_LONGEST_CHARACTER = 2  # code points; what is longer is a name that nobody knows, and kept
_MOST_ATTRIBUTES = 2000  # characters
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_COMMENT = "!--"
_TEN = re.compile(r"(?<!\d)10$")
_UNIT = re.compile(r"(?:^|[\d\s/;])[a-z]{1,2}$")


def markup(text: str) -> Iterator[Mark]:
    """The marks of tags and character references, with white space that no reader sees."""
    if "<" not in text and "&" not in text:
        return
    signs, seen_for, unread = _signs()
    done = 0
    unclosed: set[str] = set()
    for match in signs.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        tag = _COMMENT if match["comment"] else (match["slash"] or "") + (match["tag"] or "").lower()
        if match["reference"] is not None:
            seen = unescape(unescape(match[0]))
            if len(seen) > _LONGEST_CHARACTER:
                continue
        elif match["raised"] is not None:
            seen = _raised(match["raised"], text[max(0, start - 4) : start])
        else:
            seen = seen_for.get(tag, "")
        if tag in unread and tag not in unclosed:
            closed = unread[tag].search(text, end)
            if closed is not None:
                done = closed.end()
                yield Mark(start, done, seen)
                continue
            unclosed.add(tag)
        if seen in ("\n", "\t"):
            start = done + len(text[done:start].rstrip())
        elif match["space"]:
            end -= len(match["space"])
        done = end
        yield Mark(start, end, seen)


def _raised(digits: str, before: str) -> str:
    """What raised digits are in a line: the power in "10<sup>6</sup>" and "km<sup>2</sup>"; nothing of a footnote's."""
    if _TEN.search(before) is not None:
        return f"^{digits}"
    return digits.translate(_RAISED) if _UNIT.search(before) is not None else ""


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str], dict[str, re.Pattern[str]]]:
    """What finds the marks, what is seen in place of a tag ("/td" being that which closes), what ends the unread."""
    tags = word_data("markup")
    seen_for = {slash + tag: "\n" for tag in tags["block"] for slash in ("", "/")}
    seen_for |= {f"/{tag}": "\t" for tag in tags["cell"]}
    unread = {tag: re.compile(f"</{tag}>", re.IGNORECASE) for tag in tags["unread"]} | {_COMMENT: re.compile("-->")}
    names = "|".join(sorted((tag for several in tags.values() for tag in several), key=len, reverse=True))
    signs = re.compile(
        rf"(?P<reference>{_REFERENCE})|<sup>(?P<raised>-?\d{{1,3}})</sup>|(?P<comment><!--)|<(?P<slash>/?)(?P<tag>{names})"
        rf"(?:\s{{0,20}}/?|\s[^<>=]{{0,200}}=[^<>]{{0,{_MOST_ATTRIBUTES}}})>(?P<space>\s{{0,200}})",
        re.IGNORECASE,
    )
    return signs, seen_for, unread
