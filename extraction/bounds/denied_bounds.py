"""Turns a bound round that stands under a negation ("did not hire more than 20") and tells "12 years, not 20".

"Not more than", side by side, is a phrase of its own in ``en/qualifiers.toml``.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extraction.bounds.qualifiers import Qualifier
from extraction.claims import Kind, Shape
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_data, word_set

_REACH = 14  # lexemes from the bound back to what denies it
_TURNED = frozenset((Shape.MORE_THAN, Shape.LESS_THAN))
# "Faster than 10.7 seconds" is less time, "faster than 80mph" more speed.
_QUICKER = {
    "faster than": Shape.LESS_THAN,
    "quicker than": Shape.LESS_THAN,
    "not faster than": Shape.AT_LEAST,
    "not quicker than": Shape.AT_LEAST,
}


def turned(lexemes: Sequence[Lexeme], found: Qualifier, kind: Kind) -> Qualifier:
    """The qualifier in front of a number as its clause means it: "at most" where "more than" is denied."""
    if found.phrase in _QUICKER and kind is Kind.DURATION:
        found = replace(found, shape=_QUICKER[found.phrase])
    if found.shape not in _TURNED or not _is_denied(lexemes, found, kind):
        return found
    return replace(found, shape=Shape(word_data("qualifiers")["negation"][found.shape]), phrase=f"not {found.phrase}")


def _is_denied(lexemes: Sequence[Lexeme], found: Qualifier, kind: Kind) -> bool:
    for k in range(found.start - 1, max(-1, found.start - 1 - _REACH), -1):
        word = lexemes[k]
        if word.lower in _list("verbal"):
            if any(each.lower in {"if", "unless"} or each.text == "Had" for each in lexemes[max(0, k - _REACH) : k]):
                return False  # "Had the price not dropped by more than 40%"
            between = lexemes[k + 1 : found.start]
            stressed = bool(between) and between[0].lower in _list("stressing")  # "not only hired more than 20"
            return not stressed and _reaches(between, kind)
        if word.lower in _list("subjects"):
            between = lexemes[k + 1 : found.start]
            return _is_negative_subject(lexemes, k) and _has_verb(lexemes[k : found.end]) and _reaches(between, kind)
        if word.type is LexemeType.BREAK or (word.type is LexemeType.SYMBOL and word.text not in _INSIDE):
            return False
        if in_class(word, "subordinators", "coordinators"):
            return False
    return False


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(word_data("qualifiers")["denied"][name])


def _reaches(between: Sequence[Lexeme], kind: Kind) -> bool:
    """Whether the words between a negation and a bound let it through: not "played for more than six months"."""
    if not between or any(word.lower in _list("holding") for word in between):
        return False
    *before, last = between
    if last.lower in {"for", "in"}:
        lasts = bool(before) and before[-1].lower in _list("lasting")  # "did not last for more than an hour"
        return lasts or kind is not Kind.DURATION  # "has not played for more than six months"
    return last.lower in {"by", "at"} or not in_class(last, "prepositions") or not before


def _is_negative_subject(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a negative subject stands at ``k``: "no firm", "nobody", "none of the firms"; not "told nobody"."""
    if lexemes[k].lower == "no" and (k + 1 == len(lexemes) or lexemes[k + 1].lower in _list("no_subjects")):
        return False
    if k == 0:
        return True
    before = lexemes[k - 1]
    return (
        before.type is not LexemeType.WORD
        or in_class(before, "coordinators", "subordinators")
        or (before.lower in word_set("attribution", "say") and before.lower not in word_set("modality", "address"))
    )


def _has_verb(words: Sequence[Lexeme]) -> bool:
    clause = list(words)
    return any(
        is_verb(clause, at) or clause[at].lower in word_set("grammar", "amounts") for at in range(1, len(clause))
    )


def denied_beside(lexemes: Sequence[Lexeme], end: int, start: int) -> bool:
    """Whether the second amount is denied beside the first: "12 years, not 20", "500 tonnes a day, let alone 700"."""
    between = [lexeme.lower for lexeme in lexemes[end:start]] if start - end <= _DENIAL_REACH else []
    return between[-2:] in _DENIALS


_DENIALS = ([",", "not"], ["let", "alone"], ["rather", "than"], ["instead", "of"])
_DENIAL_REACH = 6  # lexemes: "a day, let alone"


_INSIDE = MONEY_SIGNS.union("-%")
