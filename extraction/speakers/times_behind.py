"""Leaves a bare time behind a noun phrase out: "A survey last year found", "according to police Tuesday"."""

from functools import cache

from extraction.speakers.name_kinds import given_names
from extraction.speakers.noun_phrases import Range
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set

_LAST_YEAR = 2  # words


def without_time(words: list[Lexeme], span: Range) -> Range:
    """The noun phrase without the time at its end; "Sheffield Wednesday", "the week", "reports of last year" stay."""
    start, end = span
    last = end
    if end - start > _LAST_YEAR and _is_past_time(words, end):
        last = _behind_noun(words, end - 2)
        return (start, last) if last > start and _is_noun(words[last - 1]) else span
    if last - start > 1 and words[last - 1].lower in word_set("attribution", "parts_of_days"):
        last -= 1
    if not _is_day(words, start, last - 1):
        return span
    last = _behind_noun(words, last - 1)
    return (start, last) if last > start and _is_noun(words[last - 1]) else span


def _is_day(words: list[Lexeme], start: int, at: int) -> bool:
    """As in "police Tuesday", "the agency yesterday"; not in "Good Friday", "Ruby Tuesday"."""
    if at <= start:
        return False
    word, before = words[at], words[at - 1]
    named = before.capitalised and before.lower in word_set("attribution", "before_weekdays") | given_names()
    return (word.capitalised and word.lower in _weekdays() and not named) or word.lower in {"today", "yesterday"}


def _behind_noun(words: list[Lexeme], end: int) -> int:
    """As in "Police late Sunday", "a report earlier this year": the noun ends in front of the adverb."""
    return end - 1 if words[end - 1].lower in {"earlier", "late", "early", "later"} else end


def _is_past_time(words: list[Lexeme], end: int) -> bool:
    timed = words[end - 1].lower in word_set("syntax", "times")
    return timed and words[end - 1].text.islower() and words[end - 2].lower in {"last", "this"}


def _is_noun(word: Lexeme) -> bool:
    closed = in_class(word, "determiners", "articles", "prepositions", "coordinators", "subordinators")
    return word.type is LexemeType.WORD and not closed


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(names[0] for names in word_data("times")["weekdays"])  # "Sun" is a surname too
