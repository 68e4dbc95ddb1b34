"""Reads numerals in digits: "1,234,567", "3½", "8.5 million", "×10^30"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.numerals.fractions import VULGAR_VALUES, and_a_part, slash_fraction
from extraction.numerals.magnitudes import magnitude_at
from extraction.text.lexemes import Lexeme
from extraction.text.numeral import EXACT, MAX_DIGITS, Numeral, is_whole, vocabulary
from extraction.text.words import word_set


def digit_numeral(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool) -> Numeral | None:
    """The numeral whose digits are lexeme ``i``; None when there are too many of them."""
    value = _number_of(lexemes[i].text)
    if value is None:
        return None
    end, rule = i + 1, "numeral.digits"
    if lexemes[i].text in VULGAR_VALUES:
        rule = "numeral.digits_fraction"
    elif (mixed := _mixed_fraction(lexemes, i, of_cents=after_currency)) is not None:
        value, end, rule = EXACT.add(value, mixed[0]), mixed[1], "numeral.digits_fraction"
    elif (power := _power_of_ten(lexemes, i)) is not None:
        return Numeral(i, power[1], EXACT.multiply(value, power[0]), "numeral.digits_scientific")
    magnitude, end = magnitude_at(lexemes, end, after_currency=after_currency)
    if magnitude is None:
        part = and_a_part(lexemes, end) if rule == "numeral.digits" else None
        beside = part is not None and part[1] < len(lexemes) and lexemes[part[1]].lower == "dozen"
        if part is not None and is_whole(value) and not beside:
            return Numeral(i, part[1], EXACT.add(value, part[0]), "numeral.digits_fraction")
        return Numeral(i, end, value, rule)
    value = EXACT.multiply(value, magnitude)
    if lexemes[end - 1].lower in vocabulary()["magnitudes"]:
        larger, behind = _with_smaller(lexemes, value, magnitude, end)
        if not _starts_own_clause(lexemes, i, behind):
            value, end = larger, behind
    return Numeral(i, end, value, f"{rule}_magnitude", magnitude)


_THOUSAND, _HUNDREDS = 1000, 3  # digits of hundreds


def _with_smaller(lexemes: Sequence[Lexeme], value: Decimal, magnitude: Decimal, end: int) -> tuple[Decimal, int]:
    """A number with what speech as it is written down adds to it: "3 thousand 2 hundred", "1 lakh 20 thousand"."""
    while end < len(lexemes) and lexemes[end].is_number and lexemes[end].text.isdecimal():
        if magnitude == _THOUSAND and len(lexemes[end].text) == _HUNDREDS:
            return EXACT.add(value, Decimal(lexemes[end].text)), end + 1  # "3 thousand 200"
        smaller, behind = magnitude_at(lexemes, end + 1, after_currency=False)
        named = behind > end + 1 and lexemes[behind - 1].lower in vocabulary()["magnitudes"]
        if smaller is None or not named or int(lexemes[end].text) * smaller >= magnitude:
            break
        value = EXACT.add(value, EXACT.multiply(Decimal(lexemes[end].text), smaller))
        magnitude, end = smaller, behind
    return value, end


def _starts_own_clause(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number behind a sum opens a clause of its own: "He sold 3 million 200 thousand were returned".

    The verb in front has no room for it, and an auxiliary stands behind it.
    """
    auxiliary = end < len(lexemes) and lexemes[end].lower in _AUXILIARIES
    return auxiliary and start > 0 and lexemes[start - 1].lower in word_set("cues", "verbs_of_sums")


_AUXILIARIES = word_set("grammar", "be", "have")


def _number_of(text: str) -> Decimal | None:
    """The value of a digit string with its grouping marks, or of a vulgar fraction; None when it is too long."""
    if text in VULGAR_VALUES:
        return VULGAR_VALUES[text]
    if not text.isdecimal():
        last = text.rfind(",")
        decimal_comma = last >= 0 and (last > text.rfind(".") >= 0 or len(text) - last < 4)  # 1.234,56 and 3,5
        if decimal_comma or text.count(".") > 1:
            text = text.replace(".", "").replace(",", ".")
        text = "".join([c for c in text if c.isdigit() or c == "."])
    if len(text) > MAX_DIGITS or not text.isascii():
        return None
    return Decimal(text)


def _mixed_fraction(lexemes: Sequence[Lexeme], i: int, *, of_cents: bool) -> tuple[Decimal, int] | None:
    """The fraction of "3½", "3 ½" and "10 1/2"; of a cent in "$5.78-1/2" and, ``of_cents``, in "$5.78 1/2"."""
    if i + 1 < len(lexemes) and lexemes[i + 1].text in VULGAR_VALUES:
        return VULGAR_VALUES[lexemes[i + 1].text], i + 2
    decimals = len(lexemes[i].text.partition(".")[2])
    fraction = None
    if i + 4 < len(lexemes) and lexemes[i + 1].text == "-" and lexemes[i + 1].glued and lexemes[i + 2].glued:
        fraction = slash_fraction(lexemes, i + 2)
    elif i + 3 < len(lexemes) and not lexemes[i + 1].glued and (not decimals or (of_cents and decimals == _CENTS)):
        fraction = slash_fraction(lexemes, i + 1)
        if decimals and fraction is not None and not _is_of_cent(lexemes, fraction[1]):
            return None
    if fraction is None or fraction[0] >= 1:
        return None
    return EXACT.multiply(fraction[0], Decimal(10) ** -decimals), fraction[1]


_CENTS = 2  # decimals


def _is_of_cent(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the fraction is one of a cent: "$5.78 1/2", "$5.62 3/4 a bushel".

    Not in "$2.50 1/2 price for kids", "$5.50 1/3 of the price".
    """
    other = end < len(lexemes) and lexemes[end].lower in word_set("cues", "behind_other_fractions")
    return lexemes[end - 1].text in _PARTS_OF_CENTS and not other


_PARTS_OF_CENTS = ("2", "4", "8")


def _power_of_ten(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The factor and end of "× 10^30", "x10−30" after the number at ``i``, and of "^6" after a ten."""
    j = i + 1
    if j + 1 >= len(lexemes):
        return None
    own = lexemes[i].text == "10" and lexemes[j].text == "^"  # the ten itself is the first power
    if not own:
        if lexemes[j].text not in ("×", "x", "·", "*") or lexemes[j + 1].text != "10":
            return None
        j += 2
    negative = False
    while j < len(lexemes) and lexemes[j].glued and lexemes[j].text in ("^", "-", "−", "–", "+"):
        negative = negative or lexemes[j].text in "-−–"
        j += 1
    if j >= len(lexemes) or not lexemes[j].glued or not lexemes[j].text.isdecimal() or len(lexemes[j].text) > 2:
        return None
    exponent = int(lexemes[j].text)
    return Decimal(1).scaleb((-exponent if negative else exponent) - own), j + 1
