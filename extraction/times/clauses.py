"""Tells where a time opens a clause, and which words between a time and a claim leave the claim in the same time.

Every search looks at a bounded stretch of text.
"""

import re
from functools import cache

from extraction.text.words import word_data, word_set
from extraction.times.asides import is_clock
from extraction.times.owners import may_be_verb

_REACH = 24
_MOST_OPENERS = 3
_FARTHEST = 100
_QUOTES = "\"“”'‘’(["


def opens_with(in_front: str) -> bool:
    """Whether nothing but prepositions stand in front of a time: "In", "But by", "Then, in", "As early as"."""
    words = in_front.lower().lstrip(_QUOTES).split()
    while words and words[0].rstrip(",") in word_set("times", "joining"):
        words.pop(0)
    if len(words) > 1 and words[-1] in {"a", "an"}:
        words.pop()  # "In a Tuesday vote"
    return len(words) <= _MOST_OPENERS and word_set("times", "openers").issuperset(words)


def opens_clause(text: str, start: int) -> bool:
    """Whether a comma or what opens a clause stands before a time: "and, in 2017, made", "said that by 2030, half"."""
    words = text[max(0, start - _REACH) : start].lower().split()
    opener = words.pop() if words and words[-1] in word_set("times", "openers") else None
    if opener == "of" and words[-1:] == ["as"]:
        words.pop()  # "or, as of last week,"
    if not words:
        return False
    if words[-1].endswith((",", ";")):
        return True
    # "closing in March and again in June,", "the $1bn agreed in 2021,", "records going back to 2005,", "that of 2001,"
    says = word_set("attribution", "show", "say") if opener in {"by", "before"} else frozenset()
    return (
        opener not in {None, "of"}
        and words[-1] in word_set("grammar", "coordinators") | word_set("times", "clauses") | says
    )


def starts_here(words: list[str], between: str) -> bool:
    """Whether "from" says when something starts, so that no base is compared.

    As in "fares will from April rise 5%", "a survey from late October put support at 43%".
    In "The rise from 2019 was 5%" it is one.
    """
    if words[-1:] != ["from"] or len(words) == 1:
        return False
    if words[-2] in word_set("grammar", "modals") and words[-2] != "may":  # "fell 9% in May from a year earlier"
        return True
    verb = between.split(maxsplit=1)[:1]
    finite = bool(verb) and (verb[0] in word_set("grammar", "past") or verb[0].endswith("ed"))
    return finite and words[-2] not in changes()


@cache
def changes() -> frozenset[str]:
    """Verbs and nouns of change: "rose", "increase"."""
    data = word_data("changes")
    return frozenset(word for way in ("up", "down") for key in ("nouns", "after", "verbs") for word in data[way][key])


# "in 2003 when the roof fell, killing 40", "in 2003, when the firm had 900 workers".
_WHEN = re.compile(r",? when (?!(?:is|are|was|were)\b)")
# "the crash on Friday, in which 12 people died", "the 1991 festival, which killed 40".
_IN_WHICH = re.compile(r"((?: [\w'’-]{1,24}){0,3}),? (?:in|during|on) which ")
_WHICH = re.compile(r"((?: [\w'’-]{1,24}){0,3}), which (?=(?:left |[a-z]{2,14}ed ))")


def same_time_behind(between: str) -> str:
    """The words behind a time without what opens a clause of the same time."""
    for pattern in (_WHEN, _IN_WHICH, _WHICH):
        match = pattern.match(between)
        if match is not None:
            return between if pattern is _WHEN and _joins_verb(between) else " " + between[match.end() :]
    return between


_AND = re.compile(r" and ([a-z]{2,20}) (?:(?:a|an|about|at|least|more|nearly|only|some|than|the|to|up) ){0,3}$")


def _joins_verb(between: str) -> bool:
    """Whether "and" goes on with the main verb: "closes in November when the fish spawn and pays $2m"."""
    match = _AND.search(between[-_FARTHEST:])
    if match is None or match[1].endswith("ed") or match[1] in word_set("grammar", "past") | word_set("times", "about"):
        return False
    return may_be_verb(match[1])  # not "and another 5,000 watched"


# "in Boston, Massachusetts went on strike", "in France, Germany and Spain".
_PLACES = re.compile(
    r"\b((?:in|at|near|from|of|to|outside|across) [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2})"
    r"((?:, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2}){1,6})(?= [a-z])"
)
_WHILE = re.compile(r"(?<! and)(?<! but)(?<! than)(?<!,) when (?=\w)")


def same_time_in_front(between: str) -> str:
    """The words between a claim and a time behind it without lists of places and without "when".

    As in "drew 40,000 visitors when it showed his prints in 2011": what is told happened at the time of the clause.
    """
    if "," in between:
        between = _PLACES.sub(r"\1", between)
    return _WHILE.sub(" ", between, count=1) if " when " in between else between


