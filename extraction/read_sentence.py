"""Finds the quantities of a sentence: locate amounts, resolve what they measure, decide which are claims.

One pass over the sentence's lexemes locates amounts; neighbours are joined into ranges and share their units; what
remains bare gets its kind; bounds and movements beside each are read. What is left out is kept with its reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extraction.amounts.ages import is_age
from extraction.amounts.bare_numbers import settle_bare, settle_ratio
from extraction.amounts.counts_with_shares import settle_counts_with_shares
from extraction.amounts.elided_sums import elided_sum
from extraction.amounts.elided_units import compares_things, elided_factor, elided_unit, lends_unit
from extraction.amounts.games import settle_box, settle_game_points
from extraction.amounts.index_levels import settle_points, settle_rating, spans_level
from extraction.amounts.levels_beside import settle_compared, settle_level_beside, settle_limit
from extraction.amounts.listed_units import settle_listed, still_items
from extraction.amounts.parallel import lends_to_parallel, settle_parallel
from extraction.amounts.quantities import quantity_of
from extraction.amounts.ranges import join_ranges, share
from extraction.amounts.ratings import settle_net_ratings
from extraction.amounts.said_sums import settle_said
from extraction.amounts.share_steps import is_step_of_share, settle_poll_steps, settle_step_of_share, with_share
from extraction.amounts.spreads import settle_intervals, settle_spreads
from extraction.amounts.temperatures import settle_heat, settle_weather
from extraction.amounts.units_again import settle_part_of_that, settle_suspended
from extraction.changes.movements import tie
from extraction.claims import SHARES, Kind
from extraction.counts.carried_nouns import CarriedNoun, settle_carried
from extraction.counts.counted_nouns import counted_noun
from extraction.counts.shared_nouns import settle_shared_nouns
from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.exclusions.reasons import Rejected
from extraction.locate import locate
from extraction.numerals.decimal_commas import groups_with_dots, with_decimal_commas
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.quantity.rates import settle_rate, share_rate, spread_rate
from extraction.text.headlines import lower_counted
from extraction.text.lexemes import Lexeme, LexemeType, lex_sentence
from extraction.text.nouns import is_plural
from extraction.text.words import word_set


@dataclass(slots=True)
class SentenceReading:
    """What a sentence holds."""

    quantities: list[Quantity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_quantities(
    text: str,
    start: int,
    end: int,
    masked: Sequence[tuple[int, int]] = (),
    *,
    home: HomeMoney = NO_HOME,
    carried: CarriedNoun | None = None,
) -> SentenceReading:
    """The quantities of the sentence ``text[start:end]``.

    ``masked`` are sorted character spans (dates, clock times, addresses) in which no number is read;
    ``home`` is what stands for money where the article is from;
    ``carried`` is what the sentence before counts.
    """
    reading = SentenceReading()
    lexemes = lower_counted(lex_sentence(text, start, end))
    lexemes = with_decimal_commas(lexemes, home, dots=groups_with_dots(text))
    amounts, reading.rejected = locate(lexemes, _mask(lexemes, masked), home)
    share(lexemes, amounts)
    share_rate(lexemes, amounts)
    groups = join_ranges(lexemes, amounts)
    return _decide(text, lexemes, groups, reading, carried)


def _mask(lexemes: Sequence[Lexeme], masked: Sequence[tuple[int, int]]) -> list[bool]:
    """Which lexemes lie in a masked span."""
    flags, i = [False] * len(lexemes), 0
    for start, end in masked:
        while i < len(lexemes) and lexemes[i].end <= start:
            i += 1
        while i < len(lexemes) and lexemes[i].start < end:
            flags[i] = True
            i += 1
    return flags


def _decide(
    text: str, lexemes: Sequence[Lexeme], groups: list[Group], reading: SentenceReading, carried: CarriedNoun | None
) -> SentenceReading:
    measured = _settle(lexemes, groups, reading)
    if not measured:
        return reading
    for told in measured:  # past the first of "Three years ago it was 22,000"
        if told.last.kind is not Kind.DURATION and not settle_carried(lexemes, told, carried):
            break
    settle_points(lexemes, measured)
    settle_poll_steps(lexemes, measured)
    settle_net_ratings(lexemes, measured)
    settle_listed(text, lexemes, measured)
    settle_box(lexemes, measured)
    settle_game_points(lexemes, measured)
    settle_weather(text, lexemes, measured)
    settle_heat(lexemes, measured)
    settle_spreads(lexemes, measured)
    settle_intervals(lexemes, measured)
    settle_counts_with_shares(lexemes, measured)
    settle_shared_nouns(lexemes, measured)
    placed: list[tuple[Group, Quantity]] = []
    for group in measured:
        placed.append((group, quantity_of(text, lexemes, group, _ends(placed[-1][0]) if placed else ())))
    reading.quantities = [quantity for _, quantity in placed]
    tie(lexemes, placed)
    still_items(lexemes, placed)
    return reading


def _settle(lexemes: Sequence[Lexeme], groups: Sequence[Group], reading: SentenceReading) -> list[Group]:
    """Gives bare numbers their kinds; what measures nothing goes to the rejected ones."""
    previous_noun: CountedNoun | None = None
    lender: Group | None = None
    payer: Group | None = None
    parallel: Group | None = None
    factor: Group | None = None
    measured: list[Group] = []
    rate_end = 0
    for group in groups:
        last = group.last
        if last.bare and group.first.start < rate_end:  # "12 cases per 100,000 people"
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "denominator"))
            continue
        named = previous_noun is not None and previous_noun.start <= last.start < previous_noun.end
        if named and previous_noun is not None and (last.bare or _opens_name(last, previous_noun)):
            # "two new 737 Max jets", "six 12-packs": the number belongs to the name of what is counted
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "name"))
            continue
        if last.bare:
            settle_ratio(lexemes, last)
        settle_said(last, lender.last if lender is not None else measured[-1].last if measured else None)
        if last.bare and lender is not None and not is_age(lexemes, group) and not with_share(lexemes, last):
            shared = elided_unit(lexemes, lender, group) or elided_sum(lexemes, payer, group)
            between = previous_noun is not None and previous_noun.start > lender.last.end
            if shared is not None and not (between and compares_things(lexemes, group)):
                copy_unit(last, shared)
                if last.per is None:
                    settle_rate(lexemes, last)
        if last.bare:
            settle_limit(lexemes, measured, group)
        if last.bare and measured:
            settle_part_of_that(lexemes, measured, group)
            settle_suspended(lexemes, measured, group)
        if last.bare and elided_factor(lexemes, factor, group):
            last.settle(Kind.MULTIPLE, None, "multiple.elided")
        if last.bare and measured:
            _settle_beside(lexemes, measured, parallel, group)
        if last.bare:
            counted = settle_bare(lexemes, group, None if _stands_alone(lexemes, last.end) else previous_noun)
            if counted is not None and not (
                _in_one(lexemes, last)
                or (
                    previous_noun is not None
                    and (last.value == 1 or _placed(lexemes, previous_noun, group) or _of_each(lexemes, last))
                )
            ):
                previous_noun = counted  # "11 cases in one group against 185": cases go on being counted
        elif last.kind in SHARES:  # "one in eight people, or 7.6 million"
            whole = counted_noun(lexemes, last.end, None)
            if whole is not None and _counts(lexemes, whole):
                previous_noun = whole
        if last.kind is None:
            reading.rejected.append(Rejected(_start(lexemes, group), lexemes[last.end - 1].end, "nothing measured"))
            continue
        settle_rating(lexemes, last)
        if last.per is None and last.end < len(lexemes) and lexemes[last.end].lower == "per":
            settle_rate(lexemes, last)  # "Deaths fell to 197 per 100,000 births"
        rate_end = rate_end if last.per is None else last.per[2]
        measured.append(group)
        if group is groups[-1]:
            break  # nothing is left to take after it
        if spans_level(lexemes, group) or is_step_of_share(last):
            continue  # "against a five-year average of 15.6", "27 per cent (up two)": what is before lends
        factor = group
        lender = group if lends_unit(group) else lender
        payer = group if last.mark is not None else payer
        parallel = group if lends_to_parallel(lexemes, group) else parallel
    spread_rate(lexemes, [group.last for group in measured])
    return measured


def _settle_beside(lexemes: Sequence[Lexeme], measured: Sequence[Group], parallel: Group | None, group: Group) -> None:
    """Gives a bare number what the amounts in front of it measure, where it stands as they do or beside them."""
    last = group.last
    settle_step_of_share(lexemes, measured[-1], group)
    if last.bare and not is_age(lexemes, group):
        settle_parallel(lexemes, parallel, measured[-1], group)
    if last.bare:
        settle_level_beside(lexemes, measured, group)
    if last.bare:
        settle_compared(lexemes, measured[-1], group)


def _in_one(lexemes: Sequence[Lexeme], last: Amount) -> bool:
    """Whether "one" is where something was, which is not counted on: "At one village 60 were baptised"."""
    return last.value == 1 and last.start > 0 and lexemes[last.start - 1].lower in {"at", "in", "on"}


def _of_each(lexemes: Sequence[Lexeme], last: Amount) -> bool:
    """Whether the amount is what each does, which is not counted on.

    As in "hired 40 buses, each making six trips a day, and another 20".
    """
    return last.per is not None and any(word.lower == "each" for word in lexemes[max(0, last.start - 3) : last.start])


def _counts(lexemes: Sequence[Lexeme], whole: CountedNoun) -> bool:
    """Whether what a share is of can go on being counted: not "levels" of "96 per cent of 2019 levels"."""
    numbered = any(lexeme.type is LexemeType.NUMBER for lexeme in lexemes[whole.start : whole.end])
    return not numbered and whole.unit not in word_set("cues", "no_wholes")


def _stands_alone(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number does not count the noun of an earlier one.

    As in "won 41 and 38 seats", where the noun stands behind the other number, and "have won five straight".
    """
    if end < len(lexemes) and lexemes[end].lower == "straight":
        return True
    joined = end + 1 < len(lexemes) and lexemes[end].lower in ("and", "or") and lexemes[end + 1].is_number
    return joined and counted_noun(lexemes, end + 2, None) is not None


