"""Pounds, shillings and pence: "£87 14s. 6d.", "19s. 6d.", "twelve shillings and sixpence", "sixpence"."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extraction.claims import Kind
from extraction.currencies.home import HomeMoney
from extraction.currencies.table import CurrencyMark
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.rates import settle_rate
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.numeral import EXACT, Numeral, ratio
from extraction.text.words import word_data, word_set

_PENCE_IN_POUND = Decimal(240)
_IN_PENCE = {"s": Decimal(12), "d": Decimal(1)}
_MOST = {"s": 999, "d": 99}  # "40s.", "144d."; "the 1960s" are no shillings


def old_money(lexemes: Sequence[Lexeme], i: int, home: HomeMoney) -> Amount | None:
    """The sum in old money whose first number, or whose "sixpence", is lexeme ``i``, in pounds."""
    start, end, pence, unit, last = i, i, Decimal(0), (i, i), ""
    for name in ("£", "s", "d"):
        k = _past_joint(lexemes, end) if end > i else i
        part = _part(lexemes, k, name, home)
        if part is None:
            continue
        value, unit_start, part_end = part
        if name == "d" and last == "£" and lexemes[unit_start].lower in _NAMES["d"]:
            continue  # "£11 and 40 pence" is money of today
        last = name
        if end == i:
            start, unit = min(i, unit_start), (unit_start, part_end)
        pence, end = EXACT.add(pence, value), part_end
    if end == i or (unit[1] == end and not _stands_alone(lexemes, start, unit)):
        return None
    numeral = Numeral(i, end, pence, "numeral.digits" if lexemes[i].is_number else "numeral.words")
    amount = Amount(start, end, numeral, Kind.MONEY, ratio(pence, _PENCE_IN_POUND), unit_start=unit[0])
    amount.unit_end = unit[0] + 1 if start < i else unit[1]
    amount.mark = CurrencyMark("GBP", ("GBP",), Decimal(1), "shilling", *unit)
    amount.rules += [numeral.rule, "money.old"]
    settle_rate(lexemes, amount)
    return amount


def _past_joint(lexemes: Sequence[Lexeme], k: int) -> int:
    """Where the next part of a sum stands, past what joins them: "four shillings and sixpence", "three pounds, four
    shillings"."""
    if at(lexemes, k) in (",", "."):
        k += 1
    return k + 1 if at(lexemes, k) == "and" else k


def _part(lexemes: Sequence[Lexeme], k: int, name: str, home: HomeMoney) -> tuple[Decimal, int, int] | None:
    """The pounds, shillings or pence at lexeme ``k``: their worth in pence, where their unit starts, and their end."""
    if name == "d" and (coins := _fused().get(at(lexemes, k))) is not None:
        return (coins, k, k + 1) if home.shillings else None
    if k >= len(lexemes) or lexemes[k].type not in (LexemeType.NUMBER, LexemeType.WORD):
        return None
    numeral = read_numeral(lexemes, k)
    if numeral is None or numeral.value is None:
        return None
    end, value = numeral.end, numeral.value
    if name == "£":
        if k and lexemes[k - 1].text == "£":
            return value * _PENCE_IN_POUND, k - 1, end
        weighed = not _WEIGHED.isdisjoint(_words(lexemes, k - _SHORT_REACH, k))  # "weighed six pounds and two"
        return (value * _PENCE_IN_POUND, end, end + 1) if at(lexemes, end) in _POUNDS and not weighed else None
    if at(lexemes, end) in _NAMES[name]:
        return (value * _IN_PENCE[name], end, end + 1) if home.shillings and value <= _MOST[name] else None
    short = home.old_marks and end < len(lexemes) and lexemes[end].text == name and lexemes[end].glued
    if not short or value > _MOST[name] or not lexemes[k].is_number or "." in lexemes[k].text:
        return None
    dotted = at(lexemes, end + 1) == "." and lexemes[end + 1].glued
    return value * _IN_PENCE[name], end, end + 1 + dotted


_POUNDS = ("pound", "pounds")
_WEIGHED = word_set("amounts", "weighing")
_SHORT_REACH, _RACE_REACH = 4, 8  # lexemes


def _words(lexemes: Sequence[Lexeme], start: int, end: int) -> set[str]:
    return {lexeme.lower for lexeme in lexemes[max(0, start) : end]}


_NAMES = {"s": ("shilling", "shillings"), "d": ("penny", "pence")}


def _stands_alone(lexemes: Sequence[Lexeme], start: int, unit: tuple[int, int]) -> bool:
    """Whether a sum of one part is one: "fined 40s.", "8d. per lb.", "twelve shillings", "would not give sixpence"."""
    word = lexemes[unit[0]].lower
    if word in ("£", "pound", "pounds", *_NAMES["d"]):
        return False  # read as the money of today is
    if word in _fused():
        before = at(lexemes, start - 1)
        return before in word_set("grammar", "prepositions") or before in word_set("amounts", "single_prices")
    if word in _NAMES["s"]:
        return True
    dotted = lexemes[unit[1] - 1].text == "."
    timed = at(lexemes, start - 1) in ("m", "min", ".") or at(lexemes, start - 1) in _BEFORE_DECADES
    raced = word == "s" and not word_set("amounts", "words_of_races").isdisjoint(
        _words(lexemes, start - _RACE_REACH, start)
    )  # "the race took 59s."
    return (dotted or lexemes[start + 1].text in "½¼¾") and not timed and not raced


_BEFORE_DECADES = word_set("amounts", "before_decades")


@cache
def _fused() -> dict[str, Decimal]:
    """What the words for several pence are worth in pence: "sixpence"."""
    return {word: Decimal(pence) for word, pence in word_data("currencies")["old_pence"].items()}
