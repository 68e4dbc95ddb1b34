"""The same number twice in one article: with another magnitude, or in the headline without what bounded it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checks.findings import Claim, Finding, Severity, amount, is_exact, plain
from checks.titles import says_who, stated_amounts

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
        stated = claim["modality"] == "asserted" and not claim["attribution"]
        if lost := _lost(same, stated_as_fact=stated):
            yield Finding("headline", Severity.WARNING, f"the headline says {claim['text']}, {lost}", (claim, *same))


def title_against_body(title: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """As `headline_against_body`, for a title that is no part of the text and has no claims of its own."""
    for said in stated_amounts(title):
        same = [
            claim
            for claim in claims
            if claim["kind"] == said.kind and claim["value"] is not None and amount(claim) == said.value
        ]
        if same and (lost := _lost(same, stated_as_fact=not says_who(title))):
            yield Finding("headline", Severity.WARNING, f"the title says {said.text}, {lost}", tuple(same))


def _lost(same: Sequence[Claim], *, stated_as_fact: bool) -> str | None:
    """What the body says about a number each time, and its headline does not: a bound, or who alleges it."""
    shapes = {claim["shape"] for claim in same}
    if len(shapes) == 1 and (shape := shapes.pop()) in _BOUNDS:
        words = next((span["text"] for claim in same for span in claim["qualifiers"]), _BOUNDS[shape])
        return f'the article says "{words}" {same[0]["text"]}'
    if stated_as_fact and all(claim["modality"] == "alleged" for claim in same):
        speaker = next((claim["attribution"]["speaker"] for claim in same if claim["attribution"]), None)
        source = f"leaves it to {speaker['text']}, as" if speaker else "only says that it is"
        return f"as a fact; the article {source} alleged"
    return None


def headline_end(text: str) -> int:
    """Where the first line ends, if it is a headline: short, without a full stop, with text below it; else 0."""
    line, _, rest = text.partition("\n")
    stripped = line.strip()
    if not stripped or not rest.strip() or len(stripped) > _LONGEST_HEADLINE or stripped[-1] in '.!?:;,”"':
        return 0
    return len(line)


def _same_number(one: Claim, other: Claim) -> bool:
    keys = ("kind", "unit") if one["kind"] != "count" else ("kind",)
    return one["value"] == other["value"] and all(one[key] == other[key] for key in keys)


def _same_thing(one: Claim, other: Claim) -> bool:
    for name in ("measure", "subject"):
        phrases = [_phrase(claim, name) for claim in (one, other)]
        if phrases[0] and phrases[1] and phrases[0] != phrases[1]:
            return False
    return any(
        one[name] and other[name] and _phrase(one, name) == _phrase(other, name) for name in ("measure", "subject")
    )


def _phrase(claim: Claim, name: str) -> str:
    """The name that is meant, or the words without their article; empty where there are none."""
    span = claim[name] or {}
    return _DETERMINER.sub("", span.get("resolved") or span.get("text", "")).casefold()
