"""Reads numerals, in digits and in words, from lexemes.

A numeral is the number alone: no sign, unit or currency. Word lists stand in ``en/numerals.toml``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from typing import Any

from extraction.claims import Kind
from extraction.lexemes import VULGAR_FRACTIONS, Lexeme, LexemeType
from extraction.units import match_unit
from extraction.words import word_data, word_set

# Longer digit strings identify things (accounts, hashes); they do not count them.
MAX_DIGITS = 30
# Wide enough for every product of a numeral that MAX_DIGITS admits and its magnitudes, so nothing is rounded.
EXACT = Context(prec=80)
# "four hundred thousand million" holds as many as English strings together.
_MOST_MAGNITUDES = 6
_LARGEST = Decimal(10) ** 40
_SIX_PLACES = Decimal("0.000001")
_FRACTION_VALUES = dict(
    zip(
        VULGAR_FRACTIONS,
        ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8"],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at lexemes ``start:end``.

    ``value`` is None for a vague magnitude, which has ``low`` and ``high``. ``magnitude`` is the factor that a
    magnitude word or letter contributed (None without one): neighbours in a range may share it.
    """

    start: int
    end: int
    value: Decimal | None
    rule: str
    magnitude: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def in_digits(self) -> bool:
        return self.rule.startswith("numeral.digits")


@cache
def vocabulary() -> dict[str, Any]:
    """The word lists of ``en/numerals.toml``, with values as ``Decimal``."""
    table = word_data("numerals")
    lists = {name: frozenset(table[name]["words"]) for name in ("vague_multipliers", "vague_before")}
    numbers = {
        name: {word: Decimal(value) for word, value in rows.items()}
        for name, rows in table.items()
        if name not in lists
    }
    return {**numbers, **lists}


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A fraction: exact where its decimals end within twelve places, else to six decimals ("a third" is 0.333333)."""
    value = EXACT.divide(numerator, denominator)
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= -12 else EXACT.quantize(value, _SIX_PLACES)


def read_numeral(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool = False) -> Numeral | None:
    """The longest numeral that starts at lexeme ``i``, or None.

    ``after_currency`` settles magnitude letters ("$8m" is eight million, "8m deep" is not).
    """
    lexeme = lexemes[i]
    numeral = None
    if lexeme.type is LexemeType.NUMBER:
        numeral = _digits(lexemes, i, after_currency=after_currency)
    elif lexeme.type is LexemeType.WORD:
        numeral = _vague(lexemes, i) or _words(lexemes, i)
    return None if numeral is None or (numeral.value is not None and numeral.value > _LARGEST) else numeral


# --- digits ---------------------------------------------------------------------------------------------------------


def number_of(text: str) -> Decimal | None:
    """The value of a digit string with its grouping marks, or of a vulgar fraction; None when it is too long."""
    if text in _FRACTION_VALUES:
        top, bottom = _FRACTION_VALUES[text].split("/")
        return ratio(Decimal(top), Decimal(bottom))
    if text.count(".") > 1 or ("." in text and text.rfind(",") > text.rfind(".")):  # 1.234,56
        text = text.replace(".", "").replace(",", ".")
    digits = "".join(c for c in text if c.isdigit() or c == ".")
    if len(digits) > MAX_DIGITS or not digits.isascii():
        return None
    return Decimal(digits)


def _digits(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool) -> Numeral | None:
    value = number_of(lexemes[i].text)
    if value is None:
        return None
    end, rule = i + 1, "numeral.digits"
    if lexemes[i].text in _FRACTION_VALUES:
        rule = "numeral.digits_fraction"
    elif (mixed := _mixed_fraction(lexemes, i)) is not None:
        value, end, rule = EXACT.add(value, mixed[0]), mixed[1], "numeral.digits_fraction"
    elif (power := _power_of_ten(lexemes, i)) is not None:
        return Numeral(i, power[1], EXACT.multiply(value, power[0]), "numeral.digits_scientific")
    magnitude, end = _magnitude(lexemes, end, after_currency=after_currency)
    if magnitude is None:
        return Numeral(i, end, value, rule)
    value = EXACT.multiply(value, magnitude)
    part = _and_a_part(lexemes, end)
    if part is not None:
        value, end = EXACT.add(value, EXACT.multiply(magnitude, part[0])), part[1]
    return Numeral(i, end, value, f"{rule}_magnitude", magnitude)


def _mixed_fraction(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The fraction of "3½", "3 ½" and "10 1/2"."""
    if i + 1 < len(lexemes) and lexemes[i + 1].text in _FRACTION_VALUES:
        value = number_of(lexemes[i + 1].text)
        return (value, i + 2) if value is not None else None
    if i + 4 < len(lexemes) and lexemes[i + 1].text == "-" and lexemes[i + 1].glued and lexemes[i + 2].glued:
        fraction = slash_fraction(lexemes, i + 2)  # "6-1/2 inches"; "$5.78-1/2" has half a cent more
        decimals = len(lexemes[i].text.partition(".")[2])
        if fraction and fraction[0] < 1:
            return EXACT.multiply(fraction[0], Decimal(10) ** -decimals), fraction[1]
    if i + 3 < len(lexemes) and not lexemes[i + 1].glued and "." not in lexemes[i].text:
        fraction = slash_fraction(lexemes, i + 1)
        if fraction and fraction[0] < 1:
            return fraction
    return None


