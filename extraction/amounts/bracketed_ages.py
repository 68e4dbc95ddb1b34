"""Tells ages in brackets from marks of a list: "A man (34) and a woman (29) were held", "Tom Doyle (61), of Sligo,"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import given_names, is_person, is_plural
from extraction.text.words import word_set

_REACH = 24  # lexemes to a word of the game


def bracketed_age(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number at ``start``, which stands in brackets, is the age of the person in front.

    As in "A man (34)", but not "nurses (34)", which are counted, nor "Kane (34) scored".
    """
    if start < 2:
        return False
    person, value = lexemes[start - 2].lower, lexemes[start].text
    plain = start == 2 or lexemes[start - 2].text.islower()  # not "Heung-min Son (45)"
    if plain and is_person(person) and not is_plural(person):
        return len(value) > 1 or person in word_set("amounts", "young_persons")
    if start == _SURNAME_FIRST and _opens_notice(lexemes, start):
        return True
    if start < 3 or not all(name.capitalised for name in lexemes[start - 3 : start - 1]):
        return False
    behind = lexemes[start + 2 : start + 4]
    words = [lexeme.lower for lexeme in behind]
    if words[:1] == [","] and words[-1] in word_set("amounts", "behind_ages"):
        return True
    if words and words[0] in word_set("attribution", "say") | word_set("amounts", "court_verbs"):
        return True
    given = len(value) > 1 and any(_is_given(lexemes, at) for at in _names_beside(lexemes, start))
    return given and _goes_on(behind) and not _is_game(lexemes, start)


_SURNAME_FIRST = 4  # lexemes of "Flynn, Noreen ("


def _opens_notice(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a surname and a given name stand in front, as in a notice: "Flynn, Noreen (93), Cork, peacefully"."""
    surname, comma, given = lexemes[start - 4 : start - 1]
    behind = lexemes[start + 2 : start + 4]
    placed = len(behind) > 1 and behind[0].text == "," and behind[1].capitalised
    return placed and comma.text == "," and surname.capitalised and given.capitalised and len(lexemes[start].text) > 1


def _names_beside(lexemes: Sequence[Lexeme], start: int) -> tuple[int, ...]:
    """Where the given names stand of the person and of those beside: "Sipho Goniwe (39) and Ayanda Goniwe (35)"."""
    own = start - 3
    before = (
        own - _TO_NEXT if own > _TO_NEXT and lexemes[own - 1].lower in _JOINTS and lexemes[own - 2].text == ")" else own
    )
    joined = [lexeme.lower for lexeme in lexemes[start + 1 : start + 3]]
    behind = own + _TO_NEXT if len(joined) > 1 and joined[0] == ")" and joined[1] in _JOINTS else own
    return own, before, behind


def _is_given(lexemes: Sequence[Lexeme], at: int) -> bool:
    return at < len(lexemes) and lexemes[at].lower in given_names()


_JOINTS = ("and", ",")
_TO_NEXT = 6  # lexemes from a given name to the next one


def _goes_on(behind: Sequence[Lexeme]) -> bool:
    """Whether a verb, the next person or the end follows: "Ann Foyle (61) was hurt", "and Barry Foyle (63)."."""
    if not behind or behind[0].type is not LexemeType.WORD:
        return not behind or behind[0].text in ",.;"
    return behind[0].text.islower() and behind[0].lower not in _MINUTES


_MINUTES = ("to", "v", "vs", "min", "mins", "minutes")


def _is_game(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a word of scorers stands near the minute of a match: "Harry Kane (34) and Phil Foden (61) scored"."""
    near = lexemes[max(0, start - _REACH) : start + _REACH]
    return any(lexeme.lower in word_set("amounts", "words_of_scorers") for lexeme in near)


def behind_persons(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether numbers are ages of those who pay: "children (3-15) £6", "Child 5-15: $8"."""
    bracket = start > 0 and lexemes[start - 1].text == "("
    k = start - 1 - bracket
    if k < 0 or lexemes[k].lower not in word_set("listings", "payers"):
        return False
    if bracket:
        alone = end + 1 < len(lexemes) and lexemes[end].text == ")" and lexemes[end - 1].is_number
        priced = alone and (lexemes[end + 1].text in _BEHIND_PAYERS or lexemes[end + 1].lower == "free")
        return priced or (end < len(lexemes) and lexemes[end].text in ("+", "-", "–", "/"))
    return end >= len(lexemes) or lexemes[end].text in _BEHIND_PAYERS or lexemes[end].lower in ("free", "years", "yrs")


_BEHIND_PAYERS = MONEY_SIGNS.union(":;,.)=|+")


def ages_listed(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the numbers are ages, by the word in front or by persons with a mark or price behind:
    "Ages 3-12", "Kids 5-12: $14", "Seniors 60+ $16"."""
    if start > 0 and lexemes[start - 1].lower in word_set("amounts", "age_words"):
        return True
    ranged = end + 1 < len(lexemes) and lexemes[end].text in ("-", "–") and lexemes[end + 1].is_number
    end += 2 if ranged else 0
    if not ranged and not (end < len(lexemes) and lexemes[end].text == "+"):
        return False
    return behind_persons(lexemes, start, end)
