"""Words that look like a qualifier in front of a number and are none: "is short of 40", "charged over £2m fraud"."""

from collections.abc import Sequence
from functools import cache

from extraction.currencies.table import currency_table
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import is_plural
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary
from extraction.text.words import word_data, word_set


def is_lacking(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a form of "be" in front of "short of" says that somebody lacks what is counted: "the unit is short of 40
    nurses", "is still short of 40"."""
    k = start - 2 if start > 1 and is_adverb(lexemes[start - 1]) else start - 1
    return k >= 0 and lexemes[k].lower in word_set("grammar", "be")


def is_closing(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the "close" of "close on" is a verb: "schools close on 12 days a year", "will close on 8,000 points"; not
    "drew close on 400"."""
    before = lexemes[start - 1] if start > 0 else None
    if before is None or before.type is not LexemeType.WORD:
        return False
    return (
        before.lower == "to"
        or before.lower in word_set("grammar", "modals", "subject_pronouns")
        or is_plural(before.text)
    )


def of_par(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "under" or "over" on a hyphen counts strokes, so that the round has no bound: "a six-under 66"."""
    return start > 1 and lexemes[start].glued and lexemes[start - 1].text == "-" and lexemes[start - 1].glued


def of_race(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number at ``end`` says how long a race is: "won over six furlongs", "the Group 1 over 1m4f"."""
    ahead = [lexeme.lower for lexeme in lexemes[end : end + 5]]
    return not {"furlong", "furlongs"}.isdisjoint(ahead) or (ahead[1:2] == ["m"] and "f" in ahead[3:])


def tells_cause(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "over" stands before a cause that a sum of money describes: "two charged over £2m fraud", "bank sues
    broker over $40m loss"; not in "charged with over £2m fraud"."""
    if start > 0 and lexemes[start - 1].lower in qualifier_words("before_bounds"):
        return False
    at = start + 1
    if at + 2 >= len(lexemes) or not lexemes[at + 1].is_number:
        return False
    if lexemes[at].text not in MONEY_SIGNS and lexemes[at].text not in currency_table().before:  # "over N2bn fraud"
        return False
    causes = qualifier_words("causes")
    if not any(word.lower in causes for word in lexemes[max(0, start - _CAUSE_REACH) : start]):
        return False
    behind = at + 2
    while behind < len(lexemes) and (lexemes[behind].glued or lexemes[behind].lower in _MAGNITUDES):
        behind += 1
    if behind >= len(lexemes):
        return False
    noun = lexemes[behind]
    return (
        noun.type is LexemeType.WORD
        and not in_class(noun, "prepositions", "coordinators", "subordinators", "articles")
        and not is_auxiliary(noun)
        and not is_adverb(noun)
        and noun.lower not in qualifier_words("no_causes")
    )


_CAUSE_REACH = 4
_MAGNITUDES = frozenset(("lakh", "crore", "million", "billion", "trillion", "thousand", "bn", "mn", "m"))


@cache
def qualifier_words(name: str) -> frozenset[str]:
    """The words of a table of ``en/qualifiers.toml``."""
    return frozenset(word_data("qualifiers")[name]["words"])
