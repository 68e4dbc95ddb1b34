"""Numbers on a slash that are amounts of their own: "28/36 mpg", "128/256/512GB", "120/80 mmHg"; not "3/4 inch"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme
from extraction.text.numeral import is_numeral
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set
from extraction.units.match import UnitMatch, match_unit

_LONGEST = 4  # numbers on slashes
_NO_FRACTIONS = frozenset((Kind.DATA, Kind.FREQUENCY, Kind.PRESSURE))
_DENOMINATORS = frozenset(("2", "3", "4", "5", "6", "8", "10", "12", "16", "20", "32", "64", "100", "128"))
_SHORT = 2  # letters of units that may be words: "in", "m"


def on_slashes(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at lexeme ``i`` is one of several amounts on slashes that share the unit behind the last."""
    if not (_slash(lexemes, i + 1) or (_slash(lexemes, i - 1) and lexemes[i].glued)):
        return False
    first = last = i
    while first >= 2 and i - first < 2 * _LONGEST and lexemes[first].glued and _number_before(lexemes, first - 1):
        first -= 2
    while last - i < 2 * _LONGEST and _slash(lexemes, last + 1) and _number_behind(lexemes, last + 1):
        last += 2
    many = (last - first) // 2 + 1
    if not 1 < many <= _LONGEST or lexemes[first].glued:
        return False
    k = last + 1
    alike = abs(len(lexemes[first].text) - len(lexemes[last].text)) < 2  # not "at 129.20/30"
    if many == _BID_AND_OFFER and alike and _is_quoted(lexemes, k) and _are_prices(lexemes, first, last):
        return True
    k += k + 1 < len(lexemes) and lexemes[k].text in HYPHENS and lexemes[k].glued and lexemes[k + 1].glued
    unit = match_unit(lexemes, k) if k < len(lexemes) else None
    return unit is not None and (many > 2 or _is_pair(lexemes, first, last, k, unit))


_BID_AND_OFFER = 2


def _is_quoted(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a pair of prices is quoted against a currency at lexeme ``k``: "traded at 129.20/129.70 per dollar", "at
    3,720/3,730 against the U.S. dollar"."""
    words = [lexeme.lower for lexeme in lexemes[k : k + _LONGEST_QUOTED]]
    led = words[:1] == ["per"] or (words[1:2] == ["the"] and words[0] in ("to", "against"))
    return led and not word_set("amounts", "quoted_against").isdisjoint(words)


def _are_prices(lexemes: Sequence[Lexeme], first: int, last: int) -> bool:
    """Whether two numbers may be bid and offer: with decimals, or large and close; not "3/4 per dollar"."""
    bid, offer = lexemes[first].text, lexemes[last].text
    if "." in bid or "." in offer:
        return True
    low, high = sorted(Decimal(text.replace(",", "")) for text in (bid, offer))
    return low >= _LARGE and high <= low * _CLOSE


_LARGE = 100
_CLOSE = Decimal("1.1")
_LONGEST_QUOTED = 5  # lexemes of "against the U.S. dollar"


def _is_pair(lexemes: Sequence[Lexeme], first: int, last: int, k: int, unit: UnitMatch) -> bool:
    """Whether two numbers on one slash are no fraction of the unit at lexeme ``k``."""
    if unit.per is not None or unit.unit.kind in _NO_FRACTIONS:
        return True
    named = lexemes[k].glued or len(lexemes[k].text) > _SHORT
    whole = lexemes[first].text.isdecimal() and lexemes[last].text.isdecimal()
    falls = not whole or int(lexemes[first].text) >= int(lexemes[last].text)
    return named and (falls or lexemes[last].text not in _DENOMINATORS)


def _slash(lexemes: Sequence[Lexeme], k: int) -> bool:
    return 0 < k < len(lexemes) - 1 and lexemes[k].text == "/" and lexemes[k].glued


def _number_before(lexemes: Sequence[Lexeme], k: int) -> bool:
    return _slash(lexemes, k) and lexemes[k - 1].is_number


def _number_behind(lexemes: Sequence[Lexeme], k: int) -> bool:
    return lexemes[k + 1].is_number and lexemes[k + 1].glued


def measured_before(lexemes: Sequence[Lexeme], slash: int) -> bool:
    """Whether an amount stands in front of a slash and one behind: "180C/350F", "180C fan/350F", "gas 4/180C"."""
    for k in range(slash - 1, max(-1, slash - _LONGEST_AMOUNT), -1):
        if is_numeral(lexemes[k]):
            coded = lexemes[k].is_number and lexemes[k].glued and k > 0 and lexemes[k - 1].text.isalnum()
            gas = k > 0 and lexemes[k - 1].lower in ("gas", "mark")
            first = k + 2 if k + 1 < slash and lexemes[k + 1].text in HYPHENS else k + 1  # "three-year/36,000-mile"
            return not coded and (gas or (first < slash and match_unit(lexemes, first) is not None))
    return False


_LONGEST_AMOUNT = 7  # lexemes of "180C (160C fan)"
