"""Tells numbers that a name has from those in it: "Labour 34 (+1), Tories 25", "HR 0.78", "SW 15-20 kt"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.games import carries, tallied
from extraction.text.index_names import names_politics
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.listed_values import (
    ListedValue,
    heading_of,
    listed_values,
    names_item,
    sum_of,
    tells_answers,
)
from extraction.text.number_pairs import in_vote_pair
from extraction.text.numeral import Numeral
from extraction.text.words import word_set

_FEWEST = 3  # names with their shares, where nothing else tells them
_MOST_OF_WHOLE, _ALL_OF_WHOLE, _WHOLE = 75, 98, Decimal("101.5")  # what shares of a poll add up to, rounded


def values_of_names(lexemes: Sequence[Lexeme]) -> frozenset[int]:
    """Where the numbers are that stand as values behind names.

    A name has its number where one of the list says by how much it moved, where the first has a unit ("Denver 8.5
    inches, Boulder 11.2"), where a heading says what is measured, and where parties share a whole. So do players in
    box scores.
    """
    box = frozenset((*tallied(lexemes), *(k for k in range(1, len(lexemes)) if carries(lexemes, k))))
    if not _behind_name(lexemes):
        return box
    told = names_politics(lexemes) or any(lexeme.lower in word_set("cues", "of_polls") for lexeme in lexemes)
    return box.union(
        item.number for run in listed_values(lexemes) if _are_values(lexemes, run, told=told) for item in run
    )


def _behind_name(lexemes: Sequence[Lexeme]) -> bool:
    """Whether a number that can be a value stands behind a word with its capital, and a bracket or a comma too."""
    listed = False
    for k in range(1, len(lexemes)):
        if lexemes[k].type is LexemeType.NUMBER and names_item(lexemes[k - 1]):
            if listed or (k + 1 < len(lexemes) and lexemes[k + 1].text == "("):
                return True
            listed = True
    return False


def _are_values(lexemes: Sequence[Lexeme], run: Sequence[ListedValue], *, told: bool) -> bool:
    if any(item.stepped for item in run):
        return True
    if len(run) < 2:
        return False
    told = told or tells_answers(lexemes, run)
    return (
        run[0].unit or heading_of(lexemes, run[0].start, "headings_of_values") or _shares_whole(lexemes, run, told=told)
    )


def _shares_whole(lexemes: Sequence[Lexeme], run: Sequence[ListedValue], *, told: bool) -> bool:
    """Whether they may be shares of one whole, or the seats of all: "Liberals 42.1, Conservatives 38.6, NDP 9.3"."""
    total = sum_of(lexemes, run)
    if told:
        return total > 0 and (len(run) >= _FEWEST or _MOST_OF_WHOLE <= total <= _WHOLE)
    return len(run) >= _FEWEST and _ALL_OF_WHOLE <= total <= _WHOLE


def measures_behind_capitals(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number is measured although capitals stand in front of it:
    "HR 0.78", "95% CI 0.74 to 0.99", "IQR 45-62", "Winds SW 15-20 kt"; not in "OR 97", "HR 45"."""
    before, end = lexemes[numeral.start - 1].text, numeral.end
    if in_vote_pair(lexemes, numeral.start):
        return True  # "leads Harris 49 to 46"
    ranged = end + 1 < len(lexemes) and lexemes[end].lower in _TO and lexemes[end + 1].is_number
    if before in word_set("cues", "statistics"):
        aside = numeral.start > 1 and lexemes[numeral.start - 2].text == "("  # "58 (SD 11)"
        return ranged or aside or "." in lexemes[numeral.start].text
    return ranged and before in word_set("exclusions", "compass_points")


_TO = ("-", "–", "—", "to", ",")
