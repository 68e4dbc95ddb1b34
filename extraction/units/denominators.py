"""Finds the denominator of a rate: "an hour", "per 100,000 people", "/kg", "annually"."""

from collections.abc import Sequence
from typing import NamedTuple

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.surfaces import HYPHENS, word_at
from extraction.units.table import Unit, table, unit_named


class DenominatorMatch(NamedTuple):
    """The denominator of a rate ("an hour", "per 100,000 people": ``100000 person``), which ends before ``end``."""

    unit: str
    end: int


def denominator(lexemes: Sequence[Lexeme], i: int) -> DenominatorMatch | None:
    """The denominator of a rate that starts at lexeme ``i``, after an amount, or None.

    "per" takes any noun; "a", "an", "each", "every" and "/" only those of the table, and not where they point in time
    ("a year earlier"). Hyphens ("$15-an-hour") and adverbs ("annually") are understood.
    """
    j = i + 1 if i < len(lexemes) and lexemes[i].text in HYPHENS else i
    if j >= len(lexemes) or lexemes[j].type is LexemeType.BREAK:
        return None
    words = table()
    always, end = words.always_per.longest(lexemes, j)
    if always is not None and not (end < len(lexemes) and lexemes[end].is_number and lexemes[end].glued):
        return DenominatorMatch(always.meaning, end)
    lower = lexemes[j].lower
    if lower == "per":
        return _per(lexemes, _skip_hyphen(lexemes, j + 1))
    if lower == "/":
        return _slash(lexemes, j + 1)
    if lower == "each" and word_at(lexemes, j + 1) == "are":
        return None  # "shares of 5p each are cancelled"
    if lower in ("a", "an", "each", "every"):
        return _indefinite(lexemes, _skip_hyphen(lexemes, j + 1), counted=lower == "every")
    if lower == "to" and word_at(lexemes, j + 1) == "the" and word_at(lexemes, j + 2) in words.denominators.to_the:
        return _noun_at(lexemes, j + 2, any_noun=True) if word_at(lexemes, j + 3) in words.open_words else None
    adverb = words.denominators.adverbs.get(lower)
    if adverb is not None and word_at(lexemes, j + 1) in words.open_words:
        return DenominatorMatch(adverb, j + 1)
    return None


def _per(lexemes: Sequence[Lexeme], j: int) -> DenominatorMatch | None:
    count, j = _count(lexemes, j)
    if count and word_at(lexemes, j) in table().denominators.behind_counts:
        return DenominatorMatch(count, j)  # "18.6 per 1,000 in 2016", "to 45 per 100,000 from 38": no inches, no noun
    noun = None if word_at(lexemes, j) in table().denominators.never else _noun_at(lexemes, j, any_noun=True)
    if noun is None:
        return DenominatorMatch(count, j) if count else None
    return _of(count, noun)


def _slash(lexemes: Sequence[Lexeme], j: int) -> DenominatorMatch | None:
    if j < len(lexemes) and lexemes[j].type is LexemeType.NUMBER and not lexemes[j].glued:
        return None  # "224 kW / 300 PS"
    slash = j - 1
    count, j = _count(lexemes, j)
    noun = _noun_at(lexemes, j, any_noun=False)
    if noun is None or (count and _is_other_amount(lexemes, slash, count, noun)):
        return None
    return _of(count, noun)


def _is_other_amount(lexemes: Sequence[Lexeme], slash: int, count: str, noun: DenominatorMatch) -> bool:
    """Whether another amount stands behind the slash: "300ml/10fl oz", "140kW/250Nm", "5 years/60,000 miles".

    The rates "20mg/100g", "120mg/5ml", "6L/100km" have none.
    """
    unit, above = unit_named(noun.unit), _unit_before(lexemes, slash)
    if unit is None or above is None:
        return False
    if unit.kind in (Kind.MASS, Kind.VOLUME):
        return above.dimension == unit.dimension and above.name != unit.name and count not in _ROUND
    return count not in _ROUND or (above.kind is Kind.DURATION and unit.kind is Kind.LENGTH)


def _unit_before(lexemes: Sequence[Lexeme], end: int) -> Unit | None:
    for start in range(end - 1, max(0, end - _LONGEST_UNIT), -1):
        reading, last = table().after_number.longest(lexemes, start)
        if reading is not None and last == end:
            return reading.meaning.unit
    return None


_ROUND = frozenset(("100", "1000", "10000", "100000", "1000000"))
_LONGEST_UNIT = 4  # lexemes