def slash_fraction(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The value and end of "1/16" or "1⁄16" at lexeme ``i``; None for dates ("5/17/2018") and other slashes."""
    if i + 2 >= len(lexemes):
        return None
    top, slash, bottom = lexemes[i : i + 3]
    if slash.text not in "/⁄" or not (slash.glued and bottom.glued):
        return None
    if not (top.text.isdecimal() and bottom.text.isdecimal() and len(top.text) <= 3 and len(bottom.text) <= 4):
        return None
    if i + 3 < len(lexemes) and lexemes[i + 3].glued and lexemes[i + 3].text in "/⁄":
        return None
    if int(bottom.text) < 2 or int(top.text) == 0 or int(top.text) >= int(bottom.text):
        return None
    ending = i + 3 < len(lexemes) and lexemes[i + 3].glued and lexemes[i + 3].lower in _FRACTION_ENDINGS
    return ratio(Decimal(top.text), Decimal(bottom.text)), i + 4 if ending else i + 3


_FRACTION_ENDINGS = ("s", "rd", "rds", "th", "ths")  # "2/3rds of the seats"


def _power_of_ten(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The factor and end of "× 10^30", "x10−30" after the number at ``i``."""
    j = i + 1
    if j + 1 >= len(lexemes) or lexemes[j].text not in ("×", "x", "·", "*") or lexemes[j + 1].text != "10":
        return None
    j += 2
    negative = False
    while j < len(lexemes) and lexemes[j].glued and lexemes[j].text in ("^", "-", "−", "–", "+"):
        negative = negative or lexemes[j].text in "-−–"
        j += 1
    if j >= len(lexemes) or not lexemes[j].glued or not lexemes[j].text.isdecimal() or len(lexemes[j].text) > 2:
        return None
    exponent = int(lexemes[j].text)
    return Decimal(10).scaleb(-exponent - 1 if negative else exponent - 1), j + 1


def _magnitude(lexemes: Sequence[Lexeme], j: int, *, after_currency: bool) -> tuple[Decimal | None, int]:
    """The product of the magnitude words or letters at lexeme ``j`` ("hundred million"), and where they end."""
    letters = vocabulary()["abbreviations"]
    magnitude: Decimal | None = None
    last = j + _MOST_MAGNITUDES
    while j < min(last, len(lexemes)) and lexemes[j].type is not LexemeType.BREAK:
        k = j + 1 if lexemes[j].text == "-" and lexemes[j].glued else j
        if k >= len(lexemes):
            break
        lower = lexemes[k].lower
        named = _named_magnitude(lexemes, k)
        if named is not None:
            factor = named
        elif k == j and magnitude is None and lower in letters:
            if not letter_is_magnitude(lexemes, j, after_currency=after_currency):
                break
            factor = letters[lower]
        else:
            break
        magnitude, j = (factor if magnitude is None else EXACT.multiply(magnitude, factor)), k + 1
    return magnitude, j


def _named_magnitude(lexemes: Sequence[Lexeme], k: int) -> Decimal | None:
    """The factor of the magnitude word behind a number; "300 millions" has one, "in 2019 millions of people" none."""
    words, lower = vocabulary()["magnitudes"], lexemes[k].lower
    if lower in words:
        return Decimal(words[lower])
    one = lower.removesuffix("s")
    plural = one != lower and one in words and words[one] >= 1000
    of = k + 1 < len(lexemes) and lexemes[k + 1].lower == "of"
    return Decimal(words[one]) if plural and not of else None


def letter_is_magnitude(lexemes: Sequence[Lexeme], j: int, *, after_currency: bool) -> bool:
    """Whether the abbreviation at lexeme ``j``, after digits, is a magnitude and not a unit.

    "35m devices" is 35 million, "35m tall" is metres; "5k run" and "300K" are units, "45k followers" is not.
    """
    text, glued = lexemes[j].text, lexemes[j].glued
    lower = text.lower()
    if lower in ("bn", "mn", "mln", "mio", "bln", "tn", "trn"):
        return True
    if lower in ("cr", "mil", "mm"):
        return after_currency
    if after_currency:
        return glued or text in ("M", "B", "K", "T", "m", "b")
    if lower == "t" or (text == "K" and not glued):
        return False
    if j + 2 < len(lexemes) and lexemes[j + 1].text == "+" and lexemes[j + 1].glued:
        return lower in ("k", "b") or _countable_follows(lexemes, j + 2)  # "5M+ downloads"
    if lower == "m" and _converted(lexemes, j + 1):
        return False
    following = lexemes[j + 1] if j + 1 < len(lexemes) else None
    if following is not None and following.glued and following.text in ("/", "²", "³", "'", "’"):
        return False
    if lower == "k":
        resolution = text == "K" and lexemes[j - 1].text in ("2", "4", "5", "8") and following is not None
        if resolution and following is not None and following.lower in _SCREEN_WORDS:
            return False
        return glued and (following is None or following.lower not in ("run", "race", "walk", "fun", "resolution"))
    if not glued and text != "B":
        return False
    if lower == "b":
        return glued or (following is not None and following.type is LexemeType.WORD)
    if following is not None and following.lower in _MEASURED_NOUNS:
        return False
    # "m": metres unless something countable follows, which is what millions are of.
    if following is not None and (_countable_follows(lexemes, j + 1) or _measured_follows(lexemes, j + 1)):
        return True
    before = lexemes[max(0, j - _CUE_REACH) : j - 1]
    return any(lexeme.lower in _MILLION_CUES for lexeme in before) and not (
        following is not None and following.lower in _LENGTH_CUES - {"in", "at", "by", "from", "under", "over"} | {"of"}
    )


_LENGTH_CUES = word_set("cues", "length_cues")
_MILLION_CUES = word_set("cues", "million_cues")
_SCREEN_WORDS = word_set("cues", "screen_words")
_WHOLES = word_set("grammar", "articles", "object_pronouns") | {"those"}
_MEASURED_NOUNS = word_set("cues", "measured_nouns")
_CUE_REACH = 10


def _converted(lexemes: Sequence[Lexeme], j: int) -> bool:
    """As in "6m (20ft)": the same length again, in feet or yards."""
    aside = [lexeme.lower for lexeme in lexemes[j : j + 3]]
    if len(aside) < 3 or aside[0] != "(":
        return False
    k = j + 2 if lexemes[j + 1].type is LexemeType.NUMBER else j + 3  # past "about"
    return k < len(lexemes) and lexemes[k].lower in ("ft", "feet", "foot", "yd", "yards", "in", "inches")


def _measured_follows(lexemes: Sequence[Lexeme], j: int) -> bool:
    """As in "15.65m sq km": a unit behind the letter."""
    match = None if lexemes[j].glued or lexemes[j].lower == "in" else match_unit(lexemes, j)
    return match is not None and match.unit.kind not in (Kind.DURATION, Kind.INDEX)


def _countable_follows(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether the words from lexeme ``j`` on hold a plural noun (or "of its ...") before the phrase ends."""
    if lexemes[j].lower in _LENGTH_CUES:
        return False
    for lexeme in lexemes[j : j + 5]:
        if lexeme.type is not LexemeType.WORD:
            return False
        if lexeme.lower == "of":
            return j + 1 < len(lexemes) and lexemes[j + 1].lower in _WHOLES
        if lexeme.lower in ("people", "men", "women", "children", "tonnes", "tons", "hectares", "homes"):
            return True
        if len(lexeme.lower) > 3 and lexeme.lower.endswith("s") and not lexeme.lower.endswith(("ss", "us", "is")):
            return lexeme.lower not in ("races", "was", "has", "finals")
    return False


# --- words ----------------------------------------------------------------------------------------------------------


def _and_a_part(lexemes: Sequence[Lexeme], j: int) -> tuple[Decimal, int] | None:
    """The part of one and the end of "and a half", "-and-a-half", "and three quarters" at lexeme ``j``."""
    rest = [k for k in range(j, min(j + 6, len(lexemes))) if lexemes[k].text != "-"]
    if len(rest) < 3 or lexemes[rest[0]].lower != "and":
        return None
    top, name = lexemes[rest[1]].lower, lexemes[rest[2]].lower
    part = vocabulary()["fractions"].get(name)
    times = Decimal(1) if top in ("a", "one") else vocabulary()["cardinals"].get(top)
    if part is None or times is None or (name.endswith("s") and times == 1) or times * part >= 1:
        return None
    if rest[2] + 1 < len(lexemes) and lexemes[rest[2] + 1].lower == "of":
        return None  # "five and a third of the staff" are two amounts
    return EXACT.multiply(times, part), rest[2] + 1


def _words(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    start, article = i, lexemes[i].lower in ("a", "an")
    if article or lexemes[i].lower == "half":
        return _article_or_half(lexemes, i)
    total, current, smallest, magnitude = Decimal(0), Decimal(-1), Decimal("Infinity"), None
    cardinals, magnitudes = vocabulary()["cardinals"], vocabulary()["magnitudes"]
    end = i
    while i < len(lexemes):
        lower = lexemes[i].lower
        if lower in cardinals and (joined := _join(current, cardinals[lower])) is not None:
            current, end = joined, i + 1
        elif lower in magnitudes and end > start and current >= 0:
            factor = magnitudes[lower]
            if factor == 100 and current < 100:
                current, end = current * factor, i + 1
            elif factor < smallest and factor != 100:
                total, smallest, current, end = total + current * factor, factor, Decimal(-1), i + 1
            else:
                break
            magnitude = factor if magnitude is None or factor < magnitude else magnitude
        elif lower in magnitudes and end > start and 0 < total < 10**12 and magnitudes[lower] >= 1000:
            total, end = total * magnitudes[lower], i + 1  # "hundred thousand million"
            magnitude = magnitudes[lower]
        elif not (lower == "-" and lexemes[i].glued and end == i) and not _joins(lexemes, i, current, total):
            break
        i += 1
    if end == start:
        return None
    value = total + max(current, Decimal(0))
    spoken = _spoken_decimals(lexemes, end)
    if spoken is not None:
        value, end = value + spoken[0], spoken[1]
        following, after = _magnitude(lexemes, end, after_currency=False)
        if following is not None and magnitude is None:  # "two point five million"
            value, magnitude, end = value * following, following, after
    part = _and_a_part(lexemes, end)
    if part is not None:
        value += (magnitude or Decimal(1)) * part[0]
        end = part[1]
        following, after = _magnitude(lexemes, end, after_currency=False)
        if following is not None and magnitude is None:  # "two and a half million"
            value, magnitude, end = value * following, following, after
    return Numeral(start, end, value, "numeral.words", magnitude)


def _spoken_decimals(lexemes: Sequence[Lexeme], j: int) -> tuple[Decimal, int] | None:
    """The decimals and the end of "point six five" at lexeme ``j``, as numbers are said aloud."""
    if j + 1 >= len(lexemes) or lexemes[j].lower != "point":
        return None
    digits, k = "", j + 1
    while k < min(j + 6, len(lexemes)):
        cardinal = vocabulary()["cardinals"].get(lexemes[k].lower)
        if cardinal is None or cardinal > 9:
            break
        digits, k = digits + str(int(cardinal)), k + 1
    return (Decimal(f"0.{digits}"), k) if digits else None


def _join(current: Decimal, cardinal: Decimal) -> Decimal | None:
    """``current`` and a following cardinal as one number below a thousand; None when they do not compose."""
    if current < 0:
        return cardinal
    if cardinal == 0 or current == 0:
        return None
    if current % 100 == 0:
        return current + cardinal
    if current % 100 >= 20 and current % 10 == 0 and cardinal < 10:
        return current + cardinal
    return None


def _joins(lexemes: Sequence[Lexeme], i: int, current: Decimal, total: Decimal) -> bool:
    """Whether "and" at lexeme ``i`` stands inside a numeral: "one hundred and five", "two thousand and six"."""
    if lexemes[i].lower != "and" or i + 1 >= len(lexemes):
        return False
    if not ((current > 0 and current % 100 == 0) or current < 0 < total):
        return False
    following = vocabulary()["cardinals"].get(lexemes[i + 1].lower)
    return following is not None and following > 0


def _article_or_half(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """As in "a hundred", "a million and a half", "half a million", "half a dozen", "half-dozen"."""
    magnitudes = vocabulary()["magnitudes"]
    half = lexemes[i].lower == "half"
    j = i + 1
    while half and j < len(lexemes) and (lexemes[j].lower in ("a", "an") or lexemes[j].text == "-"):
        j += 1
    if j >= len(lexemes) or lexemes[j].lower not in magnitudes:
        return None
    magnitude, end = _magnitude(lexemes, j, after_currency=False)
    if magnitude is None:
        return None
    value = magnitude / 2 if half else magnitude
    rest = None if half else _and_a_part(lexemes, end)
    if rest is not None:
        value, end = value + magnitude * rest[0], rest[1]
    elif not half and magnitude == 100 and end < len(lexemes) and lexemes[end].lower == "and":
        tail = _words(lexemes, end + 1) if end + 1 < len(lexemes) else None
        if tail is not None and tail.value is not None and tail.value < 100:
            value, end = value + tail.value, tail.end
    return Numeral(i, end, value, "numeral.words", magnitude)


def _vague(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """As in "dozens", "tens of thousands", "several hundred", "a few thousand", "a couple of hundred"."""
    table = vocabulary()
    lower = lexemes[i].lower
    if lower in ("tens", "hundreds") and i + 2 < len(lexemes) and lexemes[i + 1].lower == "of":
        unit = table["vague"].get(lexemes[i + 2].lower)
        if unit is not None and unit >= 1000:
            low = unit * (10 if lower == "tens" else 100)
            return Numeral(i, i + 3, None, "numeral.vague", low=low, high=low * 10)
    if lower == "scores" and not (i + 1 < len(lexemes) and lexemes[i + 1].lower in table["vague_before"]):
        return None
    if lower in table["vague"]:
        low = table["vague"][lower]
        return Numeral(i, i + 1, None, "numeral.vague", low=low, high=low * 10)
    j = i + 1 if lower in ("a", "an") else i
    if j >= len(lexemes) or lexemes[j].lower not in table["vague_multipliers"]:
        return None
    j += 2 if j + 1 < len(lexemes) and lexemes[j + 1].lower == "of" and lexemes[j].lower == "couple" else 1
    if j >= len(lexemes):
        return None
    magnitude, end = table["magnitudes"].get(lexemes[j].lower), j + 1
    if magnitude is None:
        return None
    return Numeral(i, end, None, "numeral.vague", low=magnitude, high=magnitude * 10)
