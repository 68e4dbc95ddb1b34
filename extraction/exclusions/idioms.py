"""Tells numbers of fixed expressions: "24/7", "on the one hand", "a bruise or two", "a quarter past nine"."""

from collections.abc import Sequence
from functools import cache

from extraction.text.lexemes import Lexeme, LexemeType, lex, lexeme_at
from extraction.text.nouns import noun_follows, nouns
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set
from extraction.times.weekdays import forms_of_weekdays
from extraction.units.match import match_unit

_HOURS, _MINUTES = 12, 60
_HOURS_OF_DAY = 24
_VERB_REACH = 6  # lexemes from the verb to its time: "will speak in the chamber at 23.45"
_TIMED_VERBS = word_set("exclusions", "timed_verbs")
_BARELY = word_set("exclusions", "clock_shades")
_CLOCK_CLOSERS = word_set("exclusions", "clock_closers")
_CLAUSE_OPENERS = word_set("exclusions", "clock_clause_openers")
_OPENING = ('"', "“", "‘", "'", "—", "–")
_CLOCK_VERBS = word_set("exclusions", "clock_verbs")
_CLOCK_LEADERS = word_set("exclusions", "clock_leaders")
_HOUR_VERBS = word_set("exclusions", "hour_verbs")
_BEHIND_HOURS = _CLOCK_CLOSERS | word_set("exclusions", "behind_hours")
_ENDS_OF_HOURS = frozenset(".,;:!?)”\"’'—–")
_SHADES_OF_HOURS = ("about", "around", "exactly")
_STAGES = word_set("exclusions", "stage_sizes")
_PARTS_OF_DAY = [["in", "the", part] for part in ("morning", "afternoon", "evening")]


def idiom(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number at lexeme ``start`` stands in one of the fixed expressions of ``en/exclusions.toml``."""
    idioms = _idioms().get(lexemes[start].lower)
    if idioms is None or _so_often(lexemes, start):
        return False
    before = idioms.get((lexemes[start - 1].lower, True), ()) if start else ()
    after = idioms.get((lexemes[start + 1].lower, False), ()) if start + 1 < len(lexemes) else ()
    for words, number in (*before, *after):
        first = start - number
        if first >= 0 and [lexeme.lower for lexeme in lexemes[first : first + len(words)]] == words:
            return not _goes_on(lexemes, first, first + len(words))
    return False


def _goes_on(lexemes: Sequence[Lexeme], first: int, end: int) -> bool:
    """Whether a decimal or a longer number goes on around "one to one", which is no idiom there:
    "from one point one to one point four", "one to one-fifty"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, first - 2) : first]]
    if before[-1:] == ["point"] or before == ["point", "-"]:
        return True
    tied = lexemes[end : end + 2]
    return len(tied) == 2 and tied[0].text == "-" and tied[0].glued and is_numeral(tied[1])


