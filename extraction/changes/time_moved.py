"""Verbs that make a time longer or later, and move nothing but a duration: "extended the deadline by an hour"."""

from collections.abc import Sequence

from extraction.claims import Change, Kind
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_REACH = 12  # lexemes
_LENGTHENING = word_set("cues", "lengthening")
_DELAYING = word_set("cues", "delaying")
_PUSHING = word_set("cues", "pushing")
_ROLES = ("by", "agent")


def moves_time(lexemes: Sequence[Lexeme], position: int, role: str | None, kind: Kind) -> Change | None:
    """The movement of a duration behind the preposition at ``position``: "prolonged life by three months, to 14".

    ``role`` is that of ``changes.roles``; "delayed" moves by something alone: "was delayed by two weeks".
    """
    if kind is not Kind.DURATION or role not in (*_ROLES, "to", "from"):
        return None
    lengthens = lengthening_before(lexemes, position, step=role in _ROLES)
    return Change("up", "by" if role in _ROLES else str(role)) if lengthens else None


def _is_noun(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k`` is a noun, which is moved and moves nothing.

    As in "extended his contract", "delayed the advance".
    """
    return lexemes[k].lower in ("contract", "contracts") or (k > 0 and in_class(lexemes[k - 1], "determiners"))


def lengthening_before(lexemes: Sequence[Lexeme], position: int, *, step: bool) -> bool:
    """Whether the nearest verb of change in front of ``position`` makes a time longer or, with ``step``, later."""
    for k in range(position - 1, max(-1, position - 1 - _REACH), -1):
        word = lexemes[k].lower
        if lexemes[k].type is LexemeType.BREAK or word in (";", ":", "."):
            return False
        pushed = word in _PUSHING and any(lexeme.lower in ("back", "up") for lexeme in lexemes[k + 1 : position])
        if word in _LENGTHENING or (step and (word in _DELAYING or pushed)):
            return True
        if word in change_words().verbs and not _is_noun(lexemes, k):
            return False
    return False
