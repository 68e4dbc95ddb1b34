"""Counts of how many something has: "our members, now 11.4 million strong", "the list is 4,300 long"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, nouns, singular
from extraction.text.word_classes import in_class, is_adverb, is_verb
from extraction.text.words import word_set
from extraction.units.table import unit_named

_SHADES = word_set("cues", "number_fillers", "bound_words", "sum_shades", "age_adverbs")
_LONGEST_SHADE = 6  # lexemes of ", now at least some"


def settle_strong(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Makes a count of a number in front of "strong"; says whether it did.

    A plural noun tells what is counted ("the marchers were 2,000 strong"), a collective one does not ("the union").
    """
    amount = group.last
    if at(lexemes, amount.end) != "strong" and not _is_queue(lexemes, group):
        return False
    describes = at(lexemes, group.first.start - 1) in ("a", "an")  # "a 300 strong crowd"
    if not describes and not _ends_phrase(lexemes, amount.end + 1):
        return False
    if not amount.whole:
        return False
    noun = None if describes else described_noun(lexemes, group.first.start)
    amount.settle(Kind.COUNT, None if noun is None else noun.unit, "count.strong")
    amount.noun_elsewhere = noun
    return True


def _is_queue(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a queue is so long: "the waiting list is 4,300 long", "a queue 40 deep"."""
    if at(lexemes, group.last.end) not in ("long", "deep"):
        return False
    near = lexemes[max(0, group.first.start - _LONGEST_SHADE) : group.first.start]
    return any(word.lower in word_set("counts", "queues") for word in near)


def _ends_phrase(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether no noun stands at ``k``, as one does in "hired 300 strong men"."""
    if k >= len(lexemes) or lexemes[k].type is not LexemeType.WORD:
        return True
    return lexemes[k].lower in nouns()["stops"] or is_adverb(lexemes[k]) or is_verb(list(lexemes[k - 1 : k + 1]), 1)


def described_noun(lexemes: Sequence[Lexeme], start: int) -> CountedNoun | None:
    """The plural noun that the number describes, past words that shade it, a comma and a form of "be"."""
    k = start - 1
    while k > 0 and start - k <= _LONGEST_SHADE and (lexemes[k].lower in _SHADES or lexemes[k].text == ","):
        k -= 1
    if k > 0 and in_class(lexemes[k], "be"):
        k -= 1
        k -= k > 0 and in_class(lexemes[k], "modals", "have")
    noun = lexemes[k] if k >= 0 else None
    if noun is None or noun.type is not LexemeType.WORD or noun.lower in nouns()["stops"]:
        return None
    named = noun.capitalised and k > 0
    if named or not is_plural(noun.text) or unit_named(singular(noun.lower)) is not None:
        return None
    return CountedNoun(k, k + 1, singular(noun.lower))
