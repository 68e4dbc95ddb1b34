"""Finds names with their numbers, one behind the other: "Labour 34 (+1), Conservative 25 (-2), Lib Dem 11 (nc)"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set

_LONGEST_NAME = 6  # lexemes of "Fianna Fáil", "Lib Dems", "CDU/CSU"
_LONGEST_SHORT = 3  # letters of a party's short name
_LONGEST_HEADING = 8  # lexemes
_LONGEST_STEP = 8  # lexemes of "(up 1.5 points)"
_IN_NAMES = frozenset("/&-–.’'+")
_OPENING = frozenset((",", ";", ":", "(", "and", "while", "•", "*", "|", "—"))
_OPENING_STEPS = frozenset(("+", "-", "−", "–", "±", "up", "down"))


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A name with its number: the number is lexeme ``number``, the item lexemes ``start:end``, its step included.

    ``stepped`` tells of "(+1)" or "(nc)" behind the number, ``unit`` of a unit between the number and the step,
    ``candidate`` of a party in brackets behind the name: "Smith (Lab) 12,345".
    """

    start: int
    number: int
    end: int
    stepped: bool
    unit: bool
    candidate: bool


def listed_values(lexemes: Sequence[Lexeme]) -> list[list[ListedValue]]:
    """The runs of names with numbers in which nothing but commas, semicolons or "and" stands between the items."""
    runs: list[list[ListedValue]] = []
    for k in range(1, len(lexemes)):
        number = lexemes[k].type is LexemeType.NUMBER or lexemes[k].lower in vocabulary()["cardinals"]
        if not number or not _may_end_name(lexemes[k - 1]):
            continue
        item = _item(lexemes, k, runs[-1][-1].end if runs else 0)
        if item is None or not (item.stepped or lexemes[k].type is LexemeType.NUMBER):
            continue
        if runs and _joins(lexemes, runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [run for run in runs if not _repeats(lexemes, run)]


def _repeats(lexemes: Sequence[Lexeme], run: Sequence[ListedValue]) -> bool:
    """Whether they are names with a number each, the same word twice: "Windows 95, Windows 7 and Windows 10"."""
    names = [lexemes[item.number - 1].lower for item in run if lexemes[item.number - 1].type is LexemeType.WORD]
    return len(names) > 1 and len(set(names)) < len(names) and "on" not in names


def sum_of(lexemes: Sequence[Lexeme], run: Sequence[ListedValue]) -> Decimal:
    """What the numbers of a list add up to; 0 where one is not plainly written."""
    values = [value for item in run if (value := _value(lexemes[item.number])) is not None]
    return sum(values, Decimal(0)) if len(values) == len(run) else Decimal(0)


def heading_of(lexemes: Sequence[Lexeme], start: int, words: str) -> bool:
    """Whether one of the ``words`` of ``en/cues.toml`` heads the list that starts there: "Snow totals: Denver 8.5"."""
    if start < 1 or lexemes[start - 1].text != ":":
        return False
    heading = lexemes[max(0, start - 1 - _LONGEST_HEADING) : start - 1]
    return any(word.lower in word_set("cues", words) for word in heading)


def tells_answers(lexemes: Sequence[Lexeme], run: Sequence[ListedValue]) -> bool:
    """Whether the names of the list are answers of a poll: "Yes 45, No 38, Don't know 17"."""
    answers = word_set("cues", "answers_of_polls")
    return any(word.lower in answers for item in run for word in lexemes[item.start : item.number])


def _value(lexeme: Lexeme) -> Decimal | None:
    if not lexeme.is_number:
        word = vocabulary()["cardinals"].get(lexeme.lower)
        return None if word is None else Decimal(word)
    text = lexeme.text.replace(",", "")
    return Decimal(text) if text.isascii() and text.replace(".", "", 1).isdecimal() else None


def _may_end_name(word: Lexeme) -> bool:
    if word.type is LexemeType.WORD:
        return names_item(word) or word.lower == "on"
    return word.text in (":", ")", "+")


def _item(lexemes: Sequence[Lexeme], number: int, floor: int) -> ListedValue | None:
    """The item whose number is lexeme ``number``; it begins behind ``floor``."""
    if lexemes[number - 1].text == "+" and lexemes[number].glued:
        return None  # "Trump +2 in Georgia"
    led = lexemes[number - 1].lower == "on"  # "Labour on 34 (+1)"
    last = number - 1 if led or lexemes[number - 1].text == ":" else number
    party = _party_before(lexemes, last)
    if lexemes[last - 1].text == ")" and party == last:
        return None
    candidate, last = party < last, party
    start = last
    while start > floor and last - start < _LONGEST_NAME and _may_name(lexemes[start - 1]):
        start -= 1
    if start == last or not any(names_item(lexeme) for lexeme in lexemes[start:last]):
        return None
    labels = word_set("exclusions", "labels", "weak_labels")
    if len(lexemes[last - 1].text) > _LONGEST_SHORT and lexemes[last - 1].lower in labels:
        return None  # "Ward 30, Precinct 12"; but "Ref 17", "No 38"
    if start > floor and lexemes[start - 1].lower == "the":
        start -= 1
    if start > floor and not (lexemes[start - 1].lower in _OPENING or lexemes[start - 1].type is LexemeType.BREAK):
        return None
    behind = _past_unit(lexemes, number + 1)
    end = past_step(lexemes, behind)
    if led and end == behind:
        return None
    return ListedValue(start, number, end, end > behind, behind > number + 1, candidate)


def _party_before(lexemes: Sequence[Lexeme], end: int) -> int:
    """Where the bracket of "Smith (Lab)", "Jones (Lib Dem)" opens that ends at lexeme ``end``, or ``end``."""
    if end < _SHORTEST_PARTY or lexemes[end - 1].text != ")":
        return end
    opening = next((k for k in range(end - 2, max(0, end - _LONGEST_PARTY), -1) if lexemes[k].text == "("), 0)
    named = opening > 0 and lexemes[opening + 1].lower in word_set("text", "party_labels")
    return opening if named else end


_SHORTEST_PARTY, _LONGEST_PARTY = 4, 7  # lexemes of "Smith (Lab)", "(Labour and Co-op)"


def _may_name(word: Lexeme) -> bool:
    if word.type is LexemeType.WORD:
        return names_item(word) and word.lower != "the"
    return word.text in _IN_NAMES and (word.text != "+" or word.glued)


def names_item(word: Lexeme) -> bool:
    """Whether the word may name an item: one with a capital, or an answer as in "others 10"."""
    return word.capitalised or word.lower in word_set("cues", "answers_of_polls")


def _past_unit(lexemes: Sequence[Lexeme], k: int) -> int:
    """The lexeme behind a unit at ``k``: "%", "per cent", "inches", "seats"."""
    words = [lexeme.lower for lexeme in lexemes[k : k + 2]]
    if words == ["per", "cent"]:
        return k + 2
    measured = words[:1] != [] and words[0] in word_set("text", "units_of_lists")
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
    signed = len(inside) > 1 and inside[0] in _OPENING_STEPS and not inside[-1].endswith("%")
    numbered = signed and any(text[0].isdecimal() for text in inside[1:])
    counted = signed and inside[0] in ("up", "down")
    same = "".join(inside) in word_set("text", "unmoved")
    return k + len(inside) + 2 if numbered or counted or same else k


def _joins(lexemes: Sequence[Lexeme], first: ListedValue, second: ListedValue) -> bool:
    gap = [lexeme.lower for lexeme in lexemes[first.end : second.start]]
    return gap in _JOINTS or (not gap and first.stepped)


_JOINTS = ([","], [";"], ["and"], [",", "and"], ["|"], ["•"], ["/"], ["—"])
