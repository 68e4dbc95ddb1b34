"""What the bare numbers behind the names of a list are: shares of a poll, seats, and by how much each moved.

As in "Labour 34 (+1), Conservative 25 (-2)", "SNP 9 seats (-39)", "Denver 8.5 inches, Boulder 11.2".
"""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.amount import Amount, at, copy_unit
from extraction.amounts.index_names import names_politics
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.listed_values import ListedValue, listed_values, past_step
from extraction.text.words import word_set, words_in

_REACH = 400  # characters in front of the sentence in which the list is headed
_WHOLE = Decimal("101.5")  # what shares of a poll add up to, rounded
_MOST = Decimal("0.6")  # of the whole: what parties that share it have together
_PLAIN = frozenset((Kind.NUMBER, Kind.COUNT))
_STEPPED = frozenset((Kind.NUMBER, Kind.COUNT, Kind.INDEX))


def settle_listed(text: str, lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Gives bare numbers behind listed names, and the steps in brackets behind levels, what they measure."""
    if not any(_bare(group.last) for group in groups):
        return
    by_number = {group.last.numeral.start: group.last for group in groups if not group.is_range}
    if any(_behind_name(lexemes, group.first.start) for group in groups):
        for run in listed_values(lexemes):
            amounts = [by_number[item.number] for item in run if item.number in by_number]
            if any(_bare(amount) for amount in amounts):
                _settle_run(text, lexemes, run, amounts)
    for level, step in itertools.pairwise(groups):
        if _bare(step.last) and not (level.is_range or step.is_range):
            _settle_level(lexemes, level.last, step.last)
            _settle_step(lexemes, level.last, step.last)


def _bare(amount: Amount) -> bool:
    return amount.kind in _PLAIN and amount.noun is None and amount.unit is None and amount.numeral.in_digits


def _behind_name(lexemes: Sequence[Lexeme], start: int) -> bool:
    before = lexemes[start - 1] if start else None
    return before is not None and (before.capitalised or before.text == ":") and before.type is not LexemeType.BREAK


def _settle_run(text: str, lexemes: Sequence[Lexeme], run: Sequence[ListedValue], amounts: Sequence[Amount]) -> None:
    """Gives the numbers of one list the unit of the first, or that of seats or of shares of a poll."""
    first = amounts[0]
    if run[0].unit and first.unit is not None and len(run) > 1:
        for amount in amounts[1:]:
            if _bare(amount):
                copy_unit(amount, first)
                amount.noun, amount.noun_elsewhere = None, first.noun
        return
    stepped = any(item.stepped for item in run)
    if not (stepped or len(run) > 1):
        return
    here = {lexeme.lower for lexeme in lexemes}
    near = here | words_in(text, max(0, lexemes[0].start - _REACH), lexemes[0].start)
    total = sum((amount.value for amount in amounts if amount.value is not None), Decimal(0))
    told = names_politics(lexemes) or not word_set("cues", "of_polls").isdisjoint(near)
    shared = total <= _WHOLE and (told or (stepped and total >= _WHOLE * _MOST))
    won = not word_set("cues", "of_seats").isdisjoint(here if shared else near)
    for amount in amounts:
        if not _bare(amount) or (amount.value is not None and amount.value < 0):
            continue
        if won and amount.value is not None and amount.value == int(amount.value):
            amount.settle(Kind.COUNT, "seat", "count.listed")
        elif shared and not won:
            amount.settle(Kind.PERCENT, "percent", "percent.listed")


def _settle_level(lexemes: Sequence[Lexeme], level: Amount, step: Amount) -> None:
    """As in "Labour on 34 (+1), the Tories on 25 (-2)": what a party is on, with its step in brackets."""
    led = at(lexemes, level.start - 1) in ("on", "at") and level.value is not None and 0 <= level.value <= _WHOLE
    if _bare(level) and led and past_step(lexemes, level.end) > step.start and names_politics(lexemes):
        level.settle(Kind.PERCENT, "percent", "percent.listed")


def _settle_step(lexemes: Sequence[Lexeme], level: Amount, step: Amount) -> None:
    """As in "Labour 34 (+1)", "9 seats (-39)": the step is in the unit of its level, of shares in points."""
    end = level.end if level.noun is None else level.noun.end
    if not end < step.start + 1 <= end + _LONGEST_OPENING or past_step(lexemes, end) <= step.start:
        return
    if level.unit in ("percent", "percentage_point"):
        step.settle(Kind.PERCENT, "percentage_point", "percent.step")
    elif level.kind in _STEPPED and level.kind is not None:
        step.settle(level.kind, level.unit, "count.step")
        step.noun_elsewhere = level.noun or level.noun_elsewhere


_LONGEST_OPENING = 5  # lexemes of "(+/-"
