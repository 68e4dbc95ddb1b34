"""Asks whether a text holds anything that could be a number; most sentences of most articles do not."""

import re

from extraction.numerals.numeral import vocabulary
from extraction.text.lexemes import VULGAR_FRACTIONS
from extraction.text.words import leading_words, words_in

_NUMBER_WORDS = {
    word
    for table in ("cardinals", "magnitudes", "vague", "fractions", "multiples", "multiple_verbs")
    for word in vocabulary()[table]
} | {"twice", "thrice"}
# One of these is an amount by itself: "rose a metre".
_SINGLE = (
    "second|minute|hour|day|week|fortnight|month|year|decade|century|mile|metre|meter|point|kilometre|kilometer|tonne|ton"
    "|foot|inch|yard|percentage|degree|pound|dollar|euro|penny|cent|kilo|ounce|gram|kilogram"
)
_WORDS = "|".join(
    sorted(
        _NUMBER_WORDS | {"[a-z]+fold"} | {rf"an? (?:(?:full|whole) )?(?:{_SINGLE})"},
        key=len,
        reverse=True,
    )
)
_DIGIT = re.compile(rf"[\d{VULGAR_FRACTIONS}]")
_CANDIDATE = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_LEADING = leading_words(_NUMBER_WORDS) | {"a", "an"}


def has_candidate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds anything that could be a number."""
    if _DIGIT.search(text, start, end) is not None:
        return True
    words = words_in(text, start, end)
    if words.isdisjoint(_LEADING) and not any(word.endswith("fold") for word in words):
        return False
    return _CANDIDATE.search(text, start, end) is not None
