"""Finds the marks of currencies beside a number: signs, codes, names in words and minor units."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.currencies.letter_names import names_bond, names_thing
from extraction.currencies.pairs import ends_pair
from extraction.currencies.table import CurrencyMark, Meaning, Prefix, currency_table
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import noun_follows
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.surfaces import HYPHENED_LETTERS, HYPHENS, MAGNITUDES, is_large, is_near, word_at
from extraction.text.words import word_set

# The longest mark before a number, in lexemes ("US dollars", "U.S.$").
_LONGEST_BEFORE = 5


def mark_before(lexemes: Sequence[Lexeme], i: int, home: HomeMoney = NO_HOME) -> CurrencyMark | None:
    """The longest mark that ends just before lexeme ``i``, the number (or its sign): "NZ$", "US $", "EUR", "RM".

    ``home`` holds the letters that are marks in this article.
    """
    if home.marks and (mark := _home_mark(lexemes, i, home.marks)) is not None:
        return mark
    table = currency_table()
    longest, rest = None, ""
    for start in range(i - 1, max(-1, i - 1 - _LONGEST_BEFORE), -1):
        # with one space where the lexemes are apart
        surface = lexemes[start].text + rest
        if surface not in table.before_tails:
            break
        prefix = table.before.get(surface)
        if prefix is not None and _number_allows(prefix, lexemes, i) and not _is_road(lexemes, start, i):
            longest = prefix.meaning.at(start, i)
            if lexemes[start].glued and ends_pair(lexemes, i - 1):
                return None  # "USD/JPY 149.23"
        rest = surface if lexemes[start].glued else f" {surface}"
    return longest


def _home_mark(lexemes: Sequence[Lexeme], i: int, marks: Mapping[str, Meaning]) -> CurrencyMark | None:
    """The mark that is one only at home, or None: "K500", "SR 50", "L. 20".

    Not in "the R27" and "Route P5", which are roads, nor in other names: "Room N12".
    """
    if not 0 < i < len(lexemes) or lexemes[i].type is not LexemeType.NUMBER:
        return None
    start = i - 1
    surface = lexemes[start].text
    if start and lexemes[start].glued and surface in _ENDS_OF_MARKS:  # "L.", "C$"
        start, surface = start - 1, lexemes[start - 1].text + surface
    meaning = marks.get(surface)
    if meaning is None or word_at(lexemes, start - 1) in _BEFORE_ROADS or names_thing(lexemes, i):
        return None
    apart = start == 0 or not lexemes[start].glued or lexemes[start - 1].type is LexemeType.SYMBOL
    large = len(lexemes[i].text) > 1 or _is_scaled(lexemes, i) or word_at(lexemes, i + 1) in _RATED
    large = large or word_at(lexemes, start - 1) in _STEPS  # "went up by K2", "up R2"
    close = len(surface) > 1 or (lexemes[i].glued and large)
    return meaning.at(start, i) if apart and close else None


def _is_road(lexemes: Sequence[Lexeme], start: int, i: int) -> bool:
    """Whether a letter and a short number name a road: "bounded by the R108"; not in "the R500 fine", "the R108m"."""
    short = i == start + 1 and len(lexemes[start].text) == 1 and lexemes[start].text.isalpha() and lexemes[i].glued
    if not short or word_at(lexemes, start - 1) not in _BEFORE_ROADS or not lexemes[i].text.isdecimal():
        return False
    glued = i + 1 < len(lexemes) and lexemes[i + 1].glued and lexemes[i + 1].type is LexemeType.WORD
    return len(lexemes[i].text) <= _LONGEST_ROAD and not (glued or noun_follows(lexemes, i + 1))


_LONGEST_ROAD = 3  # digits
_STEPS = frozenset(("by", "up", "down"))
_RATED = frozenset(("/", "a", "an", "per"))  # "up P4/kilo"
_ENDS_OF_MARKS = frozenset((".", "$"))
_BEFORE_ROADS = word_set("cues", "before_roads")


def mark_after(lexemes: Sequence[Lexeme], i: int, home: HomeMoney = NO_HOME) -> CurrencyMark | None:
    """The longest mark that starts at lexeme ``i``, after the number and its magnitude: "dollars", "USD", "€", "p".

    "pounds" are money where a word beside them says so or, where they are so at ``home``, unless one speaks of weight.
    A mark that belongs to a following number ("2019 USD 5m") is none.
    """
    if i >= len(lexemes):
        return None
    if home.thousandths and (thousandth := home.thousandths.get(lexemes[i].lower)) is not None:
        return thousandth.at(i, i + 1)
    table = currency_table()
    reading, end = table.after.longest(lexemes, i)
    if reading is not None:
        if word_at(lexemes, end) == "/" and ends_pair(lexemes, end + 1):
            return None  # "2 JPY/USD contracts"
        if reading.meaning.symbol.endswith(".") and word_at(lexemes, end) == "." and lexemes[end].glued:
            end += 1  # the last full stop of "U.S."
        return None if _belongs_to_next(lexemes, i, end) or _opens_next(lexemes, i, end) else reading.meaning.at(i, end)
    if lexemes[i].lower in ("pound", "pounds") and _pence_follow(lexemes, i + 1):
        return table.pound.at(i, i + 1)
    if (
        lexemes[i].lower == "pounds"
        and word_at(lexemes, i + 1) in ("a", "per")
        and word_at(lexemes, i + 2) in table.priced
    ):
        return table.pound.at(i, i + 1)
    if home.pounds and lexemes[i].lower == "pounds" and word_at(lexemes, i + 1) not in ("of", "per"):
        return None if is_near(table.mass, lexemes, i, i + 1) else table.pound.at(i, i + 1)
    return None


def _pence_follow(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether pence stand behind the pounds: "two pounds fifty a pint", "a pound and 20 pence".

    A number that does not say so is more than ounces can be, and of no other thing.
    """
    k = i + 1 if word_at(lexemes, i) == "and" else i
    if k >= len(lexemes) or not is_numeral(lexemes[k]) or lexemes[k].glued:
        return False
    word = lexemes[k]
    if word.is_number:
        value = Decimal(word.text) if word.text.isdecimal() and len(word.text) == 2 else Decimal(0)
    else:
        value = vocabulary()["cardinals"][word.lower]
    end = k + 3 if value >= 20 and word_at(lexemes, k + 1) == "-" and lexemes[k + 1].glued else k + 1
    if word_at(lexemes, end) in _PENCE:
        return True
    closed = not noun_follows(lexemes, end) and word_at(lexemes, end) not in ("%", "of", "or", "-", *MAGNITUDES)
    return k == i and closed and _OUNCES <= value < 100


