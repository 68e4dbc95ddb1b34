"""What is multiplied where only its owner is named: "twice Dublin's", "four times last year's"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, at
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_LONGEST_OWNER = 4  # lexemes of "the previous week's"
_MARKS = "'’"


def of_anothers(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the owner of what is multiplied begins at lexeme ``k``: a name, a year or a few words."""
    for place in range(k, min(len(lexemes), k + _LONGEST_OWNER)):
        word = lexemes[place]
        if word.lower.endswith(("'s", "’s")):
            return place > k or word.capitalised or word.lower in word_set("amounts", "days_of_others")
        if word.text.isdecimal():
            return at(lexemes, place + 1) in _MARKS and at(lexemes, place + 2) == "s"  # "four times 2023's"
        led = place == k and word.lower in word_set("amounts", "before_anothers")
        opened = lexemes[k].lower in word_set("amounts", "before_anothers")
        if not (led or word.capitalised or (opened and place == k + 1 and word.text.islower())):
            return False
    return False


def over_limit(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether "three times" goes on with "over the legal limit" at lexeme ``k``: so many times what is allowed."""
    if at(lexemes, k) not in ("over", "above") or not in_class(lexemes[min(k + 1, len(lexemes) - 1)], "definites"):
        return False
    before = k - 3 if at(lexemes, k - 1) == "times" else k - 2
    if before < 0 or not (in_class(lexemes[before], "be") or lexemes[before].lower in SHADES):
        return False  # "was caught three times over the limit"
    return any(lexeme.lower in word_set("cues", "limits_passed") for lexeme in lexemes[k + 2 : k + _LONGEST_LIMIT])


_LONGEST_LIMIT = 6  # lexemes of "over the legal blood alcohol limit"
