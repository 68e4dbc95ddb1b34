"""Tells "up to" that says where something moved from the bound: "went up to 60", not "may push up to 60 firms out"."""

from collections.abc import Sequence

from extraction.bounds.other_senses import qualifier_words
from extraction.text.change_words import motions_up
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary
from extraction.text.words import word_set
from extraction.units.match import match_unit

_LONGEST_NOUN, _LONGEST_OBJECT = 4, 6  # lexemes


def moves_up(lexemes: Sequence[Lexeme], up: int) -> bool:
    """Whether the "up" at a lexeme belongs to what moves: "will go up to 60", "has picked up to 2.1%"."""
    if up < 1 or lexemes[up].lower != "up":
        return False
    if lexemes[up - 1].lower in motions_up():
        return not _moves_counted(lexemes, up)
    return _picks_up(lexemes, up) or (at(lexemes, up + 1) == "to" and _is_moved_up(lexemes, up))


def _moves_counted(lexemes: Sequence[Lexeme], up: int) -> bool:
    """Whether the number behind "up to" counts those who are moved: "could push up to 40 firms out of business", "moves
    up to 600 patients to"."""
    number = up + 2
    if lexemes[up - 1].lower not in qualifier_words("movers") or in_class(lexemes[up - 2], "be"):
        return False
    if number >= len(lexemes) or not is_numeral(lexemes[number]) or match_unit(lexemes, number + 1) is not None:
        return False
    for k in range(number + 1, number + 1 + _LONGEST_NOUN):
        if not noun_follows(lexemes, k):
            return False
        if is_plural(lexemes[k].text):
            leads = k + 1 < len(lexemes) and lexemes[k + 1].lower in qualifier_words("moved_where")
            return leads and not (k + 2 < len(lexemes) and lexemes[k + 2].is_number)
    return False


def _is_moved_up(lexemes: Sequence[Lexeme], up: int) -> bool:
    """Whether "up to" gives the level that something is moved to: "pushed prices up to $900", "brings the total up to
    112", "was driven up to $90"; no per cent."""
    number = up + 2
    money = at(lexemes, number) in MONEY_SIGNS
    if money and lexemes[up - 1].lower in word_set("cues", "bringing") and in_class(lexemes[up - 2], "be"):
        return True
    if at(lexemes, number + 1) in _NO_LEVELS:
        return False
    named = False
    for k in range(up - 1, max(-1, up - 1 - _LONGEST_OBJECT), -1):
        word = lexemes[k]
        if word.lower in word_set("cues", "bringing"):
            return named and (in_class(lexemes[k + 1], "determiners") or word.lower not in _TAKING)
        if word.type is not LexemeType.WORD or (in_class(word, "prepositions") and word.lower not in ("of", "for")):
            return False
        named = named or word.lower in word_set("cues", "summed") or word.lower in word_set("cues", "paid_for")
    return False


_TAKING = ("take", "takes", "took", "taken", "taking", "bring", "brings", "brought", "bringing", "get")
_NO_LEVELS = ("%", "per", "percent", "pc", "pct", "km", "kilometres", "kilometers", "miles", "metres", "meters", "m")


def _picks_up(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "up" belongs to a verb of what quickens and is not lifted: "growth has picked up to 2.1%", "traffic is
    picking up to 36 ships".

    ``start`` is the place of "up".
    """
    if start > 1 and lexemes[start - 1].lower == "back":
        return _goes_back(lexemes, start - 2)
    if lexemes[start - 1].lower not in qualifier_words("picks"):
        return False
    if any(lexeme.text == "%" or lexeme.lower == "percent" for lexeme in lexemes[start + 2 : start + 5]):
        return True
    k = start - 2
    while k >= 0 and (is_auxiliary(lexemes[k]) or is_adverb(lexemes[k])):
        k -= 1
    return k >= 0 and lexemes[k].lower in qualifier_words("quickening")


def _goes_back(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the verb at ``k`` makes "back up to" a level again: "is back up to 320", "if it gets back up to 320";
    "they get back up to £85,000" has a bound."""
    verb = lexemes[k].lower
    if verb in ("get", "gets", "got"):
        return k > 0 and lexemes[k - 1].lower in qualifier_words("getting_back")
    return in_class(lexemes[k], "be") or verb.endswith(("'s", "’s")) or verb in motions_up()
