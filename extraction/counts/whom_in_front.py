"""Whom a number counts that the text names without one: "helped Malaysian makers, 11 of whom have closed"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_person, is_plural, looks_past, peoples, singular
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_set

_LONGEST_PHRASE = 8  # lexemes of "small makers of car tyres in northern Malaysia"
_AGENTS = ("ers", "ors", "ists", "ians", "eers")


def whom_in_front(lexemes: Sequence[Lexeme], comma: int) -> str | None:
    """The singular of the plural in front of the comma, or of what it is a part of: "makers of tyres, 11 of whom"."""
    if comma < 1 or lexemes[comma].text != ",":
        return None
    near: str | None = None
    led = False
    for k in range(comma - 1, max(-1, comma - 1 - _LONGEST_PHRASE), -1):
        word = lexemes[k]
        if word.type is not LexemeType.WORD or _is_verb(word):
            break
        if in_class(word, "prepositions"):
            led = True
        elif _is_plural_noun(word) and (k == comma - 1 or led):
            if _may_act(word.lower):
                return singular(word.text)
            near = singular(word.text) if k == comma - 1 else near
    return None if led else near


def _is_verb(word: Lexeme) -> bool:
    return looks_past(word.lower) or is_auxiliary(word) or in_class(word, "past", "present", "subject_pronouns")


def _is_plural_noun(word: Lexeme) -> bool:
    plain = word.text.islower() or word.lower in peoples()
    return plain and is_plural(word.text) and not in_class(word, "determiners")


def _may_act(noun: str) -> bool:
    """As "nurses", "makers", "firms": "whom" stands for these wherever they stand."""
    return is_person(noun) or noun.endswith(_AGENTS) or noun in peoples() or noun in word_set("cues", "acting_groups")
