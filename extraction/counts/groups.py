"""Counts of a group's members that are not named: "a panel of twelve", "a town of 3,200", "Attendance was 9,812"."""

import itertools
from collections.abc import Sequence

from extraction.counts.people import lead, words_at
from extraction.counts.verbs_behind import is_verb_of_group
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme
from extraction.text.nouns import noun_follows, nouns
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.shades import SHADES
from extraction.text.word_classes import is_adverb
from extraction.text.words import word_set

_LEAST_GATHERING, _GATHERING_REACH = 100, 12
_LONGEST_VOTE = 4  # lexemes: "one hundred and one"
_VOTES = ("voted", "votes", "vote")
_CLAUSE_JOINERS = frozenset(("and", "but", "while", "or", ",", ";"))


def of_group(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a group in front has so many: "a panel of twelve", "put the crowd at 30,000", "a dad-of-two"."""
    k = group.first.start - 1
    if k >= 3 and lexemes[k].text == lexemes[k - 2].text == "-" and lexemes[k - 1].lower == "of":
        return lexemes[k - 3].lower in word_set("cues", "parents")
    while k > 1 and lexemes[k].lower in SHADES and lexemes[k - 1].lower not in nouns()["groups"]:
        k -= 1
    return k >= 1 and lexemes[k].lower in ("of", "at") and lexemes[k - 1].lower in nouns()["groups"]


def of_votes(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number is one side of a vote: "voted 32 to 21", "ruled five to four", "by a vote of 219 to 210"."""
    k, end = group.first.start - 1, group.last.end
    second = k >= 1 and lexemes[k].lower in ("to", "against") and is_numeral(lexemes[k - 1])
    first = k >= 0 and end + 1 < len(lexemes) and lexemes[end].lower == "to" and is_numeral(lexemes[end + 1])
    if second:
        k -= 1
        lowest = k - _LONGEST_VOTE
        while k > max(0, lowest) and (is_numeral(lexemes[k]) or lexemes[k].text == "-"):
            k -= 1
    if k >= 1 and lexemes[k].lower == "of":
        k -= 1
    if k < 0 or group.first is not group.last:
        return k >= 0 and lexemes[k].lower in _VOTES
    return lexemes[k].lower in _VOTES or ((first or second) and lexemes[k].lower in word_set("counts", "divided"))


def votes_of(lexemes: Sequence[Lexeme], group: Group, end: int) -> bool:
    """Whether those counted before ``end`` cast both numbers of "The 16 clubs voted 12 to four"."""
    if group.first.start - end > _LONGEST_VOTE + 2:
        return False
    between = lexemes[end : group.first.start]
    cast = [lexeme.lower for lexeme in between if not is_adverb(lexeme)]
    first, *rest = cast or [""]
    return (
        first in _VOTES
        and of_votes(lexemes, group)
        and all(
            word in ("to", "against", "-", "by") or word in vocabulary()["cardinals"] or word.isdecimal()
            for word in rest
        )
    )


def tallied(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether the number is of a tally: "by 612 votes, 11,408 to 10,796" and "by 12 votes (219 to 207)"."""
    start, end = group.first.start, group.last.end
    if start > 1 and lexemes[start - 1].lower == "to" and is_numeral(lexemes[start - 2]):
        start -= 2
    elif not (end + 1 < len(lexemes) and lexemes[end].lower == "to" and is_numeral(lexemes[end + 1])):
        return False
    return previous.unit == "vote" and start - previous.end == 1 and lexemes[previous.end].text in _OPENS_TALLY


_OPENS_TALLY = (",", "(", ":", "-", "–", "—")


def of_majority(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number is a majority in votes or seats: "a majority of just 42", "by a margin of 2,344".

    A ratio is none: "by a margin of two to one".
    """
    k = lead(lexemes, group)
    led = k > 0 and lexemes[k].lower == "of" and lexemes[k - 1].lower in ("majority", "majorities", "margin")
    end = group.last.end
    return led and not (end < len(lexemes) and lexemes[end].lower in ("to", "-"))


def of_settlement(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number counts those in a settlement, whom the text does not name: "a town of 3,200"."""
    k = lead(lexemes, group)
    settled = k > 0 and lexemes[k].lower == "of" and lexemes[k - 1].lower in word_set("cues", "settlements")
    end = group.last.end
    return settled and (not noun_follows(lexemes, end) or is_verb_of_group(lexemes, end, end))


def of_container(lexemes: Sequence[Lexeme], group: Group, end: int) -> bool:
    """Whether what was counted before ``end`` holds so many others: "two lifeboats, each with room for 75"."""
    k = lead(lexemes, group)
    if (
        k < 2
        or k - 1 - end > _LONGEST_LINK
        or lexemes[k].lower != "for"
        or lexemes[k - 1].lower not in word_set("cues", "capacities")
    ):
        return False
    return all(lexeme.lower in _LINKS_TO_ROOM for lexeme in lexemes[end : k - 1])


_LINKS_TO_ROOM = word_set("counts", "links_to_room")
_LONGEST_LINK = 5  # lexemes: ", each of which has"


def of_gathering(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether so many gather: "Attendance at the derby was 31,440", "The audience peaked at 11.3m".

    Or are in a place of people: "Prison numbers hit 88,500".
    """
    amount, k = group.last, lead(lexemes, group)
    whole = amount.value is not None and amount.whole and amount.value >= _LEAST_GATHERING
    if k > 0 and lexemes[k].lower in ("above", "below"):
        k -= 1  # "School rolls dropped below 800,000"
    if not whole or k < 1 or lexemes[k].lower not in word_set("cues", "gathering_links"):
        return False
    near = [lexeme.lower for lexeme in lexemes[max(0, k - _GATHERING_REACH) : k]]
    window, places = set(near), word_set("cues", "places_of_people")
    paid = not window.isdisjoint(word_set("cues", "paid_for"))  # "Membership fees rose above 200"
    gathered = not window.isdisjoint(word_set("counts", "gatherings"))
    gathered = gathered or any(a in places and b == "numbers" for a, b in itertools.pairwise(near))
    return gathered and not paid and window.isdisjoint(_CLAUSE_JOINERS)


def runs_scored(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number counts runs: "87 off 134 balls", "143 from 201 balls" and "122 not out"."""
    end = group.last.end
    if words_at(lexemes, end) == ("not", "out"):
        return True
    window = [lexeme.lower for lexeme in lexemes[end : end + 5]]
    return window[:1] in (["off"], ["from"]) and any(word in ("balls", "deliveries", "overs") for word in window[1:])
