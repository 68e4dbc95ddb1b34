"""Finds names with their numbers, one behind the other: "Labour 34 (+1), Conservative 25 (-2), Lib Dem 11 (nc)"."""

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set

_LONGEST_NAME = 6  # lexemes of "Fianna Fáil", "Lib Dems", "CDU/CSU"
_LONGEST_STEP = 8  # lexemes of "(up 1.5 points)"
_IN_NAMES = frozenset("/&-–.’'")
_OPENING = frozenset((",", ";", ":", "(", "and", "while", "•", "*", "|", "—"))
_SIGNS = frozenset(("+", "-", "−", "–", "±", "up", "down"))


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A name with its number: the number is lexeme ``number``, the item lexemes ``start:end``, its step included.

    ``stepped`` tells of "(+1)" or "(nc)" behind the number, ``unit`` of a unit between the number and the step.
    """

    start: int
    number: int
    end: int
    stepped: bool
    unit: bool


def listed_values(lexemes: Sequence[Lexeme]) -> list[list[ListedValue]]:
    """The runs of names with numbers in which nothing but commas, semicolons or "and" stands between the items."""
    runs: list[list[ListedValue]] = []
    for k in range(1, len(lexemes)):
        if lexemes[k].type is not LexemeType.NUMBER or not _may_end_name(lexemes[k - 1]):
            continue
        item = _item(lexemes, k, runs[-1][-1].end if runs else 0)
        if item is None:
            continue
        if runs and _joins(lexemes, runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _may_end_name(word: Lexeme) -> bool:
    return (word.type is LexemeType.WORD and word.capitalised) or word.text == ":"


def _item(lexemes: Sequence[Lexeme], number: int, floor: int) -> ListedValue | None:
    """The item whose number is lexeme ``number``; it begins behind ``floor``."""
    last = number - 1 if lexemes[number - 1].text == ":" else number
    start = last
    while start > floor and last - start < _LONGEST_NAME and _may_name(lexemes[start - 1]):
        start -= 1
    if start == last or not any(lexeme.capitalised for lexeme in lexemes[start:last]):
        return None
    if start > floor and lexemes[start - 1].lower == "the":
        start -= 1
    if start > floor and not (lexemes[start - 1].lower in _OPENING or lexemes[start - 1].type is LexemeType.BREAK):
        return None
    behind = _past_unit(lexemes, number + 1)
    end = past_step(lexemes, behind)
    return ListedValue(start, number, end, end > behind, behind > number + 1)


def _may_name(word: Lexeme) -> bool:
    if word.type is LexemeType.WORD:
        return word.capitalised and word.lower != "the"
    return word.text in _IN_NAMES


def _past_unit(lexemes: Sequence[Lexeme], k: int) -> int:
    """The lexeme behind a unit at ``k``: "%", "per cent", "inches", "seats"."""
    words = [lexeme.lower for lexeme in lexemes[k : k + 2]]
    if words == ["per", "cent"]:
        return k + 2
    measured = words[:1] != [] and words[0] in word_set("cues", "units_of_lists")
    return k + 1 if measured else k


def past_step(lexemes: Sequence[Lexeme], k: int) -> int:
    """The lexeme behind "(+1)", "(-2.5 points)", "(up two)", "(nc)", "(no change)" at ``k``, or ``k``."""
    if k + 2 >= len(lexemes) or lexemes[k].text != "(":
        return k
    inside: list[str] = []
    for lexeme in lexemes[k + 1 : k + _LONGEST_STEP]:
        if lexeme.text == ")":
            break
        inside.append(lexeme.lower)
    else:
        return k
    signed = len(inside) > 1 and inside[0] in _SIGNS and not inside[-1].endswith("%")
    numbered = signed and any(text[0].isdecimal() for text in inside[1:])
    counted = signed and inside[0] in ("up", "down")
    same = "".join(inside) in word_set("cues", "unmoved")
    return k + len(inside) + 2 if numbered or counted or same else k


def _joins(lexemes: Sequence[Lexeme], first: ListedValue, second: ListedValue) -> bool:
    gap = [lexeme.lower for lexeme in lexemes[first.end : second.start]]
    return gap in _JOINTS or (not gap and first.stepped)


_JOINTS = ([","], [";"], ["and"], [",", "and"], ["|"], ["•"], ["/"], ["—"])
