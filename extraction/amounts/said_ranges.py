"""Ranges as they are said, with a comma for "or": "about ten, fifteen thousand people", "two, maybe three years"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.quantity.amount import Amount
from extraction.text.lexemes import Lexeme, at
from extraction.text.numeral import is_numeral
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_SHADES = word_set("syntax", "perhaps")
_ROUGHLY = FILLERS | {"like"}
_MOST_TIMES = 2  # that the upper end is the lower one


def is_said_range(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether two numbers on a comma are the ends of a range: near each other, with one unit or noun.

    They are in words or have "maybe" between them. Not in "two, three and four people", nor where the first ends a
    clause: "When I was six, seven people came".
    """
    gap = lexemes[first.end : second.start]
    if len(gap) > 1 and not (len(gap) == 2 and gap[1].lower in _SHADES):
        return False
    bare = first.bare or "share.unit" in first.rules
    digits = first.numeral.in_digits or second.numeral.in_digits  # "14, maybe 15 weeks", but not "14, 15 weeks"
    if (digits and len(gap) == 1) or not bare or not _is_near(first, second):
        return False
    if at(lexemes, second.end) in (",", "and", "or", "to", "-") or _is_listed(lexemes, first):
        return False
    measured = second.kind not in (None, Kind.COUNT)
    counts = counted_noun(lexemes, second.end, second.numeral.value) is not None or _of_them(lexemes, second)
    if not measured and not counts:
        return False
    return _is_led(lexemes, first.start, measured=measured or (second.numeral.magnitude or 0) > 1)


def _is_near(first: Amount, second: Amount) -> bool:
    low, high = first.numeral.value, second.numeral.value
    if low is None or high is None or low <= 1:
        return low == 1 and high == _MOST_TIMES
    scale = second.numeral.magnitude if first.numeral.magnitude is None and second.numeral.magnitude else Decimal(1)
    return low * scale < high <= _MOST_TIMES * low * scale


def _is_listed(lexemes: Sequence[Lexeme], first: Amount) -> bool:
    """Whether another number and a comma stand in front, so that the two are in a list: "one, two, three people"."""
    return first.start > 1 and at(lexemes, first.start - 1) == "," and is_numeral(lexemes[first.start - 2])


def _of_them(lexemes: Sequence[Lexeme], second: Amount) -> bool:
    return at(lexemes, second.end) == "of" and at(lexemes, second.end + 1) in word_set("grammar", "object_pronouns")


def _is_led(lexemes: Sequence[Lexeme], start: int, *, measured: bool) -> bool:
    """Whether a sum may begin at lexeme ``start``; what is counted and not measured stands in no phrase that a comma
    closes: "By ten, fifteen people had come", "In group two, three people fell ill"."""
    if start == 0 or lexemes[start - 1].lower in _SHADES | _ROUGHLY:
        return True
    before = lexemes[start - 1]
    if in_class(before, "definites") or before.lower in ("number", "numbers"):
        return False
    if measured:
        return True
    there = at(lexemes, start - 2) == "there"  # "there were nineteen, twenty of them"
    if (in_class(before, "be") and not there) or in_class(before, "determiners") or before.lower in _BEFORE_ENDS:
        return False
    k = start - 1
    while k > 0 and lexemes[k - 1].text not in ",;:" and start - k < _LONGEST_PHRASE:
        k -= 1
    return not in_class(lexemes[k], "prepositions", "subordinators")


_BEFORE_ENDS = word_set("amounts", "said_ends")
_LONGEST_PHRASE = 8  # lexemes


def next_tens(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether two round numbers follow each other and are a guess at how many: "30 or 40 runs", "200 or 300 people".

    Not what may be chosen or measured: "either 30 or 40 seats", "5, 10 or 20mg", "30 or 40 mph", "10 or 20 years".
    """
    low, high = first.numeral.value, second.numeral.value
    if low is None or high is None or second.kind not in (None, Kind.COUNT):
        return False
    before = [lexeme.lower for lexeme in lexemes[max(0, first.start - _CHOICE_REACH) : first.start]]
    chosen = before[-1:] == [","] or not word_set("amounts", "choices").isdisjoint(before)
    return not chosen and high < _MOST_TIMES * low and _is_next_ten(low, high)


_CHOICE_REACH = 3  # lexemes of "either about some"


def _is_next_ten(first: Decimal, second: Decimal) -> bool:
    step = second - first
    return step >= 10 and step.normalize().as_tuple().digits == (1,) and first % step == 0 and first < 10 * step
