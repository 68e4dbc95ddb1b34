"""Reads magnitudes behind a number: "hundred million", "bn", and the "m" that is a million or a metre."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.currencies.marks import mark_after, mark_before
from extraction.numerals.millions import TO_OTHER_END, countable_follows, is_millions, stands_apart
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.numeral import EXACT, vocabulary
from extraction.text.surfaces import HYPHENED_LETTERS, word_at
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

# "four hundred thousand million" holds as many as English strings together.
_MOST_MAGNITUDES = 6
_SCREEN_WORDS = word_set("cues", "screen_words")
_SCREEN_LEADERS = word_set("cues", "screen_leaders")
_RUNNING = word_set("cues", "running_verbs")
_HYPHENED = word_set("cues", "hyphened_magnitudes")


def magnitude_at(lexemes: Sequence[Lexeme], j: int, *, after_currency: bool) -> tuple[Decimal | None, int]:
    """The product of the magnitude words or letters at lexeme ``j`` ("hundred million"), and where they end."""
    letters = vocabulary()["abbreviations"]
    magnitude: Decimal | None = None
    last = min(j + _MOST_MAGNITUDES, len(lexemes))
    plus = past_plus(lexemes, j)
    if plus < len(lexemes) and plus > j and _named_magnitude(lexemes, plus) is not None:
        j = plus
    while j < last and lexemes[j].type is not LexemeType.BREAK:
        k = j + 1 if lexemes[j].text == "-" and lexemes[j].glued else j
        if k >= len(lexemes):
            break
        lower = lexemes[k].lower
        named = _named_magnitude(lexemes, k)
        if named is not None:
            factor = named
        elif k > j and magnitude is None and lower in _HYPHENED and (after_currency or _of_currency(lexemes, k)):
            factor = letters[lower]  # "a Rs 1,200-cr refinery", "a 300-mln-dollar plant"
        elif k > j and magnitude is None and after_currency and lexemes[k].text in HYPHENED_LETTERS:
            factor = letters[lower]  # "a P10-B fund"
        elif k == j and magnitude is None and lower in letters:
            if not _letter_is_magnitude(lexemes, j, after_currency=after_currency):
                break
            factor = letters[lower]
        else:
            break
        magnitude, j = (factor if magnitude is None else EXACT.multiply(magnitude, factor)), k + 1
    return magnitude, j


def _of_currency(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the name of a currency stands behind the abbreviation: "a 1.1-bln-euro loan", "a 300-mln dlr plant"."""
    behind = k + 2 if k + 1 < len(lexemes) and lexemes[k + 1].text == "-" else k + 1
    return behind < len(lexemes) and mark_after(lexemes, behind) is not None


def past_plus(lexemes: Sequence[Lexeme], j: int) -> int:
    """Where "plus" or "odd" ends, else ``j``: "£30-plus million", "30+ million", "thirty-odd thousand"."""
    if j >= len(lexemes) or lexemes[j].lower not in ("-", "+", "odd"):
        return j
    words = [lexeme.lower for lexeme in lexemes[j : j + 2] if lexeme.glued]
    if words in (["-", "plus"], ["-", "odd"]):
        return j + 2
    return j + 1 if words[:1] == ["+"] or lexemes[j].lower == "odd" else j


def _named_magnitude(lexemes: Sequence[Lexeme], k: int) -> Decimal | None:
    """The factor of the magnitude word behind a number; "300 millions" has one, "in 2019 millions of people" none."""
    words, lower = vocabulary()["magnitudes"], lexemes[k].lower
    if lower in words:
        return Decimal(words[lower])
    one = lower.removesuffix("s")
    if one == lower:
        return None
    plural = one in words and words[one] >= 1000
    of = k + 1 < len(lexemes) and lexemes[k + 1].lower == "of"
    return Decimal(words[one]) if plural and not of else None


def _letter_is_magnitude(lexemes: Sequence[Lexeme], j: int, *, after_currency: bool) -> bool:
    """Whether the abbreviation at lexeme ``j``, after digits, is a magnitude and not a unit.

    "35m devices" is 35 million, "35m tall" is metres; "5k run" and "300K" are units, "45k followers" is not.
    """
    text, glued = lexemes[j].text, lexemes[j].glued
    lower = text.lower()
    if j + 1 < len(lexemes) and lexemes[j + 1].text == "&" and lexemes[j + 1].glued:
        return False  # "€95 B&B"
    if lower in word_set("cues", "sure_magnitudes"):
        return True
    after_currency = after_currency or _ends_sum(lexemes, j - 1)
    if lower in ("cr", "mil", "mm", "tr"):
        return after_currency
    if after_currency:
        return glued or text in ("M", "B", "K", "T", "m", "b")
    if lower == "t" or (text == "K" and not glued):
        return False
    if j + 2 < len(lexemes) and lexemes[j + 1].text == "+" and lexemes[j + 1].glued:
        return lower in ("k", "b") or countable_follows(lexemes, j + 2)  # "5M+ downloads"
    following = lexemes[j + 1] if j + 1 < len(lexemes) else None
    if following is not None and following.glued and following.text in ("/", "²", "³", "'", "’"):
        return False
    if lower == "k":
        return glued and not (_is_resolution(lexemes, j) or _is_run(lexemes, j))
    if lower == "b":
        return glued or (stands_apart(lexemes, j) and following is not None and following.type is LexemeType.WORD)
    return is_millions(lexemes, j, following)


def _ends_sum(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at lexeme ``i`` is the other end of a sum of money: "$1.5-2M"."""
    if i < 2 or not lexemes[i - 2].is_number or word_at(lexemes, i - 1) not in TO_OTHER_END:
        return False
    return mark_before(lexemes, i - 2) is not None


def _is_resolution(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether "K" tells the resolution of a screen: "4K video", "shot in 4K." and "few homes have 8K yet".

    So too "a Stick 4K"; not in "earns 8K a month".
    """
    following = lexemes[j + 1] if j + 1 < len(lexemes) else None
    if lexemes[j].text != "K" or lexemes[j - 1].text not in ("2", "4", "5", "8"):
        return False
    if following is not None and (following.lower in _SCREEN_WORDS or _filmed(lexemes, j)):
        return True
    shown = j >= 2 and (lexemes[j - 2].capitalised or lexemes[j - 2].lower in _SCREEN_LEADERS)
    counted = following is not None and countable_follows(lexemes, j + 1)
    return shown and lexemes[j - 1].text in ("4", "8") and not counted


def _is_run(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether "k" stands for the kilometres of a run: "She ran 10k in 41 minutes"."""
    following = lexemes[j + 1].lower if j + 1 < len(lexemes) else ""
    ran = any(lexeme.lower in _RUNNING for lexeme in lexemes[max(0, j - 3) : j - 1])
    return ran and (not following.isalpha() or in_class(lexemes[j + 1], "prepositions", "coordinators"))


def _filmed(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether "in" or "native" stands in front, and the clause ends behind it: "shot in 4K."."""
    return j >= 2 and lexemes[j - 2].lower in ("in", "native") and lexemes[j + 1].text in ".,;)"
