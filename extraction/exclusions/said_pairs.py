"""Tells scores, times of day and telephone numbers that are said: "four-two winners", "six-thirty", "nine one one"."""

from collections.abc import Sequence
from functools import cache

from extraction.currencies.marks import mark_after
from extraction.currencies.table import currency_table
from extraction.exclusions.reasons import Reason
from extraction.exclusions.scores import measures
from extraction.numerals.pairs import Pair, pair_at
from extraction.numerals.spoken import digit_at, is_nought, past_hyphen
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import is_plural
from extraction.text.numeral import vocabulary
from extraction.text.surfaces import is_near, word_at
from extraction.text.words import word_set
from extraction.units.denominators import denominator

_HOURS, _MINUTES = 12, 60
_QUARTERS = (15, 30, 45)
_FEWEST_DIGITS = 3
_CALL_REACH = 6  # lexemes
_SCORE_REACH = 3
_PRICE_REACH = 16
_CLOCK_LEADERS = word_set("exclusions", "clock_leaders", "said_clock_leaders")
_REPEATING = frozenset(("double", "triple", "treble"))


def said_for_none(lexemes: Sequence[Lexeme], i: int) -> tuple[int, Reason] | None:
    """Where the number words at lexeme ``i`` end that state no quantity, and why they do not; None where they may."""
    word = lexemes[i].lower
    if word not in vocabulary()["cardinals"] and not is_nought(word):
        return None
    following = lexeme_at(lexemes, i + 1)
    if following is None or not (_is_digit_word(following.lower) or following.text in "-," or following.lower in _TENS):
        return None
    digits = _digit_run(lexemes, i)
    if digits is not None:
        return digits, "identifier"
    behind = past_hyphen(lexemes, i + 1)
    if behind > i + 1 and lexemes[behind].lower == "oh" and digit_at(lexemes, past_hyphen(lexemes, behind + 1)) is None:
        return behind + 1, "name"  # "Hawaii Five-Oh"
    pair = pair_at(lexemes, i)
    reason = None if pair is None else _reason(lexemes, i, pair)
    return None if pair is None or reason is None else (pair.end, reason)


_TENS = frozenset(word for word, value in vocabulary()["cardinals"].items() if value > 9)


def _is_digit_word(word: str) -> bool:
    return is_nought(word) or word in _REPEATING or vocabulary()["cardinals"].get(word, 10) < 10


def _digit_run(lexemes: Sequence[Lexeme], i: int) -> int | None:
    """Where digits end that are said one by one: "nine one one", "oh eight hundred, four five six, seven eight nine".

    Behind a word of telephones commas may part them, else three stand right behind each other.
    """
    calls = word_set("exclusions", "dialled", "code_words")
    called = any(x.lower in calls for x in lexemes[max(0, i - _CALL_REACH) : i])
    digits, beside, most_beside, k, end = 0, 0, 0, i, i
    while k < len(lexemes) and digits < _MOST_DIGITS:
        if _is_digit_word(lexemes[k].lower):
            digits, beside, end = digits + 1, beside + 1, k + 1
        elif called and digits and lexemes[k].lower in ("hundred", "thousand"):
            end, beside = k + 1, 0
        elif lexemes[k].text == "," and called:
            beside = 0
        elif lexemes[k].text != "-" or not lexemes[k].glued:
            break
        most_beside = max(most_beside, beside)
        k += 1
    enough = most_beside >= _FEWEST_DIGITS or (called and digits >= _FEWEST_DIGITS)
    return end if enough and not measures(lexemes, end) else None


_MOST_DIGITS = 40


