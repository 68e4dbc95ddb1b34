"""Verbs that make a movement of "from A to B" and no range: "went from 3 to 4 per cent", "took it from 10 to 80"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_LONGEST_OBJECT = 6  # lexemes of "the price of a barrel"


def goes_between(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the verb at ``k`` tells of a way from one level to another.

    As in "has gone from 2,000 yen to 3,500", "will go from 3 to 4 per cent"; "prices go from $3 to $40" spans.
    """
    bound = at(lexemes, k) in word_set("changes", "go_between") and at(lexemes, k - 1) in word_set("changes", "will_go")
    return bound or at(lexemes, k) in word_set("changes", "goes_between")


def carries_between(lexemes: Sequence[Lexeme], start: int, last: Amount) -> bool:
    """Whether a verb moves something from one level to another, with its "from" at ``start``.

    As in "took it from 10 to 80 per cent", "takes its stake from 20 to 51 per cent". What is moved stands between verb
    and "from": "charges from 10 to 80 per cent" and "takes from 10 to 15 minutes" span.
    """
    if last.kind is Kind.DURATION:
        return False  # "It took them from 40 to 50 minutes"
    for k in range(start - 1, max(-1, start - 2 - _LONGEST_OBJECT), -1):
        word = lexemes[k]
        if word.lower in word_set("cues", "bringing"):
            opener = lexemes[k + 1]
            pronoun = in_class(opener, "object_pronouns") and k + 2 == start
            named = in_class(opener, "determiners") or (last.kind is Kind.PERCENT and k + 2 == start)
            return k + 1 < start and (pronoun or named)
        if word.type is not LexemeType.WORD or in_class(word, "subordinators", "modals", "be", "have"):
            return False
    return False
