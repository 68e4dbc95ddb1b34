"""Numbers of those that the text only tells by what they do: "Of these, 412 passed", "for every 200 treated"."""

from collections.abc import Sequence

from extraction.amounts.ranges import Group
from extraction.counts.people import lead
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import looks_past, noun_follows

_THOSE = ("these", "those", "them")
_LONGEST = 10  # lexemes of "Of those who sat the exam,"


def of_those(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "Of these, 5,127, or 27 per cent, passed", "Of those on it, 112 fell ill", "Of the 200 screened"."""
    amount, k = group.last, lead(lexemes, group)
    if not amount.whole or lexemes[0].lower != "of":
        return False
    if lexemes[1].lower == "the":
        return k == 1 and looks_past(at(lexemes, amount.end))
    told = lexemes[1].lower in _THOSE and 2 <= k <= _LONGEST and lexemes[k].text == ","
    return told and not noun_follows(lexemes, amount.end)


def for_every(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "one death is prevented for every 200 treated": they are not the deaths."""
    before = (at(lexemes, lead(lexemes, group)), at(lexemes, group.first.start - 1))
    return "every" in before and group.last.whole and looks_past(at(lexemes, group.last.end))
