"""Tells "plus" as the sign of a number: "Her net rating is plus one"; not "the mayor plus two aides"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class

_BEFORE = frozenset(("at", "on", "to", "from", "of"))
_ENDS = frozenset(".,;:)!?”\"'’—")


def is_plus_sign(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at ``i`` has "plus" for its sign: nothing to add stands in front of it or behind it."""
    if i < 2 or lexemes[i - 1].lower != "plus":
        return False
    before, behind = lexemes[i - 2], lexemes[i + 1] if i + 1 < len(lexemes) else None
    led = before.lower in _BEFORE or in_class(before, "be")
    if not led or behind is None or behind.type is LexemeType.BREAK or behind.text in _ENDS:
        return led
    return in_class(behind, "prepositions", "coordinators") and behind.lower != "of"
