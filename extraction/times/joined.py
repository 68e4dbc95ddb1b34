"""Words between a claim and a time that part them in form alone, and words in front that have the time for themselves.

As the colon of "Net sales in 2025: $4.1bn". Every search looks at a bounded stretch of text.
"""

import itertools
import re

from extraction.text.change_words import change_words
from extraction.text.money_signs import SIGNS
from extraction.text.words import word_set

_FARTHEST = 300
_LONGEST_REPORT = 40
_REACH = 60


_TO_LEVEL = re.compile(
    rf",? to (?:[a-z]{{2,10}} ){{0,2}}(?:[A-Z]{{0,3}}[{SIGNS}])?\d[\d.,]{{0,12}}(?:%|[a-z]{{1,2}}\b)?"
    r"(?: [a-z]{2,12}){0,3},? from "
)


def past_level(text: str, start: int, between: str) -> str:
    """The words ``between`` a step and a time behind it without its level.

    As in "will raise its fee by 20 cents to 90 cents from June 15"; in "fell 3% to $41 from Friday" the day is a base.
    """
    if not between.endswith(" from ") or _TO_LEVEL.fullmatch(between[:_FARTHEST]) is None:
        return between
    words = text[max(0, start - _REACH) : start].split()
    modals, verbs = word_set("grammar", "modals"), change_words().verbs
    pairs = itertools.pairwise(words)
    planned = any(word in modals or (word == "to" and behind in verbs) for word, behind in pairs)
    return " " if planned else between


_AMOUNT = (
    rf"[A-Z]{{0,3}}[{SIGNS}]?\d[\d.,]{{0,14}}(?<![.,])(?:%|[a-z]{{1,2}}\b)?(?: (?:per cent|percent|million|billion))?"
)
_JOINED_AMOUNTS = re.compile(rf"(?:(?:, {_AMOUNT}){{1,6}},?)? (?:and|or) {_AMOUNT}")


def past_joined_amounts(between: str) -> str:
    """What stands behind an amount without the rest of its list: "14%, 12% and 11% of the vote in 2020"."""
    match = _JOINED_AMOUNTS.match(between)
    return between if match is None else between[match.end() :]


_STEP = re.compile(r",? (?:or )?(?:an?|the) (?:[a-z-]{2,16} ){0,2}([a-z]{3,16}) of (?:[a-z]{2,10} ){0,2}")
_COMPARED = re.compile(r"\b(?:compar(?:ed|ing) (?:with|to)|against|versus|vs\.?|from|than)\b[^;]*\Z")


def step_from_base(text: str, start: int, between: str) -> bool:
    """Whether a step from an earlier level follows the time at ``start``, which is that of the level.

    As in "sales were $4m, against $3m in 2024, a rise of a third".
    """
    match = _STEP.fullmatch(between[:_FARTHEST])
    step = match is not None and match[1] in change_words().nouns
    return step and _COMPARED.search(text, max(0, start - _REACH), start) is not None


_WHO = re.compile(r"( (?:[\w'’-]{1,24} ){1,3})who ((?:had|were|was) )?([a-z]{2,20})\b")


def past_relative(time: str, between: str) -> str:
    """The words ``between`` a claim and a time behind it without "who", if its clause tells what those counted did.

    As in "the 75 members who braved the rain on Friday night"; not in "14 men who fled are due in court on Friday".
    """
    match = _WHO.match(between[:_FARTHEST])
    if match is None or time.lower() in word_set("times", "vague"):
        return between
    if not (word_set("grammar", "prepositions") - {"of"}).isdisjoint(match[1].split()):
        return between  # "two by a mayor who died in 1998"
    past = match[2] is not None or match[3].endswith("ed") or match[3] in word_set("grammar", "past")
    behind = between[match.end() : _FARTHEST].split()
    if not past or not word_set("times", "finite").isdisjoint(behind):
        return between
    return match[1] + between[match.end() :]


_NEXT_WORDS = re.compile(r" ([a-z]{2,20})(?: ([a-z]{2,20}))?")


def tells_of_source(text: str, start: int, end: int) -> bool:
    """Whether the time is when a source came out, which is no time of what it says: "In a 2019 report, the bank"."""
    if not text.endswith((" a ", " an "), max(0, start - 4), start):
        return False
    match = _NEXT_WORDS.match(text, end)
    sources = word_set("attribution", "sources") | word_set("times", "announcements", "read")
    return match is not None and not sources.isdisjoint(match.groups())


# "ruled last week that the firm must"; not "found last week that were damp".
_THAT = re.compile(r" that (?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should) )")


def times_report(text: str, start: int, end: int) -> bool:
    """Whether the words in front of a time are a report verb: in "said on Thursday" the day is that of the saying.

    A verb with other meanings needs its clause behind the day: "ruled last week that the firm must pay".
    """
    words = text[max(0, start - _LONGEST_REPORT) : start].lower().split()
    while words and words[-1] in word_set("times", "prepositions") and words[-1] != "by":
        words.pop()
    if not words or words[-1] not in _REPORTING:
        return False
    told = words[-3:-2] == ["it"] or words[-1] in word_set("times", "tells", "told")
    if words[-2:-1] == ["be"] or (words[-2:-1] in (["was"], ["were"]) and not told):
        return False  # "The three winners will be announced on 2 September", "40 cases were reported on Tuesday"
    return words[-1] in _SAYING or _THAT.match(text, end) is not None


_SAYING = word_set("attribution", "say") - word_set("attribution", "that")
_REPORTING = word_set("attribution", "say", "that", "show") | word_set("times", "deciding")


_LONGEST_LABEL = 60
# "About 40,000", "• $", "More than": what may stand in front of a number that opens its line.
_OPENING = re.compile(r"[^\w]{0,4}(?:[A-Za-z]{2,8} ){0,2}[A-Z]{0,3}[^\w\n]{0,2}")
_LABEL = re.compile(r"[^\n.!?;]{0,60}:\s(?:(?:about|around|nearly|almost|over|up to|more than|at least) )?")
_CLOSED = re.compile(r"\s*(?:[,(.;]|vs\b|\Z|[\n\r])")


def over_colon(text: str, sentence_start: int, start: int, end: int, between: str, *, before: bool) -> str:
    """The words ``between`` a claim and a time without the colon that parts a label from its number."""
    if not before:
        opens = between.startswith(":") and _OPENING.fullmatch(text, sentence_start, start) is not None
        return between[1:] if opens else between
    if start - sentence_start > _LONGEST_LABEL or ":" not in between or _CLOSED.match(text, end) is None:
        return between
    return between.replace(":", "", 1) if _LABEL.fullmatch(text, sentence_start, start) is not None else between
