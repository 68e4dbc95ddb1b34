"""Reads bounds that stand behind an amount and a comma: "a fifth of the homes, at most."."""

from collections.abc import Sequence

from extraction.amounts.qualifiers import Qualifier, qualifier_after
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set


def closing_bound(lexemes: Sequence[Lexeme], end: int) -> Qualifier | None:
    """As in "a fifth of the homes, at most.", "two years, at least, to build": the bound behind an amount and a comma.

    It closes the sentence, or stands between commas right behind the amount that ends at ``end``.
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
    set_off = k == end and found.end < len(lexemes) and lexemes[found.end].text == ","  # "takes two years, at most, to"
    goes_on = any(word.type is LexemeType.WORD or word.is_number for word in lexemes[found.end :])
    return None if goes_on and not set_off else found


_LONGEST_PHRASE = 9  # lexemes of "of the increase in demand"
