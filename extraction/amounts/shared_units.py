"""What is told once for several numbers: a magnitude ("$89 to $93 billion"), feet ("5ft 11"), years ("over three")."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extraction.amounts.joints import gap_between, is_times, joined, level_in_major
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.numerals.pairs import PAIR_RULE
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.rates import settle_rate
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import noun_follows
from extraction.text.numeral import EXACT
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set

_THOUSAND = 1000
_FURTHEST_APART = 10  # times that the second of two amounts with one magnitude is the first


def share_magnitude(first: Amount, second: Amount, join: str) -> None:
    """Gives the first number the magnitude said with the second: "$89 to $93 billion", "five or six million"."""
    magnitude = second.numeral.magnitude
    if magnitude is None and second.numeral.rule == PAIR_RULE and (second.value or 0) >= _HUNDRED:
        magnitude = Decimal(_HUNDRED)  # "one to one-fifty"
    if magnitude is None or first.numeral.magnitude is not None:
        return
    if magnitude < _THOUSAND and (join == "list" or not _shares_hundreds(first, second, magnitude)):
        return
    if first.value is None or second.value is None or abs(first.value) >= _THOUSAND:
        return
    if join == "list" and first.mark is None and not first.bare:
        return
    scaled = EXACT.multiply(first.value, magnitude)
    if join != "list" and abs(scaled) > abs(second.value):
        return
    if join == "list" and first.mark is not None and abs(second.value) > abs(scaled) * _FURTHEST_APART:
        return  # "earnings and revenue of $1.58 and $24.1 billion"
    first.value = scaled
    first.rules.append("share.magnitude")


def _shares_hundreds(first: Amount, second: Amount, magnitude: Decimal) -> bool:
    """Whether both numbers are of so many hundreds or dozens: "two to three hundred people", "two or three dozen"."""
    if first.value is None or second.numeral.value is None or not 0 < first.value < _TEN:
        return False
    said = second.numeral.rule == PAIR_RULE
    return (said or second.numeral.value % magnitude == 0) and first.value * magnitude < second.numeral.value


_TEN, _HUNDRED = 10, 100


def share_periods(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives the numbers behind "over" the unit of the first period; in "19.1% over three" they are years.

    Not in "waited over 12 hours, half of them aged over 75": there other words lead to "over".
    """
    period: Amount | None = None
    measured = False  # whether the first period stands right behind an amount
    end = 0  # of the amount in front
    for amount in amounts:
        over, opens = amount.start - 1, end
        end = amount.end
        if over < 0 or lexemes[over].lower != "over":
            continue
        gap = [lexeme.lower for lexeme in lexemes[opens:over]]
        right_behind = opens > 0 and (not gap or (len(gap) == 2 and gap[0] in ("a", "per")))
        if amount.kind is Kind.DURATION:
            period, measured = amount, right_behind
            continue
        joined = (right_behind and measured) or (opens > 0 and gap in ([","], ["and"], [",", "and"]))
        if period is not None and joined and amount.bare and counted_noun(lexemes, amount.end, amount.value) is None:
            copy_unit(amount, period)


