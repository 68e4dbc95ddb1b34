"""Reads numerals in words: "one hundred and five", "half a million", "two point five", "tens of thousands"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.numerals.fractions import and_a_part
from extraction.numerals.magnitudes import magnitude_at, past_plus
from extraction.numerals.pairs import PAIR_RULE, paired_number
from extraction.numerals.spoken import decimals_alone, past_hyphen, spoken_decimals
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.numeral import Numeral, vocabulary
from extraction.units.match import match_unit


def word_numeral(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """The number in words at lexeme ``i``, or None: "one hundred and five", "a thousand two hundred".

    So too "two point five million", "half a dozen".
    """
    lower = lexemes[i].lower
    if lower == "half":
        return _half_of(lexemes, i)
    led = lower in ("a", "an", "another")
    first = past_hyphen(lexemes, i + 1) if led else i
    if led and (first >= len(lexemes) or lexemes[first].lower not in vocabulary()["magnitudes"]):
        return None
    if not led and (value := _units_first(lexemes, i)) is not None:
        return Numeral(i, i + _UNITS_FIRST, value, "numeral.words")
    if not led and (paired := paired_number(lexemes, i)) is not None:
        value, magnitude, end = _scaled(lexemes, paired[0], None, paired[1])
        return Numeral(i, end, value, PAIR_RULE, magnitude)
    whole = _whole_number(lexemes, first, led=led or _is_bare_hundred(lexemes, i))
    if whole is None:
        return _below_one(lexemes, i)
    if lower in ("nought", "naught") and spoken_decimals(lexemes, whole[2]) is None:
        return None  # "came to nought"
    value, magnitude, end = _with_parts(lexemes, *whole)
    if magnitude is None and past_plus(lexemes, end) > end:
        value, magnitude, end = _scaled(lexemes, value, None, end)  # "thirty-odd thousand"
    if magnitude is None and _is_thousands(lexemes, i, end, value):
        value, magnitude, end = value * 1000, Decimal(1000), end + 1
    return Numeral(first if lower == "another" else i, end, value, "numeral.words", magnitude)


def _units_first(lexemes: Sequence[Lexeme], i: int) -> Decimal | None:
    """The number with its units first, as older writers have it, or None: "two-and-thirty years".

    So too "five-and-forty men".
    """
    joint = [lexeme.lower for lexeme in lexemes[i + 1 : i + _UNITS_FIRST - 1]]
    if joint != ["-", "and", "-"] or i + _UNITS_FIRST > len(lexemes):
        return None
    cardinals: dict[str, Decimal] = vocabulary()["cardinals"]
    units, tens = cardinals.get(lexemes[i].lower), cardinals.get(lexemes[i + _UNITS_FIRST - 1].lower)
    if units is None or tens is None or not 0 < units < 10 or tens < 20 or tens % 10:
        return None
    return tens + units


_UNITS_FIRST = 5  # lexemes, with the hyphens


def _with_parts(
    lexemes: Sequence[Lexeme], value: Decimal, magnitude: Decimal | None, end: int
) -> tuple[Decimal, Decimal | None, int]:
    """A whole number with its decimals and fractions: "two point five million", "two and a half million"."""
    decimals = spoken_decimals(lexemes, end)
    if decimals is not None:
        value, magnitude, end = _scaled(lexemes, value + decimals[0], magnitude, decimals[1])
    part = and_a_part(lexemes, end)
    if part is not None:
        value += (magnitude or Decimal(1)) * part[0]
        value, magnitude, end = _scaled(lexemes, value, magnitude, part[1])
    return value, magnitude, end


def _is_thousands(lexemes: Sequence[Lexeme], i: int, end: int, value: Decimal) -> bool:
    """Whether "K" behind the words means thousands: "makes sixty K a year"; not in "ran a ten K", "the five K"."""
    if end >= len(lexemes) or lexemes[end].text != "K" or lexemes[end].glued or match_unit(lexemes, end) is not None:
        return False
    return value > 1 and not (value in (5, 10) and i and lexemes[i - 1].lower in ("a", "the"))


def _whole_number(
    lexemes: Sequence[Lexeme], i: int, *, led: bool = False
) -> tuple[Decimal, Decimal | None, int] | None:
    """The value, the factor of the last magnitudes and the end of the number words from lexeme ``i`` on.

    ``led`` says that they begin with a magnitude, of which there is one: "a hundred and five". ``current`` collects
    what stands before the next magnitude, below a thousand; ``total`` what magnitudes closed. The factor of "three
    hundred thousand" is a hundred thousand.
    """
    start = end = i
    total, current, smallest, magnitude = Decimal(0), Decimal(1 if led else -1), Decimal("Infinity"), None
    cardinals, magnitudes = vocabulary()["cardinals"], vocabulary()["magnitudes"]
    while i < len(lexemes):
        lower = lexemes[i].lower
        if lower in cardinals and (joined := _join(current, cardinals[lower])) is not None:
            if current > 0 and current % 100 == 0 and _opens_compound(lexemes, i):
                break
            current, end = joined, i + 1
        elif lower in magnitudes and (end > start or led) and current >= 0:
            factor = magnitudes[lower]
            if factor == 100 and current < 100:
                current, end = current * factor, i + 1
            elif factor < smallest and factor != 100:
                total, smallest, current, end = total + current * factor, factor, Decimal(-1), i + 1
            else:
                break
            scaled = i > start and magnitude is not None and _is_magnitude(lexemes, i - 1)
            magnitude = factor * magnitude if scaled and magnitude is not None else factor
        elif (behind := _past_and(lexemes, i, current, total if smallest > _DOZEN else Decimal(0))) > i:
            i = behind
            continue
        elif not (lower == "-" and lexemes[i].glued and end == i > start):
            break
        i += 1
    return None if end == start else (total + max(current, Decimal(0)), magnitude, end)


_DOZEN = 12


def _is_magnitude(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a magnitude ends at lexeme ``i``, with its hyphen: the hundred of "three-hundred-thousand"."""
    return lexemes[i - (lexemes[i].text == "-")].lower in vocabulary()["magnitudes"]


