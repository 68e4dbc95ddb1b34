"""Tells ages behind a bound: "children under 5", "half of the pupils are under 10", "half of them over 75"."""

from collections.abc import Sequence
from itertools import pairwise

from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import is_person, is_plural, noun_follows, peoples, singular
from extraction.text.words import word_set

_PEOPLE = word_set("cues", "age_groups")
_ADMITTED = word_set("amounts", "admitted_people")
_OF_PERSONS = frozenset(("who", "whom", "population"))
_PEOPLE_REACH = 8
_THEM_REACH = 16
_AGAIN_REACH = 8


def bounded_age(lexemes: Sequence[Lexeme], k: int, start: int, end: int) -> bool:
    """Whether the number at lexemes ``start:end`` is an age behind a bound; ``k`` is in front of that."""
    if k < start - 1 and _people_bounded(lexemes, k, end):
        return True
    return (_are_bounded(lexemes, k, start) or _bounded_again(lexemes, k, start)) and not noun_follows(lexemes, end)


def _people_bounded(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether a bound stands right behind people: "children under 5", "Australians over 65 live"."""
    if not _bounded(lexemes, k + 1) or (lexemes[k].lower == "them" and _are_times(lexemes, k)):
        return False
    verb = at(lexemes, end) in word_set("amounts", "verbs_of_peoples")
    persons = is_plural(lexemes[k].lower) and is_person(singular(lexemes[k].lower))
    people = (persons or lexemes[k].lower in peoples()) and (verb or not noun_follows(lexemes, end))
    counted = end < len(lexemes) and is_plural(lexemes[end].text) and not verb  # "sold the drivers over 80 cars"
    return people or (lexemes[k].lower in _PEOPLE and not counted)


def _bounded(lexemes: Sequence[Lexeme], k: int) -> bool:
    return lexemes[k].lower in ("under", "over")


def _are_bounded(lexemes: Sequence[Lexeme], k: int, start: int) -> bool:
    """Whether a bound stands behind "be" of people: "half of the pupils are under 10", "players must be at least
    13"."""
    if lexemes[k].lower == "least" and k >= 2 and lexemes[k - 1].lower == "at":
        k -= 2
    elif start - k != 2 or not _bounded(lexemes, k + 1):
        return False
    if lexemes[k].lower not in ("are", "were", "be", "is", "was"):
        return False
    subject = [lexeme.lower for lexeme in lexemes[max(0, k - _PEOPLE_REACH) : k]]
    people = any(
        word in _PEOPLE | _ADMITTED | _OF_PERSONS
        or word in peoples()
        or (is_plural(word) and is_person(singular(word)))
        or (following == "in" and is_person(word))  # "one farmer in six is under 40"
        for word, following in pairwise([*subject, ""])
    )
    return people and "number" not in subject


def _bounded_again(lexemes: Sequence[Lexeme], k: int, start: int) -> bool:
    """Whether a bound of ages is said again for others: the 85 of "half were over 75 and a third over 85"."""
    if start - k != 2 or not _bounded(lexemes, k + 1):
        return False
    for bound in range(k, max(1, k - _AGAIN_REACH), -1):
        if _bounded(lexemes, bound) and lexemes[bound + 1].is_number:
            return _are_bounded(lexemes, bound - 1, bound + 1)
    return False


def _are_times(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether "them" at lexeme ``k`` are no persons: "Trains ran over 20 minutes late, half of them over 40"."""
    before = lexemes[max(0, k - _THEM_REACH) : k]
    if not any(word.lower in word_set("amounts", "hours_and_days") for word in before):
        return False
    people = _PEOPLE | _ADMITTED | _OF_PERSONS
    return not any(
        word.lower in people or word.lower in peoples() or is_person(word.lower) or is_person(singular(word.lower))
        for word in before
    )
