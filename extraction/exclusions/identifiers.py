"""Tells digits that are glued to letters or to further digits: "G7", "MH370", "3.8.1", "555-1234", "70th"."""

from collections.abc import Sequence

from extraction.amounts.slash_pairs import measured_before, on_slashes
from extraction.claims import Kind
from extraction.counts.listings import on_room, past_no, room_code
from extraction.currencies.marks import mark_before
from extraction.exclusions.dialled_numbers import dialled_or_address, glued_number
from extraction.exclusions.reasons import Reason
from extraction.exclusions.relays import relay_at
from extraction.exclusions.unit_ranges import in_range
from extraction.numerals.fractions import slash_fraction
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import noun_follows
from extraction.text.number_pairs import in_blood_pressure, in_heat_pair, in_vote_pair
from extraction.text.numeral import of_four_digits
from extraction.text.surfaces import HYPHENS, is_near
from extraction.text.words import word_set
from extraction.units.match import match_unit

_NUMBERED_BEHIND = word_set("exclusions", "hyphened_before_numbers")
_INSIDE_NAMES = "-‐‑–"
_PAIRS = (in_blood_pressure, in_vote_pair, in_heat_pair)


def identifier(lexemes: Sequence[Lexeme], start: int, end: int, *, has_unit: bool) -> Reason | None:
    """Why digits glued to letters or to further digits are no claim: "G7", "70th", "3.8.1", "555-1234", "V-12"."""
    first = lexemes[start]
    if first.type is not LexemeType.NUMBER:
        return None
    if _names_relay(lexemes, start):
        return "name"
    if _is_side(lexemes, start, end) or any(pair(lexemes, start) for pair in _PAIRS):
        return None
    if has_unit and _is_parted(lexemes, start, end):
        return None
    if _in_chain(lexemes, start):
        return "identifier"
    if in_range(lexemes, start):
        return None
    if not has_unit and (reason := dialled_or_address(lexemes, start, end)):
        return reason
    if first.glued and start > 0 and not _is_circa(lexemes, start):
        if _is_number_behind_sign(lexemes, start, end, has_unit=has_unit):
            return None
        if (reason := _glued_in_front(lexemes, start, has_unit=has_unit)) is not None:
            return reason
    if has_unit:
        return "identifier" if _runs_into_digits(lexemes, end) else None
    return _glued_behind(lexemes, start, end) if end < len(lexemes) and lexemes[end].glued else None


def _is_number_behind_sign(lexemes: Sequence[Lexeme], start: int, end: int, *, has_unit: bool) -> bool:
    """Whether what the number is glued to in front leaves it a number: "180C/350F", "the M4.5 quake"."""
    before = lexemes[start - 1]
    if before.text == "/" and (measured_before(lexemes, start - 1) if has_unit else on_slashes(lexemes, start)):
        return True
    if before.text == "/" and has_unit and (on_slashes(lexemes, start) or room_code(lexemes, end) is not None):
        return True  # "28/36 mpg", "4 bd/3 ba"
    if _is_magnitude(lexemes, start, end) or (not has_unit and on_room(lexemes, start)):
        return True
    # "HAZARD...60 mph wind gusts"
    return has_unit and before.text == "." and start > 1 and lexemes[start - 2].text == "."


def _glued_in_front(lexemes: Sequence[Lexeme], start: int, *, has_unit: bool) -> Reason | None:
    """Why what stands glued in front makes the number part of a name: "G7", "#3", "V-12", "J0529-4351"."""
    before = lexemes[start - 1]
    if before.type is LexemeType.WORD or before.text in "#_.:@/\\&" or _plus_of_name(lexemes, start):
        return "identifier"
    if not (before.text in _INSIDE_NAMES and before.glued and start >= 2):
        return None
    word = lexemes[start - 2]
    if word.type is LexemeType.WORD and word.lower not in _NUMBERED_BEHIND:
        return None if has_unit and _ends_duration(lexemes, start - 2) else "name"  # "30 mins-1 hr"
    lettered = glued_number(lexemes, start - 2) and lexemes[start - 3].type is LexemeType.WORD
    return "identifier" if lettered and mark_before(lexemes, start - 2) is None else None


