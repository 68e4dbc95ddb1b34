"""Finds the quantities of a sentence: locate amounts, resolve what they measure, decide which are claims.

One pass over the sentence's lexemes locates amounts; neighbours are joined into ranges and share their units; what
remains bare gets its kind; bounds and movements beside each are read. What is left out is kept with its reason.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extraction.ages import is_age
from extraction.amount_suffixes import settle_rate
from extraction.amounts import Amount
from extraction.bare_numbers import settle_bare
from extraction.changes import change_of, change_words
from extraction.claims import Change, Kind, Rate, Shape, TextSpan
from extraction.counts import CountedNoun, counted_noun
from extraction.currencies.marks import CurrencyMark
from extraction.elided_nouns import settle_shared_nouns
from extraction.elided_units import compares_things, elided_unit, lends_unit
from extraction.headlines import lower_counted
from extraction.index_levels import settle_index_levels, settle_rating
from extraction.lexemes import VULGAR_FRACTIONS, Lexeme, LexemeType, lex
from extraction.locate import Rejected, locate
from extraction.movements import Quantity, tie
from extraction.numerals.numeral import vocabulary
from extraction.qualifiers import Qualifier, applies, qualifier_after, qualifier_before
from extraction.ranges import Group, copy_unit, join_ranges, share
from extraction.surfaces import HYPHENS
from extraction.words import leading_words, word_set, words_in


@dataclass(slots=True)
class Reading:
    """What a sentence holds."""

    quantities: list[Quantity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


_NUMBER_WORDS = {
    word
    for table in ("cardinals", "magnitudes", "vague", "fractions", "multiples", "multiple_verbs")
    for word in vocabulary()[table]
} | {"twice", "thrice"}
_WORDS = "|".join(
    sorted(
        _NUMBER_WORDS
        | {"[a-z]+fold"}
        | {"an? (?:second|minute|hour|day|week|month|year|decade|century|mile|metre|meter|point|kilometre|tonne)"},
        key=len,
        reverse=True,
    )
)


_DIGIT = re.compile(rf"[\d{VULGAR_FRACTIONS}]")
_CANDIDATE = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_LEADING = leading_words(_NUMBER_WORDS) | {"a", "an"}


def has_candidate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds anything that could be a number; most sentences of most articles do not."""
    if _DIGIT.search(text, start, end) is not None:
        return True
    words = words_in(text, start, end)
    if words.isdisjoint(_LEADING) and not any(word.endswith("fold") for word in words):
        return False
    return _CANDIDATE.search(text, start, end) is not None


def read_quantities(
    text: str, start: int, end: int, masked: Sequence[tuple[int, int]] = (), *, pounds_are_money: bool = False
) -> Reading:
    """The quantities of the sentence ``text[start:end]``.

    ``masked`` are sorted character spans (dates, clock times, addresses) in which no number is read;
    ``pounds_are_money`` says how the article uses the word (``currencies.resolve.pounds_mean_money``).
    """
    reading = Reading()
    lexemes = lower_counted(lex(text, start, end))
    amounts, reading.rejected = locate(lexemes, _mask(lexemes, masked), pounds_are_money=pounds_are_money)
    share(lexemes, amounts)
    groups = join_ranges(lexemes, amounts)
    return _decide(text, lexemes, groups, reading)


def _mask(lexemes: Sequence[Lexeme], masked: Sequence[tuple[int, int]]) -> list[bool]:
    """Which lexemes lie in a masked span."""
    flags, position = [False] * len(lexemes), 0
    if not masked:
        return flags
    for i, lexeme in enumerate(lexemes):
        while position < len(masked) and masked[position][1] <= lexeme.start:
            position += 1
        flags[i] = position < len(masked) and masked[position][0] < lexeme.end
    return flags


def _decide(text: str, lexemes: Sequence[Lexeme], groups: list[Group], reading: Reading) -> Reading:
    measured = _settle(lexemes, groups, reading)
    settle_index_levels(lexemes, measured)
    settle_shared_nouns(lexemes, measured)
    placed: list[tuple[Group, Quantity]] = []
    for group in measured:
        placed.append((group, _quantity(text, lexemes, group, _ends(placed[-1][0]) if placed else ())))
    reading.quantities = [quantity for _, quantity in placed]
    tie(lexemes, placed)
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
        elif last.kind in _SHARES:  # "one in eight people, or 7.6 million"
            whole = counted_noun(lexemes, last.end, None)
            if whole is not None and not any(x.type is LexemeType.NUMBER for x in lexemes[whole.start : whole.end]):
                previous_noun = whole
        if last.kind is None:
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "nothing measured"))
            continue
        settle_rating(lexemes, last)
        measured.append(group)
        lender = group if lends_unit(group) else lender
    return measured


_SHARES = frozenset((Kind.FRACTION, Kind.PERCENT))


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
    if change is not None and change.role != "by" and (group.is_range or _describes(lexemes, last)):
        change = None if change.role == "from" or not group.is_range else change
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
        mark=_mark(first, last),
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


def _mark(first: Amount, last: Amount) -> CurrencyMark | None:
    """The mark of the last amount, unless only the first says which currency: "US $89 to $93 billion"."""
    told = first.mark is not None and first.mark.code is not None and last.mark is not None and last.mark.code is None
    return first.mark if told else last.mark


def _describes(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """As in "slumped to a 12-month low": the amount is tied to the noun behind it and is no level of its own."""
    hyphen = lexemes[amount.numeral.end] if amount.numeral.end < len(lexemes) else None
    return hyphen is not None and hyphen.text in HYPHENS and hyphen.glued and amount.kind in _DESCRIBING


_DESCRIBING = frozenset((Kind.DURATION, Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS, Kind.COUNT, Kind.AGE))
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


_RACE_LEADERS = word_set("cues", "race_leaders")
_OVER_LEADERS = word_set("cues", "over_leaders")


def _spans_time(lexemes: Sequence[Lexeme], found: Qualifier, group: Group) -> bool:
    """As in "invest $10 billion over five years": "over" says when, and "for over five years" how long."""
    before = lexemes[found.start - 1].lower if found.start else ""
    if found.phrase == "over" and group.last.kind is Kind.LENGTH:
        return before in _RACE_LEADERS  # "9.58 seconds over 100 metres"
    if found.phrase != "over" or group.last.kind is not Kind.DURATION:
        return False
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


def settle_degrees(quantities: Iterable[Quantity]) -> None:
    """Makes bare degrees degrees of heat in an article that speaks of temperatures: "life above 121 degrees"."""
    quantities = list(quantities)
    if any(quantity.kind is Kind.TEMPERATURE for quantity in quantities):
        for quantity in quantities:
            if quantity.kind is Kind.OTHER and quantity.unit == "degree" and quantity.unit_text == "degrees":
                quantity.kind = Kind.TEMPERATURE


def with_counterparts(quantities: Sequence[Quantity], offset: int) -> list[Quantity]:
    """The quantities of a sentence with counterparts as positions in the whole article."""
    return [
        quantity if quantity.counterpart is None else replace(quantity, counterpart=quantity.counterpart + offset)
        for quantity in quantities
    ]
