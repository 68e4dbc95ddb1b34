"""Tells people from organisations and places by the words of their names, and the gender of a person."""

import re
from functools import cache
from unicodedata import combining, normalize

from extraction.text.nouns import given_names, is_person, is_plural, singular
from extraction.text.words import word_data, word_set


def kind_of(words: list[str], title: str) -> str:
    """The kind of a name: "person", "organisation" or "other"."""
    last, first = words[-1].lower(), words[0].lower()
    if title:
        return "person"
    acronym = len(words) == 1 and len(last) > 2 and words[0].isupper()
    if acronym or last.rstrip(".") in _organisation_endings():
        return "organisation"
    if first in listed("places", "beginnings") or last in listed("places", "endings"):
        return "other"
    if len(words) > 1 and is_plural(words[-1]) and is_person(singular(last)) and first not in given_names():
        return "organisation"  # "Federated Farmers"
    if len(words) > 2 and not listed("organisations", "endings").isdisjoint(word.lower() for word in words[1:]):
        return "organisation"
    if not _FEWEST <= len(words) <= _MOST or "of" in words or "for" in words:
        return "other"
    plain = all(_PLAIN.fullmatch(word) is not None and (len(word) == 1 or not word.isupper()) for word in words)
    return "person" if plain else "other"


_FEWEST, _MOST = 2, 4  # words of a person's name
_PLAIN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[A-Z]\.?")


@cache
def listed(table: str, name: str) -> frozenset[str]:
    """A list of a table of ``en/names.toml``."""
    return frozenset(word_data("names")[table][name])


@cache
def _organisation_endings() -> frozenset[str]:
    return listed("organisations", "endings") | frozenset(word_data("names")["corporate_endings"])


def names_organisation(words: list[str]) -> bool:
    """Whether the last word is one of organisations' names and the first no given name."""
    named = words[-1].lower().rstrip(".") in _organisation_endings()
    return named and words[0].lower() not in given_names()


def gender_of(words: list[str], title: str) -> str | None:
    """Either "male" or "female" by the title or the given name, else None."""
    last_title = title.rpartition(" ")[2]
    if last_title in word_set("names", "male_titles"):
        return "male"
    if last_title in word_set("names", "female_titles"):
        return "female"
    if len(words) < 2:
        return None
    given = _without_accents(words[0].lower())
    return next((gender for gender in ("male", "female") if given in _given(gender)), None)


def _without_accents(word: str) -> str:
    return word if word.isascii() else "".join(mark for mark in normalize("NFD", word) if not combining(mark))


@cache
def _given(gender: str) -> frozenset[str]:
    return frozenset(word_data("names")["genders"][gender])


# Bounded repetition only: linear.
_WHAT_THEY_ARE = re.compile(
    r", an? (?:[\w-]{1,20} ){0,3}?(?P<noun>[a-z]{3,20})"
    r"(?:,| (?:from|of|in|at|with|for|who)\b[^,.;:\n\"“”()]{1,60},)"
)
_LONGEST_WORD = 24
_LONGEST_RELATION = 48


def person_beside(text: str, start: int, end: int) -> str:
    """The gender of the person whose name of one word stands at ``start`` to ``end``, or "any"; else empty."""
    if " " in text[start:end]:
        return ""
    before = text[max(0, start - _LONGEST_RELATION) : start]
    related = before.rstrip(", ").rpartition(" ")[2].lower() in word_data("names")["relatives"]
    relation = _relation().search(before) if related else None
    if relation is not None and (relation["comma"] is None or text[end : end + 1] == ","):
        return str(word_data("names")["relatives"][relation["noun"].lower()])
    return "any" if _is_described(text, start, end) else ""


def _is_described(text: str, start: int, end: int) -> bool:
    """Whether what people are stands behind the name, and no preposition in front:
    "Lena, a carer from Bury, has two sons"; not in "In Leeds, a carer from Bury, 34, has two sons"."""
    behind = _WHAT_THEY_ARE.match(text, end)
    if behind is None or not _is_what_people_are(behind["noun"], text[start:end].lower() in given_names()):
        return False
    before = text[max(0, start - _LONGEST_WORD) : start].lower().split()
    return not before or before[-1] not in word_set("grammar", "prepositions")


def _is_what_people_are(noun: str, given: bool) -> bool:
    """Whether only people are what the noun says:
    "plumber" in "Marcus, a plumber from Hull"; behind a given name more words: "Lena, a carer"."""
    if given and noun.endswith(_WHO_DO) and noun not in listed("places", "endings"):
        return True
    return noun in word_set("cues", "age_persons") and noun not in word_set("names", "firms_too")


_WHO_DO = ("er", "or", "ist", "ian", "man")


@cache
def _relation() -> re.Pattern[str]:
    nouns = "|".join(word_data("names")["relatives"])
    return re.compile(
        rf"(?:\b(?:her|his|my|their|our)|['’]s?) (?:[a-z-]{{1,12}} )?(?P<noun>{nouns})(?P<comma>,)? $", re.IGNORECASE
    )
