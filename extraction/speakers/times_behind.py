"""Leaves times beside a noun phrase out: "A survey last year found", "police Tuesday", "Two years ago Jo said"."""

from functools import cache

from extraction.speakers.described import Range
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import given_names
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set
from extraction.times.weekdays import weekdays

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
    """Whether a day stands at ``at`` behind the noun, and is no part of a name:
    "police Tuesday", "the agency yesterday"; not in "Good Friday", "Ruby Tuesday"."""
    if at <= start:
        return False
    word, before = words[at], words[at - 1]
    if not word.capitalised or word.lower not in weekdays():
        return word.lower in {"today", "yesterday"}
    first = before.lower if before.capitalised else ""
    return first not in word_set("attribution", "before_weekdays") and first not in given_names()


def _behind_noun(words: list[Lexeme], end: int) -> int:
    """Where the noun ends, in front of an adverb of time: "Police late Sunday", "a report earlier this year"."""
    return end - 1 if words[end - 1].lower in {"earlier", "late", "early", "later"} else end


def _is_past_time(words: list[Lexeme], end: int) -> bool:
    timed = words[end - 1].lower in word_set("syntax", "times")
    return timed and words[end - 1].text.islower() and words[end - 2].lower in {"last", "this"}


def _is_noun(word: Lexeme) -> bool:
    closed = in_class(word, "determiners", "articles", "prepositions", "coordinators", "subordinators")
    return word.type is LexemeType.WORD and not closed


_YEAR_DIGITS = 4


def behind_time(words: list[Lexeme], start: int, end: int) -> int:
    """Where the name of "Two years ago Hall said", "In the meantime Acme hopes" starts; else ``start``.

    In "the player of the year Hall" the time belongs to him.
    """
    name = end
    while name > start and words[name - 1].capitalised and words[name - 1].type is LexemeType.WORD:
        name -= 1
    if not start < name < end or not words[name - 1].text.islower():
        return start
    time = words[name - 1].lower
    if time in _ASIDE:
        return name
    timed = time == "ago" or (time in word_set("syntax", "times") and words[name - 2].lower != "the")
    opens = start == 0 or in_class(words[start - 1], "prepositions", "adverbs")
    return name if timed and opens else start


_ASIDE = frozenset(("meantime", "interim"))


def sets_scene(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether time or place stands before a name:
    "In May Acme said", "In 2019 Smith said", "In Leeds Jane Smith said"."""
    if words[at].type is LexemeType.NUMBER:
        return len(words[at].text) == _YEAR_DIGITS and words[at + 1].capitalised
    month = words[at].lower in times("months") and words[at].capitalised
    named = end == at + 3 and words[at + 1].lower in given_names() and words[at + 2].capitalised
    return month or (named and words[at].capitalised)


@cache
def times(group: str) -> frozenset[str]:
    return frozenset(name for names in word_data("times")[group] for name in names)
