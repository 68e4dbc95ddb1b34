"""Tells the numbers of a lottery: "The numbers drawn were 4, 11, 19, 23 and 38; bonus 7", "Powerball: 12"."""

from collections.abc import Sequence

from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.numeral import Numeral
from extraction.text.words import word_set

_LONGEST_LIST = 40  # lexemes
_REACH = 8  # lexemes from what is drawn to what says so: "the winning numbers in Saturday's draw were"
_VERB_REACH = 30  # lexemes from the list to its verb
_FEWEST = 3  # numbers of a list behind the name of a lottery alone
_MOST_DIGITS = 2
_JOINTS = frozenset((",", "and", ";", "-", "–", "/", "·", "&"))
_LINKS = frozenset((":", "were", "are", "was", "is", ",", "-", "–", "—", "="))
_BALLS = frozenset(("numbers", "balls", "combination"))


def drawn(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """The reason "lottery number" where the numeral is one of those drawn; else None:
    "The numbers drawn were 4, 11 and 19; bonus 7", "EuroMillions: 4, 17, 23", "The bonus ball was 17"."""
    start, end = numeral.start, numeral.end
    if not _is_ball(lexemes[start]) or end > start + 1:
        return None
    k, numbers = start - 1, 1
    while k >= 0 and start - k < _LONGEST_LIST and (lexemes[k].lower in _JOINTS or _is_ball(lexemes[k])):
        numbers += lexemes[k].is_number
        k -= 1
    if k >= 0 and lexemes[k].lower in _LINKS:
        k -= 1
    if k < 0 or lexemes[k].type is not LexemeType.WORD:
        return None
    after = lexeme_at(lexemes, end)
    if after is not None and after.type is LexemeType.WORD and after.lower not in _JOINTS and not _drawn_behind(after):
        return None  # "the bonus 7 points"
    return "lottery number" if _leads(lexemes, k, numbers, end) else None


def _leads(lexemes: Sequence[Lexeme], k: int, numbers: int, end: int) -> bool:
    """Whether the words up to lexeme ``k`` say that what follows is drawn."""
    names = word_set("exclusions", "lotteries")
    before = [lexeme.lower for lexeme in lexemes[max(0, k - _REACH) : k + 1]]
    if before[-1] in ("number", "ball") or " ".join(before[-2:]) in names:
        before = before[-2:]
        return before[0] in word_set("exclusions", "extra_balls") or " ".join(before) in names
    if before[-1] in word_set("exclusions", "extra_balls"):
        return True
    if not _BALLS.isdisjoint(before):
        told = not word_set("exclusions", "lotteries", "drawn").isdisjoint(before)
        told = told or (
            before[-1] in _BALLS and before[-2:-1] != [] and before[-2] in word_set("exclusions", "extra_balls")
        )
        return told or (before[-1] in _BALLS and numbers > 1 and _are_drawn(lexemes, end))
    return before[-1] in names and (numbers >= _FEWEST or _ball_behind(lexemes, end))


def _is_ball(lexeme: Lexeme) -> bool:
    return lexeme.is_number and lexeme.text.isdecimal() and len(lexeme.text) <= _MOST_DIGITS


def _drawn_behind(after: Lexeme) -> bool:
    return after.lower in ("were", "was", "bonus", "plus", "with")


def _ball_behind(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether further numbers follow, as behind the first two of "EuroMillions: 4, 17, 23"."""
    behind = lexemes[end : end + 2 * _FEWEST]
    balls = sum(_is_ball(lexeme) for lexeme in behind)
    return balls >= _FEWEST - 1 and all(_is_ball(lexeme) or lexeme.lower in _JOINTS for lexeme in behind[: 2 * balls])


def _are_drawn(lexemes: Sequence[Lexeme], end: int) -> bool:
    return any(lexeme.lower == "drawn" for lexeme in lexemes[end : end + _VERB_REACH])