def share_of_measured(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives the part in "restored 12 of the 40 km of track" the unit of its whole; not in "two of the 40 km races"."""
    for part, whole in pairwise(amounts):
        gap = [lexeme.lower for lexeme in lexemes[part.end : whole.start]]
        if len(gap) != len(_OF_THE) or gap[0] != "of" or gap[1] not in word_set("grammar", "definites"):
            continue
        measured = part.bare and whole.kind in _MEASURED and whole.per is None and not noun_follows(lexemes, whole.end)
        if measured and part.value is not None and whole.value is not None and part.value < whole.value:
            copy_unit(part, whole)


_OF_THE = ("of", "the")
_MEASURED = frozenset((Kind.LENGTH, Kind.AREA, Kind.MASS, Kind.VOLUME, Kind.POWER, Kind.ENERGY, Kind.DURATION))


_SMALLER = {"foot": ("inch", 12), "stone": ("pound", 14), "pound": ("ounce", 16)}
# Of these only where the second number is in words and nothing that it counts follows.
_SAID = {"hour": ("minute", 60), "minute": ("second", 60), "meter": ("centimeter", 100)}


def settle_smaller_unit(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> None:
    """Makes inches of what is right behind feet, and so on: "5ft 11", "6-foot-2", "12 ft 2 in", "eleven stone six"."""
    gap = lexemes[first.end : second.start]
    near = not gap or (len(gap) == 1 and gap[0].text in HYPHENS and gap[0].glued)
    unit, most = _SMALLER.get(first.unit or "", ("", 0))
    if not unit and not gap and not second.numeral.in_digits and _counts_nothing(lexemes, second.end):
        unit, most = _SAID.get(first.unit or "", ("", 0))
    if not unit or not near or second.value is None or not 0 <= second.value < most:
        return
    mark = lexemes[second.end] if second.end < len(lexemes) else None
    behind = lexemes[second.end + 1] if second.end + 1 < len(lexemes) else None
    inches = unit == "inch" and mark is not None
    if (
        inches
        and mark is not None
        and ((mark.text in '"”″' and mark.glued) or (mark.lower == "in" and not _opens_phrase(behind)))
    ):
        second.unit_start, second.unit_end, second.end = second.end, second.end + 1, second.end + 1
    second.kind, second.unit = first.kind, unit
    second.rules.append("unit.smaller_unit")


def _counts_nothing(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether no noun follows that the number could count, but for sizes: "two hours twenty", "two metres ten tall"."""
    return not noun_follows(lexemes, end) or lexemes[end].lower in word_set("syntax", "sizes")


def _opens_phrase(lexeme: Lexeme | None) -> bool:
    return lexeme is not None and (lexeme.lower in word_set("grammar", "articles") or lexeme.type is LexemeType.NUMBER)


def share(lexemes: Sequence[Lexeme], amounts: list[Amount]) -> None:
    """Hands units, currencies and magnitudes from one joined neighbour to the other."""
    if len(amounts) < 2:
        return
    share_periods(lexemes, amounts)
    share_of_measured(lexemes, amounts)
    for first, second in pairwise(amounts):
        if second.bare:
            settle_smaller_unit(lexemes, first, second)
        if first.unit == "hour" and second.unit == "meter" and first.end == second.start and (second.value or 60) < 60:
            second.kind, second.unit = Kind.DURATION, "minute"  # "1h 20m"
    _share_backwards(lexemes, amounts)
    for first, second in pairwise(amounts):
        _share_forwards(lexemes, first, second)


def _share_backwards(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Hands units and magnitudes from the second of two joined amounts to the first, from the end of the sentence."""
    closed = False  # whether the list that the second amount belongs to ends with "and" or "or"
    for i in range(len(amounts) - 2, -1, -1):
        first, second = amounts[i], amounts[i + 1]
        join, gap = joined(lexemes, first, second), gap_between(lexemes, first, second)
        if gap == ", and" and not (i and gap_between(lexemes, amounts[i - 1], first) == ","):
            join = None  # "the average age is 58, and 40 percent have no heir"
        if gap == ", or" and second.kind is Kind.PERCENT:
            join = None  # "48, or 7.5 percent, contained lead"
        closed = join is not None and (join == "range" or gap not in (",", "- ,") or closed)
        if closed and join is not None and first.value is not None and second.value is not None:
            _take_from_second(lexemes, amounts, i, join)


def _take_from_second(lexemes: Sequence[Lexeme], amounts: Sequence[Amount], i: int, join: str) -> None:
    """Gives amount ``i`` the unit, currency or magnitude of the next one, to which it is joined as ``join`` says."""
    first, second = amounts[i], amounts[i + 1]
    if first.unit == "degree" and (second.unit or "").startswith("degree_"):
        first.unit = second.unit  # "4 degrees to 7 degrees Fahrenheit"
    if join == "list" and i and amounts[i - 1].mark and joined(lexemes, amounts[i - 1], first) == "range":
        return  # "$45-50 and €500"
    if join == "list" and i and _level_behind_step(lexemes, amounts[i - 1], first):
        return
    if first.bare and (second.kind not in (None, Kind.FRACTION, Kind.MULTIPLE) or is_times(second)):
        share_magnitude(first, second, join)
        copy_unit(first, second)
    elif (first.bare and second.bare) or (
        first.mark is not None and second.mark is not None and first.kind is second.kind
    ):
        share_magnitude(first, second, join)


def _share_forwards(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> None:
    """Gives the bare end of a range the currency of its start, and of "a day or two" the unit of the one."""
    if second.bare and "unit.single" in first.rules and joined(lexemes, first, second) == "or":
        copy_unit(second, first)  # "a day or two"
    if _counts_receivers(lexemes, first, second):
        return
    if first.mark is not None and second.bare and joined(lexemes, first, second) == "range":
        if not first.mark.minor:
            share_magnitude(first, second, "range")
        copy_unit(second, first)
        if second.per is None:
            settle_rate(lexemes, second)  # "$5 to 10 per kilogram"
        if level_in_major(lexemes, first, second):
            second.value, second.mark = second.numeral.value, replace(first.mark, scale=Decimal(1))
            second.unit_start = second.unit_end = None


def _level_behind_step(lexemes: Sequence[Lexeme], step: Amount, level: Amount) -> bool:
    """Whether a step in per cent led to the level: "rose 0.4% against the yen to 145.62 and 0.2% against the franc"."""
    moved = step.unit == "percent" and moves_right_before(lexemes, step)
    return moved and lexemes[level.start - 1].lower == "to"


def _counts_receivers(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether the number behind "to" counts a noun, as no end of a range of money: "lent $5 million to 40 farmers"."""
    return gap_between(lexemes, first, second) == "to" and counted_noun(lexemes, second.end, second.value) is not None
