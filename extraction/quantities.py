"""Finds the quantities of a sentence: locate amounts, resolve what they measure, decide which are claims.

One pass over the sentence's lexemes locates amounts; neighbours are joined into ranges and share their units; what
remains bare gets its kind; bounds and movements beside each are read. What is left out is kept with its reason.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extraction.ages import is_age
from extraction.amount_suffixes import settle_rate
from extraction.amounts import Amount
from extraction.bare_numbers import settle_bare, settle_index_levels, settle_rating
from extraction.changes import change_of, change_words, direction_before
from extraction.claims import Change, Kind, Rate, Shape, TextSpan
from extraction.counts import CountedNoun
from extraction.currencies import CurrencyMark
from extraction.elisions import compares_things, elided_unit, lends_unit
from extraction.lexemes import VULGAR_FRACTIONS, Lexeme, lex
from extraction.locate import Rejected, locate
from extraction.numerals import vocabulary
from extraction.qualifiers import Qualifier, applies, qualifier_after, qualifier_before
from extraction.ranges import Group, copy_unit, join_ranges, moves_right_before, share
from extraction.words import word_set


@dataclass(slots=True)
class Quantity:
    """A quantity of the text: characters ``start:end`` and its reading, before context is added.

    ``counterpart`` is the index, among the quantities of the same sentence, of the other end of a change.
    """

    start: int
    end: int
    kind: Kind
    shape: Shape
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    unit_text: str | None
    unit_span: tuple[int, int] | None
    per: Rate | None
    mark: CurrencyMark | None
    qualifiers: tuple[TextSpan, ...]
    change: Change | None
    counterpart: int | None
    rules: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What a sentence holds."""

    quantities: list[Quantity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


_WORDS = "|".join(
    sorted(
        {
            word
            for table in ("cardinals", "magnitudes", "vague", "fractions", "multiples", "multiple_verbs")
            for word in vocabulary()[table]
        }
        | {"twice", "thrice", "[a-z]+fold"}
        | {"an? (?:second|minute|hour|day|week|month|year|decade|century|mile|metre|meter|point|kilometre|tonne)"},
        key=len,
        reverse=True,
    )
)


CANDIDATE = re.compile(rf"[\d{VULGAR_FRACTIONS}]|\b(?:{_WORDS})\b", re.IGNORECASE)


def has_candidate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds anything that could be a number; most sentences of most articles do not."""
    return CANDIDATE.search(text, start, end) is not None


def read_quantities(
    text: str, start: int, end: int, masked: Sequence[tuple[int, int]] = (), *, pounds_are_money: bool = False
) -> Reading:
    """The quantities of the sentence ``text[start:end]``.

    ``masked`` are sorted character spans (dates, clock times, addresses) in which no number is read;
    ``pounds_are_money`` says how the article uses the word (``currencies.pounds_mean_money``).
    """
    reading = Reading()
    lexemes = lex(text, start, end)
    amounts, reading.rejected = locate(lexemes, _mask(lexemes, masked), pounds_are_money=pounds_are_money)
    share(lexemes, amounts)
    groups = join_ranges(lexemes, amounts)
    return _decide(text, lexemes, groups, reading)


def _mask(lexemes: Sequence[Lexeme], masked: Sequence[tuple[int, int]]) -> list[bool]:
    """Which lexemes lie in a masked span."""
    flags, position = [False] * len(lexemes), 0
    for i, lexeme in enumerate(lexemes):
        while position < len(masked) and masked[position][1] <= lexeme.start:
            position += 1
        flags[i] = position < len(masked) and masked[position][0] < lexeme.end
    return flags


def _decide(text: str, lexemes: Sequence[Lexeme], groups: list[Group], reading: Reading) -> Reading:
    measured = _settle(lexemes, groups, reading)
    settle_index_levels(lexemes, measured)
    placed: list[tuple[Group, Quantity]] = []
    for group in measured:
        placed.append((group, _quantity(text, lexemes, group, _ends(placed[-1][0]) if placed else ())))
    reading.quantities = [quantity for _, quantity in placed]
    _restated(lexemes, placed)
    _levels(lexemes, placed)
    _steps(lexemes, placed)
    _counterparts(lexemes, placed)
    return reading


def _settle(lexemes: Sequence[Lexeme], groups: Sequence[Group], reading: Reading) -> list[Group]:
    """Gives bare numbers their kinds; what measures nothing goes to the rejected ones."""
    previous_noun: CountedNoun | None = None
    lender: Group | None = None
    measured: list[Group] = []
    for group in groups:
        last = group.last
        if last.bare and previous_noun is not None and previous_noun.start <= last.start < previous_noun.end:
            # "two new 737 Max jets": the number belongs to the name of what is counted
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "name"))
            continue
        if last.bare and lender is not None and not is_age(lexemes, group):
            shared = elided_unit(lexemes, lender, group)
            between = previous_noun is not None and previous_noun.start > lender.last.end
            if shared is not None and not (between and compares_things(lexemes, group)):
                copy_unit(last, shared)
                if last.per is None:
                    settle_rate(lexemes, last)
        if last.bare:
            counted = settle_bare(lexemes, group, previous_noun)
            if counted is not None and (previous_noun is None or last.value != 1):
                previous_noun = counted  # "11 cases in one group against 185": cases go on being counted
        if last.kind is None:
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "nothing measured"))
            continue
        settle_rating(lexemes, last)
        measured.append(group)
        lender = group if lends_unit(group) else lender
    return measured


def _start(lexemes: Sequence[Lexeme], group: Group) -> int:
    return lexemes[group.first.start].start


_COMPARISONS = word_set("cues", "comparisons")


def _ends(group: Group) -> tuple[int, ...]:
    """Where an amount may be taken to end: at its unit or at the noun that it counts."""
    last = group.last
    return (last.end,) if last.noun is None else (last.end, last.noun.end)


def _quantity(text: str, lexemes: Sequence[Lexeme], group: Group, ends_before: tuple[int, ...]) -> Quantity:
    first, last = group.first, group.last
    qualifiers = _qualifiers(lexemes, group)
    # "4 per cent more than a year earlier" compares and bounds nothing
    qualifiers = [q for q in qualifiers if not (q.start in ends_before and q.phrase in _COMPARISONS)]
    shape, value, low, high = _bounds(group, qualifiers)
    kind = last.kind
    assert kind is not None
    left = min([first.start, *(q.start for q in qualifiers if q.start < first.start)])
    right = max([last.end, *(q.end for q in qualifiers)])
    change = change_of(lexemes, left, right if kind is not Kind.COUNT else last.end, kind)
    if kind is Kind.MULTIPLE and change is None:
        change = _change_of_multiple(lexemes, last)
    if group.is_range and change is not None and change.role == "from":
        change = None
    start, end = lexemes[first.start].start, lexemes[(last.text_end or last.end) - 1].end
    return Quantity(
        start=start,
        end=end,
        kind=kind,
        shape=shape,
        value=value,
        low=low,
        high=high,
        unit=last.unit,
        unit_text=_unit_text(text, lexemes, last),
        unit_span=_unit_span(lexemes, last),
        per=_per(text, lexemes, last),
        mark=last.mark,
        qualifiers=tuple(_span(text, lexemes, q.start, q.end) for q in sorted(qualifiers, key=lambda q: q.start)),
        change=change,
        counterpart=None,
        rules=(
            *first.rules,
            *(rule for rule in last.rules if group.is_range and rule not in first.rules),
            *(["range"] if group.is_range else []),
            *(f"bound.{q.phrase.replace(' ', '_')}" for q in qualifiers),
        ),
    )


_BASE_MULTIPLES = word_set("cues", "base_multiples")
_INFINITIVE_LEADERS = word_set("cues", "infinitive_leaders")


def _change_of_multiple(lexemes: Sequence[Lexeme], amount: Amount) -> Change | None:
    words = change_words()
    before = lexemes[amount.start - 1].lower if amount.start else ""
    if lexemes[amount.start].lower in _BASE_MULTIPLES and before not in _INFINITIVE_LEADERS:
        return None  # "double the average" compares
    if amount.rules == ["multiple.word"] and amount.value is not None:
        return Change("up" if amount.value > 1 else "down", "by")
    for lexeme in lexemes[amount.end : amount.end + 2]:
        if lexeme.lower in words.nouns:
            return Change(words.nouns[lexeme.lower], "by")
    return None


def _span(text: str, lexemes: Sequence[Lexeme], start: int, end: int) -> TextSpan:
    first, last = lexemes[start].start, lexemes[end - 1].end
    return TextSpan(text[first:last], first, last)


def _unit_span(lexemes: Sequence[Lexeme], amount: Amount) -> tuple[int, int] | None:
    if amount.unit_start is None or amount.unit_end is None or amount.unit_start >= amount.unit_end:
        return None
    return lexemes[amount.unit_start].start, lexemes[amount.unit_end - 1].end


def _unit_text(text: str, lexemes: Sequence[Lexeme], amount: Amount) -> str | None:
    span = _unit_span(lexemes, amount)
    return None if span is None else text[span[0] : span[1]]


def _per(text: str, lexemes: Sequence[Lexeme], amount: Amount) -> Rate | None:
    if amount.per is None:
        return None
    unit, start, end = amount.per
    return Rate(unit, text[lexemes[start].start : lexemes[end - 1].end])


def _qualifiers(lexemes: Sequence[Lexeme], group: Group) -> list[Qualifier]:
    first, last = group.first, group.last
    kind = last.kind or Kind.NUMBER
    found = []
    before = qualifier_before(lexemes, first.start, first.value)
    if before is not None and applies(before, kind) and not _spans_time(lexemes, before, group):
        found.append(before)
    positions = [last.numeral.end, last.end]
    if last.noun is not None:
        positions.append(last.noun.end)
    for position in dict.fromkeys(positions):
        after = qualifier_after(lexemes, position)
        if after is not None:
            found.append(after)
            break
    return found


_OVER_LEADERS = word_set("cues", "over_leaders")


def _spans_time(lexemes: Sequence[Lexeme], found: Qualifier, group: Group) -> bool:
    """As in "invest $10 billion over five years": "over" says when, and "for over five years" how long."""
    if found.phrase != "over" or group.last.kind is not Kind.DURATION:
        return False
    before = lexemes[found.start - 1].lower if found.start else ""
    after = lexemes[group.last.end].lower if group.last.end < len(lexemes) else ""
    return before not in _OVER_LEADERS and after not in ("ago", "old", "later", "earlier", "of")


def _bounds(group: Group, qualifiers: list[Qualifier]) -> tuple[Shape, Decimal | None, Decimal | None, Decimal | None]:
    first, last = group.first, group.last
    if group.is_range:
        return Shape.RANGE, None, first.value, last.value
    if last.value is None:
        return Shape.VAGUE, None, last.low, last.high
    shapes = [q.shape for q in qualifiers]
    bounding = [shape for shape in shapes if shape is not Shape.APPROXIMATE]
    shape = bounding[0] if bounding else (shapes[0] if shapes else Shape.EXACT)
    low = last.value if shape in (Shape.AT_LEAST, Shape.MORE_THAN) else None
    high = last.value if shape in (Shape.AT_MOST, Shape.LESS_THAN) else None
    return shape, last.value, low, high


def _restated(lexemes: Sequence[Lexeme], placed: list[tuple[Group, Quantity]]) -> None:
    """Gives "0.4%, or 152 points" the movement and "under 10 miles (16 km)" the bound of the amount it restates."""
    source: Quantity | None = None
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        end = first_group.last.end if first_group.last.noun is None else first_group.last.noun.end
        gap = [lexeme.lower for lexeme in lexemes[end : second_group.first.start]]
        inside = gap == ["("] or (source is not None and gap == ["/"])
        source = (source or first) if inside else None
        restated = source or first
        converted = inside and _converts(restated, second)
        if converted and restated.shape is not second.shape is Shape.EXACT:
            _bound_alike(restated, second)
        if restated.change is None or second.change is not None:
            continue
        said_again = gap[-1:] == ["or"] and len(gap) <= 2 and restated.change.role == "by"
        if converted or (
            restated.kind is not second.kind and (said_again or (inside and restated.change.role == "by"))
        ):
            second.change = restated.change


_MEASURES = frozenset(
    (
        Kind.MONEY, Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS, Kind.SPEED, Kind.TEMPERATURE, Kind.POWER,
        Kind.ENERGY, Kind.PRESSURE,
    )
)  # fmt: skip


def _converts(first: Quantity, second: Quantity) -> bool:
    """Whether both state one measure in two units: miles and kilometres, shekels and dollars."""
    if first.kind is not second.kind or first.kind not in _MEASURES:
        return False
    if first.mark is not None and second.mark is not None:
        return first.mark.symbol != second.mark.symbol
    return first.unit != second.unit


def _bound_alike(source: Quantity, target: Quantity) -> None:
    if source.shape not in (Shape.RANGE, Shape.VAGUE):
        target.shape, target.qualifiers = source.shape, source.qualifiers
        target.low = target.value if source.low is not None else None
        target.high = target.value if source.high is not None else None


_LEVEL_VERBS = word_set("cues", "level_verbs")
_NO_LEVELS = frozenset((Kind.DURATION, Kind.AGE, Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE))


def _levels(lexemes: Sequence[Lexeme], placed: list[tuple[Group, Quantity]]) -> None:
    """Gives "down 1% at 1,463.78 points" and "up 0.5% to close at 22,514" the direction of the step before."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        if first.change is None or first.change.role != "by" or second.change is not None or second.kind in _NO_LEVELS:
            continue
        gap = [lexeme.lower for lexeme in lexemes[first_group.last.end : second_group.first.start]]
        gap = [word for word in gap if word not in (",", "just", "about", "around")]
        closing = len(gap) in (2, 3) and gap[0] == "to" and gap[1] in _LEVEL_VERBS and gap[2:] in ([], ["at"], ["on"])
        if gap == ["at"] or closing:
            second.change = Change(first.change.direction, "to")


def _steps(lexemes: Sequence[Lexeme], placed: list[tuple[Group, Quantity]]) -> None:
    """Gives "gained $2 to $90" the direction of the level behind it."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        if second.change is None or second.change.role != "to" or first.change is not None:
            continue
        gap = [lexeme.lower for lexeme in lexemes[first_group.last.end : second_group.first.start]]
        if gap == ["to"] and moves_right_before(lexemes, first_group.first):
            first.change = Change(second.change.direction, "by")


def _counterparts(lexemes: Sequence[Lexeme], placed: list[tuple[Group, Quantity]]) -> None:
    """Ties "from A ... to B" and "to B from A" together, and gives both ends the direction of the movement."""
    for position in range(len(placed) - 1):
        (first_group, first), (second_group, second) = placed[position : position + 2]
        roles = tuple(_end_role(lexemes, group) for group in (first_group, second_group))
        if roles not in (("from", "to"), ("to", "from")) or first.kind is not second.kind:
            continue
        if first.counterpart is not None or second_group.first.start - first_group.last.end > 14:
            continue
        if first.unit != second.unit and first.mark is None and None not in (first.unit, second.unit):
            continue
        direction = _pair_direction(lexemes, first_group, first, second, roles[0])
        if direction is None:
            continue
        first.change, second.change = Change(direction, roles[0]), Change(direction, roles[1])
        first.counterpart, second.counterpart = position + 1, position


def _end_role(lexemes: Sequence[Lexeme], group: Group) -> str:
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in (
        "about",
        "around",
        "just",
        "a",
        "an",
        "nearly",
        "almost",
        "under",
        "over",
        "more",
        "than",
    ):
        k -= 1
    return lexemes[k].lower if k >= 0 else ""


def _pair_direction(
    lexemes: Sequence[Lexeme], group: Group, first: Quantity, second: Quantity, role: str
) -> str | None:
    cue = direction_before(lexemes, group.first.start)
    if first.value is None or second.value is None or first.value == second.value:
        return cue
    if cue is None and role == "to":
        return None
    start, end = (first.value, second.value) if role == "from" else (second.value, first.value)
    return "up" if end > start else "down"


def with_counterparts(quantities: Sequence[Quantity], offset: int) -> list[Quantity]:
    """The quantities of a sentence with counterparts as positions in the whole article."""
    return [
        quantity if quantity.counterpart is None else replace(quantity, counterpart=quantity.counterpart + offset)
        for quantity in quantities
    ]
