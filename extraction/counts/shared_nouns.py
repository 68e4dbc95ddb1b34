"""Numbers that share one noun: "25 or 30 volunteers", "12 primary and four secondary schools", "31 Labour, 20 Tory"."""

import itertools
from collections.abc import Sequence

from extraction.claims import Kind
from extraction.counts.people import leader
from extraction.quantity.amount import Amount
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past, noun_follows, nouns
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_CLAUSE_JOINERS = ("and", "but", "while", "or", ",", ";")


def settle_shared_nouns(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes numbers in front count what a later one counts, where the noun is said once.

    As in "25 or 30 volunteers" and "the truck made three and the van made five trips".
    """
    if len(groups) < 2:
        return
    parts = [group for k, group in enumerate(groups) if not (k and _in_compound(groups[k - 1], group))]
    for first, second in reversed(list(itertools.pairwise(parts))):
        number, counted = first.last, second.last
        if number.whole and counted.kind is Kind.COUNT and _is_earlier_level(lexemes, number, second):
            number.settle(Kind.COUNT, counted.unit, "count.shared_noun")
            number.noun_elsewhere = counted.noun
            continue
        if counted.unit is None or not number.whole:
            continue
        if _described_alike(lexemes, first, second):
            number.settle(Kind.COUNT, counted.unit, "count.shared_noun")
            noun = counted.noun or counted.noun_elsewhere
            number.noun_elsewhere = noun and CountedNoun(noun.end - 1, noun.end, noun.unit)
            continue
        if number.kind is not Kind.NUMBER or counted.noun is None:
            continue
        listed = _listed(lexemes, number, second)
        if listed or _same_clause(lexemes, first, second):
            number.settle(Kind.COUNT, counted.unit, "count.shared_noun")
            number.noun, number.noun_elsewhere = counted.noun if listed else None, counted.noun


def _listed(lexemes: Sequence[Lexeme], number: Amount, following: Group) -> bool:
    """Whether nothing but the joint stands between two numbers: "25 or 30 volunteers" and "14, 9 and 6 pupils"."""
    if number.end + 1 != following.first.start or not number.numeral.in_digits:
        return False
    joint = lexemes[number.end].lower
    return joint in ("or", "and") or (joint == "," and "count.shared_noun" in following.last.rules)


def _is_earlier_level(lexemes: Sequence[Lexeme], number: Amount, following: Group) -> bool:
    """Whether it is the first number of "went from three to nine members", "rose from 12 to 20 a day"."""
    plain = number.kind is Kind.NUMBER or (number.kind is Kind.COUNT and number.unit is None)
    beside = at(lexemes, number.end) == "to" and number.end + 1 == following.first.start
    return plain and beside and at(lexemes, number.start - 1) == "from"


def _same_clause(lexemes: Sequence[Lexeme], first: Group, second: Group) -> bool:
    """Whether both stand behind the same word: "the truck made three and the van made five trips"."""
    if not first.first.start or first.last.end >= len(lexemes):
        return False
    same = lexemes[first.first.start - 1].lower == lexemes[second.first.start - 1].lower
    return same and lexemes[first.last.end].lower in _CLAUSE_JOINERS


def _in_compound(first: Group, second: Group) -> bool:
    """Whether the second number belongs to what the first counts: "36 two-bedroom flats"."""
    return first.last.end == second.first.start and "count.compound" in second.last.rules


def _described_alike(lexemes: Sequence[Lexeme], group: Group, following: Group) -> bool:
    """Whether a description stands behind both numbers: "12 full-time and five part-time rangers".

    The second may describe as well: "31 detached, 48 semi-detached and 20 terraced houses".
    """
    number, counted, joint = group.last, following.last, following.first.start - 1
    between = lexemes[number.end : joint]
    if not 0 < len(between) <= _LONGEST_DESCRIPTION or lexemes[joint].lower not in ("and", "or", ","):
        return False
    if counted.noun is not None:
        described = counted.noun.end - counted.noun.start > 1
    else:
        described = "count.shared_noun" in counted.rules and counted.noun_elsewhere is not None
    hyphened = any(lexeme.text == "-" and lexeme.glued for lexeme in between)
    hired = hyphened or leader(lexemes, group) in word_set("counts", "hiring_verbs")
    elided = number.kind is Kind.NUMBER or ("count.person" in number.rules and hired)
    words = [lexeme for lexeme in between if lexeme.text != "-"]
    verb = not hyphened and (in_class(words[0], "past", "present") if words else True)
    return described and elided and not verb and all(_describes(lexeme) for lexeme in words)


def _describes(lexeme: Lexeme) -> bool:
    plain = lexeme.type is LexemeType.WORD and lexeme.text.islower() and not lexeme.lower.endswith("ly")
    return plain and lexeme.lower not in nouns()["stops"]


_LONGEST_DESCRIPTION = 4  # lexemes


_LISTED_JOINTS = ("", ",", ";", "and")
_LONGEST_NAME = 4


def gapped(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether a clause has neither verb nor noun: "The Greens gained four seats, the Liberals two"."""
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
    """Whether a word may name the one whose count follows: "the Greens eight, others five"."""
    return lexeme.lower == "others" or lexeme.lower not in nouns()["stops"]


def of_party(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a number in a list is that of a party: ": 31 Labour, 20 Conservative and nine independent"."""
    before, end = at(lexemes, group.first.start - 1), group.last.end
    party = before in _LIST_OPENERS and at(lexemes, end) in word_set("counts", "parties_of_members")
    return party and not noun_follows(lexemes, end + 1)


_LIST_OPENERS = (":", ",", "(", "and", "-", "–", "—")
