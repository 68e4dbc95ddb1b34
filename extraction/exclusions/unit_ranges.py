"""Tells ranges with a unit at both ends from codes: "5 kg–7 kg", "12 per cent-15 per cent", "5m-6m people"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme
from extraction.text.nouns import is_plural

_DASHES = "-‐‑–—"


def in_range(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the same words stand behind both ends of a dash:
    "5 kg–7 kg", "12 per cent-15 per cent", "5m-6m people"."""
    behind_dash = start > 0 and lexemes[start - 1].text in _DASHES
    for length in (1, 2):
        dash = start + 1 + length
        if dash < len(lexemes) and lexemes[dash].text in _DASHES and _opens_range(lexemes, start, length):
            return True
        if behind_dash and _opens_range(lexemes, start - 2 - length, length):
            return True
    return False


def _opens_range(lexemes: Sequence[Lexeme], first: int, length: int) -> bool:
    """Whether ``length`` words and a dash follow the number ``first``, and another number with the same words."""
    dash = first + 1 + length
    if first < 0 or dash + 1 + length >= len(lexemes) or not lexemes[dash + 1].is_number:
        return False
    if lexemes[dash].text not in _DASHES or not lexemes[first].is_number:
        return False
    if length == 1 and lexemes[first + 1].lower == "m":
        counted = dash + 3 < len(lexemes) and is_plural(lexemes[dash + 3].lower)
        return counted and lexemes[dash + 2].lower == "m"  # "5m-6m people", but waves of "2m-3m"
    before, behind = lexemes[first + 1 : dash], lexemes[dash + 2 : dash + 2 + length]
    return [lexeme.lower for lexeme in before] == [lexeme.lower for lexeme in behind]
