"""Rooms as listings write them: "3 BHK flats", "3BR", "4 bed, 2 bath, 3 car"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_data, word_set


def room_code(lexemes: Sequence[Lexeme], end: int) -> str | None:
    """The room that the letters behind a number at lexeme ``end`` stand for: "3 BHK", "2BA"; or None."""
    if end >= len(lexemes):
        return None
    codes: dict[str, str] = word_data("listings")["room_codes"]
    letters = lexemes[end].text
    if letters not in codes or lexemes[end].glued or len(letters) > 2:
        return codes.get(letters)
    beside = (*lexemes[max(0, end - _NEAR) : end], *lexemes[end + 1 : end + _NEAR])  # "3 BR, 2 BA", not "12 BA flights"
    return codes[letters] if any(lexeme.text in codes for lexeme in beside) else None


_NEAR = 5  # lexemes


def listed_room(lexemes: Sequence[Lexeme], end: int) -> str | None:
    """What is counted without a plural in "4 bed, 2 bath, 3 car": a room of the list and the end of the item."""
    if end >= len(lexemes) or lexemes[end].lower not in word_set("listings", "listed_rooms"):
        return None
    behind = lexemes[end + 1] if end + 1 < len(lexemes) else None
    if on_room(lexemes, end - 1):
        return lexemes[end].lower
    closed = behind is None or behind.type is LexemeType.BREAK or behind.text in ",.;|/•)"
    return lexemes[end].lower if closed else None


def on_room(lexemes: Sequence[Lexeme], number: int) -> bool:
    """Whether a number stands behind the slash of "2 bed/1 bath", "3-bed/2-bath bungalow", "4 beds / 3 baths"."""
    if number < 2 or number + 1 >= len(lexemes) or lexemes[number - 1].text != "/":
        return False
    behind = number + 1 + (lexemes[number + 1].text == "-" and number + 2 < len(lexemes))
    rooms = word_set("listings", "listed_rooms")
    return all(lexemes[k].lower.removesuffix("s") in rooms for k in (number - 2, behind))
