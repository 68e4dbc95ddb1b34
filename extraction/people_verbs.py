"""Verbs whose subject is a bare number of people: "About 50 needed treatment", "12 lost their homes"."""

from collections.abc import Sequence

from extraction.lexemes import Lexeme, LexemeType
from extraction.numerals.numeral import vocabulary
from extraction.words import word_set

_LONGEST_NUMERAL = 8  # lexemes, words that bound it included
_TO_OBJECT = 4  # lexemes, the verb and its object included: "received urgent hospital treatment"
_FILLERS = word_set("cues", "number_fillers", "bound_words")
_OPENS_CLAUSE = word_set("cues", "people_clause_openers") | word_set("attribution", "say")


def people_meet(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number that ends before lexeme ``i`` opens a clause and meets with what only people meet with.

    Verbs and objects are pairs of lists, because each verb may stand in front of a noun as a participle too:
    "12 required surgery", but "12 required documents".
    """
    if i >= len(lexemes) or lexemes[i].lower not in word_set("cues", "people_meet"):
        return False
    return meets([lexeme.lower for lexeme in lexemes[i : i + _TO_OBJECT]]) and _opens_clause(lexemes, i)


def meets(words: Sequence[str]) -> bool:
    """Whether these lower-case words begin with a verb and its object that only people meet with."""
    verb = words[:1] and words[0] in word_set("cues", "people_meet")
    return bool(verb) and not word_set("cues", "met_by_people").isdisjoint(words[1:_TO_OBJECT])


def _opens_clause(lexemes: Sequence[Lexeme], i: int) -> bool:
    first = max(-1, i - 1 - _LONGEST_NUMERAL)
    for at in range(i - 1, first, -1):
        lexeme = lexemes[at]
        if lexeme.lower in _OPENS_CLAUSE:
            return True
        if not (lexeme.is_number or lexeme.lower in _FILLERS or _is_numeral(lexeme.lower)):
            return lexeme.type is not LexemeType.WORD and lexeme.text not in "-$£€¥"
    return first < 0


def _is_numeral(word: str) -> bool:
    return word in vocabulary()["cardinals"] or word in vocabulary()["magnitudes"]
