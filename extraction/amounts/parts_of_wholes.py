"""Reads a part and its whole in numbers: "one in five", "8 out of 10", "one woman in eight"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.one_of_many import LONGEST_NOUN, one_of_many
from extraction.amounts.ratings import decimal_rating, is_scored
from extraction.amounts.suffixes import unit_at
from extraction.claims import Kind
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import noun_follows
from extraction.text.numeral import Numeral, of_four_digits, ratio
from extraction.text.shades import SHADES
from extraction.text.words import word_set


def _counts(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at ``i`` counts something: the 10 of "On average, 3 out of 10 workers fell ill"."""
    whole = read_numeral(lexemes, i) if i < len(lexemes) else None
    return whole is not None and noun_follows(lexemes, whole.end)


def part_of_whole(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes the amount a share or a rating where it is a part with its whole in numbers: "one in five", "8 out of 10",
    "one of four"; returns whether it is one."""
    j, top = amount.end, amount.value
    if at(lexemes, j) not in _LINKS and "in" not in (at(lexemes, j + step) for step in range(1, LONGEST_NOUN + 1)):
        return False
    if top is None or amount.mark is not None or top <= 0:
        return False
    scored = at(lexemes, j) == "out" and is_scored(lexemes, amount.start) and not _counts(lexemes, j + 2)
    if not amount.whole or scored:
        return decimal_rating(lexemes, amount)
    if top > _LARGEST_PART:
        return False
    if top == 1 and at(lexemes, amount.start - 1) in ("every", "each", "any"):
        return False  # "every one of the 18 holes"
    if amount.start >= 2 and lexemes[amount.start].glued and lexemes[amount.start - 2].is_number:
        return False  # "won 5-4 in 11 innings"
    link = _link(lexemes, amount)
    return link is not None and _take_part(lexemes, amount, top, *link)


def _link(lexemes: Sequence[Lexeme], amount: Amount) -> tuple[str, int] | None:
    """The rule that ties the whole behind an amount to it, and where the whole starts; None where nothing does."""
    j, one = amount.end, amount.value == 1
    if at(lexemes, j) == "-" and at(lexemes, j + 1) == "in" and at(lexemes, j + 2) == "-":
        return "fraction.in", j + 3  # "a one-in-292-million chance"
    if at(lexemes, j) == "in":
        return "fraction.in", j + 1
    if at(lexemes, j) == "out" and at(lexemes, j + 1) == "of":
        return "fraction.out_of", j + 2
    if [at(lexemes, j + k) for k in range(3)] == ["times", "out", "of"]:
        return "fraction.out_of", j + 3  # "19 times out of 20"
    if (whole_at := one_of_many(lexemes, amount.start, j)) is not None:
        return "fraction.in", whole_at
    if at(lexemes, j) == "to" and _is_ratio(lexemes, amount.start):
        return "fraction.ratio", j + 1
    if at(lexemes, j) == "of" and at(lexemes, j + 1) == "every":
        return "fraction.of_number", j + 2  # "seven of every 10 buyers"
    if at(lexemes, j) == "of" and one:
        return "fraction.of_number", j + (2 if at(lexemes, j + 1) in _WHOLE_LEADERS else 1)
    return None


def _take_part(lexemes: Sequence[Lexeme], amount: Amount, top: Decimal, rule: str, j: int) -> bool:
    """Makes the amount ``top`` parts of the whole number at lexeme ``j``, or a rating; returns whether it is either."""
    every = rule in ("fraction.in", "fraction.out_of") and at(lexemes, j) == "every"
    j += every
    if j >= len(lexemes):
        return False
    whole = read_numeral(lexemes, j)
    if whole is None or whole.value is None or not whole.whole:
        return False
    if rule == "fraction.out_of" and top == whole.value in (5, 10, 100):  # "I'd give it 10 out of 10"
        amount.end, amount.kind = whole.end, Kind.INDEX
        amount.rules.append("index.rating")
        return True
    if not (top < whole.value or (rule == "fraction.ratio" and whole.value > 0)):
        return False
    if rule == "fraction.in" and ((top > 10 and not every) or _not_a_whole(lexemes, whole)):
        return False
    if rule == "fraction.of_number" and whole.value > 1000 and at(lexemes, j - 1) != "every":
        return False  # "one of 1,200 delegates", but "one of every 35,000 births"
    amount.value, amount.end, amount.kind = ratio(top, whole.value), whole.end, Kind.FRACTION
    amount.rules.append(rule)
    return True


_LARGEST_PART = 1000
_LINKS = frozenset(("-", "in", "out", "times", "to", "of"))


def _is_ratio(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "ratio of" stands in front of the number at ``start``: "by a ratio of more than six to one"."""
    k = start - 1
    while k > 0 and start - k <= _LONGEST_SHADE and lexemes[k].lower in SHADES:
        k -= 1
    return at(lexemes, k) == "of" and at(lexemes, k - 1) == "ratio"


_LONGEST_SHADE = 4  # lexemes


_WHOLE_LEADERS = word_set("amounts", "whole_leaders")


def _not_a_whole(lexemes: Sequence[Lexeme], whole: Numeral) -> bool:
    """Whether the second number is a time, has a unit or goes on: "5 in 3 years", "two in 2019", "one in 1990"."""
    text = lexemes[whole.start].text
    if of_four_digits(text):
        return True
    if whole.end < len(lexemes):
        if unit_at(lexemes, whole.end) is not None:
            return True
        if lexemes[whole.end].text in "-:./" and lexemes[whole.end].glued and whole.end + 1 < len(lexemes):
            following = lexemes[whole.end + 1]
            return following.glued and following.type is LexemeType.NUMBER
    return False
