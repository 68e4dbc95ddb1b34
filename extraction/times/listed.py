"""Months and days that stand in one list: "in May and June", "on Friday and Saturday", "March, April and May 2024"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extraction.text.words import word_data, word_set
from extraction.times.mention import TimeMention

_LONGEST_NAME, _LONGEST_LIST = 24, 120  # characters
_REACH = 40
_AMOUNT_IN_FRONT = re.compile(r"\d[^;:]{0,24}\b(?:in|on) \Z")
_NEXT_WORD = re.compile(r" ([A-Za-z]+)")
_OPENING = re.compile(r"(?:\A|[.!?\n][\"”’]? )(?:In|On) \Z")


def listed(mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """The mentions, each list of months or of days as one; ``iso`` is that of a single time and left out."""
    joined: list[TimeMention] = []
    for mention in mentions:
        if joined and mention.start < joined[-1].end:
            continue
        end = _end_of_list(mention)
        if end > mention.end:
            text = mention.article[mention.start : end]
            joined.append(replace(mention, end=end, text=text, iso=None))
        else:
            joined.append(mention)
    return joined


def _end_of_list(mention: TimeMention) -> int:
    """Where the list ends that a month or a day opens: at its own end when it stands alone."""
    text, end = mention.article, mention.end
    if end - mention.start > _LONGEST_NAME or text[end : end + 1] not in (" ", ","):
        return end
    for name, further in _lists():
        if name.fullmatch(mention.text) is None:
            continue
        match = further.match(text, end, end + _LONGEST_LIST)
        if match is not None and not _is_no_list(text, mention.start, match.end()):
            return match.end()
    return end


def _is_no_list(text: str, start: int, end: int) -> bool:
    """Whether the last name opens a clause of its own, so that there is no list.

    As in "rose 4% in May and June was better still", "in May, and June brought 4%", "in May and June profits rose".
    "Rainfall in May and June was" and "In May and June profits rose" have a list.
    """
    names = text[start:end]
    if ", and " in names and names.count(",") == 1:
        return True
    word = _NEXT_WORD.match(text, end)
    if word is None or _OPENING.search(text, max(0, start - _REACH), start) is not None:
        return False
    if word[1] in word_set("grammar", "be", "have", "modals"):
        return _AMOUNT_IN_FRONT.search(text, max(0, start - _REACH), start) is not None
    return word[1] not in word_set("grammar", "prepositions", "coordinators", "subordinators")


@cache
def _lists() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """A name of a month or a day, and the further ones of a list behind it."""
    data = word_data("times")
    months, days = ("|".join(name.title() for group in data[key] for name in group) for key in ("months", "weekdays"))
    month = rf"(?:{months})(?![\w-])(?: \d{{4}}(?!\d))?(?! \d)"
    day = rf"(?:{days})s?(?![\w-])(?: (?:morning|afternoon|evening|night)s?\b)?"
    return tuple(
        (re.compile(name), re.compile(rf"(?:, {name}){{0,5}},? (?:and|or) {name}(?!['’]s)")) for name in (month, day)
    )
