"""Asks whether a text holds anything that could be a number; most sentences of most articles do not."""

import re

from extraction.numerals.numeral import vocabulary
from extraction.text.lexemes import VULGAR_FRACTIONS
from extraction.text.words import word_data, words_in

_NUMBER_WORDS = {
    word
    for table in ("cardinals", "magnitudes", "vague", "fractions", "multiples", "multiple_verbs")
    for word in vocabulary()[table]
} | {"twice", "thrice", *word_data("currencies")["old_pence"]}
# One of these is an amount by itself: "rose a metre".
_SINGLE = (
    "second|minute|hour|day|week|fortnight|month|year|decade|century|mile|metre|meter|point|kilometre|kilometer|tonne|ton"
    "|foot|inch|yard|percentage|basis|degree|pound|dollar|euro|penny|cent|kilo|ounce|gram|kilogram|length"
)
_DIGIT = re.compile(rf"[\d{VULGAR_FRACTIONS}]")
_ONE_UNIT = re.compile(rf"\ban? (?:(?:full|whole) )?(?:{_SINGLE})\b", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an"})


def has_candidate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds anything that could be a number."""
    if _DIGIT.search(text, start, end) is not None:
        return True
    words = words_in(text, start, end)
    if not words.isdisjoint(_NUMBER_WORDS) or any(word.endswith("fold") and word != "fold" for word in words):
        return True
    return not words.isdisjoint(_ARTICLES) and _ONE_UNIT.search(text, start, end) is not None