def _glued_behind(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """Why what stands glued behind a number without a unit makes it no claim: "70th", "3.8.1", "12B"."""
    after, following = lexemes[end], lexeme_at(lexemes, end + 1)
    if after.lower == "no" and past_no(lexemes, end) > end:
        return None  # "4no. houses"
    if after.type is LexemeType.WORD:
        return "ordinal" if after.lower in ("st", "nd", "rd", "th") else "identifier"
    if after.text in ".:/_" and following is not None and following.glued and following.is_number:
        shared = after.text == "/" and (slash_fraction(lexemes, start) or on_slashes(lexemes, start))
        return None if shared else "identifier"
    return "identifier" if _chess_move(lexemes, end) or _stars_behind(lexemes, end) else None


def _is_circa(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a "c." in front means "about": "c.12,450 sq m", "c.300 people"; "c.1450" is a year."""
    year = of_four_digits(lexemes[start].text)
    before = lexemes[max(0, start - 2) : start]
    return not year and [lexeme.lower for lexeme in before] == ["c", "."] and not before[0].glued


def _is_magnitude(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is the magnitude of a quake, behind an "M": "the M4.5 quake"."""
    lettered = lexemes[start - 1].text in ("M", "Mw") and "." in lexemes[start].text
    return lettered and is_near(word_set("exclusions", "quakes"), lexemes, start, end)


def _is_side(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is one of two sides, the second with the unit of both: "a 30x40cm canvas"."""
    for k in (end, start - 1):
        if not 0 < k < len(lexemes) - 1 or lexemes[k].text not in ("x", "×"):
            continue
        if not (lexemes[k].glued and lexemes[k + 1].glued):
            continue
        unit = match_unit(lexemes, k + 2) if k + 2 < len(lexemes) and lexemes[k + 1].is_number else None
        if lexemes[k - 1].is_number and unit is not None and unit.unit.kind is Kind.LENGTH:
            return True
    return False


def _names_relay(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number is one of the two numbers of a relay race:
    "the 4x100m relay team", "the 4 x 200 metres freestyle relay"."""
    for k in (start + 1, start - 1):
        if 0 < k < len(lexemes) and lexemes[k].lower in ("x", "×") and lexemes[k - 1].text == _TEAM:
            return relay_at(lexemes, k + 2)
    return False


_TEAM = "4"


def _is_parted(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether it is part of one measure in two units without a space: "1min12sec", "2h14m", "1m4f"."""
    pairs = word_set("exclusions", "glued_parts")
    behind, before = lexemes[end : end + 3], lexemes[max(0, start - 1) : start]
    if len(behind) == _PART and behind[0].glued and all(part.glued for part in behind) and behind[1].is_number:
        return f"{behind[0].lower} {behind[2].lower}" in pairs
    larger = len(before) == 1 and before[0].glued and lexemes[start].glued and len(behind) > 0
    return larger and f"{before[0].lower} {behind[0].lower}" in pairs


_PART = 3  # lexemes of "min12sec"


def _plus_of_name(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a plus sign glues the number to a name: "ASEAN+3", "the P5+1", "GMT+8"; but "500+200" adds."""
    if start < 2 or lexemes[start - 1].text != "+" or not lexemes[start - 1].glued:
        return False
    lettered = start >= 3 and lexemes[start - 2].glued and lexemes[start - 3].type is LexemeType.WORD
    return lexemes[start - 2].type is LexemeType.WORD or (lexemes[start - 2].is_number and lettered)


def _ends_duration(lexemes: Sequence[Lexeme], k: int) -> bool:
    unit = match_unit(lexemes, k) if k and lexemes[k - 1].is_number else None
    return unit is not None and unit.unit.kind is Kind.DURATION


def _stars_behind(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a star behind the digit makes it a class, as "four-star" is: "a 4* hotel", "3★ rooms"."""
    if lexemes[end].text not in ("*", "★") or not lexemes[end - 1].text.isdecimal() or len(lexemes[end - 1].text) > 1:
        return False
    return end + 1 < len(lexemes) and lexemes[end + 1].type is LexemeType.WORD and not lexemes[end + 1].glued


def _chess_move(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether full stops, a few letters and a digit stand at ``end``, all glued: "1.e4" and "12...Nf6"."""
    k = end
    while k < len(lexemes) and k < end + 3 and lexemes[k].text == "." and lexemes[k].glued:
        k += 1
    if k == end or k >= len(lexemes):
        return False
    piece = lexemes[k]
    return piece.type is LexemeType.WORD and piece.glued and len(piece.text) <= 3 and glued_number(lexemes, k + 1)


def _runs_into_digits(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether what looks like a unit at ``end`` is a letter inside a code: "24703m212", "24703 L-202"."""
    if end + 1 >= len(lexemes) or lexemes[end].type is not LexemeType.WORD or not lexemes[end + 1].glued:
        return False
    unit, following = lexemes[end], lexemes[end + 1]
    match = match_unit(lexemes, end) if following.is_number else None
    if match is not None and match.end > end + 1:
        return False  # "410 km2"
    return following.is_number or (following.text == "-" and glued_number(lexemes, end + 2) and len(unit.text) == 1)


def _in_chain(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number stands in a chain of hyphens, as serial and telephone numbers do: "88-20417-C"."""
    behind = lexemes[start + 1] if start + 1 < len(lexemes) else None
    if not lexemes[start].glued and (behind is None or not behind.glued):
        return False
    first = last = start
    while first > 0 and lexemes[first].glued and _links(lexemes[first - 1]) and start - first < 12:
        first -= 1
    while last + 1 < len(lexemes) and lexemes[last + 1].glued and _links(lexemes[last + 1]) and last - start < 12:
        last += 1
    chain = lexemes[first : last + 1]
    hyphens = sum([lexeme.text in HYPHENS for lexeme in chain])
    if hyphens < 2:
        return False
    if hyphens == 2 and any(lexeme.lower == "in" for lexeme in chain):
        return False  # "1-in-10 workers", not "a 1-in-100-year flood"
    words = {lexeme.lower for lexeme in chain if lexeme.type is LexemeType.WORD}
    if "by" in words and (len(words) > 1 or hyphens > 2):
        return False  # "a 12ft-by-10ft room", "a 6-by-4-metre shed"; "a 4-by-4 car" is none
    return sum(lexeme.is_number for lexeme in chain) >= 2


def _links(lexeme: Lexeme) -> bool:
    return lexeme.is_number or lexeme.text in HYPHENS or (lexeme.type is LexemeType.WORD and len(lexeme.text) <= 2)


def ordinal_word(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number that ends before ``end`` is a part of an ordinal: "the twenty-first century"."""
    if end + 1 >= len(lexemes) or lexemes[end].text != "-" or not (lexemes[end].glued and lexemes[end + 1].glued):
        return False
    ordinal = lexemes[end + 1].lower in word_set("exclusions", "last_ordinals") or _is_second_day(lexemes, end + 1)
    return ordinal and lexemes[end - 1].lower in word_set("exclusions", "tens")


def _is_second_day(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the "second" at ``k`` ends a day and counts no noun:
    "on the twenty-second", "the twenty-second of May"; not "the twenty-second clip"."""
    return (
        lexemes[k].lower == "second" and k >= 3 and lexemes[k - 3].lower == "the" and not noun_follows(lexemes, k + 1)
    )
