"""Asks whether a text holds anything that could be a number; most sentences of most articles do not."""

import re
from functools import cache

from extraction.currencies.table import currency_table
from extraction.text.lexemes import VULGAR_FRACTIONS
from extraction.text.numeral import vocabulary
from extraction.text.words import word_data, words_in
from extraction.units.table import table

_NUMBER_WORDS = {
    word
    for table in ("cardinals", "magnitudes", "vague", "fractions", "multiples", "multiple_verbs")
    for word in vocabulary()[table]
} | {"twice", "thrice", *word_data("currencies")["old_pence"]}
_DIGIT = re.compile(rf"[\d{VULGAR_FRACTIONS}]")
_ONE = re.compile(r"\ban? (?:(?:full|whole) )?([a-z]{3,})", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an"})


def has_candidate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds anything that could be a number."""
    if _DIGIT.search(text, start, end) is not None:
        return True
    words = words_in(text, start, end)
    if not words.isdisjoint(_NUMBER_WORDS) or any(word.endswith("fold") and word != "fold" for word in words):
        return True
    if words.isdisjoint(_ARTICLES) or words.isdisjoint(_measures()):
        return False
    return any(match[1].lower() in _measures() for match in _ONE.finditer(text, start, end))


@cache
def _measures() -> frozenset[str]:
    """The words that spellings of units and currencies begin with: one of them is an amount, as in "rose a metre"."""
    return frozenset((*table().after_number.children, *currency_table().after.children))
