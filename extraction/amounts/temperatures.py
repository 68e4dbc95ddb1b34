"""Degrees of heat that no word nearby tells from those of a turn: "Phoenix hit 118 degrees"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.closing import closes
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.counts.people import lead
from extraction.numerals.numeral import EXACT
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows
from extraction.text.word_classes import in_class
from extraction.text.words import word_set


def settle_heat(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """As in "It was 95 degrees in Boston", "overnight lows of 85 degrees"; "rotated 90 degrees" is a turn."""
    for group in groups:
        amount = group.last
        if amount.unit == "degree" and amount.kind is Kind.OTHER and _is_heat(lexemes, group):
            group.first.kind = amount.kind = Kind.TEMPERATURE
            amount.rules.append("temperature.degrees")
        elif amount.unit == "degree" and _is_turn(lexemes, group):
            amount.rules.append("angle.turn")


def settle_below_zero(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """As in "fell to 25 below zero", "18 degrees below zero", "The wind chill was 18 below": the words are its sign."""
    if at(lexemes, amount.end) != "below":
        return
    warm = amount.kind is None or (amount.unit or "").startswith("degree")
    listed = at(lexemes, amount.start - 1) in _LISTING and at(lexemes, amount.start - 2).isdecimal()  # "20 to 25 below"
    if not warm or listed or amount.value is None or amount.value <= 0:
        return
    zero = at(lexemes, amount.end + 1) == "zero"
    felt = amount.kind is None and _is_felt(lexemes, amount.start)
    if not zero and (not felt or at(lexemes, amount.end + 1) in _GOES_ON or noun_follows(lexemes, amount.end + 1)):
        return
    amount.value, amount.kind, amount.unit = EXACT.minus(amount.value), Kind.TEMPERATURE, amount.unit or "degree"
    amount.end += 1 + zero
    amount.unit_end = None if amount.unit_start is None else amount.end
    amount.rules.append("temperature.below_zero")


def _is_felt(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "It was about 18", "the temperature had dropped to 40": a form of be or what leads to a level of heat.

    Where nothing follows a level alone does: "Low 4 below", "wind chills near 25 below".
    """
    k = start - 1
    near = k - 1 if k > 0 and lexemes[k].lower in _AROUND else k
    if lexemes[near].lower in word_set("cues", "levels_in_forecasts", "second_words_of_heat"):
        return closes(lexemes, start + 2)
    led = in_class(lexemes[k], "be") or lexemes[k].lower in {"to", "at"} | word_set("cues", "reaching_heat")
    return led and any(word.lower in word_set("cues", "told_of_heat") for word in lexemes[max(0, k - _TO_TURN) : k])


_AROUND = ("near", "around", "of", "to", "about")
_LISTING = ("to", "or", "and", "-", "–")
_GOES_ON = word_set("grammar", "articles", "definites") | {"that", "what"}


def _is_heat(lexemes: Sequence[Lexeme], group: Group) -> bool:
    k, end = lead(lexemes, group), group.last.end
    if at(lexemes, end - 1) == "degree" and at(lexemes, end) in word_set("cues", "goals_of_heat"):
        return True  # "the 1.5-degree target"
    if k >= 0 and lexemes[k].lower in ("it's", "it’s"):
        return at(lexemes, end - 1) == "degrees" and at(lexemes, end) not in word_set("cues", "behind_angles")
    if k < 1 or at(lexemes, end - 1) != "degrees" or at(lexemes, end) in word_set("cues", "behind_angles"):
        return False
    word, before = lexemes[k].lower, lexemes[k - 1]
    if word == "of":
        return before.lower in word_set("cues", "extremes_of_heat")
    if word in word_set("cues", "reaching_heat"):
        return before.lower == "it" or (before.capitalised and before.lower not in word_set("grammar", "articles"))
    return word in ("was", "is") and before.lower == "it"


def _is_turn(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "the ferry listed to 35 degrees", "turned the wheel 90 degrees"."""
    before = lexemes[max(0, group.first.start - _TO_TURN) : group.first.start]
    return any(lexeme.lower in word_set("cues", "turns_by_angle") for lexeme in before)


_TO_TURN = 6  # lexemes