def _placed(lexemes: Sequence[Lexeme], previous: CountedNoun, group: Group) -> bool:
    """Whether a count says where another is found, whose noun then does not go on being counted.

    As in "40 shops in 12 towns".
    """
    k = group.first.start - 1
    while k > previous.end and lexemes[k].lower in _BOUNDS:
        k -= 1
    word = lexemes[k].lower
    of_others = word == "from" and is_plural(lexemes[k - 1].lower)  # "1,100 cartoons were sent in by artists from 60"
    if word == "including" and k > previous.end:
        return True  # "detained 14 suspects, including three officers, bringing the total to 61"
    return of_others or (k == previous.end and word in ("in", "across", "at", "from", "to"))


_BOUNDS = word_set("cues", "bound_words", "sum_shades") - {"in", "at", "to"}


def _opens_name(amount: Amount, noun: CountedNoun) -> bool:
    return amount.start == noun.start and "count.compound" in amount.rules


def _start(lexemes: Sequence[Lexeme], group: Group) -> int:
    return lexemes[group.first.start].start


def _ends(group: Group) -> tuple[int, ...]:
    """Where an amount may be taken to end: at its unit or at the noun that it counts."""
    last = group.last
    return (last.end,) if last.noun is None else (last.end, last.noun.end)


def settle_degrees(quantities: Iterable[Quantity]) -> None:
    """Makes bare degrees degrees of heat in an article that speaks of temperatures: "life above 121 degrees".

    They are of the scale that the article names, where it names only one: "between 18C at night and 31 degrees".
    """
    quantities = list(quantities)
    warm = [quantity for quantity in quantities if quantity.kind is Kind.TEMPERATURE]
    if not warm:
        return
    scales = {quantity.unit for quantity in warm if (quantity.unit or "").startswith("degree_")}
    for quantity in quantities:
        if (
            quantity.unit != "degree"
            or "angle.turn" in quantity.rules
            or quantity.kind not in (Kind.OTHER, Kind.TEMPERATURE)
        ):
            continue
        if quantity.kind is Kind.TEMPERATURE or quantity.unit_text == "degrees":
            quantity.kind = Kind.TEMPERATURE
            if len(scales) == 1:
                (quantity.unit,) = scales


def with_counterparts(quantities: Sequence[Quantity], offset: int) -> list[Quantity]:
    """The quantities of a sentence with counterparts as positions in the whole article."""
    return [
        quantity if quantity.counterpart is None else replace(quantity, counterpart=quantity.counterpart + offset)
        for quantity in quantities
    ]
