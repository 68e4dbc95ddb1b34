"""Tells when a time of a sentence is not that of a claim: that of a record, of a source, of a name, of a clause before.

Every search looks at a bounded stretch of text.
"""

import re
from functools import cache

from extraction.text.money_signs import SIGNS
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_data, word_set
from extraction.times.asides import dates_holders, is_a_rate, is_attributive, is_benchmark, is_level_of_other
from extraction.times.weekdays import weekdays
from extraction.times.years import YEAR

_REACH = 140
_WORDS = 9
_LAST_BREAK = re.compile(r"(?s).*[,;:()–—\"“”.!?'] ")


def names_or_compares(text: str, start: int, end: int) -> bool:
    """Whether a time is part of a name or a rate, when a record stood last, or the day when a source came out."""
    if _in_a_name(text, start, end) or is_a_rate(text, start, end) or _dates_a_thing(text, start, end):
        return True
    if is_attributive(text, start, end):
        return True
    words = _words_before(text, start)
    if text[start:end] == "now" and words[-1:] == ["as"]:
        return True  # "Then as now, the prize was"
    since = _since_a_record(words) and not text.startswith(_WHEN, end)
    return since or _dates_a_source(words) or _lasts(words, text[start:end]) or dates_holders(words, text, end)


_WHEN = (", when ", " when ")


def dates_record(text: str, start: int, end: int) -> bool:
    """Whether the year is that of the words behind it alone: "the deadliest since 2001, when 19 died"."""
    return text.startswith(_WHEN, end) and _since_a_record(_words_before(text, start))


def belongs_to_words_before(text: str, start: int, end: int, claim_start: int) -> bool:
    """Whether a time in front of a claim closes what stands before it: "the storm that hit on Sunday has killed 94"."""
    return (
        _ends_relative_clause(text, start, end, claim_start)
        or _dates_a_beginning(text, start, end, claim_start)
        or _goes_on_in_present(text, start, end, claim_start)
        or is_level_of_other(text, start, end, claim_start)
    )


def belongs_to_words_behind(text: str, end: int, between: str) -> bool:
    """Whether a time behind a claim is that of other words, though no clause ends ``between`` them."""
    return (
        (_POSSESSED.match(text, end) is not None and between.endswith(_FROM))
        or _ends_part(between)
        or (_OPENS_NEXT.search(between[-_LONGEST_NAME:]) is not None and _verb_or_clause_behind(text, end))
        or is_benchmark(text, end, between)
    )


def _words_before(text: str, start: int) -> list[str]:
    """The words of the clause in front of a time, in lower case."""
    first = max(0, start - _REACH)
    while first < start and text[first - 1 : first].isalnum():
        first += 1
    clause = text[first:start].rsplit("\n", 1)[-1]
    behind = _LAST_BREAK.match(clause)
    return (clause if behind is None else clause[behind.end() :]).lower().split()


# Names --------------------------------------------------------------------------------------------------------------


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(word_data('times')['names_of_days'])})(?!\w)")


_PAPER = re.compile(r"[Tt]he (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?:[A-Z][a-z]{2,})")
_LONGEST_NAME = 24


def _in_a_name(text: str, start: int, end: int) -> bool:
    """Whether the weekday is part of a name: "Sheffield Wednesday", "Black Friday sales", "The Sunday Telegraph"."""
    if not text[start].isupper() or text[start:end].split()[0].lower() not in weekdays():
        return False
    if _PAPER.match(text, max(0, start - 4)) is not None:
        return True
    names = _names().finditer(text, max(0, start - _LONGEST_NAME), min(len(text), end + _LONGEST_NAME))
    return any(name.start() <= start and end <= name.end() for name in names)


_YEAR = re.compile(YEAR)
_NAMED = re.compile(r" ([\w-]{1,24})(?![\w-])")
_MOST_NAMED = 4  # words of "Paris climate change agreement"


def _dates_a_thing(text: str, start: int, end: int) -> bool:
    """Whether a lasting thing has the year as its name: "the 2034 Eurobond yields 7%", "the 2015 Paris agreement"."""
    if _YEAR.fullmatch(text, start, end) is None:
        return False
    words = text[max(0, start - _LONGEST_NAME) : start].lower().split()
    determined = bool(words) and (words[-1] in word_set("grammar", "articles") or words[-1].endswith(("'s", "’s")))
    if not determined:
        return False
    things, last = word_set("times", "lasting_things"), end
    for _ in range(_MOST_NAMED):
        match = _NAMED.match(text, last)
        if match is None:
            return False
        last = match.end()
        if match[1].lower() in things:
            return _closes_phrase(text, last)
        if match[1].lower() in word_set("grammar", "prepositions", "coordinators", "be", "have", "do", "modals"):
            return False
    return False


