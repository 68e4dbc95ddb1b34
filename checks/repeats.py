"""The same number twice in one article: with another magnitude, or in the headline without what bounded it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checks.findings import Claim, Finding, Severity, amount, is_exact, plain

_THOUSAND = Decimal(1000)
_LONGEST_HEADLINE = 150
_DETERMINER = re.compile(r"^(?:the|a|an|its|their|his|her|our|this|that)\s+", re.IGNORECASE)
_BOUNDS = {
    "at_most": "no more than",
    "less_than": "less than",
    "at_least": "no less than",
    "more_than": "more than",
    "approximate": "about",
}


def other_magnitudes(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Million in one place and billion in another, with the same digits, for the same thing."""
    money = [claim for claim in claims if claim["kind"] == "money" and is_exact(claim) and amount(claim) > 0]
    for place, small in enumerate(money):
        for large in money[place + 1 :]:
            low, high = sorted((small, large), key=amount)
            if amount(low) * _THOUSAND != amount(high) or low["unit"] != high["unit"] or not _same_thing(low, high):
                continue
            if low["sentence"]["start"] == high["sentence"]["start"]:
                continue
            message = (
                f"{small['text']} here and {large['text']} there for the same thing: "
                f"{plain(amount(high))} is 1,000 times {plain(amount(low))}"
            )
            yield Finding("magnitude", Severity.WARNING, message, (small, large))


def headline_against_body(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A number that the first line states plainly, while the body only ever bounds it or leaves it to a source."""
    end = headline_end(text)
    body = [claim for claim in claims if claim["start"] >= end]
    for claim in claims:
        if claim["end"] > end or not is_exact(claim):
            continue
        same = [other for other in body if _same_number(claim, other)]
        if not same:
            continue
        shapes = {other["shape"] for other in same}
        if len(shapes) == 1 and (shape := shapes.pop()) in _BOUNDS:
            words = next((span["text"] for other in same for span in other["qualifiers"]), _BOUNDS[shape])
            severity = Severity.WARNING
            message = f'the headline says {claim["text"]}, the article says "{words}" {same[0]["text"]}'
            yield Finding("headline", severity, message, (claim, *same))
        elif claim["modality"] == "asserted" and not claim["attribution"] and _left_to_a_source(same):
            speaker = same[0]["attribution"]["speaker"]["text"]
            message = f"the headline states {claim['text']} as a fact, the article leaves it to {speaker}, as alleged"
            yield Finding("headline", Severity.WARNING, message, (claim, *same))


def headline_end(text: str) -> int:
    """Where the first line ends, if it is a headline: short, without a full stop, with text below it; else 0."""
    line, _, rest = text.partition("\n")
    stripped = line.strip()
    if not stripped or not rest.strip() or len(stripped) > _LONGEST_HEADLINE or stripped[-1] in '.!?:;,”"':
        return 0
    return len(line)


def _left_to_a_source(claims: Sequence[Claim]) -> bool:
    return all(
        claim["modality"] == "alleged" and claim["attribution"] and claim["attribution"]["speaker"] for claim in claims
    )


def _same_number(one: Claim, other: Claim) -> bool:
    keys = ("kind", "unit") if one["kind"] != "count" else ("kind",)
    return one["value"] == other["value"] and all(one[key] == other[key] for key in keys)


def _same_thing(one: Claim, other: Claim) -> bool:
    for name in ("measure", "subject"):
        phrases = [_DETERMINER.sub("", (claim[name] or {}).get("text", "")).casefold() for claim in (one, other)]
        if phrases[0] and phrases[1] and phrases[0] != phrases[1]:
            return False
    return any(
        one[name] and other[name] and _bare(one[name]["text"]) == _bare(other[name]["text"])
        for name in ("measure", "subject")
    )


def _bare(phrase: str) -> str:
    return _DETERMINER.sub("", phrase).casefold()