def _indefinite(lexemes: Sequence[Lexeme], j: int, *, counted: bool) -> DenominatorMatch | None:
    if word_at(lexemes, j) == "in":
        return None  # "170 prisoners each in a deal"
    count, j = _count(lexemes, j) if counted else ("", j)
    noun = _noun_at(lexemes, j, any_noun=False)
    if noun is None or lexemes[j].type is not LexemeType.WORD:
        return None
    words, following = table().denominators, word_at(lexemes, noun.end)
    # "$15 an hour before tax", "$4m a year after tax", but not "4% a year after costs fell"
    closes = following == "before" or not word_at(lexemes, noun.end + 2).isalpha()
    taxed = following in ("before", "after") and closes and word_at(lexemes, noun.end + 1) in words.charges
    # "$3m a year before", not "$80 an ounce before"
    dated = following == "since" and word_at(lexemes, noun.end + 1).isdecimal()  # "1.2 metres a year since 2000"
    rated = is_rate_before(lexemes, j - 1, noun.end)
    shifted = following in words.shifts and is_time_unit(noun.unit) and not (taxed or dated or rated)
    if shifted or following in words.compounds.get(lexemes[noun.end - 1].lower, ()):
        return None
    if following == "and" and [word_at(lexemes, noun.end + 1), word_at(lexemes, noun.end + 2)] == ["a", "half"]:
        return None  # "an hour and a half" is an amount
    hyphen = following in HYPHENS and lexemes[noun.end].glued
    if hyphen and (word_at(lexemes, noun.end + 1) in words.shifts or _in_compound(lexemes, j, noun.end + 1)):
        return None
    return _of(count, noun)


def _in_compound(lexemes: Sequence[Lexeme], j: int, end: int) -> bool:
    """Whether a compound goes on behind it: "83p a second-class letter".

    Not in "a $15-an-hour-plus job", "9p a tonne-mile".
    """
    joined = end < len(lexemes) and lexemes[end].type is LexemeType.WORD and lexemes[end].glued
    return joined and lexemes[j - 1].text not in HYPHENS and table().after_per.longest(lexemes, end)[0] is None


_DEFINITES = ("the", "his", "her", "its", "their")


def is_rate_before(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the unit of ``lexemes[i:end]`` makes a rate of the number in front: "500 a day before the war".

    Not of money, as in "sold for $500 a day before the war".
    """
    if word_at(lexemes, end) != "before" or word_at(lexemes, end + 1) not in _DEFINITES or i < 2:
        return False
    return lexemes[i - 1].type is LexemeType.NUMBER and lexemes[i - 2].type is LexemeType.WORD


def is_time_unit(noun: str) -> bool:
    """Whether a denominator is a time: "hour", "year"."""
    unit = unit_named(noun)
    return unit is not None and unit.kind is Kind.DURATION


def _of(count: str, noun: DenominatorMatch) -> DenominatorMatch:
    return DenominatorMatch(f"{count} {noun.unit}", noun.end) if count else noun


def _count(lexemes: Sequence[Lexeme], j: int) -> tuple[str, int]:
    """The number of "per 100,000 people" as a digit string, and where it ends; an empty string without one."""
    if word_at(lexemes, j) in table().denominators.counts:
        return table().denominators.counts[lexemes[j].lower], j + 1
    if j >= len(lexemes) or lexemes[j].type is not LexemeType.NUMBER:
        return "", j
    if word_at(lexemes, j + 1) in HYPHENS and lexemes[j + 1].glued:
        return "", j + 3  # "per 40-foot container"
    return "".join(c for c in lexemes[j].text if c.isdigit() or c == "."), j + 1


def _noun_at(lexemes: Sequence[Lexeme], j: int, *, any_noun: bool) -> DenominatorMatch | None:
    """The unit or noun at lexeme ``j``, by its singular name."""
    if j >= len(lexemes):
        return None
    reading, end = table().after_per.longest(lexemes, j)
    if reading is not None:
        return DenominatorMatch(reading.meaning.unit.name, end)
    if lexemes[j].type is not LexemeType.WORD:
        return None
    words = table().denominators
    noun = singular(lexemes[j].lower)
    if noun in words.nouns:
        return DenominatorMatch(noun, j + 1)
    if noun in words.modifiers:
        behind = _noun_at(lexemes, _skip_hyphen(lexemes, j + 1), any_noun=any_noun)
        if behind is not None:
            return behind
    return DenominatorMatch(noun, j + 1) if any_noun else None


def singular(noun: str) -> str:
    """The singular of an English plural noun; a singular noun stays as it is."""
    irregular = table().singular.get(noun.lower())
    if irregular is not None:
        return irregular
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun


def _skip_hyphen(lexemes: Sequence[Lexeme], j: int) -> int:
    return j + 1 if j < len(lexemes) and lexemes[j].text in HYPHENS and lexemes[j].glued else j
