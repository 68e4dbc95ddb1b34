"""Reads headlines, whose words are capitals: "Police Arrest Seven Men", "FIRE DESTROYS 40 HOMES"."""

from collections.abc import Sequence
from dataclasses import replace

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural, nouns
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set

# Words of fewer letters are small in headlines, or abbreviations.
_LEAST_LETTERS = 4
_LEAST_WORDS = 3
_CAPITALISED_SHARE = 0.9
# How many words behind a number may belong to what it counts.
_REACH = 3


def lower_counted(lexemes: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """The lexemes with number words, and what numbers count, in the small letters of a sentence if they are a headline.

    So is what stands behind the number and the colon of an item: "38: States in which", "316 million: Laying hens".
    In a sentence a capitalised number is a name ("the Secret Seven"), and so is a capitalised noun.
    """
    opening = item_opening(lexemes)
    if opening:
        first = lexemes[opening]
        return [*lexemes[:opening], replace(first, text=first.lower), *lexemes[opening + 1 :]]
    if not _is_headline(lexemes):
        return lexemes
    lowered = list(lexemes)
    for i, lexeme in enumerate(lexemes):
        number = lexeme.type is LexemeType.NUMBER or lexeme.lower in vocabulary()["cardinals"]
        counted = _up_to_comma(lexemes[i + 1 : i + 1 + _REACH])
        if not number or not counted or counted[0].lower in word_set("exclusions", "number_names"):
            continue
        if not any(_is_counted(word) for word in counted):
            continue
        for k in range(i, i + 1 + len(counted)):
            if lexemes[k].type is LexemeType.WORD and len(lexemes[k].text) >= _LEAST_LETTERS - 1:
                lowered[k] = replace(lexemes[k], text=lexemes[k].lower)
    return lowered


def _up_to_comma(words: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """What a number may count of the words behind it: nothing of "Labour 34%, Conservatives 25"."""
    end = next((k for k, word in enumerate(words) if word.text in ",;"), len(words))
    return words[:end]


def _is_headline(lexemes: Sequence[Lexeme]) -> bool:
    """Whether no full stop ends the line and nearly all of its longer words are capitalised."""
    if not lexemes or lexemes[-1].text in '.!?”"':
        return False
    words = [x for x in lexemes if x.type is LexemeType.WORD and len(x.text) >= _LEAST_LETTERS and not x.glued]
    capitals = sum(word.capitalised for word in words)
    return len(words) >= _LEAST_WORDS and capitals >= _CAPITALISED_SHARE * len(words)


def _is_counted(word: Lexeme) -> bool:
    return word.type is LexemeType.WORD and (is_plural(word.lower) or word.lower in nouns()["person_words"])


def item_opening(lexemes: Sequence[Lexeme]) -> int:
    """Where the label of an item starts behind its number: "38: States in which eggs sell for less"; 0 for no item.

    The label begins with the one capital that lines begin with; "10: Manchester United" is none.
    """
    colon = 1
    while colon < min(_LONGEST_NUMBER, len(lexemes)) and lexemes[colon].text not in _BEHIND_NUMBER:
        colon += 1
    if colon + 2 >= len(lexemes) or lexemes[colon].text not in _BEHIND_NUMBER or lexemes[colon + 1].glued:
        return 0
    if lexemes[colon].text != ":" and lexemes[colon].glued:
        return 0
    number, word, following = lexemes[:colon], lexemes[colon + 1], lexemes[colon + 2]
    opens = any(lexeme.is_number for lexeme in number[:_LONGEST_BOUND])
    plain = not any(lexeme.may_be_name for lexeme in number[1:])
    capital = word.may_be_name and word.text[1:].islower()
    small = following.type is not LexemeType.WORD or not following.capitalised
    return colon + 1 if opens and plain and capital and small else 0


_LONGEST_NUMBER = 7  # lexemes of "More than 316 million"
_LONGEST_BOUND = 4  # lexemes of "At least $316"
_BEHIND_NUMBER = frozenset((":", "–", "—", "-"))
