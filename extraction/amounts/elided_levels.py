"""Levels without a unit behind "to", "from" and "of", beside another number: the same again, a price, another's."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.changes.verbs_before import moves_right_before
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

EARLIER = ([",", "up", "from"], [",", "down", "from"])


def moves_again(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether both ends of a percentage's move are said once more: "cut its forecast to 1.1 per cent from 1.4, and for
    next year to 1.6 from 1.9"."""
    end = group.last.end
    paired = word_before(lexemes, group.first.start) == "to" and at(lexemes, end) == "from"
    moved = paired and end + 1 < len(lexemes) and lexemes[end + 1].is_number and closes(lexemes, end + 2)
    shares = source.last.unit == "percent" and word_before(lexemes, source.first.start) in ("from", "to")
    return moved and shares and not _of_new_noun(lexemes[source.last.end : group.first.start])


def _of_new_noun(between: Sequence[Lexeme]) -> bool:
    """Whether what moves is not the same again nor another rate: ", and the toll to"; not ", and its estimate to"."""
    joint = next((k for k, lexeme in enumerate(between) if lexeme.lower in ("and", "but", "while")), -1)
    words = [lexeme for lexeme in between[joint + 1 :] if lexeme.text != ","]
    if joint < 0 or not words or in_class(words[0], "prepositions"):
        return False
    again = word_set("amounts", "moved_again") | change_words().verbs.keys()
    return not any(word.lower in again for word in words[: 1 if words[0].lower in again else None])


def comes_to_zero(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number is the zero that a percentage goes to: "will cut its 25 per cent duty on syrup to zero"."""
    between = lexemes[source.last.end : group.first.start]
    led = source.last.unit == "percent" and word_before(lexemes, group.first.start) == "to"
    other = any(x.is_number or x.lower in change_words().verbs for x in between)
    return led and closes(lexemes, group.last.end) and not other


def is_quoted(lexemes: Sequence[Lexeme], source: Group, amount: Amount) -> bool:
    """Whether the number is a price that a percentage moved to, and no share: "The rand lost 2% and hit a low of
    19.85", "rose 0.4% against the yen to 145.62"."""
    places = len(lexemes[amount.numeral.start].text.partition(".")[2])
    mine = word_before(lexemes, amount.start)
    level = mine == "to" or (mine == "of" and at(lexemes, amount.start - 2) in ("low", "high"))
    stepped = source.last.unit == "percent" and moves_right_before(lexemes, source.first)
    return stepped and level and places >= _PLACES_OF_PRICE


_PLACES_OF_PRICE = 2


def of_another(lexemes: Sequence[Lexeme], start: int, mine: str) -> bool:
    """Whether the number is another's, or the level that one is held against: "had 52.3 per cent to his rival's 46.1",
    "to her 46.1", "8.1 per cent against a target of 6.5"."""
    targeted = mine == "of" and lexemes[start - 2].lower in word_set("cues", "levels_of_counts", "rates_of_percent")
    theirs = mine in word_set("grammar", "definites") and at(lexemes, start - 2) in ("to", "against")
    return targeted or theirs or mine.endswith(("'s", "’s"))


def moved_elsewhere(lexemes: Sequence[Lexeme], amount: Amount, between: Sequence[Lexeme]) -> bool:
    """Whether another verb of change has numbers of its own: "fell to 4%, while closures rose from 30 to 45"."""
    if not any(lexeme.lower in change_words().verbs for lexeme in between):
        return False
    last = [lexeme.lower for lexeme in between[-3:]]
    if last in EARLIER:
        # "The dividend was 12 cents, down from 15", "fell to 21.3 weeks in March, down from 26"
        return any(lexeme.lower in change_words().verbs for lexeme in between[:-3])
    mine = word_before(lexemes, amount.start)
    return mine == "from" or (mine == "to" and lexemes[amount.start - 2].type is LexemeType.NUMBER)


def word_before(lexemes: Sequence[Lexeme], start: int) -> str:
    """The word in front of an amount, past words that only shade it."""
    k = start - 1
    while k > 0 and lexemes[k].lower in FILLERS:
        k -= 1
    return lexemes[k].lower if k >= 0 else ""
