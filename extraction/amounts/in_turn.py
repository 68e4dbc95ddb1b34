"""Gives the bare numbers of a sentence their kinds in turn: each may share what the amounts in front of it measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extraction.amounts.ages import is_age
from extraction.amounts.bare_numbers import settle_bare, settle_ratio
from extraction.amounts.elided_sums import elided_sum
from extraction.amounts.elided_units import compares_things, elided_factor, elided_unit, lends_unit
from extraction.amounts.index_levels import settle_rating, spans_level
from extraction.amounts.levels_beside import settle_compared, settle_level_beside, settle_limit
from extraction.amounts.parallel import lends_to_parallel, settle_parallel
from extraction.amounts.said_sums import settle_said
from extraction.amounts.share_steps import is_step_of_share, settle_step_of_share, with_share
from extraction.amounts.units_again import settle_part_of_that, settle_suspended
from extraction.claims import SHARES, Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.quantity.rates import settle_rate, spread_rate
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural
from extraction.text.words import word_set

# Why a number that is located measures nothing by itself.
Unmeasured = Literal["denominator", "name", "nothing measured"]


@dataclass(slots=True)
class _Earlier:
    """The amounts in front of a number whose unit it may share: the nearest that lends one, of money, and so on."""

    lender: Group | None = None
    payer: Group | None = None
    parallel: Group | None = None
    factor: Group | None = None

    def add(self, lexemes: Sequence[Lexeme], group: Group) -> None:
        """Keeps ``group`` as the nearest amount of each sort that it is of."""
        self.factor = group
        self.lender = group if lends_unit(group) else self.lender
        self.payer = group if group.last.mark is not None else self.payer
        self.parallel = group if lends_to_parallel(lexemes, group) else self.parallel


def settle_in_turn(
    lexemes: Sequence[Lexeme], groups: Sequence[Group]
) -> tuple[list[Group], list[tuple[Group, Unmeasured]]]:
    """Gives bare numbers their kinds; returns the groups that measure something, and the others with their reasons."""
    noun: CountedNoun | None = None  # what was counted last
    earlier = _Earlier()
    measured: list[Group] = []
    left: list[tuple[Group, Unmeasured]] = []
    rate_end = 0
    for group in groups:
        last = group.last
        reason = _reason_within(group, rate_end, noun)
        if reason is None:
            _share_unit(lexemes, group, measured, earlier, noun)
            noun = _noun_counted_on(lexemes, group, noun)
            reason = "nothing measured" if last.kind is None else None
        if reason is not None:
            left.append((group, reason))
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
        earlier.add(lexemes, group)
    spread_rate(lexemes, [group.last for group in measured])
    return measured, left


def _reason_within(group: Group, rate_end: int, noun: CountedNoun | None) -> Unmeasured | None:
    """Why a number is none of its own where it stands in the rate or the noun of the one before; else None."""
    last = group.last
    if last.bare and group.first.start < rate_end:  # "12 cases per 100,000 people"
        return "denominator"
    if noun is not None and noun.start <= last.start < noun.end and (last.bare or _opens_name(last, noun)):
        # "two new 737 Max jets", "six 12-packs": the number belongs to the name of what is counted
        return "name"
    return None


def _share_unit(
    lexemes: Sequence[Lexeme], group: Group, measured: Sequence[Group], earlier: _Earlier, noun: CountedNoun | None
) -> None:
    """Gives a bare number the unit of an amount in front of it, where it shares one; ``noun`` was counted last."""
    last, lender = group.last, earlier.lender
    if last.bare:
        settle_ratio(lexemes, last)
    settle_said(last, lender.last if lender is not None else measured[-1].last if measured else None)
    if last.bare and lender is not None and not is_age(lexemes, group) and not with_share(lexemes, last):
        shared = elided_unit(lexemes, lender, group) or elided_sum(lexemes, earlier.payer, group)
        between = noun is not None and noun.start > lender.last.end
        if shared is not None and not (between and compares_things(lexemes, group)):
            copy_unit(last, shared)
            if last.per is None:
                settle_rate(lexemes, last)
    if last.bare:
        settle_limit(lexemes, measured, group)
    if last.bare and measured:
        settle_part_of_that(lexemes, measured, group)
        settle_suspended(lexemes, measured, group)
    if last.bare and elided_factor(lexemes, earlier.factor, group):
        last.settle(Kind.MULTIPLE, None, "multiple.elided")
    if last.bare and measured:
        _settle_beside(lexemes, measured, earlier.parallel, group)


def _noun_counted_on(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> CountedNoun | None:
    """Settles a number that is still bare, and returns what goes on being counted behind it: its noun or the last."""
    last = group.last
    if last.bare:
        counted = settle_bare(lexemes, group, None if _stands_alone(lexemes, last.end) else previous)
        if counted is None or _in_one(lexemes, last):
            return previous
        if previous is not None and (last.value == 1 or _placed(lexemes, previous, group) or _of_each(lexemes, last)):
            return previous
        return counted  # "11 cases in one group against 185": cases go on being counted
    if last.kind in SHARES:  # "one in eight people, or 7.6 million"
        whole = counted_noun(lexemes, last.end, None)
        if whole is not None and _counts(lexemes, whole):
            return whole
    return previous


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
    """Whether "at", "in" or "on" makes one a place, which is not counted on: "At one village 60 were baptised"."""
    return last.value == 1 and last.start > 0 and lexemes[last.start - 1].lower in {"at", "in", "on"}


def _of_each(lexemes: Sequence[Lexeme], last: Amount) -> bool:
    """Whether a rate says what each does, which is not counted on: "hired 40 buses, each making six trips a day, and
    another 20"."""
    return last.per is not None and any(word.lower == "each" for word in lexemes[max(0, last.start - 3) : last.start])


def _counts(lexemes: Sequence[Lexeme], whole: CountedNoun) -> bool:
    """Whether what a share is of can go on being counted: not "levels" of "96 per cent of 2019 levels"."""
    numbered = any(lexeme.type is LexemeType.NUMBER for lexeme in lexemes[whole.start : whole.end])
    return not numbered and whole.unit not in word_set("amounts", "no_wholes")


def _stands_alone(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number takes no noun from before: "won 41 and 38 seats", where the noun stands behind the other
    number, and "have won five straight"."""
    if end < len(lexemes) and lexemes[end].lower == "straight":
        return True
    joined = end + 1 < len(lexemes) and lexemes[end].lower in ("and", "or") and lexemes[end + 1].is_number
    return joined and counted_noun(lexemes, end + 2, None) is not None


def _placed(lexemes: Sequence[Lexeme], previous: CountedNoun, group: Group) -> bool:
    """Whether a count says where another is found, and is not what goes on being counted: "40 shops in 12 towns"."""
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
