"""Amounts that are no plain numeral: fractions in words, halves, parts of a unit."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.shares_beside import (
    is_earlier_share,
    is_half,
    is_half_alone,
    is_of_runs,
    is_of_which,
    is_rest_of_whole,
    is_share,
    leader_of_share,
    opens_clause_as_share,
    opens_headline_as_share,
    opens_range_of_shares,
    paid_at_once,
)
from extraction.amounts.suffixes import read_suffix, unit_at
from extraction.claims import Kind
from extraction.currencies.marks import mark_after
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.rates import settle_rate
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.numeral import EXACT, Numeral, ratio, vocabulary
from extraction.text.words import word_set

_ONE_OF = ("a", "an", "one", "1")


def special_amount(i: int, end: int, kind: Kind, value: Decimal, rule: str) -> Amount:
    """The amount at lexemes ``i:end`` whose words are read by ``rule``, not as a numeral."""
    return Amount(i, end, Numeral(i, end, value, "numeral.words"), kind, value, rules=[rule])


def fraction_words(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """Fractions ("two-thirds", "a third of", "half the budget"), and amounts such as "half an hour"."""
    table = vocabulary()["fractions"]
    word = lexemes[i].lower
    if word in table and is_rest_of_whole(lexemes, i):
        return special_amount(i, i + 1, Kind.FRACTION, Decimal(table[word]), "fraction.words")
    if word == "quarter":
        return _part_of_unit(lexemes, i, i, Decimal("0.25"))
    if word == "half":
        return _half_game(lexemes, i) or _half(lexemes, i) or _part_of_unit(lexemes, i, i, Decimal("0.5"))
    if word == "third" and opens_headline_as_share(lexemes, i):
        return special_amount(i, i + 1, Kind.FRACTION, ratio(Decimal(1), Decimal(3)), "fraction.words")
    top = vocabulary()["cardinals"].get(word)
    if top is None and word not in ("a", "an"):
        return None
    j = i + 1
    if at(lexemes, j) == "-" and lexemes[j].glued:
        j += 1
    return _counted_part_of_unit(lexemes, i, j, top) or _one_half(lexemes, i, j) or _counted_parts(lexemes, i, j, top)


def _counted_part_of_unit(lexemes: Sequence[Lexeme], i: int, j: int, top: Decimal | None) -> Amount | None:
    """The amount of "a half mile", "three-quarter-point", whose "half" or "quarter" stands at lexeme ``j``, or None."""
    name = at(lexemes, j)
    if name not in {"half", "quarter"}:
        return None
    if top is not None and j == i + 1 and (top != 1 or _is_one_thing(lexemes, j)):
        return None  # "two quarter-point cuts" are two cuts
    return _part_of_unit(lexemes, i, j, Decimal("0.5") if name == "half" else (top or 1) * Decimal("0.25"))


def _one_half(lexemes: Sequence[Lexeme], i: int, j: int) -> Amount | None:
    """The share of "one half of", "by a half", whose "half" stands at lexeme ``j``, or None."""
    if at(lexemes, j) != "half":
        return None
    word = lexemes[i].lower
    one = word == "one" and (at(lexemes, j + 1) == "of" or opens_clause_as_share(lexemes, i, j + 1))
    if one or (word == "a" and j == i + 1 and is_half(lexemes, i, j + 1)):
        return special_amount(i, j + 1, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    return None


_DENOMINATORS = {"third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
                 "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_RUNNING_ON = ("later", "earlier", "ago", "running", "straight")


def _counted_parts(lexemes: Sequence[Lexeme], i: int, j: int, top: Decimal | None) -> Amount | None:
    """The share of "two-thirds", "a third of", whose part stands at lexeme ``j`` behind its number; else None."""
    name = at(lexemes, j)
    if name not in vocabulary()["fractions"] or name in ("half", "halves"):
        return None
    if at(lexemes, i - 1) == "-" and lexemes[i].lower in ("a", "an"):
        return None
    plural = name.endswith("s")
    if plural != (top is not None and top != 1) or (top is not None and top > 20):
        return None
    if top is None and not is_share(lexemes, i, j + 1):
        return None
    if name == "quarters" and j == i + 1 and at(lexemes, j + 1) != "of":
        timed = at(lexemes, i - 1) in _SPANS or at(lexemes, j + 1) in _RUNNING_ON
        if top != 3 or timed:
            return None  # "sales fell for three quarters"
    value = ratio(top or Decimal(1), Decimal(_DENOMINATORS[name.removesuffix("s")]))
    end = j + 1
    if at(lexemes, end) == "of" and at(lexemes, end + 1) in _ONE_OF:
        scaled = fraction_of_unit(lexemes, i, end + 1, value)
        if scaled is not None:
            return scaled
    return special_amount(i, end, Kind.FRACTION, value, "fraction.words")


def _half_game(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """The half game by which a side leads or trails, or None: "moved a half-game ahead of Crandall", "a half-game
    lead"; not in "a half-game suspension"."""
    behind = [lexeme.lower for lexeme in lexemes[i + 1 : i + 4]]
    if behind[:2] != ["-", "game"] or behind[2:] == [] or behind[2] not in word_set("amounts", "behind_games"):
        return None
    amount = special_amount(i, i + 3, Kind.COUNT, Decimal("0.5"), "count.half_game")
    amount.unit, amount.unit_start, amount.unit_end, amount.text_end = "game", i + 2, i + 3, i + 1
    return amount


