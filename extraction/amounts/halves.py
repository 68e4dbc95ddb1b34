"""Halves that stand alone ("They wanted half by Christmas"), and half-centuries that are runs."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set

_TAKING = word_set("cues", "verbs_with_half")
_BEHIND = word_set("cues", "behind_half")
_JOINED = word_set("cues", "joined_to_half")
_SHADES = word_set("cues", "shades_of_half")
_ENDS = frozenset((",", ".", ";", "!", "?", ")", "”", '"', "—", ""))


def is_half_alone(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the "half" at ``i`` is all that a verb has, or is shaded in front of its verb or noun."""
    before, behind = at(lexemes, i - 1), at(lexemes, i + 1)
    if before in _TAKING:
        return behind in _BEHIND or behind in _ENDS or lexemes[i + 1].type is LexemeType.BREAK
    shaded = before in _SHADES or (before == "to" and at(lexemes, i - 2) == "close")
    return shaded and behind not in _JOINED and (behind[:1].isalpha() or behind in _ENDS)


def is_of_runs(lexemes: Sequence[Lexeme], i: int) -> bool:
    """As in "completing a half-century", "made an unbeaten half-century": fifty runs, not fifty years."""
    century = next((k for k in range(i, min(i + 4, len(lexemes))) if lexemes[k].lower == "century"), i)
    hyphened = any(lexeme.text in HYPHENS for lexeme in lexemes[i:century])
    if at(lexemes, century + 1) in _OF_TIME or not hyphened:
        return False  # "was made half a century ago", "a half-century of profits"
    return any(lexeme.lower in _SCORING for lexeme in lexemes[max(0, i - 3) : i])


_SCORING = word_set("exclusions", "scoring_runs")
_OF_TIME = frozenset(("ago", "of", "later", "earlier", "before", "old"))
