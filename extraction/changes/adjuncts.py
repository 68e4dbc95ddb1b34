"""What stands beside a step: the time before its level ("fell by 4 tonnes last week to 9"), shades, comparisons."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import looks_past
from extraction.text.numeral import of_four_digits
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_data, word_set

_LONGEST = 8  # words
_ENDS = ("to", "from", "at")


def past_time(words: Sequence[str]) -> Sequence[str]:
    """The lower-case words between two amounts from "to", "from" or "at" on, if all in front of it are a time.

    As ["to"] of "last week to", "in May to", "by 2028 to"; else the words as they are.
    """
    end = max((k for k, word in enumerate(words[: _LONGEST + 1]) if word in _ENDS), default=0)
    return words[end:] if end and is_time(words[:end]) else words


def is_time(words: Sequence[str]) -> bool:
    """Whether the words are nothing but words of time, and the last of them names it.

    As in "last week", "in the year to June", "by 2028".
    """
    if not words or len(words) > _LONGEST or words[0] not in word_set("changes", "openers_of_times"):
        return False
    named = [_names_time(word) for word in words]
    links = word_set("changes", "openers_of_times", "links_of_times")
    return named[-1] and all(name or word in links for name, word in zip(named, words, strict=True))


def opens_time(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a time stands at lexeme ``k``: "in 2020", "the year before", "last May", "last year's"."""
    if at(lexemes, k) not in word_set("changes", "openers_of_times", "links_of_times"):
        return False
    return any(_names_time(at(lexemes, k + step).removesuffix("'s").removesuffix("’s")) for step in (1, 2, 3))


def is_year(word: str) -> bool:
    """Whether the word is a number that may be a year of these times: "2028"."""
    return of_four_digits(word) and word[:2] in ("19", "20")


def _names_time(word: str) -> bool:
    return is_year(word) or word in _time_names()


@cache
def _time_names() -> frozenset[str]:
    """Months, weekdays, seasons and periods."""
    data = word_data("times")
    named = {form for group in ("months", "weekdays") for forms in data[group] for form in forms}
    return frozenset(
        named | {*data["periods"], *data["lasting"], "yesterday", "overnight", "day", "earlier", "before", "ago"}
    )


def compares(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a part or a multiple stands at lexeme ``i``: "half", "a third", "twice", "double"."""
    word = at(lexemes, i + (at(lexemes, i) in word_set("grammar", "articles")))
    return word in ("half", "third", "quarter", "fifth", "tenth") or word in word_set("cues", "base_multiples")


def is_verb_of_amount(word: Lexeme) -> bool:
    """Whether a word is a verb that an adverb or an amount behind it may belong to: "rose", "was", "walked"."""
    acts = is_auxiliary(word) or in_class(word, "past") or looks_past(word.lower)
    return acts or word.lower in change_words().verbs


def shades(word: Lexeme) -> bool:
    """Whether an adverb only shades a step: "rose slightly 5%"."""
    return word.lower.endswith("ly") and word.lower not in word_set("changes", "verbs_on_ly")


def opens_sum(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the sign of a currency stands at lexeme ``k``: "2% up to £15 a month" bounds, and nothing is up."""
    return k < len(lexemes) and unicodedata.category(lexemes[k].text[0]) == "Sc"


def past_range_opening(lexemes: Sequence[Lexeme], k: int, end: int) -> int:
    """The lexeme before what opens a range: "gains of between 3% and 5%", "fell somewhere from 5% to 10%"."""
    joined = {"between": "and", "from": "to"}.get(lexemes[k].lower)
    if joined is None or all(lexeme.lower != joined for lexeme in lexemes[k + 2 : end]):
        return k
    return k - 2 if at(lexemes, k - 1) in ("of", "anywhere", "somewhere") else k - (joined == "and")