def _opens_compound(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the second number is of a compound: "a hundred ten-pound notes", "two hundred five-year-olds"."""
    if lexemes[i - 1].lower in ("and", "-"):
        return False
    behind = past_hyphen(lexemes, i + 1)
    if behind == i + 1:
        return False
    word = lexemes[behind].lower
    return word not in vocabulary()["cardinals"] and word not in vocabulary()["magnitudes"] and word != "point"


def _is_bare_hundred(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether "hundred" without an article is one: "Hundred and fifty people came", "about hundred per cent"."""
    if lexemes[i].lower != "hundred" or (i and lexemes[i - 1].lower in _BEFORE_HUNDREDS):
        return False
    if _past_and(lexemes, i + 1, Decimal(100), Decimal(0)) > i + 1:
        return True
    behind = match_unit(lexemes, i + 1) if i + 1 < len(lexemes) else None
    return behind is not None and behind.unit.kind is Kind.PERCENT


_BEFORE_HUNDREDS = frozenset(("-", "of", "per", "the", *vocabulary()["vague_multipliers"]))


def _scaled(
    lexemes: Sequence[Lexeme], value: Decimal, magnitude: Decimal | None, end: int
) -> tuple[Decimal, Decimal | None, int]:
    """A value with the magnitude behind it, if it has none yet: "two point five million".

    A hundred is scaled by what is larger: "a hundred and two point five million".
    """
    following, after = magnitude_at(lexemes, end, after_currency=False)
    if following is None or (magnitude is not None and not magnitude <= 100 < following):
        return value, magnitude, end
    return value * following, following, after


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


def _past_and(lexemes: Sequence[Lexeme], i: int, current: Decimal, total: Decimal) -> int:
    """Where an "and" inside a numeral ends, else ``i``: "one hundred and five", "two-hundred-and-six"."""
    k = past_hyphen(lexemes, i)
    if k >= len(lexemes) or lexemes[k].lower != "and":
        return i
    behind = past_hyphen(lexemes, k + 1)
    if behind >= len(lexemes) or (k > i) != (behind > k + 1):
        return i
    if not ((current > 0 and current % 100 == 0) or current < 0 < total):
        return i
    following = vocabulary()["cardinals"].get(lexemes[behind].lower)
    return behind if following is not None and following > 0 else i


def _below_one(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """A number of decimals alone, or None: "oh point three per cent", "rose point two per cent"."""
    decimals = decimals_alone(lexemes, i)
    if decimals is None:
        return None
    value, magnitude, end = _scaled(lexemes, decimals[0], None, decimals[1])
    return Numeral(i, end, value, "numeral.words", magnitude)


def _half_of(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """Half of a magnitude, or None: "half a million", "half a dozen", "half-dozen"."""
    j = i + 1
    while j < len(lexemes) and (lexemes[j].lower in ("a", "an") or lexemes[j].text == "-"):
        j += 1
    if j >= len(lexemes) or lexemes[j].lower not in vocabulary()["magnitudes"]:
        return None
    magnitude, end = magnitude_at(lexemes, j, after_currency=False)
    return None if magnitude is None else Numeral(i, end, magnitude / 2, "numeral.words", magnitude)


_SCALES = (["(", "in"], ["are", "in"], ["figures", "in"], ["shown", "in"], ["stated", "in"], ["expressed", "in"])


def vague_numeral(lexemes: Sequence[Lexeme], i: int) -> Numeral | None:
    """A magnitude without a number, or None: "dozens", "tens of thousands", "several hundred", "a few thousand".

    So too "a couple of hundred".
    """
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
