"""Tells places and rounds of results: "1 T Tola (Eth) 2:06:26; 2 B Abdi (Bel) +21sec", "T Fleetwood 66 68 69 67"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import noun_follows
from extraction.text.numeral import Numeral
from extraction.units.match import match_unit

_LONGEST_NAME = 6  # lexemes
_OF_NAMES = frozenset((".", "'", "’", "-"))
_FEWEST_ROUNDS = 3
_LEAST_ROUND, _MOST_ROUND = 55, 89  # strokes


def placing(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """Why the numeral is the minute of a goal, a round of golf or the place of whose time follows; else None."""
    text = lexemes[numeral.start].text
    if numeral.end - numeral.start > 1 or len(text) > 2 or not text.isdecimal():
        return None
    if _is_minute(lexemes, numeral.start):
        return "minute of a match"
    if _is_round(lexemes[numeral.start]) and _among_rounds(lexemes, numeral.start):
        return "score"
    return "place" if _opens_item(lexemes, numeral.start) and _name_with_time(lexemes, numeral.end) else None


def _is_minute(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number is the minute of a further goal of who stands in front:
    the 78 and the 2 of "Sydney FC 3 (Fornaroli 12, 45+2 pen, 78)"."""
    if start < _FEWEST_BEFORE or lexemes[start - 1].text not in (",", "+"):
        return False
    if start + 1 < len(lexemes) and lexemes[start + 1].lower not in _BESIDE_GOALS | {")"}:
        return False  # "(Smith 45, Jones 38, 4 abstained)"
    for k in range(start - 1, max(0, start - _LONGEST_BRACKET), -1):
        if lexemes[k].text == "(":
            return lexemes[k + 1].capitalised and lexemes[k + 2].is_number
        goal = lexemes[k].capitalised or lexemes[k].is_number or lexemes[k].lower in _BESIDE_GOALS
        if not goal:
            return False
    return False


_FEWEST_BEFORE, _LONGEST_BRACKET = 4, 24  # lexemes
_BESIDE_GOALS = frozenset((",", "+", ";", "pen", "p", "og", "'", "’"))


def _opens_item(lexemes: Sequence[Lexeme], start: int) -> bool:
    before = lexeme_at(lexemes, start - 1)
    return before is None or before.type is LexemeType.BREAK or before.text in ";:,"


def _name_with_time(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a name with its time, length or odds stands at ``k``:
    "T Tola (Eth) 2:06:26", "Pogacar 83hr 38min", "Vingegaard at 6:17"."""
    first = k
    while k < min(len(lexemes), first + _LONGEST_NAME) and (lexemes[k].capitalised or lexemes[k].text in _OF_NAMES):
        k += 1
    named = noun_follows(lexemes, first) and lexemes[first].capitalised and not lexemes[first].glued
    if k == first or not named:
        return False
    k = _past_bracket(lexemes, k)
    if k < len(lexemes) and lexemes[k].lower in ("at", "+"):
        k += 1
    if k + 1 >= len(lexemes) or not lexemes[k].is_number:
        return False
    unit = match_unit(lexemes, k + 1)
    lap = lexemes[k + 1].text in (":", "/") and lexemes[k + 1].glued  # the time, or the odds of a horse
    jumped = unit is not None and unit.unit.kind is Kind.LENGTH and "." in lexemes[k].text
    return lap or jumped or (unit is not None and unit.unit.kind is Kind.DURATION)


def _past_bracket(lexemes: Sequence[Lexeme], k: int) -> int:
    """Where it goes on behind the bracket of a country or a jockey at ``k``, else ``k``: "(Eth)", "(P J Mangan)"."""
    if k >= len(lexemes) or lexemes[k].text != "(":
        return k
    end = k + 1
    while end < min(len(lexemes), k + _LONGEST_NAME) and (lexemes[end].capitalised or lexemes[end].text in _OF_NAMES):
        end += 1
    return end + 1 if end > k + 1 and end < len(lexemes) and lexemes[end].text == ")" else k


def _among_rounds(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether three rounds or more stand beside each other with nothing between them."""
    first, last = start, start + 1
    while first > 0 and start - first <= _FEWEST_ROUNDS and _is_round(lexemes[first - 1]):
        first -= 1
    while last < len(lexemes) and last - start <= _FEWEST_ROUNDS and _is_round(lexemes[last]):
        last += 1
    return last - first >= _FEWEST_ROUNDS


def _is_round(lexeme: Lexeme) -> bool:
    return lexeme.text.isdecimal() and len(lexeme.text) == 2 and _LEAST_ROUND <= int(lexeme.text) <= _MOST_ROUND
