"""Clauses whose verb the text does not repeat: "Poland built 900 ships, Korea 700 and Japan 450"."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past, nouns
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

JOINTS = frozenset((",", ";", "and", "while", "whereas", "but"))
_MOST_ITEMS = 8
_REACH = 14  # lexemes from an item to the number of the one before
_LONGEST_NAME = 4
_LEAST_RATIO, _MOST_RATIO = Decimal("0.05"), Decimal(20)
_ENDS = frozenset(("", ",", ";", ".", "and", "while", "but", ")", "!", "”", '"'))
_LINKS = word_set("amounts", "gapped_links")
_BEFORE_NUMBERS = SHADES | _LINKS
_NOUNS_IN_ING = word_set("amounts", "nouns_in_ing")
_GIVING = word_set("cues", "verbs_of_giving")
_INDICES = word_set("cues", "index_names")


def in_gapped_clause(lexemes: Sequence[Lexeme], start: int, end: int, *, named: bool) -> bool:
    """Whether a number is all that follows the subject of a clause which takes its verb from the clause before.

    ``named`` asks for proper names as subjects: "Korea 700", where a number behind a name is a part of it elsewhere.
    """
    name = at(lexemes, start - 1)
    for _ in range(_MOST_ITEMS):
        joint = _before_subject(lexemes, start, named=named)
        if joint < 1 or not _ends_item(lexemes, end):
            return False
        number = _number_before(lexemes, joint)
        if number < 0 or not _alike(lexemes[number], lexemes[start]):
            return False
        subject = _subject_of_number(lexemes, number)
        if subject >= 0 and (not named or _is_proper(lexemes[subject])):
            return lexemes[subject].lower != name  # "Nokia sold 900 phones, Nokia 105 among them"
        start, end = number, joint
    return False


def subject_before(lexemes: Sequence[Lexeme], end: int) -> int:
    """Where the noun phrase that ends before lexeme ``end`` begins, its article included; ``end`` if there is none."""
    k = end
    while k > 0 and end - k < _LONGEST_NAME and _may_name(lexemes[k - 1]):
        k -= 1
    if k and k < end and in_class(lexemes[k - 1], "articles", "definites"):
        k -= 1
    return k


def _before_subject(lexemes: Sequence[Lexeme], start: int, *, named: bool) -> int:
    """The conjunction or comma in front of the subject of an item, or -1."""
    end = start
    while end > 0 and lexemes[end - 1].lower in SHADES:
        end -= 1
    first = subject_before(lexemes, end)
    name = lexemes[first:end]
    if first == end or first == 0 or lexemes[first - 1].lower not in JOINTS:
        return -1
    if named and not (name[-1].capitalised and not any(word.lower in _INDICES for word in name)):
        return -1
    return first - 1


def _may_name(lexeme: Lexeme) -> bool:
    if lexeme.type is not LexemeType.WORD or lexeme.lower in vocabulary()["cardinals"]:
        return False
    acts = lexeme.lower.endswith("ing") and lexeme.lower not in _NOUNS_IN_ING
    verb = acts or looks_past(lexeme.lower) or in_class(lexeme, "past", "present", "have", "be")
    return lexeme.lower not in nouns()["stops"] and (lexeme.capitalised or not verb)


def _ends_item(lexemes: Sequence[Lexeme], end: int) -> bool:
    return at(lexemes, end) in _ENDS or lexemes[end].type is LexemeType.BREAK


def _number_before(lexemes: Sequence[Lexeme], joint: int) -> int:
    """The nearest number in front of ``joint`` in its sentence, or -1."""
    for k in range(joint - 1, max(-1, joint - _REACH), -1):
        number = is_numeral(lexemes[k])
        if number and at(lexemes, k - 1) != "in":  # "won 412 seats in 2024, the Tories 121"
            return k
        if lexemes[k].type is LexemeType.BREAK or lexemes[k].text in ".;:":
            return -1
    return -1


def _alike(first: Lexeme, second: Lexeme) -> bool:
    """Whether two numbers are of one order, where both are written in digits."""
    if not (first.is_number and second.is_number):
        return True
    try:
        one, two = (Decimal(lexeme.text.replace(",", "")) for lexeme in (first, second))
    except InvalidOperation:
        return False
    return bool(one) and _LEAST_RATIO <= two / one <= _MOST_RATIO


def _subject_of_number(lexemes: Sequence[Lexeme], number: int) -> int:
    """The subject of "Poland built 900", "The SNP slipped to 31": in front of the verb that a number stands behind."""
    k = number - 1
    while k > 0 and (lexemes[k].lower in _BEFORE_NUMBERS or not lexemes[k].text.isalnum()) and lexemes[k].text != ",":
        k -= 1
    if k > 1 and _is_given(lexemes, k):
        return k
    if k < 1 or not (looks_past(lexemes[k].lower) or in_class(lexemes[k], "past", "present", "have", "be")):
        return -1
    while k > 1 and in_class(lexemes[k - 1], "have", "be", "modals", "adverbs"):
        k -= 1
    return k - 1 if lexemes[k - 1].type is LexemeType.WORD else -1


def _is_given(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a verb of giving is in front of a name that ends at ``k``: "A poll gave National 33 per cent, Labour
    31"."""
    for position in range(k, max(0, k - _LONGEST_NAME), -1):
        if not (_may_name(lexemes[position]) or in_class(lexemes[position], "articles", "definites")):
            return False
        if lexemes[position - 1].lower in _GIVING:
            return True
    return False


def _is_proper(lexeme: Lexeme) -> bool:
    return lexeme.capitalised and lexeme.lower not in nouns()["stops"] and not in_class(lexeme, "subject_pronouns")