def _closes_phrase(text: str, end: int) -> bool:
    """Whether no further noun follows: not in "the 2019 film festival", "the 2019 law school class"."""
    match = _NAMED.match(text, end)
    if match is None:
        return True
    closed = word_set("grammar", "prepositions", "coordinators", "be", "have", "do", "modals", "past", "present")
    return match[1] in closed | word_set("grammar", "adverbs") or match[1].endswith(("s", "ed", "ing"))


def _lasts(words: list[str], time: str) -> bool:
    """Whether the time is how long something lasted: "went on strike for 44 days before accepting a rise"."""
    words = words[-_WORDS:]
    while words and words[-1] in word_set("times", "about"):
        words.pop()
    return time.endswith(" before") and words[-1:] != [] and words[-1] in word_set("times", "lasted")


# Records and sources ------------------------------------------------------------------------------------------------


def _since_a_record(words: list[str]) -> bool:
    """Whether a record is dated: "for the first time since 1945", "its highest since 2021", "not seen since 2008"."""
    while words and words[-1] in word_set("times", "shades"):
        words = words[:-1]
    if words[-1:] != ["since"]:
        return False
    for word in reversed(words[-_WORDS:-1]):
        if word in word_set("times", "superlatives"):
            return True
        if _numbered([word]) or word in _OFTEN or word in word_set("grammar", "be", "have", "do", "modals"):
            return False  # "has happened only twice since 2004"
    return False


_OFTEN = frozenset(("once", "twice"))


def _dates_a_source(words: list[str]) -> bool:
    """Whether the time is that of a source: "a report published on Thursday found", "said in a statement on Monday"."""
    words = list(words)
    while words and words[-1] in word_set("times", "prepositions"):
        words.pop()
    near = words[-_WORDS:]
    if near and near[-1] in word_set("times", "announcements") and not {"in", "on"}.isdisjoint(near[-4:-1]):
        return True
    published, sources = word_set("times", "published"), word_set("attribution", "sources")
    if published.isdisjoint(near):
        return False
    marks = [at for at, word in enumerate(near) if word in published]
    behind, front = near[marks[-1] + 1 :], near[: marks[-1]]
    if behind and behind[-1] in sources:  # "published figures on Monday"
        return not _numbered(behind)
    if behind and (behind[0] not in {"by", "in", "from", "to", "at"} or _numbered(behind)):
        return False
    for at in range(len(front) - 1, -1, -1):
        if front[at] in sources:
            return not _numbered(front[max(0, at - 2) : at])  # "three studies published in 2019" happened then
        if front[at] in word_set("attribution", "say", "find", "show"):
            return False
    return False


def _numbered(words: list[str]) -> bool:
    return any(word in word_set("times", "numbers") or any(map(str.isdigit, word)) for word in words)


# The time of other words --------------------------------------------------------------------------------------------

# "212 yards, 140 of them in the first quarter", "$90 million, including $12 million last month".
_PART = re.compile(r", (?:including |among them |(?:[^\s,]{1,20} ){1,4}of (?:them|those|which|whom)\b)")
# "cut its staff by a third and now employs", "raised $40m and on Friday announced".
_OPENS_NEXT = re.compile(r"(?:^|\s)(?:and|but)(?: (?:in|on|by|since|at))? $")
_THOUSANDS = re.compile(r",(?=\d{3})")
_NEXT_WORD = re.compile(r",? ([a-z]+)\b")
_NEXT_PART = re.compile(rf" (?:[A-Z{SIGNS}\d]|([a-z]+)\b)")
# "climbed to 6.1% from Monday's 5.8%".
_FROM = ("from ", "than ", "against ", "versus ", "with ")
_POSSESSED = re.compile(rf"['’]s [{SIGNS}]?\d")


def _ends_part(between: str) -> bool:
    """Whether ``between`` ends in a part of the claim; not in "20,000 people, among them 5,300 children, were"."""
    part = _PART.search(between)
    return part is not None and "," not in _THOUSANDS.sub("", between[part.end() :])


