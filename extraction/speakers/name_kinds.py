"""Tells people from organisations and places by the words of their names, and the gender of a person."""

import re
from functools import cache
from unicodedata import combining, normalize

from extraction.text.nouns import given_names, is_person, is_plural, singular
from extraction.text.words import word_data


def kind_of(words: list[str], title: str) -> str:
    """The kind of a name: "person", "organisation" or "other"."""
    data = word_data("names")
    last, first = words[-1].lower(), words[0].lower()
    if title:
        return "person"
    acronym = len(words) == 1 and len(last) > 2 and words[0].isupper()
    if acronym or last.rstrip(".") in _organisation_endings():
        return "organisation"
    if first in data["places"]["beginnings"] or last in data["places"]["endings"]:
        return "other"
    if len(words) > 1 and is_plural(words[-1]) and is_person(singular(last)) and first not in given_names():
        return "organisation"  # "Federated Farmers"
    if any(word.lower() in data["organisations"]["endings"] for word in words[1:] if len(words) > 2):
        return "organisation"
    plain = all(re.fullmatch(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[A-Z]\.?", word) for word in words)
    shouted = any(word.isupper() and len(word) > 1 for word in words)
    if 2 <= len(words) <= 4 and plain and not shouted and "of" not in words and "for" not in words:
        return "person"
    return "other"


@cache
def _organisation_endings() -> frozenset[str]:
    data = word_data("names")
    return frozenset([*data["organisations"]["endings"], *data["corporate_endings"]])


def names_organisation(words: list[str]) -> bool:
    """Whether the last word is one of organisations' names and the first no given name."""
    named = words[-1].lower().rstrip(".") in _organisation_endings()
    return named and words[0].lower() not in given_names()


def gender_of(words: list[str], title: str) -> str | None:
    """Either "male" or "female" by the title or the given name, else None."""
    data = word_data("names")
    last_title = title.rsplit(" ", 1)[-1]
    if last_title in data["male_titles"]:
        return "male"
    if last_title in data["female_titles"]:
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
