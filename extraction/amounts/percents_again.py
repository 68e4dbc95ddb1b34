"""Tells that a bare number is a percentage like the one before: "Lamb is up 8 per cent and mutton down 5"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.gapped_clauses import JOINTS, subject_before
from extraction.changes.adjuncts import is_year
from extraction.changes.words import change_words
from extraction.text.lexemes import Lexeme
from extraction.text.shades import FILLERS
from extraction.text.words import word_set

_STEPS = ("up", "down")
_INDICES = word_set("cues", "index_names")


def says_again(lexemes: Sequence[Lexeme], source: int, source_end: int, start: int) -> bool:
    """Whether the number at ``start`` stands behind a subject of its own as the percentage at ``source`` does.

    As in "Cod quotas were cut by 12 per cent and herring by 30", "followed by Korea with 12 per cent and Japan with 7";
    not in "Shares are up 2 per cent and the Dow up 30", "and the number of staff by 30".
    """
    k, its = _lead(lexemes, start), _lead(lexemes, source)
    if its < 1 or k <= source_end or any(x.is_number and not is_year(x.text) for x in lexemes[source_end:start]):
        return False
    first = subject_before(lexemes, k)
    if first >= k or first <= source_end - 1 or lexemes[first - 1].lower not in JOINTS:
        return False
    if any(word.lower in _INDICES for word in lexemes[first:k]):
        return False
    word, before = lexemes[k].lower, lexemes[its].lower
    if word in _STEPS:
        return before in _STEPS
    if word != before:
        return False
    if word == "by":
        return lexemes[its - 1].lower in change_words().verbs or _is_gapped(lexemes, its)
    return word == "with" and lexemes[k - 1].capitalised and lexemes[its - 1].capitalised


def leaves_the_rest(lexemes: Sequence[Lexeme], source: Decimal | None, value: Decimal | None, start: int) -> bool:
    """As in "Sheep make up 60 per cent of the herd and goats the remaining 40": both come to a hundred per cent."""
    led = start > 1 and lexemes[start - 1].lower in ("remaining", "other") and lexemes[start - 2].lower == "the"
    return led and source is not None and value is not None and source + value == _ALL


_ALL = 100


def _is_gapped(lexemes: Sequence[Lexeme], by: int) -> bool:
    """As the second item of "Rents rose by 5 per cent, wages by 3 and prices by 7"."""
    first = subject_before(lexemes, by)
    return 0 < first < by and lexemes[first - 1].lower in JOINTS


def _lead(lexemes: Sequence[Lexeme], start: int) -> int:
    """The word in front of an amount, past words that only shade it; -1 where there is none."""
    k = start - 1
    while k > 0 and lexemes[k].lower in FILLERS:
        k -= 1
    return k
