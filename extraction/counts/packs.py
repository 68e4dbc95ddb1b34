"""How much each of what is counted holds: "2 x 400g tins", "1 (14-ounce) can", "two 500mg tablets"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.surfaces import HYPHENS
from extraction.units.match import match_unit

_OPENERS = frozenset(("x", "×", "("))
_CLOSERS = frozenset((".", ")"))


def past_size(lexemes: Sequence[Lexeme], j: int) -> int:
    """Where the size ends that may stand at lexeme ``j`` behind a count, or ``j``; "2 x 4m" has two sides and none."""
    number = j + (j < len(lexemes) and lexemes[j].lower in _OPENERS)
    if number + 1 >= len(lexemes) or not lexemes[number].is_number:
        return j
    if number == j and lexemes[j - 1].type is not LexemeType.WORD:
        return j  # two numbers of a list
    k = number + 1
    k += k + 1 < len(lexemes) and lexemes[k].text in HYPHENS and lexemes[k].glued
    unit = match_unit(lexemes, k)
    if unit is None or unit.unit.kind not in (Kind.MASS, Kind.VOLUME) or (number == j and not lexemes[k].glued):
        return j
    end = unit.end
    while end < len(lexemes) and lexemes[end].glued and lexemes[end].text in _CLOSERS:
        end += 1
    closed = lexemes[j].text != "(" or lexemes[end - 1].text == ")"
    return end if closed and end < len(lexemes) else j