def _reason(lexemes: Sequence[Lexeme], i: int, pair: Pair) -> Reason | None:
    words = f"{lexemes[pair.middle - 1 - pair.hyphened].lower} {lexemes[pair.middle].lower}"
    if pair.middle == i + 1 + pair.hyphened and words in word_set("exclusions", "said_names"):
        return "name"
    measured = measures(lexemes, pair.end)
    if pair.in_digits:
        return _score(lexemes, i, pair, measured=measured)
    if mark_after(lexemes, pair.end) is not None:
        return None
    rate = pair.end < len(lexemes) and denominator(lexemes, pair.end) is not None
    if not rate and _is_clock(lexemes, i, pair, measured=measured):
        return "clock time"
    if measured or rate:
        return None
    if _is_won(lexemes, i, pair):
        return "score"
    if pair.hyphened and pair.first >= pair.second and not pair.oh:
        return "odds"  # "split sixty-forty"
    if word_at(lexemes, i - 1) in ("a", "the"):
        return "name"  # "did a one-eighty"
    if _is_height(pair):
        return "said number"
    if pair.hyphened and not pair.spans:
        return None  # "back up to three-twenty"
    closed = lexeme_at(lexemes, pair.end)
    apart = closed is None or closed.type is not LexemeType.WORD or not is_plural(closed.text)
    return "said number" if apart else None


def _is_height(pair: Pair) -> bool:
    """Whether the pair is feet and inches, of which the text names neither: "He's five-eleven"."""
    return _SHORTEST <= pair.first <= _TALLEST and pair.second in (10, 11) and not pair.oh


_SHORTEST, _TALLEST = 4, 7  # feet


def _score(lexemes: Sequence[Lexeme], i: int, pair: Pair, *, measured: bool) -> Reason | None:
    """The reason "score" where the pair is the result of a game or a vote; else None:
    "four-two winners", "a six-three vote", "won three one"; "two-three weeks" is a range."""
    if pair.hyphened:
        return None if measured and pair.spans else "score"
    return "score" if not measured and _is_won(lexemes, i, pair) else None


def _is_won(lexemes: Sequence[Lexeme], i: int, pair: Pair) -> bool:
    """Whether a word of games in front or behind makes the pair a score:
    "won twenty-one seventeen", "a thirty-ten win"."""
    near = lexemes[max(0, i - _SCORE_REACH) : i]
    played = any(x.lower in word_set("exclusions", "said_score_verbs") for x in near)
    return played or word_at(lexemes, pair.end) in word_set("exclusions", "said_results")


def _is_clock(lexemes: Sequence[Lexeme], i: int, pair: Pair, *, measured: bool) -> bool:
    """Whether the pair is a time of day, by the words on either side of it or its minutes:
    "at six-thirty", "six thirty tonight", "the seven-fifteen train", "It was ten-forty-five"."""
    if not (0 < pair.first <= _HOURS and 0 <= pair.second < _MINUTES):
        return False
    behind = word_at(lexemes, pair.end)
    if behind in word_set("exclusions", "behind_said_clocks") or _part_of_day(lexemes, pair.end):
        return True
    if measured:
        return False
    leader, further = word_at(lexemes, i - 1), word_at(lexemes, i - 2)
    if leader == "to" or (leader == "from" and further in ("up", "down")):
        return False  # "back up to three-thirty", "up from two-fifty"
    near = lexemes[max(0, i - _SCORE_REACH) : i]
    if any(x.lower in word_set("exclusions", "said_price_verbs") for x in near):
        return False  # "sold at three-fifteen"
    if leader in _CERTAIN_LEADERS:
        return True
    priced = is_near(_money(), lexemes, i, pair.end, _PRICE_REACH)
    return not priced and (leader in _CLOCK_LEADERS or pair.second in _QUARTERS)


_CERTAIN_LEADERS = word_set("exclusions", "leaders_of_clocks")


@cache
def _money() -> frozenset[str]:
    return currency_table().money | word_set("exclusions", "said_money")


def _part_of_day(lexemes: Sequence[Lexeme], end: int) -> bool:
    parted = word_at(lexemes, end) in ("in", "on", "this", "that", "at")
    parts = word_set("times", "parts_of_days")
    return parted and (word_at(lexemes, end + 1) in parts or word_at(lexemes, end + 2) in parts)
