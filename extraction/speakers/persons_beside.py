"""Tells a person's name of one word by what stands beside it: "Lena, a carer from Bury,", "her husband, Ron, said"."""

import re
from functools import cache

from extraction.speakers.name_kinds import listed
from extraction.text.nouns import given_names
from extraction.text.words import word_data, word_set

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
    """As in "Lena, a carer from Bury, has two sons"; not in "In Leeds, a carer from Bury, 34, has two sons"."""
    behind = _WHAT_THEY_ARE.match(text, end)
    if behind is None or not _is_what_people_are(behind["noun"], text[start:end].lower() in given_names()):
        return False
    before = text[max(0, start - _LONGEST_WORD) : start].lower().split()
    return not before or before[-1] not in word_set("grammar", "prepositions")


def _is_what_people_are(noun: str, given: bool) -> bool:
    """As "plumber" in "Marcus, a plumber from Hull"; behind a given name more words: "Lena, a carer"."""
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
