"""Points of a game that the text does not call so: "Cole finished with 18 as the Lakers won 101-98"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.ranges import Group
from extraction.claims import COUNTS, Kind
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set

_FEWEST = 4  # "had two" may tell of anything
_FEWEST_OF_TEAM = 60  # what both sides of a basketball game score
_LONGEST_TEAM = 4  # lexemes
_SCORING = word_set("cues", "scoring_verbs")
_ENDING = word_set("cues", "ending_verbs")
_LEADING = word_set("cues", "leading_verbs")
_GAME_WORDS = word_set("cues", "basketball_words")
_AT_MOST = word_set("cues", "at_most_points")


def settle_game_points(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points of bare numbers that a player scores or a side leads by, in a sentence that tells of basketball."""
    plain = [group for group in groups if _is_plain(group)]
    if not plain or not _of_basketball(lexemes):
        return
    for group in plain:
        value = group.last.value
        whole = value is not None and value >= _FEWEST and group.last.whole
        if whole and closes(lexemes, group.last.end) and _is_scored(lexemes, group):
            group.last.settle(Kind.INDEX, "point", "index.points")


def _is_plain(group: Group) -> bool:
    counted = group.last.kind in COUNTS and (group.last.unit is None or group.last.kind is Kind.NUMBER)
    return counted and not group.is_range


def _of_basketball(lexemes: Sequence[Lexeme]) -> bool:
    if any(lexeme.lower in _GAME_WORDS for lexeme in lexemes):
        return True
    return any(
        lexemes[k].text in "-–" and lexemes[k].glued and _is_score(lexemes[k - 1]) and _is_score(lexemes[k + 1])
        for k in range(1, len(lexemes) - 1)
    )


def _is_score(lexeme: Lexeme) -> bool:
    return len(lexeme.text) in (2, 3) and lexeme.text.isdecimal() and int(lexeme.text) >= _FEWEST_OF_TEAM


def _is_scored(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "scored 24", "finished with a season-high 18", "led by as many as 19", "from 19 down"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _AT_MOST:
        k -= 1
    if k < 0:
        return False
    word, before = lexemes[k].lower, [lexeme.lower for lexeme in lexemes[max(0, k - _LONGEST_TEAM) : k]]
    if word == "from":
        return at(lexemes, group.last.end) == "down"
    ended = word == "with" and not _ENDING.isdisjoint(before)  # "led the Mavericks with 31"
    return word in _SCORING or ended or (word == "by" and not _LEADING.isdisjoint(before))
