"""Reads items of a list with the number first: "310: ships stuck in the canal", "38: States with cheap eggs"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import counts_following
from extraction.text.shades import SHADES

BULLETS = ("*", "•", "·", "◦", "‣", "●", "▪", "■")
_DASHES = ("–", "—", "-")
_LONGEST_BOUND = 3  # lexemes of "At least 310"
_KINDS = {
    "age": (Kind.AGE, "year"),
    "percentage": (Kind.PERCENT, "percent"),
    "percent": (Kind.PERCENT, "percent"),
}


def item_label(lexemes: Sequence[Lexeme], start: int, end: int) -> int | None:
    """Where the label of an item starts behind its number and a colon or dash; it says what the number counts or is.

    Of "40,000: Number of people without power" that is at the people.
    """
    if end + 1 >= len(lexemes) or lexemes[end].text not in (":", *_DASHES) or not _opens(lexemes, start):
        return None
    noun = lexemes[end + 1]
    plain = noun.text.islower() or (noun.text[:-1].isupper() and noun.text[-1] == "s")  # "MPs"
    if noun.glued or (lexemes[end].text != ":" and lexemes[end].glued) or not plain:
        return None
    first = end + 1
    if noun.lower == "number" and end + 3 < len(lexemes) and lexemes[end + 2].lower == "of":
        first = end + 3
    return first if noun.lower in _KINDS or counts_following(lexemes, first) else None


def kind_of_item(lexemes: Sequence[Lexeme], label: int) -> tuple[Kind, str] | None:
    """What a number without a unit is by its label: "19: Age of the youngest victim", "62: Percentage of voters"."""
    return _KINDS.get(lexemes[label].lower)


def _opens(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether nothing but a bound stands in front: "At least 310"."""
    k = start - 1
    while k >= 0 and start - k <= _LONGEST_BOUND and lexemes[k].lower in SHADES:
        k -= 1
    before = lexeme_at(lexemes, k)
    return before is None or before.type is LexemeType.BREAK or before.text in BULLETS
