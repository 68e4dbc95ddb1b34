"""What the bare numbers behind the names of a list are: shares of a poll, seats, and by how much each moved.

As in "Labour 34 (+1), Conservative 25 (-2)", "SNP 9 seats (-39)", "Denver 8.5 inches, Boulder 11.2".
"""

import itertools
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.changes.signs import signed
from extraction.claims import COUNTS, Kind
from extraction.quantity.amount import Amount, copy_unit, without_bare
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.index_names import names_politics
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.listed_values import ListedValue, heading_of, listed_values, past_step, sum_of, tells_answers
from extraction.text.nouns import singular
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set, words_in
from extraction.units.match import UnitMatch, match_unit

ITEM, ASIDE = "list.item", "list.aside"  # rules that the context asks for

_REACH = 400  # characters in front of the sentence in which the list is headed
_WHOLE = Decimal("101.5")  # what shares of a poll add up to, rounded
_MOST_SEATS = 1000
# What they add up to at least where no word tells of a poll, with steps and without.
_MOST_OF_STEPPED, _MOST_OF_PLAIN = 60, 98
_FEWEST = 3  # items that are a list without steps
_STEPPED = frozenset((Kind.NUMBER, Kind.COUNT, Kind.INDEX))


def settle_listed(text: str, lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Gives bare numbers behind listed names, and the steps in brackets behind levels, what they measure."""
    if len(groups) < 2 and not any(_bare(group.last) for group in groups):
        return
    by_number = {group.last.numeral.start: group.last for group in groups if not group.is_range}
    if any(_behind_name(lexemes, group.first.start) for group in groups):
        words: _Words | None = None
        items: set[int] = set()
        for run in listed_values(lexemes):
            amounts = [by_number[item.number] for item in run if item.number in by_number]
            if any(_bare(amount) for amount in amounts):
                words = words or _words(text, lexemes)
                _settle_run(words, lexemes, run, amounts)
            if _is_told(lexemes, run, amounts):
                items.update(item.number for item in run)
        if items:
            _mark(items, by_number, groups)
    shares: bool | None = None
    for level, step in itertools.pairwise(groups):
        if shares is not False and _bare(level.last) and _stands_with_step(lexemes, level):
            shares = _polled(text, lexemes, groups) if shares is None else shares
        if shares and _bare(level.last) and _stands_with_step(lexemes, level):
            level.last.settle(Kind.PERCENT, "percent", "percent.listed")
        if _bare(step.last) and not (level.is_range or step.is_range):
            _settle_step(lexemes, level.last, step.last)


def _stands_with_step(lexemes: Sequence[Lexeme], level: Group) -> bool:
    """Whether a number up to a hundred stands behind "on" or "at" with a step: "the Coalition is on 36 (+1)"."""
    amount, before = level.last, level.first.start - 1
    led = before > 0 and lexemes[before].lower in ("on", "at")
    led = led and in_class(lexemes[before - 1], "be", "present", "past")
    whole = led and not level.is_range and amount.value is not None and 0 < amount.value <= _WHOLE
    return whole and past_step(lexemes, amount.end) > amount.end


def _polled(text: str, lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> bool:
    """Whether the sentence tells shares, and no points or seats, near words of polls."""
    others = any(group.last.unit not in (None, "percent", "percentage_point") for group in groups)
    return not others and _words(text, lexemes).polled


def _is_told(lexemes: Sequence[Lexeme], run: Sequence[ListedValue], amounts: Sequence[Amount]) -> bool:
    """Whether it is a list for the context; one label with its number, "Labour: 34% (+2)", is read as such there."""
    if len(run) == 1 and lexemes[run[0].number - 1].text == ":":
        return run[0].stepped and any(amount.noun is not None for amount in amounts)
    listed = any(rule.endswith(".listed") for amount in amounts for rule in amount.rules)
    return len(run) >= _FEWEST or listed or any(item.stepped or item.candidate for item in run)


def still_items(lexemes: Sequence[Lexeme], placed: Sequence[tuple[Group, Quantity]]) -> None:
    """Takes movements from the levels of a list: in "Labour 412 (up 211), Conservatives 121" nothing rose to 121."""
    for group, quantity in placed:
        if quantity.change is not None and ITEM in quantity.rules:
            quantity.change = signed(lexemes, group.first.start, quantity.kind)


def _bare(amount: Amount) -> bool:
    return amount.kind in COUNTS and amount.noun is None and amount.unit is None


def _behind_name(lexemes: Sequence[Lexeme], start: int) -> bool:
    before = lexemes[start - 1] if start else None
    return (
        before is not None
        and before.type is not LexemeType.BREAK
        and (before.capitalised or before.text in ":)" or before.lower == "on")
    )


def _mark(items: Container[int], by_number: Mapping[int, Amount], groups: Sequence[Group]) -> None:
    """Leaves the rules by which the context knows the numbers of a list and what stands in brackets behind them."""
    owner = -1  # the last number of the list so far
    for group in groups:
        amount = group.last
        if amount.numeral.start in items:
            owner = amount.numeral.start
            amount.rules.append(ITEM)
        elif owner >= 0 and amount.start - by_number[owner].end <= _LONGEST_OPENING:
            amount.rules.append(ASIDE)
        else:
            owner = -1


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence, those in front of it with them, and whether they speak of polls; gathered once."""

    here: frozenset[str]
    near: frozenset[str]
    polled: bool


def _words(text: str, lexemes: Sequence[Lexeme]) -> _Words:
    here = frozenset(lexeme.lower for lexeme in lexemes)
    near = here | words_in(text, max(0, lexemes[0].start - _REACH), lexemes[0].start)
    polled = names_politics(lexemes) or not word_set("cues", "of_polls").isdisjoint(near)
    return _Words(here, near, polled)


def _settle_run(
    words: _Words, lexemes: Sequence[Lexeme], run: Sequence[ListedValue], amounts: Sequence[Amount]
) -> None:
    """Gives the numbers of one list the unit of the first, or what its heading and the text tell of them."""
    first, stepped = amounts[0], any(item.stepped for item in run)
    if run[0].unit and first.unit is not None and len(run) > 1:
        for amount in amounts[1:]:
            if _bare(amount):
                copy_unit(amount, first)
                amount.noun, amount.noun_elsewhere = None, first.noun
        return
    bare = [amount for amount in amounts if _bare(amount) and amount.value is not None]
    headed = _unit_of_heading(lexemes, run[0].start)
    if headed is not None:
        for amount in bare:
            amount.per = None if headed.per is None else (headed.per, headed.end - 1, headed.end)
            amount.settle(headed.unit.kind, headed.unit.name, "list.unit")
        return
    if run[0].candidate:
        told: tuple[Kind, str, str] | None = (Kind.COUNT, "vote", "count.votes")
    elif len(run) > 1 and heading_of(lexemes, run[0].start, "headings_of_heat"):
        told = (Kind.TEMPERATURE, "degree", "temperature.listed")
    else:
        told = _told(words, lexemes, run, stepped=stepped) if stepped or len(run) > 1 else None
    if told is None and len(run) > 1 and any(not amount.whole for amount in bare):
        for amount in bare:
            amount.rules = without_bare(amount.rules)  # so that no noun is sought for it
            amount.settle(Kind.NUMBER, None, "number.listed")  # "Snow totals: Denver 8.5, Fort Collins 4.0"
    for amount in bare if told is not None else ():
        whole = amount.value is not None and amount.value >= 0 and amount.whole
        if told is not None and (whole or told[0] is not Kind.COUNT):
            amount.settle(*told)


def _unit_of_heading(lexemes: Sequence[Lexeme], start: int) -> UnitMatch | None:
    """The inches of "Snow totals in inches: Denver 8.5, Boulder 11.2", the mph of "Gusts (mph): Logan 64"."""
    k = start - 1
    if k < 2 or lexemes[k].text != ":":
        return None
    for opening in range(k - 1, max(-1, k - _LONGEST_UNIT), -1):
        if lexemes[opening].lower in ("in", "("):
            found = match_unit(lexemes, opening + 1)
            closed = found is not None and found.end + (lexemes[opening].text == "(") == k
            return found if closed and found is not None and found.unit.kind is not Kind.COUNT else None
    return None


_LONGEST_UNIT = 6  # lexemes of "(miles per hour)" in front of the colon


def _told(
    words: _Words, lexemes: Sequence[Lexeme], run: Sequence[ListedValue], *, stepped: bool
) -> tuple[Kind, str, str] | None:
    """Whether the numbers are votes, shares of a poll or seats, by what they add up to and the words near them."""
    if not word_set("amounts", "of_votes_cast").isdisjoint(words.here):
        return Kind.COUNT, "vote", "count.votes"
    total = sum_of(lexemes, run)
    polled = words.polled or tells_answers(lexemes, run)
    shared = total <= _WHOLE and (polled or total >= (_MOST_OF_STEPPED if stepped else _MOST_OF_PLAIN))
    won = next((word for word in word_data("cues")["of_seats"] if word in (words.here if shared else words.near)), None)
    if won is None and polled and not shared and total <= _MOST_SEATS:
        won = "seats"  # "Exit poll: Lab 410, Con 131, LD 61"
    if won is not None:
        return Kind.COUNT, singular(won), "count.listed"
    return (Kind.PERCENT, "percent", "percent.listed") if shared else None


def _settle_step(lexemes: Sequence[Lexeme], level: Amount, step: Amount) -> None:
    """Gives a step in brackets the unit of its level, and points to shares: "Labour 34 (+1)", "9 seats (-39)"."""
    end = level.end if level.noun is None else level.noun.end
    if not end < step.start + 1 <= end + _LONGEST_OPENING or past_step(lexemes, end) <= step.start:
        return
    if level.unit in ("percent", "percentage_point"):
        step.settle(Kind.PERCENT, "percentage_point", "percent.step")
    elif level.kind in _STEPPED and level.kind is not None:
        step.settle(level.kind, level.unit, "count.step")
        step.noun_elsewhere = level.noun or level.noun_elsewhere


_LONGEST_OPENING = 5  # lexemes of "(+/-"
