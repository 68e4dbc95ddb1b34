"""Counts of a list whose noun is said once: "won four seats, the Liberals two", "60 members: 31 Labour, 20 Green"."""

from collections.abc import Sequence

from extraction.amounts.ranges import Group
from extraction.counts.counted_nouns import CountedNoun
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past, noun_follows, nouns
from extraction.text.words import word_set

_LISTED_JOINTS = ("", ",", ";", "and")
_LONGEST_NAME = 4


def gapped(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """As in "The Greens gained four seats, the Liberals two": the second clause has neither verb nor noun."""
    amount, k = group.last, group.first.start - 1
    after = at(lexemes, amount.end)
    if not amount.whole or not (after in _LISTED_JOINTS or after == "."):
        return False
    name = 0
    while k > previous.end and lexemes[k].type is LexemeType.WORD and _names(lexemes[k]):
        if looks_past(lexemes[k].lower):
            return False
        k, name = k - 1, name + 1
    if k > previous.end and lexemes[k].lower == "the":
        k -= 1
    return 0 < name <= _LONGEST_NAME and previous.end <= k and lexemes[k].lower in _LISTED_JOINTS


def _names(lexeme: Lexeme) -> bool:
    """As in "the Greens eight, others five": what may name the one whose count follows."""
    return lexeme.lower == "others" or lexeme.lower not in nouns()["stops"]


def of_party(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in ": 31 Labour, 20 Conservative and nine independent": of what party those of a list are."""
    before, end = at(lexemes, group.first.start - 1), group.last.end
    party = before in _LIST_OPENERS and at(lexemes, end) in word_set("cues", "parties_of_members")
    return party and not noun_follows(lexemes, end + 1)


_LIST_OPENERS = (":", ",", "(", "and", "-", "–", "—")
