"""The time of an amount that is told beside another one: "sold 900 cars in May, up 12 per cent from April".

What comes behind a comma or dash and only words like "up", "or" and "nearly" is said of the same time as the amount in
front, when it has no time of its own. So are the figures of one line: "Acme Q2 adj EPS $1.42 vs $1.31; rev $2.87B".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.claims import Claim, TimeReference
from extraction.text.words import word_set

_SHADES = "|".join(sorted(word_set("times", "told_again")))
_AGAIN = re.compile(rf"(?:,| –| —| \(|,? or)(?: (?:{_SHADES}))* ?", re.IGNORECASE)
_FIGURE = "context.figure"
_NO_CLOCK = re.compile(r"(?!now$)(?!.*\d(?::|\.\d\d| ?[ap]\.?m))", re.IGNORECASE)  # a moment is no time of both


# "against £35m in 2024, a rise of 14%": what a level is compared with has a time of its own.
_COMPARED = re.compile(r"\b(?:compar(?:ed|ing) (?:with|to)|against|versus|vs\.?|from) (?:[a-z-]{2,14} ){0,3}\Z")
_LONGEST_COMPARISON = 60


def with_times(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of a document, each that tells an amount in front again with the time of that one."""
    before: Claim | None = None  # the amount in front
    level: Claim | None = None  # the one whose time is that of both
    for claim in claims:
        time = None if level is None or before is None or claim.time is not None else _time_shared(before, level, claim)
        if time is not None:
            claim = replace(claim, time=time, rules=(*claim.rules, "time.told_again"))
        yield claim
        if before is None or before.time is None or not before.time.span.start <= claim.start < before.time.span.end:
            before = claim
            if level is None or level.sentence.start != claim.sentence.start or not _is_compared(claim):
                level = claim


def _is_compared(claim: Claim) -> bool:
    at = claim.start - claim.sentence.start
    return _COMPARED.search(claim.sentence.text, max(0, at - _LONGEST_COMPARISON), at) is not None


def _time_shared(before: Claim, level: Claim, claim: Claim) -> TimeReference | None:
    first = before.sentence.start
    if before.time is None or before.sentence.start != claim.sentence.start:
        return None
    time, end = level.time, before.time.span.end
    if time is None or end > claim.start:
        return None
    if _FIGURE in before.rules and _FIGURE in claim.rules and before.subject == claim.subject:
        return before.time
    between = claim.sentence.text[max(before.end, end) - first : claim.start - first]
    unit = before.unit_text
    if unit is not None and between.startswith(f" {unit}"):
        between = between[len(unit) + 1 :]
    told = _AGAIN.fullmatch(between) is not None and _NO_CLOCK.match(time.span.text) is not None
    return time if told else None
