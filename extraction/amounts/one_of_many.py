"""Finds the whole of a part that is told with its noun: "one woman in eight", "one adult in five smokes"."""

from collections.abc import Sequence

from extraction.numerals.read import read_numeral
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import counts_following, is_people, is_person, is_plural, looks_past, names_people, nouns
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary, is_verb
from extraction.text.words import word_set

LONGEST_NOUN = 3  # lexemes of "small fishing boat"


def one_of_many(lexemes: Sequence[Lexeme], start: int, j: int) -> int | None:
    """Where the whole stands of the part at lexeme ``start``, whose noun begins at ``j``; None if there is none.

    As in "one woman in eight", "one mortgage holder in ten", "one pupil in every four" and "three patients in ten". Not
    in "one win in ten", "one goal in ten games", "four dingoes in ten".
    """
    link = next((k for k in range(j + 1, min(j + LONGEST_NOUN + 1, len(lexemes))) if lexemes[k].lower == "in"), None)
    if link is None or not _names_thing(lexemes, j, link) or lexemes[link - 1].lower in _RESULTS:
        return None
    word, one = lexemes[link - 1], lexemes[start].lower == "one"
    if is_plural(word.text) is one or not (one or is_people(word.text) or is_person(word.lower)):
        return None
    at_whole = link + 1
    if at_whole < len(lexemes) and lexemes[at_whole].lower == "every":
        at_whole += 1
    whole = read_numeral(lexemes, at_whole) if at_whole < len(lexemes) else None
    if whole is None or (counts_following(lexemes, whole.end) and not _acts(lexemes, start, whole.end, one=one)):
        return None
    behind = lexeme_at(lexemes, whole.end)  # "in 12th grade", "in 10 to 15 cars", "in 12 or more games"
    joined = behind is not None and behind.glued and behind.text not in _MARKS
    if joined or (not one and behind is not None and behind.lower in _GOING_ON):
        return None
    return at_whole


_MARKS = frozenset(",.;:!?)”’\"'")
_GOING_ON = frozenset(("to", "or", "and"))
_RESULTS = word_set("cues", "sport_results")


def _names_thing(lexemes: Sequence[Lexeme], j: int, link: int) -> bool:
    """Whether the lexemes ``j:link`` are a noun in small letters or a people, with at most adjectives in front."""
    words = list(lexemes[j:link])
    people = names_people(f"{words[0].text} {words[-1].text}")
    for k, word in enumerate(words):
        if word.type is not LexemeType.WORD or word.lower in nouns()["stops"]:
            return False
        if word.capitalised and not (people or is_people(word.text)):
            return False
        if k and (is_verb(words, k) or looks_past(word.lower) or is_adverb(word)):
            return False
    return True


def _acts(lexemes: Sequence[Lexeme], start: int, end: int, *, one: bool) -> bool:
    """Whether what is done follows at lexeme ``end``: "One worker in ten earns less", "Two pupils in five fail maths".

    Not in "One soldier in two trucks was hurt", whose verb stands further behind, nor in "one bank in two countries
    offers it".
    """
    while end < len(lexemes) and is_adverb(lexemes[end]):
        end += 1
    if end >= len(lexemes) or not lexemes[end].text.islower():
        return False
    verb = lexemes[end].lower
    if verb in _MEANT:
        return True
    shaped = is_plural(verb) if one else is_verb(list(lexemes[end : end + 2]), 0)
    later = _acts_later(lexemes, end + 1) or (one and _has_object(lexemes, end + 1))
    return shaped and _opens_subject(lexemes, start) and not later


_MEANT = word_set("attribution", "say", "mind")
_LONGEST_CLAUSE = 12  # lexemes


def _opens_subject(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a clause begins at lexeme ``start``, but for words that shade its number."""
    k = start - 1
    while k >= 0 and lexemes[k].lower in SHADES | {"only", "just"}:
        k -= 1
    if k < 0 or lexemes[k].type is not LexemeType.WORD:
        return True
    return lexemes[k].lower in _MEANT or in_class(lexemes[k], "subordinators", "coordinators")


def _has_object(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a verb and what it acts on stand at lexeme ``k``: the "offers it" of "in two countries offers it"."""
    if k + 1 >= len(lexemes) or not lexemes[k].text.islower() or not is_plural(lexemes[k].text):
        return False
    if in_class(lexemes[k], "articles", "determiners"):
        return False
    if lexemes[k + 1].lower in ("a", "an"):  # not in "eats vegetables a day"
        return k + 2 < len(lexemes) and lexemes[k + 2].lower not in word_set("amounts", "hours_and_days")
    return lexemes[k + 1].lower in _OBJECTS


_OBJECTS = frozenset(("it", "them", "him", "her", "us", "me", "the", "its", "their", "his"))


def _acts_later(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a verb stands behind lexeme ``k`` in its clause: that of "in two trucks was hurt"."""
    for at in range(k, min(k + _LONGEST_CLAUSE, len(lexemes))):
        word = lexemes[at]
        if word.type is not LexemeType.WORD or in_class(word, "subordinators", "coordinators", "relatives"):
            return False
        if is_auxiliary(word) or in_class(word, "past") or looks_past(word.lower):
            return True
    return False