_PENCE = frozenset(("p", "pence", "penny"))
_OUNCES = 16  # in a pound


def combine(before: CurrencyMark | None, after: CurrencyMark | None) -> CurrencyMark | None:
    """The mark of an amount from those on its two sides: "$8 NZD", "$500 US", "$5 Canadian"; None without any.

    The span is that of both when the second makes the first explicit, else that of the first.
    """
    if before is None:
        return None if after is None or after.qualifier else after
    if after is None or after.minor:
        return before
    if before.code is None and after.code in before.candidates:
        return replace(before, code=after.code, candidates=after.candidates, end=after.end)
    same = before.code == after.code and before.candidates[0] == after.candidates[0]  # "$5 dollars", "US$5 USD"
    return replace(before, end=after.end) if same else before


def dollar_code(letters: str) -> str | None:
    """The currency of the sign that begins with ``letters``: USD for the "US" of "US$"."""
    prefix = currency_table().before.get(f"{letters}$")
    return None if prefix is None else prefix.meaning.code


def prior_of(symbol: str) -> float:
    """How strongly a mark means its first candidate; 1 unless the table says otherwise."""
    return currency_table().priors.get(symbol, 1.0)


def _number_allows(prefix: Prefix, lexemes: Sequence[Lexeme], i: int) -> bool:
    if not prefix.needs:
        return True
    if i >= len(lexemes) or lexemes[i].type is not LexemeType.NUMBER or names_bond(lexemes, i):
        return False
    if prefix.needs == "one":
        return i > 1 and (lexemes[i].text == "1" or lexemes[i].text.startswith("0."))  # not "Re 1: the budget"
    scaled = _is_scaled(lexemes, i)
    if not (scaled or lexemes[i].glued) and lexemes[i].text in _SPREADING:
        return False  # "R 0.9-1.1": the number of those whom one case infects
    if prefix.needs == "large":
        rated = lexemes[i].glued and word_at(lexemes, i + 1) in _RATED  # "pay R18 a trip"
        return scaled or rated or is_large(lexemes, i) or _scaled_later(lexemes, i)
    glued = lexemes[i].glued or len(prefix.meaning.symbol) > 1
    priced = word_at(lexemes, i - 2) == "at" and is_large(lexemes, i)  # "stood at N300"
    priced = priced or _costs(lexemes, i)
    return glued and (scaled or priced or "," in lexemes[i].text or word_at(lexemes, i + 1) in ("a", "an", "per"))


_SPREADING = frozenset(f"{ones}.{tenths}" for ones in "01" for tenths in range(10))


def _is_scaled(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a magnitude follows the number, as in "R5 million", "R5-million"."""
    k = i + 1
    if word_at(lexemes, k) in HYPHENS and lexemes[k].glued:
        k += 1
        if k < len(lexemes) and lexemes[k].text in HYPHENED_LETTERS:
            return True  # "a P6.3-T budget"
    return word_at(lexemes, k) in MAGNITUDES and lexemes[k].text != "K"


_TWO_DECIMALS = 3  # characters, with the mark


def _costs(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether letter and digits stand behind a verb of price: "now costs N450", "had risen to N940", "up from R865".

    They are three digits at least, or have two decimals: "gained N12.50 to close".
    """
    before, digits = word_at(lexemes, i - 2), lexemes[i].text.partition(".")[0]
    moved = before in ("to", "from", "by") and word_at(lexemes, i - 3) in change_words().verbs
    if len(lexemes[i].text) - len(digits) == _TWO_DECIMALS and (moved or before in change_words().verbs):
        return True  # "gained N12.50 to close"
    return len(digits) > 2 and (moved or before in word_set("cues", "costing_verbs"))


def _scaled_later(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the magnitude stands behind the other end of the range: "R1 to R2 million"."""
    k = i + 2 if word_at(lexemes, i + 1) in ("to", "-", "–") else len(lexemes)
    if word_at(lexemes, k) == word_at(lexemes, i - 1):
        k += 1
    return k < len(lexemes) and lexemes[k].type is LexemeType.NUMBER and word_at(lexemes, k + 1) in MAGNITUDES


def _opens_next(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the mark opens the large amount behind it: "Shankar-6 Rs 56,500"."""
    if end != i + 1 or end >= len(lexemes) or lexemes[i].glued or lexemes[end].type is not LexemeType.NUMBER:
        return False
    return "," in lexemes[end].text and lexemes[i].text in currency_table().before


def _belongs_to_next(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the mark at lexemes ``i:end`` stands before another number: "in 2019 USD 5m", "5 $10 notes"."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.NUMBER or lexemes[i].glued:
        return False
    return lexemes[end].glued or lexemes[i].text.isupper() or not lexemes[i].text.isalnum()