def _verb_or_clause_behind(text: str, end: int) -> bool:
    """Whether the word behind a time can be a verb or open a clause: "and now employs", "and in 2010 the mayor"."""
    match = _NEXT_WORD.match(text, end, end + 24)
    if match is not None and may_be_verb(match[1]):
        return True
    match = _NEXT_PART.match(text, end, end + 24)
    clause = word_set("grammar", "determiners", "subject_pronouns") - word_set("grammar", "subordinators")
    return match is not None and (match[1] is None or match[1] in clause)


def may_be_verb(word: str) -> bool:
    """Whether a word is none of the small ones and no participle in -ing."""
    return word not in word_set("grammar", "prepositions", "coordinators", "determiners", "subordinators") and not (
        word.endswith("ing")
    )


def _dates_a_beginning(text: str, start: int, end: int, claim_start: int) -> bool:
    """Whether the time only tells when a thing began: "A plant opened in 1998 employs 300"."""
    words = _words_before(text, start)
    while words and words[-1] in word_set("times", "openers"):
        words.pop()
    if len(words) < _LEAST_DESCRIBED or words[-1] not in word_set("times", "beginnings", "origins"):
        return False
    behind = _NEXT_WORD.match(text, end, claim_start)
    if behind is None or text[end] == "," or not _is_present(behind[1]):
        return False
    # "The average age of cars registered this year is 9 years"
    return not (text.startswith("this ", start) and behind[1] in _IS and not {"of", "for"}.isdisjoint(words))


_IS = frozenset(("is", "are"))


_LEAST_DESCRIBED = 2  # words of "Plants built"


def _is_present(word: str) -> bool:
    """Whether the word is a verb in the present: "employs", "caps", "has", "will"."""
    if word in word_set("grammar", "past") or word in _PAST_FORMS:
        return False
    present = word_set("grammar", "present", "be", "have", "do", "modals")
    return word in present or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


# In "The profit made in 2019 was $4m" the year is that of the profit.
_PAST_FORMS = frozenset(("was", "were", "had", "did"))


_AND_PRESENT = re.compile(r" and (?:now |still |today |currently )?([a-z]{2,20}s)\b")


def _goes_on_in_present(text: str, start: int, end: int, claim_start: int) -> bool:
    """Whether "and" behind the time goes on in the present.

    As in "moved to Leeds in 2019 and employs 300", "runs until 2027 and includes 40 flats".
    """
    behind = _AND_PRESENT.match(text, end, claim_start)
    if behind is None or behind[1] not in word_set("grammar", "present") | _HAS:
        return False
    words = _words_before(text, start)
    return words[-1:] in (["until"], ["since"]) or any(
        word in word_set("grammar", "past") or word in word_set("times", "beginnings") or word.endswith("ed")
        for word in words
    )


_HAS = frozenset(("has", "is", "does"))


def _ends_relative_clause(text: str, start: int, end: int, claim_start: int) -> bool:
    """Whether the time ends a relative clause: "the cyclone that hit Mozambique on Sunday has killed 94 people"."""
    if text[start:end].lower() in word_set("times", "vague"):
        return False  # "a ticket that cost $420 now sells for $860"
    behind = _NEXT_WORD.match(text, end, claim_start)
    if behind is None or text[end] == "," or not (behind[1] == "that" or may_be_verb(behind[1])):
        return False
    words = _words_before(text, start)
    while words and words[-1] in word_set("times", "openers"):
        words.pop()
    marks = [at for at in range(1, len(words) - 1) if words[at] in RELATIVES]
    if not marks or (behind[1] == "that" and words[marks[-1]] == "that"):
        return False
    noun, pronoun, verb = words[marks[-1] - 1 : marks[-1] + 2]
    if pronoun != "that":
        # "Tea, on which the duty in 1784 stood at 119%" has its verb behind the year.
        own = word_set("grammar", "past", "present", "be", "have", "do", "modals")
        return any(word in own or word.endswith("ed") for word in words[marks[-1] + 1 :])
    says = word_set("attribution", "say", "find", "show", "that", "sources") | word_set("times", "facts")
    verbs = word_set("grammar", "past", "present", "be", "have", "do", "modals", "subject_pronouns")
    if noun in says | verbs:
        return False
    determined = not word_set("grammar", "determiners").isdisjoint(words[max(0, marks[-1] - 4) : marks[-1] - 1])
    return verb in verbs or verb.endswith("ed") or (determined and not verb.endswith("s"))