def _so_often(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "one day" and a period say how often:
    "works one day a week", "one day a month"; not in "One day a year later he left"."""
    if lexemes[start].lower != "one" or start + 3 >= len(lexemes) or lexemes[start + 1].lower != "day":
        return False
    every, period, *behind = [lexeme.lower for lexeme in lexemes[start + 2 : start + 5]]
    return every in _EVERY and period in _PERIODS and _AWAY.isdisjoint(behind)


_EVERY = frozenset(("a", "per", "each", "every"))
_PERIODS = word_set("exclusions", "periods_of_days")
_AWAY = frozenset(("ago", "later", "earlier", "before", "after"))


@cache
def _idioms() -> dict[str, dict[tuple[str, bool], list[tuple[list[str], int]]]]:
    """The idioms by each number in them and the word beside it, each as its words and the place of the number.

    The word beside is the one in front, with True, or behind a number that comes first, with False.
    """
    idioms: dict[str, dict[tuple[str, bool], list[tuple[list[str], int]]]] = {}
    for expression in word_data("exclusions")["idioms"]:
        words = [lexeme.lower for lexeme in lex(expression)]
        for position, word in enumerate(words):
            if word in vocabulary()["cardinals"] or word[0].isdigit() or word in ("million", "thousand", "half"):
                beside = words[position - 1 if position else 1], position > 0
                idioms.setdefault(word, {}).setdefault(beside, []).append((words, position))
    return idioms


def one_or_two(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a noun with its article and "or" in front make the number mean some and not how many:
    "a bruise or two"; "a day or two" measures."""
    if start < 3 or lexemes[start].lower not in ("two", "three") or lexemes[start - 1].lower != "or":
        return False
    noun = lexemes[start - 2]
    measures = noun.lower in vocabulary()["magnitudes"] or match_unit(lexemes, start - 2) is not None
    return lexemes[start - 3].lower in ("a", "an") and not measures


def tied(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether hyphens tie two numbers in the name of a kind of thing: "a 3-in-1 printer", "a five-a-side game"."""
    if not (_is_hyphen(lexemes, start + 1) or _is_hyphen(lexemes, start - 1)):
        return False
    behind = [lexeme.lower for lexeme in lexemes[start + 1 : start + 5]]
    if behind[1:2] == ["in"] and behind[::2] == ["-", "-"]:
        return behind[3:] in (["1"], ["one"])
    if behind == ["-", "a", "-", "side"]:
        return True
    before = [lexeme.lower for lexeme in lexemes[max(0, start - 4) : start]]
    return before[1:] == ["-", "in", "-"] and lexemes[start].lower in {"1", "one"} and before[0] not in {"1", "one"}


def _is_hyphen(lexemes: Sequence[Lexeme], k: int) -> bool:
    return 0 <= k < len(lexemes) and lexemes[k].text == "-"


def stage(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number behind "last" or "final" names a round of a competition:
    "reached the last 16", "the women's last eight"; "the last 16 games" count."""
    if start < 2 or lexemes[start - 1].lower not in ("last", "final"):
        return False
    further = lexemes[start - 2]
    if lexemes[start].lower not in _STAGES or not (further.lower == "the" or further.lower.endswith(("'s", "’s"))):
        return False
    after = lexeme_at(lexemes, end)
    return not noun_follows(lexemes, end) and (after is None or after.lower not in nouns()["auxiliaries"])


def clock(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is part of a time of day; "past" alone is certain: "a quarter past nine", "ten to eight"."""
    before, after = lexemes[start - 1].lower if start else "", lexeme_at(lexemes, end)
    if before == "past" and start >= 2:
        lead = lexemes[start - 2].lower
        return lead in ("quarter", "half", "minutes") or lead in vocabulary()["cardinals"]
    past = after is not None and after.lower == "past" and end + 1 < len(lexemes)
    if past and lexemes[end + 1].lower in vocabulary()["cardinals"]:
        return True
    if _parted_hour(lexemes, start, end) or _opening_hours(lexemes, start):
        return True
    if before in ("and", "or") and start > 2 and _of_day(lexemes[start - 2 : start - 1]):
        return _of_day(lexemes[start:end]) and clock(lexemes, start - 2, start - 1)  # "leaves at 8.30 and 9.15"
    if (
        before in word_set("exclusions", "timetable_verbs")
        and "." in lexemes[start].text
        and _of_day(lexemes[start:end])
    ):
        return True  # "Depart 9.15, arrive 11.42"
    if before not in _CLOCK_LEADERS:
        return False
    closed = after is None or after.text in ".,;" or after.lower in _CLOCK_CLOSERS
    if _of_day(lexemes[start:end]) and closed and before in ("at", "from", "until", "by"):
        return any(lexeme.lower in _TIMED_VERBS for lexeme in lexemes[max(0, start - _VERB_REACH) : start - 1])
    if not _is_hour(lexemes[start:end]):
        return False
    if before in ("after", "before") and closed and start >= 2 and lexemes[start - 2].lower in _BARELY:
        return True  # "shortly after seven"
    opens = start == 1 or lexemes[start - 2].text in _OPENING
    if opens and before in ("around", "about") and after is not None and after.lower in _CLAUSE_OPENERS:
        return True  # "Around four the roof left"
    behind = [lexeme.lower for lexeme in lexemes[end : end + 3]]
    if behind[:1] == ["tonight"] or behind in _PARTS_OF_DAY:
        return True  # "by 9 tonight", "at about 2.30 in the afternoon"
    verb = next((x.lower for x in reversed(lexemes[:start]) if x.lower not in _CLOCK_LEADERS), "")
    if lexemes[start].type is not LexemeType.WORD:
        return False
    ends = after is None or after.text in ".,;"
    return (ends and verb in _CLOCK_VERBS) or _at_hour(lexemes, start, end)  # "Doors open at seven"


def _at_hour(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether "at" and a verb or an event in front make the number an hour, and it ends there:
    "leaves at four and", "a shift at eight", "starts work at six on Mondays", "Dinner is at seven"."""
    after = lexeme_at(lexemes, end)
    closed = after is None or after.text in _ENDS_OF_HOURS or after.lower in _BEHIND_HOURS | forms_of_weekdays()
    if [lexeme.lower for lexeme in lexemes[end : end + 2]] in ([",", "up"], [",", "down"]):
        return False  # "The party finished at nine, down from twelve seats"
    k = start - 1
    while k > 0 and lexemes[k].lower in _SHADES_OF_HOURS:
        k -= 1
    if not closed or k < 1 or lexemes[k].lower != "at":
        return False
    verb = lexemes[k - 1].lower
    if verb in _CLOCK_VERBS or verb in _HOUR_VERBS:
        return True
    if verb == "up":  # "gets up at six"
        return k > 1 and lexemes[k - 2].lower in word_set("exclusions", "getting_up")
    event = lexemes[k - 2].lower if in_class(lexemes[k - 1], "be") and k > 1 else verb
    return event in word_set("exclusions", "hour_events")


def _opening_hours(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether it is one of two times on a dash beside a weekday: "open 9.30-16.30 Mon-Fri", "Tue-Sat 10.00-17.30"."""
    for first in (start, start - 2):
        hours = lexemes[first : first + 3] if first >= 0 else ()
        if len(hours) < 3 or hours[1].text not in "-–" or not (_of_day(hours[:1]) and _of_day(hours[2:])):
            continue
        beside = (*lexemes[max(0, first - 1) : first], *lexemes[first + 3 : first + 4])
        return any(lexeme.lower in forms_of_weekdays() or lexeme.lower == "daily" for lexeme in beside)
    return False


def _parted_hour(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is the hour or the minutes of a time of day in words:
    "at half six", "at quarter to nine", both numbers of "at twenty to nine"; "at ten to twelve per cent" is a range."""
    before, after = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, end)
    if after is not None and after.lower == "to" and _minutes(lexemes[start:end]):
        hour = end + 1
        return _is_led_hour(lexemes, start - 1, hour, hour + 1)
    if before is not None and before.lower == "half":
        return _is_led_hour(lexemes, start - 2, start, end)
    if before is None or before.lower != "to" or start < 2:
        return False
    if lexemes[start - 2].lower == "quarter":
        return _is_hour(lexemes[start:end]) and not _measured(lexemes, end)
    return _minutes(lexemes[start - 2 : start - 1]) and _is_led_hour(lexemes, start - 3, start, end)


def _is_led_hour(lexemes: Sequence[Lexeme], leader: int, hour: int, end: int) -> bool:
    led = leader >= 0 and lexemes[leader].lower in _CLOCK_LEADERS
    return led and _is_hour(lexemes[hour:end]) and not _measured(lexemes, end)


def _minutes(numeral: Sequence[Lexeme]) -> bool:
    return len(numeral) == 1 and numeral[0].lower in ("five", "ten", "twenty", "5", "10", "20", "25")


def _measured(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a unit, a magnitude or a noun stands behind."""
    if end >= len(lexemes):
        return False
    large = lexemes[end].lower in vocabulary()["magnitudes"] or lexemes[end].text in "%-"
    return large or noun_follows(lexemes, end) or match_unit(lexemes, end) is not None


def _of_day(numeral: Sequence[Lexeme]) -> bool:
    """Whether the numeral has hours and minutes with a full stop between them: "23.45" and "7.15"."""
    hour, _, minutes = numeral[0].text.partition(".")
    if len(numeral) != 1 or not (hour.isdecimal() and minutes.isdecimal() and len(hour) <= 2 and len(minutes) == 2):
        return False
    return int(hour) < _HOURS_OF_DAY and int(minutes) < _MINUTES


def _is_hour(numeral: Sequence[Lexeme]) -> bool:
    """Whether the numeral can be an hour on a clock, with or without minutes: "seven", "9" and "2.30"."""
    if len(numeral) != 1:
        return False
    if numeral[0].type is LexemeType.WORD:
        return bool(0 < vocabulary()["cardinals"].get(numeral[0].lower, 0) <= _HOURS)
    hour, _, minutes = numeral[0].text.partition(".")
    if not hour.isdecimal() or len(hour) > 2 or not 0 < int(hour) <= _HOURS:
        return False
    return not minutes or (len(minutes) == 2 and int(minutes) < _MINUTES)
