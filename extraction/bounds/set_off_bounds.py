"""Bounds set off by commas or dashes: "would build, at most, 180 units", "takes two years, at most, to build"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.bounds.qualifiers import Qualifier, ending_at, qualifier_after
from extraction.claims import Shape
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set

_MARKS = (",", "–", "—", "(", ")")
_PARENTHETIC = word_set("bounds", "bounds_in_commas")
_COMMENTING = ("at least", "at the very least")
_VERB_REACH = 4  # lexemes of "would probably also need"


def set_off_before(lexemes: Sequence[Lexeme], i: int, value: Decimal | None) -> Qualifier | None:
    """The bound between commas in front of the number at lexeme ``i``; "say" may stand there too.

    "At least" may comment on what stands in front of it ("In Ohio, at least, 40 lost"), so it bounds behind a verb or
    a preposition only.
    """
    end, said = i - 1, False
    if end < 1 or lexemes[end].text not in _MARKS:
        return None
    if lexemes[end - 1].lower == "say" and end > 2 and lexemes[end - 2].text in _MARKS:
        end, said = end - 2, True
    found = ending_at(lexemes, end, value)
    if found is None or (found.phrase not in _PARENTHETIC and found.shape is not Shape.APPROXIMATE and not said):
        return None
    before = lexemes[found.start - 1] if found.start else None
    if said and before is not None and before.text not in _MARKS:
        return found  # "would take at least, say, 40 votes"
    if before is None or before.type is LexemeType.BREAK:
        return found if found.phrase not in _COMMENTING else None
    if before.text not in _MARKS or found.start < 2:
        return None
    return found if found.phrase not in _COMMENTING or _asks_for(lexemes, found.start - 2) else None


def is_set_off(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a mark parts the number at lexeme ``start`` from what bounds it."""
    return start > 0 and lexemes[start - 1].text in _MARKS


def _asks_for(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a number is still to come behind lexeme ``k``: behind "needs", "would take", "for", "by"."""
    words = list(lexemes[max(0, k - _VERB_REACH) : k + 1])
    return in_class(lexemes[k], "prepositions") or is_verb(words, len(words) - 1)


def closing_bound(lexemes: Sequence[Lexeme], end: int) -> Qualifier | None:
    """The bound behind an amount and a comma, or None: "a fifth of the homes, at most.", "two years, at least, to
    build".

    It closes the sentence, or stands between commas behind the amount that ends at ``end`` and what it is part of: "A
    quarter of the seats, at most, will change hands".
    """
    k, last = end, min(end + _LONGEST_PHRASE, len(lexemes))
    while k < last and lexemes[k].type is LexemeType.WORD:
        k += 1
    if k >= len(lexemes) or lexemes[k].text != ",":
        return None
    found = qualifier_after(lexemes, k + 1)
    if found is None or not (
        found.phrase in word_set("bounds", "bounds_at_end") or (found.phrase, k) == ("at least", end)
    ):
        return None
    set_off = found.end < len(lexemes) and lexemes[found.end].text == ","  # "takes two years, at most, to"
    set_off = set_off and (k == end or _is_whole(lexemes, end, k, found.end))
    goes_on = any(word.type is LexemeType.WORD or word.is_number for word in lexemes[found.end :])
    return None if goes_on and not set_off else found


def _is_whole(lexemes: Sequence[Lexeme], start: int, end: int, behind: int) -> bool:
    """Whether the words between an amount and its bound only say what it is part of: "of the seats" in front of a bound
    that ends at ``behind``; not in "cut 40 jobs that would, at most, save"."""
    told = any(in_class(word, "subordinators", "modals", "be", "have", "coordinators") for word in lexemes[start:end])
    ahead = lexemes[behind + 1 : behind + 2]
    return not told and not any(is_numeral(word) or word.text in MONEY_SIGNS for word in ahead)


_LONGEST_PHRASE = 9  # lexemes of "of the increase in demand"
