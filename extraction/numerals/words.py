"""Reads numerals in words: "one hundred and five", "half a million", "two point five", "tens of thousands"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.numerals.fractions import and_a_part
from extraction.numerals.magnitudes import magnitude_at
from extraction.numerals.numeral import Numeral, vocabulary
from extraction.text.lexemes import Lexeme, LexemeType


def word_numeral(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """As in "one hundred and five", "two point five million", "two and a half million", "half a dozen"."""
    if lexemes[i].lower in ("a", "an", "another", "half"):
        return _article_or_half(lexemes, i)
    whole = _whole_number(lexemes, i)
    if whole is None:
        return None
    value, magnitude, end = whole
    decimals = _spoken_decimals(lexemes, end)
    if decimals is None and lexemes[i].lower in ("nought", "naught"):
        return None  # "came to nought"
    if decimals is not None:
        value, magnitude, end = _scaled(lexemes, value + decimals[0], magnitude, decimals[1])
    part = and_a_part(lexemes, end)
    if part is not None:
        value += (magnitude or Decimal(1)) * part[0]
        value, magnitude, end = _scaled(lexemes, value, magnitude, part[1])
    return Numeral(i, end, value, "numeral.words", magnitude)


def _whole_number(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, Decimal | None, int] | None:
    """The value, the last magnitude and the end of the number words from lexeme ``i`` on.

    ``current`` collects what stands before the next magnitude, below a thousand; ``total`` what magnitudes closed.
    """
    start = end = i
    total, current, smallest, magnitude = Decimal(0), Decimal(-1), Decimal("Infinity"), None
    cardinals, magnitudes = vocabulary()["cardinals"], vocabulary()["magnitudes"]
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
        elif not (lower == "-" and lexemes[i].glued and end == i) and not _joins(lexemes, i, current, total):
            break
        i += 1
    return None if end == start else (total + max(current, Decimal(0)), magnitude, end)


def _scaled(
    lexemes: Sequence[Lexeme], value: Decimal, magnitude: Decimal | None, end: int
) -> tuple[Decimal, Decimal | None, int]:
    """A value with the magnitude behind it, if it has none yet: "two point five million"."""
    following, after = magnitude_at(lexemes, end, after_currency=False)
    if following is None or magnitude is not None:
        return value, magnitude, end
    return value * following, following, after


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
    magnitude, end = magnitude_at(lexemes, j, after_currency=False)
    if magnitude is None:
        return None
    value = magnitude / 2 if half else magnitude
    rest = None if half else and_a_part(lexemes, end)
    if rest is not None:
        value, end = value + magnitude * rest[0], rest[1]
    elif not half and magnitude == 100 and end < len(lexemes) and lexemes[end].lower == "and":
        tail = word_numeral(lexemes, end + 1) if end + 1 < len(lexemes) else None
        if tail is not None and tail.value is not None and tail.value < 100:
            value, end = value + tail.value, tail.end
    start = i + 1 if lexemes[i].lower == "another" else i
    return Numeral(start, end, value, "numeral.words", magnitude)


_SCALES = (["(", "in"], ["are", "in"], ["figures", "in"], ["shown", "in"], ["stated", "in"], ["expressed", "in"])


def vague_numeral(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
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
        led = [lexeme.lower for lexeme in lexemes[max(0, i - 2) : i]]
        if led in _SCALES or (led == [",", "in"] and lexemes[-1].type is not LexemeType.SYMBOL):
            return None  # "Revenue (in millions of euros)", "Sales, in millions of euros" as a line state no number
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
    above = table["magnitudes"].get(lexemes[end].lower) if end < len(lexemes) else None
    if magnitude == 100 and above is not None and above >= 1000:  # "several hundred thousand"
        magnitude, end = magnitude * above, end + 1
    return Numeral(i, end, None, "numeral.vague", low=magnitude, high=magnitude * 10)
