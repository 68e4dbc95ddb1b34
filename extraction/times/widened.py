"""Times of which a part is named: "the first nine months of 2024", "the end of the second quarter", "each of".

Every expression looks at a bounded stretch of text.
"""

import re
from calendar import monthrange
from dataclasses import replace
from functools import cache

from extraction.text.numeral import of_four_digits
from extraction.text.words import word_data
from extraction.times.mention import TimeMention

_REACH = 56
_MONTHS = 12
_OF_YEARS = ("last ", "this ", "next ", "a year")


def widened(mention: TimeMention) -> TimeMention:
    """A mention with the words in front of it that name a part of it, or that it gives the year of.

    As in "the last week of October", "the same period of 2023", "the fourth quarter last year", "its peak in 2021". The
    part keeps the ISO form of the whole, but the first months of a year are settled.
    """
    first = max(0, mention.start - _REACH)
    match = _part().search(mention.article, first, mention.start)
    if match is None or match["preposition"] is not None:
        return mention
    if match["span"].endswith(" the ") and mention.text[:1].isdigit():
        return mention  # "the start of the 2014 Olympics"
    if match["apart"] is not None and not mention.text.lower().startswith(_OF_YEARS):
        return mention
    start = match.start("span")
    iso = mention.iso
    if match["months"] is not None and iso is not None and of_four_digits(iso):
        months = _number(match["months"])
        iso = f"{iso}-01-01/{iso}-{months:02}-{monthrange(int(iso), months)[1]}" if months <= _MONTHS else None
    return replace(mention, start=start, text=mention.article[start : mention.end], iso=iso)


@cache
def _part() -> re.Pattern[str]:
    data = word_data("times")
    units = "|".join(unit for unit in data["units"] if unit != "quarter")
    numbers, lasting = "|".join(data["numbers"]), "|".join((*data["lasting"], "half", "term"))
    which = "first|second|third|fourth|final|last|opening|closing|latter"
    same = "same|corresponding|comparable|equivalent"
    count = rf"(?:(?:{numbers}|\d\d?|few|couple of) )?"
    return re.compile(
        r"(?i)(?<![\w-])(?:(?P<preposition>to|from) )?(?P<span>"
        rf"the (?:first (?P<months>{numbers}|1?\d) months|(?:{which}) {count}(?:{units})s?"
        r"|(?:tail |back )?end|start|beginning|middle|close|rest|remainder|whole|(?:back|front|first|second) half"
        r"|(?:early|latter|better) part|(?:dying|closing|final|early|opening) (?:days|weeks|months)"
        rf"|(?:{same}) (?:{lasting})) (?:of|in) (?:the )?(?:fiscal |calendar )?"
        rf"|(?P<apart>(?:{which}|the (?:{same})) (?:{lasting}) |(?:this|the same) time )"
        r"|each of |at (?:its|their|his|her|the) (?:peak|height|lowest|worst) in |end-)\Z"
    )


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    numbers: list[str] = word_data("times")["numbers"]
    return numbers.index(words.lower()) + 1
