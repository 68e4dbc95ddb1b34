"""Reads bounds that stand behind an amount and a comma: "a fifth of the homes, at most."."""

from collections.abc import Sequence

from extraction.amounts.qualifiers import Qualifier, qualifier_after
from extraction.numerals.numeral import is_numeral
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set


def closing_bound(lexemes: Sequence[Lexeme], end: int) -> Qualifier | None:
    """As in "a fifth of the homes, at most.", "two years, at least, to build": the bound behind an amount and a comma.

    It closes the sentence, or stands between commas behind the amount that ends at ``end`` and what it is part of:
    "A quarter of the seats, at most, will change hands".
    """
    k, last = end, min(end + _LONGEST_PHRASE, len(lexemes))
    while k < last and lexemes[k].type is LexemeType.WORD:
        k += 1
    if k >= len(lexemes) or lexemes[k].text != ",":
        return None
    found = qualifier_after(lexemes, k + 1)
    if found is None or not (
        found.phrase in word_set("cues", "bounds_at_end") or (found.phrase, k) == ("at least", end)
    ):
        return None
    set_off = found.end < len(lexemes) and lexemes[found.end].text == ","  # "takes two years, at most, to"
    set_off = set_off and (k == end or _is_whole(lexemes, end, k, found.end))
    goes_on = any(word.type is LexemeType.WORD or word.is_number for word in lexemes[found.end :])
    return None if goes_on and not set_off else found


def _is_whole(lexemes: Sequence[Lexeme], start: int, end: int, behind: int) -> bool:
    """As "of the seats" in front of a bound that ends at ``behind``; not in "cut 40 jobs that would, at most, save"."""
    told = any(in_class(word, "subordinators", "modals", "be", "have", "coordinators") for word in lexemes[start:end])
    ahead = lexemes[behind + 1 : behind + 2]
    return not told and not any(is_numeral(word) or word.text in MONEY_SIGNS for word in ahead)


_LONGEST_PHRASE = 9  # lexemes of "of the increase in demand"
