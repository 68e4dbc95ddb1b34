"""The names of weekdays, in lower case."""

from functools import cache

from extraction.text.words import word_data


@cache
def weekdays() -> frozenset[str]:
    """Their full names: "Sun" is a surname too."""
    return frozenset(names[0] for names in word_data("times")["weekdays"])


@cache
def forms_of_weekdays() -> frozenset[str]:
    """With their abbreviations."""
    return frozenset(name for names in word_data("times")["weekdays"] for name in names)
