"""What compares a time with the one before: "a year-on-year increase", "eight more than last year"."""

from collections.abc import Sequence
from functools import cache

from extraction.changes.adjuncts import is_year, opens_time
from extraction.claims import Change
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.numeral import of_four_digits
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set

_FARTHEST_THAN = 6  # lexemes of "more people employed than"
_LONGEST_THAN_BEFORE = 6  # lexemes


def past_year_on_year(lexemes: Sequence[Lexeme], end: int) -> int:
    """Past "year-on-year" of "a 23% year-on-year increase"."""
    words = [lexeme.lower for lexeme in lexemes[end : end + 5] if lexeme.text != "-"]
    compares = len(words) >= 3 and words[0] == words[2] and words[1] in ("on", "over", "to")
    return end + (5 if at(lexemes, end + 1) == "-" else 3) if compares else end


def than_before(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a "than" behind the adverb at ``k`` compares with an earlier time.

    As in "eight more than last year", where "eight more than the rival" compares two of one time.
    """
    than = next((at for at in range(k + 1, min(len(lexemes), k + _FARTHEST_THAN)) if _ends_noun(lexemes, at)), k + 1)
    placed = than + 1 < len(lexemes) and lexemes[than + 1].lower in _PLACED  # "than at the election in 2005"
    reach = than + _LONGEST_THAN_BEFORE - 1 + (_LONGEST_EVENT if placed else 0)
    behind = [lexeme.lower for lexeme in lexemes[than:reach]]
    times = word_set("changes", "compared_times") | _months()
    timed = any(word in times or of_four_digits(word) for word in behind[: _clause_end(behind)])
    timed = timed or behind[1:3] in (["in", "may"], ["in", "march"], ["last", "fall"], ["this", "fall"])
    timed = timed or behind[1:4] == ["in", "the", "fall"]
    return behind[:1] == ["than"] and timed


_PLACED = frozenset(("in", "at", "on", "during", "after", "before"))
_LONGEST_EVENT = 4  # more lexemes of "at the last two elections in 2005"


@cache
def _months() -> frozenset[str]:
    names = frozenset(name for group in word_data("times")["months"] for name in group)
    return names - word_set("times", "ambiguous_months")


def _clause_end(words: Sequence[str]) -> int:
    return next((k for k, word in enumerate(words) if word in _CLOSING), len(words))


_CLOSING = frozenset((",", ";", ".", "and", "but", "who", "which", "that"))


def _ends_noun(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether what is counted ends in front of lexeme ``k``: at the "than" of "200 more cases seen than in 2010"."""
    word = lexemes[k]
    return word.lower == "than" or word.type is not LexemeType.WORD or in_class(word, "prepositions", "coordinators")


def beside_earlier(lexemes: Sequence[Lexeme], k: int) -> Change | None:
    """The step of an amount that is above or below what was earlier, or None.

    As in "9% ahead of last year", "3% below 2019 levels", where "3% above the forecast for May" moves nothing.
    """
    word = at(lexemes, k)
    if word not in ("above", "below", "ahead", "behind") or (word == "ahead" and at(lexemes, k + 1) != "of"):
        return None
    first = k + 1 + (word == "ahead")
    near = {lexeme.lower for lexeme in lexemes[first : first + _LONGEST_THAN_BEFORE]}
    if not near.isdisjoint(word_set("syntax", "forecasts") | word_set("cues", "usual_levels")):
        return None
    change = Change("up" if word in ("above", "ahead") else "down", "by")
    if is_year(at(lexemes, first)) or not near.isdisjoint(("previous", "prior")):
        return change
    return change if _is_earlier(lexemes, first) else None


def _is_earlier(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a level of an earlier time is named at ``k``.

    As in "last year's level", "those of the same month last year", "its level in 2019", "pre-pandemic levels".
    """
    end = k + 1
    while end < min(k + _LONGEST_LEVEL, len(lexemes)) and at(lexemes, end) not in word_set(
        "changes", "levels_of_times"
    ):
        end += 1
    level = at(lexemes, end) in word_set("changes", "levels_of_times")
    if level and any(_dates_level(lexemes, then) for then in range(k, end)):
        return True
    level = level and in_class(lexemes[k], "determiners")
    if level and at(lexemes, end) in word_set("changes", "peaks"):
        return True
    if at(lexemes, k) in ("that", "those"):
        end, level = k, True
    if level:
        then = end + 1 + (at(lexemes, end + 1) in ("of", "seen", "recorded", "reached"))
        then += at(lexemes, then) in ("in", "at")
        if is_year(at(lexemes, then)) or _opens_earlier(lexemes, then):
            return True
    if at(lexemes, k) in ("what", "where"):  # "below what they were a year ago"
        return any(_opens_earlier(lexemes, then) for then in range(k + 2, k + _LONGEST_LEVEL))
    return _opens_earlier(lexemes, k)


def _dates_level(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k`` dates a level: "2019" and "pre-pandemic" in front of "level"; not "pre-tax"."""
    return is_year(at(lexemes, k)) or (at(lexemes, k) == "pre" and at(lexemes, k + 2) != "tax")


def _opens_earlier(lexemes: Sequence[Lexeme], k: int) -> bool:
    return at(lexemes, k) in ("last", "a", "the", "this") and opens_time(lexemes, k)


_LONGEST_LEVEL = 5  # lexemes of "the level", "its 2019 peak"
