"""Pairs of numbers that are no score, range or code: "leads 48-44 in a poll", "pressure of 140/90", "Normal 33/16"."""

from collections.abc import Sequence
from itertools import pairwise

from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

_REACH = 24  # lexemes from the pair to a word of polls
_TO_TRAIL = 6  # lexemes from "trails" to the pair
_LEAST_TOGETHER, _MOST_TOGETHER = 75, 100.5
_LEAST = 15
_HIGHEST, _LEAST_UPPER, _LEAST_LOWER = 280, 70, 30
_JOINTS = ("-", "–", "‑", "/", "to")


def in_vote_pair(lexemes: Sequence[Lexeme], number: int) -> bool:
    """Whether the number is one of the two shares of a vote: "leads Trump 48-44", "52/48 in the poll", "49 to 46".

    The larger comes first, but behind who trails.
    """
    for first in (number, number - 2):
        if first < 0 or first + 2 >= len(lexemes) or lexemes[first + 1].lower not in _JOINTS:
            continue
        one, two = (_value(lexemes[k]) for k in (first, first + 2))
        if min(one, two) < _LEAST or not _LEAST_TOGETHER <= one + two <= _MOST_TOGETHER:
            continue
        before = [lexeme.lower for lexeme in lexemes[max(0, first - _TO_TRAIL) : first]]
        if one < two and word_set("text", "trailing_words").isdisjoint(before):
            continue
        if before[-1:] == ["from"] or [lexeme.lower for lexeme in lexemes[first + 3 : first + 4]] == ["vote"]:
            return False  # "fell from 50 to 40", "on a 52-46 vote"
        near = [lexeme.lower for lexeme in lexemes[max(0, first - _REACH) : first + _REACH]]
        window = frozenset(near)
        asked = not _ASKED.isdisjoint(pairwise(near))
        told = asked or not window.isdisjoint(word_set("text", "votes_in_pairs"))
        return told and window.isdisjoint(word_set("text", "no_shares_in_pairs"))
    return False


_ASKED = frozenset((("likely", "voters"), ("registered", "voters"), ("among", "voters")))


def in_blood_pressure(lexemes: Sequence[Lexeme], number: int) -> bool:
    """Whether the number is one of the two of "Her blood pressure was 140/90", "fell to 128/82 mmHg"."""
    for first in (number, number - 2):
        if first < 0 or first + 2 >= len(lexemes) or lexemes[first + 1].lower not in ("/", "over"):
            continue
        upper, lower = (_value(lexemes[k]) for k in (first, first + 2))
        if not _LEAST_LOWER <= lower < upper <= _HIGHEST or upper < _LEAST_UPPER:
            continue
        counted = lexemes[first + 3 : first + 4]
        if lexemes[first + 1].lower == "over" and counted and counted[0].text.isalpha() and counted[0].lower != "mmhg":
            return False  # "winning 120 over 80 matches"
        near = [lexeme.lower for lexeme in lexemes[max(0, first - _REACH) : first + _TO_TRAIL]]
        told = not word_set("text", "words_of_pressure").isdisjoint(near)
        return told or ("blood", "pressure") in pairwise(near)
    return False


def in_heat_pair(lexemes: Sequence[Lexeme], number: int) -> bool:
    """Whether the number is the high or the low of "Normal 33/16", "High/low: 75/52"; a word for the level leads."""
    for first in (number, number - 2):
        if first < 1 or first + 2 >= len(lexemes) or lexemes[first + 1].text != "/":
            continue
        lead = first - 2 if first > 1 and lexemes[first - 1].text == ":" else first - 1
        level = lexemes[lead].lower in word_set("cues", "usual_levels", "levels_in_forecasts", "levels_of_heat")
        high, low = (lexemes[k].text for k in (first, first + 2))
        degrees = high.isdecimal() and low.isdecimal() and len(high) <= _LONGEST_DEGREES
        if level and degrees and int(high) > int(low) and int(high) - int(low) <= _WIDEST:
            return True
    return False


_LONGEST_DEGREES, _WIDEST = 3, 60


def _value(lexeme: Lexeme) -> float:
    plain = lexeme.is_number and lexeme.text.isascii() and lexeme.text.replace(".", "", 1).isdecimal()
    return float(lexeme.text) if plain else 0.0
