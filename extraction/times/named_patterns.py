"""Kinds of expressions of time, each with the words without which none of them stands in a text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from extraction.text.words import leading_words


class NamedPattern(NamedTuple):
    """An expression of time and its kind: a text in which it matches holds one of ``words``, and one of ``also``."""

    kind: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    also: frozenset[str] = frozenset()


class Patterns:
    """Kinds of expressions that are looked up by the words of a text: most texts hold those of few."""

    def __init__(self, patterns: Iterable[NamedPattern]) -> None:
        self._patterns = tuple(patterns)
        self._by_word: dict[str, list[int]] = {}
        for at, one in enumerate(self._patterns):
            for word in one.words:
                self._by_word.setdefault(word, []).append(at)
        self._words = frozenset(self._by_word)

    def of(self, words: frozenset[str]) -> list[NamedPattern]:
        """The patterns that can match in a text of these words, in their own order."""
        places = {at for word in words & self._words for at in self._by_word[word]}
        patterns = [self._patterns[at] for at in sorted(places)]
        return [one for one in patterns if not one.also or not words.isdisjoint(one.also)]


def telling_words(phrases: Iterable[str]) -> frozenset[str]:
    """The longest plain word of each phrase, which is the rarest as a rule; of "Labou?r Day" it is "day"."""
    words: set[str] = set()
    for phrase in phrases:
        plain = [word for word in phrase.lower().split() if word.isalpha()]
        words |= {max(reversed(plain), key=len)} if plain else leading_words([phrase])
    return frozenset(words)