# "earns four times what it did before the war", "a third above the average for the years before the war".
_BASE = re.compile(
    r"^ (?:as )?what (?:it|they|he|she|we|you|the [a-z]+|[a-z]+) [a-z]+\b[^,;:()]{0,40}$"
    r"|\b(?:above|below) (?:the|its|their) (?:[a-z]{2,14} )?(?:average|mean|norm|level)s? "
    r"(?:(?:for|of) [^,;:()]{1,40})?$"
)
_PART_OF_WHAT = re.compile(
    r"^ of what (?:(?:the|its|their|his|her) )?[\w'’-]{1,24} ([a-z]{2,20}) (?:for |in |on |by )?$"
)


def dates_base(time: str, between: str) -> bool:
    """Whether a time behind a claim is that of what is compared: "twice what it did before the war"."""
    return (time.startswith("before ") or between.startswith(" what ")) and _BASE.search(
        between[-_FARTHEST:]
    ) is not None


def part_of_what(in_front: str, between: str) -> str:
    """The words between a claim and a time behind it without what made the whole: "sold 40% of what it made last year".

    A part that is only now one of what was is none of that time: "has 40% of what it had in 2019".
    """
    match = _PART_OF_WHAT.match(between[:_FARTHEST])
    if match is None or match[1] in word_set("grammar", "be", "have", "do", "modals"):
        return between
    verbs = word_set("grammar", "past", "present", "be", "have", "do", "modals")
    verb = next((word for word in reversed(in_front.lower().split()) if word in verbs or word.endswith("ed")), "was")
    past = verb in word_set("grammar", "past") or verb.endswith("ed")
    return " " if past else between


_DEADLINE = re.compile(r"([a-z]+|\d|%) before $")


_OF_CLOCK = re.compile(r"(?:\b(?:shortly|soon|just|immediately|right) )?\b(?:before|after) $")
_AFTER_UNIT = re.compile(r"([a-z]+) (?:before|after) $")


def without_before(text: str, end: int, between: str, time: str) -> str:
    """The words between a claim and a time without "before", as in "must cut 300 jobs before 2030".

    Of a time of the clock also without "after": "killed 40 people shortly after midnight".

    Not in "three weeks before Christmas", "an hour after midnight", "fell 3% before Monday's vote".
    An hour of the day in front goes with it: "killed 40 people before dawn on Tuesday".
    """
    start = end - len(time)
    between = _hour_of_day().sub("", between)
    if is_clock(time):
        lasting = _AFTER_UNIT.search(text[max(0, start - _REACH) : start])
        lasts = lasting is not None and lasting[1].removesuffix("s") in word_set("times", "units")
        return between if lasts else _OF_CLOCK.sub("", between)
    match = _DEADLINE.search(text[max(0, start - _REACH) : start])
    if match is None or match[1].removesuffix("s") in word_set("times", "units") or text[end : end + 2] in _POSSESSED:
        return between
    return between.removesuffix("before ")


_POSSESSED = frozenset(("'s", "’s"))


@cache
def _hour_of_day() -> re.Pattern[str]:
    return re.compile(rf"\b(?:before|after|around|at|by) (?:{'|'.join(word_data('times')['hours_of_day'])}) (?:on )?$")


_LONGEST_SUBJECT = 48
_BEFORE_VERB = re.compile(r", [^,;:()—–]{1,80},(?= (?:was|were|is|are|has|have|had|will|would|can|could|may|must)\b)")


_SET = re.compile(rf"^, (?=(?:was|were) (?:first )?(?:{'|'.join(word_data('times')['reaching'])})\b)")


def without_aside(text: str, sentence_start: int, start: int, between: str) -> str:
    """The words behind a claim without what is put in between it and its verb.

    As in "Some 45 complaints, ranging from noise to litter, were received in 2019", "The record, $9m, was set in 2006".
    """
    if text.endswith(", ", 0, start) and between.startswith(", "):
        return _SET.sub(" ", between)
    opens = start - sentence_start <= _LONGEST_SUBJECT and text.find(",", sentence_start, start) < 0
    return _BEFORE_VERB.sub("", between, count=1) if opens else between


# "23,000 homes and businesses were", "40 men and women had been".
_JOINED_NOUNS = re.compile(
    r" (?:[a-z-]{2,16} )?[a-z]{2,14}(?:s|en|ple) and [a-z]{2,14}(?:s|en|ple)(?= (?:were|are|had|have)\b)"
)


def past_joined_nouns(between: str) -> str:
    """What stands behind an amount without the two nouns that it counts: "and" opens no clause between them."""
    match = _JOINED_NOUNS.match(between) if " and " in between else None
    return between if match is None else between[match.end() :]
