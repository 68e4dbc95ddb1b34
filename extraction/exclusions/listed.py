"""Tells numbers that a name has from those in it: "Labour 34 (+1), Tories 25", "HR 0.78", "SW 15-20 kt"."""

from collections.abc import Sequence

from extraction.amounts.index_names import names_politics
from extraction.numerals.numeral import Numeral
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.listed_values import ListedValue, listed_values
from extraction.text.number_pairs import in_vote_pair
from extraction.text.words import word_set

_FEWEST = 3  # names with their shares, where nothing else tells them
_WHOLE = 101.5  # what shares of a poll add up to, rounded
_LONGEST_HEADING = 8  # lexemes


def values_of_names(lexemes: Sequence[Lexeme]) -> frozenset[int]:
    """Where the numbers are that stand as values behind names.

    A name has its number where one of the list says by how much it moved, where the first has a unit ("Denver 8.5
    inches, Boulder 11.2"), where a heading says what is measured, and where parties share a whole.
    """
    if not _behind_name(lexemes):
        return frozenset()
    politics = names_politics(lexemes)
    return frozenset(
        item.number for run in listed_values(lexemes) if _are_values(lexemes, run, politics=politics) for item in run
    )


def _behind_name(lexemes: Sequence[Lexeme]) -> bool:
    """Whether a number that can be a value stands behind a word with its capital, and a bracket or a comma too."""
    listed = False
    for k in range(1, len(lexemes)):
        if lexemes[k].type is LexemeType.NUMBER and lexemes[k - 1].capitalised:
            if listed or (k + 1 < len(lexemes) and lexemes[k + 1].text == "("):
                return True
            listed = True
    return False


def _are_values(lexemes: Sequence[Lexeme], run: Sequence[ListedValue], *, politics: bool) -> bool:
    if any(item.stepped for item in run):
        return True
    if len(run) < 2:
        return False
    return run[0].unit or _headed(lexemes, run[0].start) or (politics and shares_whole(lexemes, run))


def _headed(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "Snow totals: Denver 8.5": what stands in front of the colon says that something is measured."""
    if start < 1 or lexemes[start - 1].text != ":":
        return False
    heading = lexemes[max(0, start - 1 - _LONGEST_HEADING) : start - 1]
    return any(word.lower in word_set("cues", "headings_of_values") for word in heading)


def shares_whole(lexemes: Sequence[Lexeme], run: Sequence[ListedValue]) -> bool:
    """As in "Liberals 42.1, Conservatives 38.6, NDP 9.3": three or more that may be shares of one whole."""
    values = [float(lexemes[item.number].text.replace(",", "")) for item in run if _is_plain(lexemes[item.number])]
    return len(run) >= _FEWEST and len(values) == len(run) and sum(values) <= _WHOLE


def _is_plain(number: Lexeme) -> bool:
    return number.text.isascii() and number.text.replace(".", "", 1).replace(",", "").isdecimal()


def measures_behind_capitals(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "HR 0.78", "95% CI 0.74 to 0.99", "IQR 45-62", "Winds SW 15-20 kt"; not in "OR 97", "HR 45"."""
    before, end = lexemes[numeral.start - 1].text, numeral.end
    if in_vote_pair(lexemes, numeral.start):
        return True  # "leads Harris 49 to 46"
    ranged = end + 1 < len(lexemes) and lexemes[end].lower in _TO and lexemes[end + 1].is_number
    if before in word_set("cues", "statistics"):
        return ranged or "." in lexemes[numeral.start].text
    return ranged and before in word_set("cues", "compass_points")


_TO = ("-", "–", "—", "to", ",")
