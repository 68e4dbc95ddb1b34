"""What a bare number counts in "The number of traders on board rose to 65" and "Visitor numbers fell to 31m"."""

from collections.abc import Sequence

from extraction.amounts import Amount
from extraction.counts import CountedNoun, counted_noun
from extraction.lexemes import Lexeme, LexemeType
from extraction.nouns import is_plural, nouns, singular
from extraction.words import word_set

_REACH = 16  # lexemes from "the number of" to the number
_LINKS = word_set("cues", "number_links")
_SHADES = word_set("cues", "number_shades")
_CLAUSE_BREAKS = frozenset((";", "while", "whereas", "but", "because", "although", ".", ":"))
_SEVERAL = word_set("cues", "vague_number_leaders")
_QUALITIES = word_set("cues", "number_qualities")


def number_of(lexemes: Sequence[Lexeme], amount: Amount, lead: int) -> CountedNoun | None:
    """The noun that a whole number counts by "number of" or "numbers" in front of it in its clause, or None.

    ``lead`` is the lexeme in front of the amount, past words that bound it.
    """
    while lead > 0 and lexemes[lead].lower in _SHADES:
        lead -= 1
    if lead < 0 or amount.value is None or amount.value != int(amount.value):
        return None
    before = lexemes[lead - 1] if lead > 0 else None
    if lexemes[lead].lower == "number" and before is not None and is_plural(before.text):
        return CountedNoun(lead - 1, lead, singular(before.lower))  # "Black rhinos number about 200"
    if lexemes[lead].lower == "of" and lead and lexemes[lead - 1].lower == "population":
        return _noun_at(lexemes, lead - 1)
    if lexemes[lead].lower not in _LINKS and lexemes[lead + 1].lower not in _LINKS:
        return None
    for number in range(lead, max(-1, lead - _REACH), -1):
        noun = _noun_at(lexemes, number)
        if noun is not None:
            return noun if _same_clause(lexemes[max(noun.end, number) + 1 : lead]) else None
    return None


def _noun_at(lexemes: Sequence[Lexeme], number: int) -> CountedNoun | None:
    before = lexemes[number - 1] if number else None
    if lexemes[number].lower == "population":
        return CountedNoun(number, number + 1, _inhabitant(before))
    if lexemes[number].lower == "number" and lexemes[number + 1].lower == "of":
        several = before is not None and before.lower in _SEVERAL
        return None if several else counted_noun(lexemes, number + 1, None)
    if lexemes[number].lower != "numbers" or before is None or before.type is not LexemeType.WORD:
        return None
    named = before.capitalised and number > 1  # "Covid numbers", but "Visitor numbers fell"
    if named or before.lower in nouns()["stops"] or before.lower in _QUALITIES:
        return None
    return CountedNoun(number - 1, number, singular(before.lower))


def _inhabitant(before: Lexeme | None) -> str:
    """What a population is made of: of "the deer population" deer, else people."""
    if before is None or before.type is not LexemeType.WORD or before.capitalised:
        return "person"
    known = before.lower in nouns()["stops"] or before.lower.endswith(("'s", "’s")) or before.lower in _QUALITIES
    return "person" if known or before.lower in word_set("cues", "of_population") else singular(before.lower)


def _same_clause(between: Sequence[Lexeme]) -> bool:
    """Whether no other clause opens in ``between``, nor a second one by "and" behind a number."""
    counted = False
    for lexeme in between:
        counted = counted or lexeme.type is LexemeType.NUMBER
        if lexeme.lower in _CLAUSE_BREAKS or (counted and lexeme.lower == "and"):
            return False
    return True
