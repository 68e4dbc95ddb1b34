"""What an amount measures that is said again in another way: "spent $26m a day in interest, or $1.1m an hour".

Behind "or", "up from", "against" or in brackets an amount of the same sentence and the same subject measures what the
one in front of it does, when it has nothing of its own to measure. What stands right beside an amount has its subject,
as "half" in "fell to $88, about half of what they paid". Two shares of one measure are shares of one whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.claims import Claim, Kind
from extraction.text.words import word_set

_LONGEST = 120
# The last way is that of one bracket: "85 million pesos (£1.1m; $1.5m)".
_AGAIN = re.compile(
    r"[^;:.]*?(?:, (?:or|up|down|against|compared with|compared to|equal to|equivalent to|some|about)\b|\()[^,;:()]*"
    r"|\)?; "
)
_SAID_OF_AMOUNTS = frozenset({Kind.FRACTION, Kind.MULTIPLE, Kind.PERCENT, Kind.MONEY})
_SHADES = "|".join(sorted(word_set("cues", "bound_words") | {"a", "little", "well", "only", "just", "barely", "some"}))
_BESIDE = re.compile(
    r"(?: (?:an?|per|each) (?:[a-z]+ ){0,2}[a-z]+)?(?:, (?:or )?|, equal to | [—–-] )" + rf"(?:(?:{_SHADES}) )*"
)
_NOT_TOLD_AGAIN = frozenset({Kind.FRACTION, Kind.MULTIPLE, Kind.AGE})


def with_measures(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a document, each that says an amount again with what it measures, or whose it is."""
    before: Claim | None = None
    for claim in claims:
        if claim.subject is None and before is not None and _stands_beside(before, claim):
            claim = replace(claim, subject=before.subject, rules=(*claim.rules, "context.beside_amount"))
        if claim.measure is None and before is not None and _says_again(before, claim):
            claim = replace(claim, measure=before.measure, rules=(*claim.rules, "context.measured_again"))
        if before is not None and before.of is not None and claim.of is None and _of_the_same(before, claim):
            claim = replace(claim, of=before.of, rules=(*claim.rules, "context.of_the_same"))
        if claim.measure is not None or claim.kind is not Kind.DURATION:
            before = claim
        yield claim


def _says_again(before: Claim, claim: Claim) -> bool:
    if before.measure is None or before.sentence.start != claim.sentence.start or before.subject != claim.subject:
        return False
    step = claim.kind is Kind.PERCENT and claim.change is not None
    if not step and (claim.kind is not before.kind or claim.kind in _NOT_TOLD_AGAIN):
        return False
    return _leads(before, claim, _AGAIN)


def _of_the_same(before: Claim, claim: Claim) -> bool:
    """Whether both claims are levels in per cent of the same measure and subject, so of the same whole.

    As in "The debt, which had stood at 61.8 per cent of GDP, is now 55 per cent": one measure at two times.
    """
    stepped = claim.change is not None and claim.change.role == "by"
    levels = claim.unit == before.unit == "percent" and not stepped and claim.measure is not None
    return levels and claim.measure == before.measure and claim.subject == before.subject


def _stands_beside(before: Claim, claim: Claim) -> bool:
    """Whether a claim stands right beside the one in front and says its amount in another way.

    As in "rents fell to $88, about half of what tenants paid".
    """
    if before.subject is None or before.sentence.start != claim.sentence.start or claim.kind not in _SAID_OF_AMOUNTS:
        return False
    return _leads(before, claim, _BESIDE)


def _leads(before: Claim, claim: Claim, way: re.Pattern[str]) -> bool:
    """Whether the words between two claims of a sentence are one of the ways to say an amount again."""
    first = claim.sentence.start
    between = claim.sentence.text[before.end - first : claim.start - first]
    return len(between) <= _LONGEST and way.fullmatch(between) is not None
