"""The signs of money that the table of currencies knows: "$", "£", "₹"."""

from typing import Any

from extraction.text.words import word_data


def _signs() -> str:
    table: dict[str, Any] = word_data("currencies")
    marks = {mark for row in (*table["currency"], *table["sign"]) for mark in row.get("before", ())}
    return "".join(sorted(mark for mark in marks if len(mark) == 1 and not mark.isalnum()))


# As a string for the classes of patterns; none of them has a meaning there.
SIGNS = _signs()
MONEY_SIGNS = frozenset(SIGNS)