def _is_one_thing(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether "one" counts what the compound at ``j`` names: "one half-hour break"; "one half-hour" is half an hour."""
    tied = at(lexemes, j + 1) == "-" and lexemes[j + 1].glued
    return tied and at(lexemes, j + 3) != "-" and noun_follows(lexemes, j + 3)


_SPANS = word_set("amounts", "span_leaders")


def fraction_of_unit(lexemes: Sequence[Lexeme], i: int, article: int, value: Decimal) -> Amount | None:
    """The amount of a fraction of one unit, currency or magnitude behind ``article``, or None: "a quarter of an hour",
    "three quarters of a million people", "half a mile"."""
    k = article + 1
    if k >= len(lexemes) or (lexemes[k].lower == "century" and is_of_runs(lexemes, i)):
        return None
    magnitude = vocabulary()["magnitudes"].get(lexemes[k].lower)
    if magnitude is not None:
        numeral = Numeral(i, k + 1, EXACT.multiply(value, magnitude), "numeral.words", magnitude)
        amount = Amount(i, k + 1, numeral, None, numeral.value, rules=["numeral.fraction_of_magnitude"])
        read_suffix(lexemes, amount)
        return amount
    match = unit_at(lexemes, k)
    if match is None and not is_plural(lexemes[k].text) and (mark := mark_after(lexemes, k)) is not None:
        amount = special_amount(i, mark.end, Kind.MONEY, mark.in_major(value), "fraction.of_unit")
        amount.mark, amount.unit_start, amount.unit_end = mark, mark.start, mark.end
        settle_rate(lexemes, amount)
        return amount
    if match is None or is_plural(lexemes[k].text):
        return None
    amount = special_amount(i, match.end, match.unit.kind, value, "fraction.of_unit")
    amount.unit, amount.unit_start, amount.unit_end = match.unit.name, k, match.end
    return amount


def _part_of_unit(lexemes: Sequence[Lexeme], i: int, part: int, value: Decimal) -> Amount | None:
    """The amount of the part at ``part`` that stands beside its unit, or None: "a quarter point",
    "three-quarter-point", "a half mile".

    The quarters and halves of years, matches and seasons are counted ones: "the third quarter".
    """
    hyphen = at(lexemes, part + 1) == "-" and lexemes[part + 1].glued
    unit = part + 1 + hyphen
    if i == part:
        before = at(lexemes, i - 1)
        counted = before in _HALF_LEADERS or (before in _PART_LEADERS and not hyphen)
        if counted or (before == "-" and lexemes[i].glued):
            return None
    if at(lexemes, unit) in _PERIODS or not (at(lexemes, unit) or "").isalpha():
        return None
    return fraction_of_unit(lexemes, i, unit - 1, value)


_PART_LEADERS = word_set("amounts", "part_leaders")
_PERIODS = word_set("amounts", "periods_of_parts")
_HALF_LEADERS = word_set("amounts", "half_leaders")
_HALF_FOLLOWERS = word_set("amounts", "half_followers")


_HALVED = 8  # lexemes from the verb to "in half": "cut the number of rough sleepers in half"


def _half(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """The amount of "half an hour", "half as", "half the budget", whose "half" stands at lexeme ``i``; else None."""
    if not _may_measure(lexemes, i):
        return None
    j = i + 1
    hyphen = at(lexemes, j) == "-" and lexemes[j].glued
    following = at(lexemes, j)
    if following == "of" and at(lexemes, j + 1) in _ONE_OF:
        amount = fraction_of_unit(lexemes, i, j + 1, Decimal("0.5"))
        if amount is not None:
            return amount
    if hyphen and at(lexemes, j + 1) in _PERIODS:
        return None
    if following in ("a", "an") or hyphen:
        amount = fraction_of_unit(lexemes, i, j, Decimal("0.5"))
        if amount is not None or hyphen:
            return amount
    if following == "as":
        return special_amount(i, j, Kind.MULTIPLE, Decimal("0.5"), "multiple.half_as")
    share = _is_half_of_something(lexemes, i)
    return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half") if share else None


def _may_measure(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the "half" at ``i`` is neither one of two ("the back half", "the second half") nor part of a numeral."""
    before = at(lexemes, i - 1)
    if before in ("back", "front") and at(lexemes, i - 2) == "the":
        return False  # "in the back half of the year"
    if before in _HALF_LEADERS or (before == "-" and lexemes[i].glued):
        return False
    return read_numeral(lexemes, i) is None  # "half a million"


def _is_half_of_something(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the "half" at ``i`` is a share by the words beside it: "half the budget", "fell by half", "Half said"."""
    j = i + 1
    if opens_range_of_shares(lexemes, i, j) or is_earlier_share(lexemes, i, j):
        return True
    before, following = at(lexemes, i - 1), at(lexemes, j)
    if paid_at_once(lexemes, j) or (before in _AT_HALF and following in word_set("amounts", "halved_terms")):
        return True
    if before == "in" and not any(word.lower in change_words().verbs for word in lexemes[max(0, i - _HALVED) : i]):
        return False  # "folds in half"
    shaded = leader_of_share(lexemes, i) == "by"  # "fell by barely half"
    if following in _HALF_FOLLOWERS or shaded or before in word_set("amounts", "before_halves"):
        return True
    if is_half_alone(lexemes, i) or (is_of_which(lexemes, i) and not (following or ".")[0].isalnum()):
        return True
    return j < len(lexemes) and (is_plural(lexemes[j].text) or opens_clause_as_share(lexemes, i, j))


_AT_HALF = ("at", "for", "on", "to")  # "sold at half price", "sent home on half pay"
