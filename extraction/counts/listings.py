"""Counts as listings and recipes write them: "3 BHK flats", "4 bed, 2 bath", "112 no. dwellings", "2 x 400g tins"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_data, word_set
from extraction.units.match import match_unit


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


_OPEN_COMPOUNDS, _BUILT = word_set("counts", "open_compounds"), word_set("counts", "built_things")


def counts_behind(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number that ends before ``end`` counts there and is no name: "Construct 18 No. apartments"."""
    return past_no(lexemes, end) > end or opens_compound(lexemes, end)


def opens_compound(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether at ``k`` stands a singular that others tie to its number: "a 3 storey building", "2 bedroom flats"."""
    return k + 1 < len(lexemes) and lexemes[k].lower in _OPEN_COMPOUNDS and lexemes[k + 1].lower in _BUILT


def past_no(lexemes: Sequence[Lexeme], j: int) -> int:
    """Past the "no." at lexeme ``j``, right behind a number and in front of what that counts; else ``j``."""
    if not 0 < j < len(lexemes) - 1 or lexemes[j].lower != "no" or not lexemes[j - 1].is_number:
        return j
    stop = lexemes[j + 1].text == "." and lexemes[j + 1].glued
    if not stop and not lexemes[j].glued:
        return j  # "46 no votes"
    k = j + 2 if stop else j + 1
    counts = k < len(lexemes) and (lexemes[k].text.islower() or lexemes[k].is_number) and not lexemes[k].glued
    return k if counts and lexemes[k].type is not LexemeType.SYMBOL else j


_OPENS_SIZE = frozenset(("x", "×", "("))
_CLOSES_SIZE = frozenset((".", ")"))


def past_size(lexemes: Sequence[Lexeme], j: int) -> int:
    """Where the size ends that may stand at lexeme ``j`` behind a count, or ``j``; "2 x 4m" has two sides and none."""
    number = j + (j < len(lexemes) and lexemes[j].lower in _OPENS_SIZE)
    if number + 1 >= len(lexemes) or not lexemes[number].is_number:
        return j
    if number == j and lexemes[j - 1].type is not LexemeType.WORD:
        return j  # two numbers of a list
    k = number + 1
    k += k + 1 < len(lexemes) and lexemes[k].text in HYPHENS and lexemes[k].glued
    unit = match_unit(lexemes, k)
    if unit is None or unit.unit.kind not in (Kind.MASS, Kind.VOLUME) or (number == j and not lexemes[k].glued):
        return j
    end = unit.end
    while end < len(lexemes) and lexemes[end].glued and lexemes[end].text in _CLOSES_SIZE:
        end += 1
    closed = lexemes[j].text != "(" or lexemes[end - 1].text == ")"
    return end if closed and end < len(lexemes) else j
