"""Finds whose figures a statement stands on: "By Oxfam's count, ...", "..., on the IMF's estimate"."""

from extraction.speakers.noun_phrases import Range
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set

_OWNER = 8  # lexemes of "By the health ministry's own"
_OPENERS = frozenset(("that", "and", "but"))


def owner_before(words: list[Lexeme], at: int) -> Range | None:
    """The owner of the figures at ``at`` with the sign of the genitive; None where they stand on nobody's."""
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind is not None and behind.type is LexemeType.WORD and not in_class(behind, "prepositions"):
        return None
    own = at - 1
    while own > max(0, at - 3) and words[own].text.islower() and not is_genitive(words, own):
        own -= 1  # "own", "latest"
    if own < 1 or not is_genitive(words, own):
        return None
    start = own
    while start > max(0, own - _OWNER) and words[start - 1].lower not in {"by", "on"}:
        start -= 1
        inner = words[start].type is LexemeType.WORD or words[start].text in {"-", ".", "&"}
        if not inner or is_verb(words, start) or in_class(words[start], "coordinators", "subordinators"):
            return None
    place = start - 1
    if place < 0 or words[place].lower not in {"by", "on"}:
        return None
    before = words[place - 1] if place else None
    opens = before is None or before.type in (LexemeType.SYMBOL, LexemeType.BREAK) or before.lower in _OPENERS
    return (start, own + 1) if opens else None


def genitive_length(words: list[Lexeme], at: int) -> int:
    """How many characters of the word at ``at`` are the sign of its genitive."""
    return 2 if words[at].text.endswith(("'s", "’s")) else 1


def is_genitive(words: list[Lexeme], at: int) -> bool:
    """As "Oxfam's" and the mark of "analysts'"; not in "last year's"."""
    word = words[at]
    if word.text in {"'", "’"}:
        return word.glued and words[at - 1].lower.endswith("s")
    return word.text.endswith(("'s", "’s")) and word.lower[:-2] not in word_set("syntax", "times")
