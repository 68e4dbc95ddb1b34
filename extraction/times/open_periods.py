"""Periods that an article names by words of an open class: "this rabi season", "in winter", "in five years".

Every expression is linear: bounded counts and no nested repetition.
"""

import re
from collections.abc import Iterator

from extraction.text.shades import FILLERS
from extraction.text.words import word_data, word_set
from extraction.times.named_patterns import NamedPattern

IN_WINDOW = "in_window"
# What describes a period: "rabi", "back-to-school"; not a word of grammar, and not "the long term", "every extra year".
_MODIFIER = r"(?!(?:{closed}|long|short|medium|extra|additional|further|other|passing)\b)[^\W\d_][\w-]{{1,20}}"


def open_period_patterns(month: str, weekday: str, number: str) -> Iterator[NamedPattern]:
    """Each kind; what counts stands in the group "span".

    ``month``, ``weekday`` and ``number`` are the alternatives of their names in an expression.
    """
    data = word_data("times")
    seasons, own = "|".join(data["bare_seasons"]), "|".join(data["own_periods"])
    closed_classes = ("prepositions", "be", "have", "modals", "coordinators", "determiners")
    closed = "|".join(sorted(word_set("grammar", *closed_classes)))
    modifier = _MODIFIER.format(closed=closed)
    noun = rf"(?:{'|'.join(data['described_periods'])})(?![\w-])"
    yield NamedPattern(
        "period",
        frozenset(("this", "last", "next", "each", "every")),
        re.compile(rf"\b(?P<span>(?:[Tt]his|[Ll]ast|[Nn]ext|[Ee]ach|[Ee]very) (?:{modifier} ){{1,2}}{noun})"),
        frozenset(data["described_periods"]),
    )
    yield NamedPattern(
        "period",
        frozenset(data["sorts_of_times"]),
        re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Oo]ver) (?P<span>an? (?:{'|'.join(data['sorts_of_times'])}) "
            rf"(?:{own}|{seasons}))(?![\w-])"
        ),
    )
    yield NamedPattern(
        "period",
        frozenset(data["eras_described"]),
        re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Oo]ver|[Ff]or) (?P<span>the (?:{modifier} ){{1,2}}"
            rf"(?:{'|'.join(data['eras_described'])}))(?![\w-])"
        ),
    )
    yield NamedPattern(
        "period",
        frozenset(("quarter", "half", "period", "fiscal")),
        re.compile(
            rf"\b(?P<span>the (?:{month}|back|front|(?:year|quarter)-(?:ago|earlier)|prior-year|corresponding)"
            r" (?:quarter|half|period)(?: of (?:the|last|this|next) (?:(?:fiscal|financial) )?year)?)(?![\w-])"
            r"|\b(?P<span2>(?:this|last|next) fiscal)(?! (?:year|quarter|week|month|policy)\b)(?![\w-])"
        ),
    )
    ends = r"\s*(?:[.,;:)!?”\"–—]|$)"
    clause = "|".join(sorted(word_set("grammar", "subject_pronouns") | {"there"}))  # "in winter there are six"
    shades = "|".join(sorted(FILLERS))  # "in winter only four"
    behind = (
        rf"(?={ends}| (?:{closed}|{clause}|{month})(?![\w-])| \d{{1,3}}(?:,\d{{3}})* [a-z]"
        rf"| (?:(?:{shades}) )?(?:{number})(?![\w-]))"
    )
    yield NamedPattern(
        "period",
        frozenset(data["bare_seasons"]) | {"fall"},
        re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Tt]hrough|[Oo]ver|[Tt]his) "
            rf"(?P<span>(?:(?:early|late|mid) )?(?:{seasons})|the fall(?! of\b)){behind}"
            rf"|\b(?P<span2>(?:[Ee]ach|[Ee]very) (?:{seasons})){behind}"
        ),
    )
    kinds_of_days = "school|match|market|race|game|working"
    yield NamedPattern(
        "period",
        frozenset(
            (
                *("weekends", "weekdays", "weeknights", "days"),
                *(f"{group[0]}s" for group in data["weekdays"]),
                *(f"{kind}days" for kind in kinds_of_days.split("|")),
            )
        ),
        re.compile(
            rf"\b(?:[Oo]n|[Aa]t) (?P<span>(?:{weekday})s|weekends|weekdays|weeknights"
            rf"|(?:{kinds_of_days}) ?days)(?![\w-])"
        ),
    )
    yield NamedPattern(
        IN_WINDOW,
        frozenset(("years", "months", "weeks", "days", "decades", "one", "single")),
        re.compile(
            rf"\b(?:[Ii]n|[Ww]ithin|[Ii]n the space of) (?P<span>(?:(?:about |around |just |barely |under )?{number} "
            r"(?:years|months|weeks|days|decades)|(?:one|a single) (?:year|month|week|day|decade)))"
            rf"(?={ends}| (?:{closed}|he|she|it|they|we|said|says)(?![\w-]))"
        ),
        frozenset(f"{unit}{end}" for unit in ("year", "month", "week", "day", "decade") for end in ("", "s")),
    )
    yield NamedPattern(
        "period",
        frozenset(("second", "third", "fourth", "next")),
        re.compile(  # "$40 in the first year and $60 in the second", "6% in each of the next two"
            r"(?:\d\S*|cents?|million|billion|points?) in "
            rf"(?P<span>the (?:second|third|fourth)|each of the next {number})(?={ends}| and\b)"
        ),
    )
    moments = "day|morning|afternoon|evening|night|week|weekend|month|year"
    yield NamedPattern(
        "period",
        frozenset(moments.split("|")),
        re.compile(  # "on the day it opened"
            rf"\b(?:[Oo]n|[Ii]n) (?P<span>the (?:{moments}) (?:he|she|it|they|we|I|you) [a-z]+(?:ed|[aeo]\w))\b"
        ),
    )
    yield NamedPattern(
        "period",
        word_set("times", "words_of_pointing"),
        re.compile(rf"(?i)\b(?P<span>{'|'.join(data['ways_of_pointing'])})(?![\w-]|['’]s)"),
    )


_RECORD_REACH = 60
_ORDINAL = re.compile(r"\w+(?:st|nd|rd|th)|second|third")


def spans_a_record(text: str, start: int) -> bool:
    """Whether the span at ``start`` is that of a record: "its lowest in two weeks", "the third strike in five years".

    Not where a number stands right in front either: "one in 100 years" is how often.
    """
    words = re.split(r"[,;:()–—]", text[max(0, start - _RECORD_REACH) : start])[-1].lower().split()
    if words[-2:-1] in (["one"], ["once"], ["1"]):
        return True
    records = word_set("times", "superlatives")
    return any(word in records or _ORDINAL.fullmatch(word) for word in words)
