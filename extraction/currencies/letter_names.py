"""Tells names of a letter and a number from money: "Room N12", "the Robinson R44", "K12 classes", "R2037 bonds"."""

from collections.abc import Sequence

from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import noun_follows
from extraction.text.surfaces import HYPHENS, MAGNITUDES, word_at
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_data, word_set

_MOST_JOINED = 4  # names of "R2032, R2035, R2037 and R2044 bonds"
_JOINERS = frozenset((",", "and", "or", "&"))
_RATED = frozenset(("/", "a", "an", "per", "each", "apiece"))
_BEFORE = word_set("cues", "before_roads", "before_letter_names")
_NAMED = word_set("cues", "named_by_letters", "bond_words")
_BONDS = word_set("cues", "bond_words")
_DAYS_AND_MONTHS = frozenset(
    name for table in ("weekdays", "months") for names in word_data("times")[table] for name in names
)
_NO_NAMES = word_set("cues", "costing_verbs", "bound_words") | _DAYS_AND_MONTHS
_NEAR = 8  # lexemes
_LONGEST_STEP = 4  # lexemes from "K250" to the number of "and Kitwe K260"


def names_thing(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at lexeme ``i`` and the letter in front are the name of a thing, or are listed with one.

    As in "Form P45", "the Robinson R44", "R22 gas", "K92 Mining", "the R300 and R44"; not in "rice P45 a kilo", "fell
    R85 to R4,120", "N50 Monday".
    """
    return any(_is_name(lexemes, k) for k in _joined(lexemes, i))


def names_bond(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number names a bond, by when it is repaid or otherwise: "the R2030 yield", "R186 and R2037 bonds"."""
    named = lexemes[i].text.isdecimal() and word_at(lexemes, i + 1) in _BONDS
    return named or any(word_at(lexemes, k + 1) in _BONDS for k in _joined(lexemes, i))


def _joined(lexemes: Sequence[Lexeme], i: int) -> list[int]:
    """The numbers behind a bare letter that are listed with the one at ``i``, itself included; none if it has none."""
    if not _is_bare(lexemes, i):
        return []
    found = [i]
    for step in (-1, 1):
        k = i
        for _ in range(_MOST_JOINED):
            k = _next_listed(lexemes, k, step)
            if k < 0:
                break
            found.append(k)
    return found


def _next_listed(lexemes: Sequence[Lexeme], k: int, step: int) -> int:
    """The number of the nearest letter and number that commas or "and" alone tie to that at ``k``; -1 without one."""
    at = k - 2 if step < 0 else k + 1
    first = at
    while 0 <= at < len(lexemes) and lexemes[at].lower in _JOINERS:
        at += step
    number = at if step < 0 else at + 1
    return number if at != first and _is_bare(lexemes, number) else -1


def _is_bare(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether one capital touches a whole number that nothing shows to be a sum: no comma, magnitude or rate."""
    if not 0 < i < len(lexemes) or not lexemes[i].glued or not lexemes[i].text.isdecimal():
        return False
    letter, behind = lexemes[i - 1].text, word_at(lexemes, i + 1)
    if len(letter) != 1 or not letter.isupper() or behind in _RATED or behind in MAGNITUDES:
        return False
    return not (behind in HYPHENS and lexemes[i + 1].glued)


def _is_name(lexemes: Sequence[Lexeme], i: int) -> bool:
    before = word_at(lexemes, i - 2)
    if before in _BEFORE or word_at(lexemes, i + 1) in _NAMED:
        return True
    return (_names_model(lexemes, i) or _opens_name(lexemes, i + 1)) and not _in_headline(lexemes, i)


def _in_headline(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the words around are all capitalised, and none is a name for that: "FG Approves N500 Transport Levy"."""
    around = lexemes[max(0, i - _NEAR) : i + _NEAR]
    return not any(
        word.type is LexemeType.WORD
        and word.text.islower()
        and not in_class(word, "prepositions", "coordinators", "subordinators", "articles")
        and not (word.glued or word.lower in MAGNITUDES)
        for word in around
    )


def _names_model(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a name stands in front of letter and number: "the Robinson R44"; not in "Ndola K250 and Kitwe K260"."""
    if not _is_named_model(lexemes, i - 2):
        return False
    return in_class(lexemes[i - 3], "articles", "determiners") or not any(
        _is_priced(lexemes, i, step) for step in (-1, 1)
    )


def _is_priced(lexemes: Sequence[Lexeme], i: int, step: int) -> bool:
    """Whether another word with the same letter and a number is the next item of the list on that side."""
    other = next((k for k in range(i + step, i + step * (_LONGEST_STEP + 2), step) if _is_bare(lexemes, k)), -1)
    if other < 0 or lexemes[other - 1].text != lexemes[i - 1].text:
        return False
    between = lexemes[min(other, i) + 1 : max(other, i) - 2]
    return any(word.lower in _JOINERS for word in between) and lexemes[max(other, i) - 2].type is LexemeType.WORD


def _is_named_model(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a name stands at ``k``: "the Robinson R44"; not the first word, nor the "Pays" of "Governor Pays N50"."""
    if k < 1 or lexemes[k].type is not LexemeType.WORD or not lexemes[k].capitalised or lexemes[k].text.isupper():
        return False
    word = lexemes[k]
    joins = in_class(word, "prepositions", "coordinators", "subordinators", "articles", "determiners", "adverbs")
    acts = is_auxiliary(word) or in_class(word, "past", "present") or word.lower in change_words().verbs
    return not (joins or acts or word.lower in _NO_NAMES)


def _opens_name(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a capitalised noun stands at ``k``: that of "K92 Mining"; not in "N50 Monday"."""
    if not noun_follows(lexemes, k) or not lexemes[k].capitalised or lexemes[k].text.isupper():
        return False
    return lexemes[k].lower not in _DAYS_AND_MONTHS and not in_class(lexemes[k], "prepositions", "coordinators")
