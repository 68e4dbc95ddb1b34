"""Counts beside the noun that they count: "Most states, 38 of 50, have passed such laws"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.numerals.read import read_numeral
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, singular, stops_phrase
from extraction.text.numeral import is_numeral
from extraction.units.table import unit_named

_OPENS = frozenset((",", "(", "–", "—"))
_CLOSES = frozenset((",", ")", ".", ";", ":", "–", "—"))


def settle_beside_noun(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Makes both numbers of "the boats, 24 of 40, were destroyed" counts of the noun in front; says whether it did."""
    amount = group.last
    noun = _noun_beside(lexemes, group)
    if noun is None or not amount.whole:
        return False
    amount.settle(Kind.COUNT, noun.unit, "count.beside_noun")
    amount.noun_elsewhere = noun
    return True


def _noun_beside(lexemes: Sequence[Lexeme], group: Group) -> CountedNoun | None:
    start, end = group.first.start, group.last.end
    if at(lexemes, end) == "of" and end + 1 < len(lexemes):
        whole = read_numeral(lexemes, end + 1)
        end = -1 if whole is None else whole.end
    elif at(lexemes, start - 1) == "of" and start > 2 and is_numeral(lexemes[start - 2]):
        start -= 2
    else:
        return None
    closed = end >= len(lexemes) or (end > 0 and lexemes[end].text in _CLOSES)
    if not closed or start < 2 or lexemes[start - 1].text not in _OPENS:
        return None
    noun = start - 2
    word = lexemes[noun]
    plural = word.type is LexemeType.WORD and word.text.islower() and is_plural(word.text)
    if not plural or stops_phrase(lexemes, noun) or unit_named(singular(word.lower)) is not None:
        return None
    return CountedNoun(noun, noun + 1, singular(word.lower))
