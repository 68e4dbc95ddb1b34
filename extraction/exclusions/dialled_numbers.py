"""Tells telephone numbers, addresses, coordinates and codes: "dial 999", "10 Downing Street", "51.5074 N", "401(k)"."""

from collections.abc import Sequence

from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_EMERGENCY_NUMBERS = frozenset(("911", "999", "112", "111", "000"))
_STREETS = word_set("exclusions", "streets")


def dialled_or_address(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """Why a number without a unit is one that is called, or part of an address or a code: "dial 999"."""
    digits = lexemes[start].text
    if digits in _EMERGENCY_NUMBERS and _is_called(lexemes, start, end):
        return "identifier"
    if digits.replace(" ", "").isdecimal() and _called_on(lexemes, start, end):
        return "identifier"
    return _address_or_code(lexemes, start, end)


def _is_called(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is one of the emergency services: "the first 911 call", "She dialled 999."."""
    before, after = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, end)
    if after is not None and after.lower in word_set("exclusions", "behind_call_numbers"):
        return True
    dialled = before is not None and before.lower in word_set("exclusions", "before_call_numbers")
    return dialled and _ends_call(after)


def _called_on(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether somebody is called "on" the number, which ends the call: "asked to call Devon police on 101"."""
    before = lexeme_at(lexemes, start - 1)
    if before is None or before.lower != "on" or not _ends_call(lexeme_at(lexemes, end)):
        return False
    words = lexemes[max(0, start - _LONGEST_CALL) : max(0, start - 2)]  # somebody stands between
    return any(word.lower in word_set("exclusions", "before_call_numbers") for word in words)


def _ends_call(after: Lexeme | None) -> bool:
    return after is None or after.type is not LexemeType.WORD or in_class(after, "prepositions", "coordinators")


_LONGEST_CALL = 6


def _address_or_code(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """The reason why the number is an address, a code, a coordinate or a name; None where it is none:
    "0207 946 0321", "10 Downing Street", "51.5074 N", "401(k)", "7-Eleven", "21-cv-4417"."""
    text = lexemes[start].text
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        return "identifier"
    if not lexemes[start].glued and (_is_dialled(lexemes, start - 1) or _is_dialled(lexemes, start - 2)):
        return "identifier"
    after, second = lexeme_at(lexemes, end), lexeme_at(lexemes, end + 1)
    if after is None or after.type is LexemeType.BREAK:
        return None
    if after.lower == "block" and text.endswith("00") and second is not None and _names_street(lexemes, end + 1):
        return "address"
    if after.text in ("N", "S", "E", "W") and not (second is not None and second.glued and second.text not in ".,;)"):
        return "coordinate"
    if after.text == "(" and after.glued and second is not None and second.glued and len(second.text) == 1:
        return "identifier"
    if after.text == "-" and after.glued and second is not None and second.glued and second.type is LexemeType.WORD:
        third = lexeme_at(lexemes, end + 2)
        if (second.capitalised and not second.text.isupper()) or (
            third is not None and third.text == "-" and glued_number(lexemes, end + 3) and second.lower != "by"
        ):
            return "name"
    return "address" if after.capitalised and not after.glued and _ends_in_street(lexemes, end) else None


def _ends_in_street(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether capitalised words lead from ``end`` up to the word for a street: "10 Downing Street"."""
    for lexeme in lexemes[end : end + _LONGEST_STREET]:
        if lexeme.type is not LexemeType.WORD or not lexeme.capitalised:
            return False
        if lexeme.lower in _STREETS:
            return True
    return False


_LONGEST_STREET = 4  # lexemes


def _names_street(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a street stands at ``k``, with or without "of": "2300 block of W. Lake St.", "1400 block Oak St."."""
    named = k + 1 if lexemes[k].lower == "of" else k
    return named < len(lexemes) and (lexemes[named].capitalised or lexemes[named].is_number)


def _is_dialled(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether digits with a leading zero, as telephone numbers start, stand at ``i``."""
    if i < 0 or lexemes[i].type is not LexemeType.NUMBER:
        return False
    text = lexemes[i].text
    return text[0] == "0" and len(text) > 1 and text.isdecimal()


def glued_number(lexemes: Sequence[Lexeme], i: int) -> bool:
    lexeme = lexeme_at(lexemes, i)
    return lexeme is not None and lexeme.glued and lexeme.is_number
