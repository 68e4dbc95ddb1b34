"""Finds the times that a text mentions, resolves them against the day of publication and ties them to claims."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from extraction.claims import TextSpan, TimeReference
from extraction.times.dates import YEAR, DateMatch, month_pattern
from extraction.times.iso import to_iso
from extraction.words import leading_words, word_data, word_set, words_in


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time, without a leading preposition.

    ``iso`` is a date, month, year, week or interval of ISO 8601, or None where the text and the day of publication do
    not settle it. ``duration_like`` says that a quantity of time stands in it ("the past two years"). ``article`` is
    the whole text that ``start`` and ``end`` refer to.
    """

    start: int
    end: int
    text: str
    iso: str | None
    duration_like: bool
    article: str = field(default="", repr=False)


_LAP = re.compile(r"\d+:\d\d(?::\d\d|\.\d)")


def find_times(
    text: str, sentences: Iterable[tuple[int, int]], published_at: datetime | date | None, dates: Iterable[DateMatch]
) -> list[TimeMention]:
    """The times mentioned in some sentences of a text, in its order and without overlap.

    ``sentences`` are their starts and ends, ``dates`` what ``match_dates`` found there.
    """
    today = published_at.date() if isinstance(published_at, datetime) else published_at
    found = []
    for date_match in dates:
        if date_match.kind == "clock" and _LAP.match(text, date_match.start):
            continue  # "won the race in 2:21:08"
        iso = to_iso(date_match.kind, date_match.match, today)
        start, end = date_match.start, date_match.end
        found.append(TimeMention(start, end, text[start:end], iso, False, text))
    for first, last in sentences:
        words = words_in(text, first, last)
        for name, needed, pattern in _relative_patterns():
            if words.isdisjoint(needed):
                continue
            for match in pattern.finditer(text, first, last):
                iso = to_iso(name, match, today)
                found.append(TimeMention(*match.span(), match.group(), iso, name in _DURATION_LIKE, text))
    return _longest_apart(found)


def _longest_apart(mentions: list[TimeMention]) -> list[TimeMention]:
    """Of mentions that overlap, the one that starts first and then the longest; a later one that is swallowed goes."""
    apart: list[TimeMention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return apart


# Relative times -----------------------------------------------------------------------------------------------------

_DURATION_LIKE = {"window", "ago", "year_to"}


@cache
def _relative_patterns() -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    """Each kind of relative time with the words of which it needs one, and its pattern."""
    data = word_data("times")
    month = month_pattern()
    weekday = "|".join(group[0].title() for group in data["weekdays"])
    season = "|".join(data["seasons"])
    periods = "|".join(sorted(data["periods"], key=len, reverse=True))
    units = "|".join(data["units"])
    number = r"(?:\d{1,4}|" + "|".join(data["numbers"]) + r")"
    adverbs = "|".join(sorted(data["adverbs"], key=len, reverse=True))
    phrases = "|".join(sorted(data["phrases"], key=len, reverse=True))
    pointing = "past|last|next|previous|following|current|present|same|coming|prior|preceding"
    which = rf"(?:last|next|this|the (?:{pointing}))"
    counting = "past|last|next|previous|first|coming|following|final|preceding"
    way = "ago|earlier|later|before|previously|from now"
    part = r"(?:(?:early|late|earlier|later|mid) )?"
    end = rf"(?:{month}(?: \d{{1,2}}(?:, {YEAR})?| {YEAR})?|\d{{1,2}} {month}(?: {YEAR})?|{YEAR})"
    return (
        ("adverb", leading_words(data["adverbs"]), re.compile(rf"(?i)\b(?:{adverbs})\b")),
        ("phrase", leading_words(data["phrases"]), re.compile(rf"(?i)(?<![\w-])(?:{phrases})(?![\w-])")),
        (
            "shifted",
            frozenset({"this", *pointing.split("|")}),
            re.compile(
                rf"\b(?=[eElLmMnNtT])(?i:{part}(?P<which>{which})) (?P<period>(?i:{periods})|{weekday}|{month})(?!\w)"
            ),
        ),
        (
            "window",
            frozenset(counting.split("|")),
            re.compile(
                rf"(?i)\bthe (?P<which>{counting}) "
                rf"(?:(?P<number>{number}|few|several|couple of) )(?P<unit>{units})s?\b"
            ),
        ),
        (
            "ago",
            leading_words(way.split("|")),
            re.compile(
                rf"(?i)\b(?P<number>{number}|an?|several|a few|many|some|a couple of) (?P<unit>{units})s? "
                rf"(?P<way>{way})\b(?! than\b)"
            ),
        ),
        (
            "year_to",
            frozenset({"year", "month", "months", "week", "weeks", "quarter", "half"}),
            re.compile(
                rf"\b(?i:the (?:(?P<number>{number}) )?"
                rf"(?P<unit>(?:financial |fiscal )?year|months?|weeks?|quarter|half)"
                rf"(?: that)? (?:to|ended|ending|through|until)(?: on| in)?) (?P<until>{end})(?!\w)"
            ),
        ),
        (
            "season",
            frozenset(data["seasons"]),
            re.compile(rf"(?i)\b(?:the )?(?:{season})(?: of)? (?P<year>{YEAR})(?![\w%])"),
        ),
        (
            "weekday",
            frozenset(group[0] for group in data["weekdays"]),
            re.compile(rf"(?<!\w)(?P<weekday>{weekday})(?: (?:morning|afternoon|evening|night))?(?!\w)"),
        ),
        (
            "month",
            frozenset(group[0] for group in data["months"]),
            re.compile(rf"(?<!\w)(?<![Tt]he )(?P<month>{_plain_months()})(?![\w’'-])"),
        ),
        (
            "cued_month",
            frozenset(data["ambiguous_months"]),
            re.compile(
                rf"(?i:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\bby )|(?<=\bfrom )|(?<=\blast )"
                rf"|(?<=\bto )|(?<=\bof ))(?P<month>{_cued_months()})(?![\w’'-])"
            ),
        ),
    )


def _plain_months() -> str:
    data = word_data("times")
    return "|".join(group[0].title() for group in data["months"] if group[0] not in data["ambiguous_months"])


def _cued_months() -> str:
    return "|".join(name.title() for name in word_data("times")["ambiguous_months"])


# The time of a claim ------------------------------------------------------------------------------------------------

# What ends the clause that a claim or a time stands in. Bounded look-ahead: linear.
_CLAUSE_END = re.compile(
    r"[;:—–]|\s-\s|,\s(?!\d{3}\b|\w+ing\b)|\b(?:while|whereas|although|though|but|when|after|before|because|which|who)\b"
    r"|\band (?:\w+ ){0,2}?(?:has|had|have|was|were|is|are|will|would|it|they|he|she|we|said|says|that)\b"
)
_LEADING = 32
_ADJACENT_WORDS = 2


def time_of(
    mentions: list[TimeMention],
    sentence_start: int,
    sentence_end: int,
    claim_start: int,
    claim_end: int,
) -> TimeReference | None:
    """The time that the claim is about, or None when no mention of its sentence surely is.

    ``mentions`` are those of ``find_times``. A mention right behind the claim wins, then the nearest in
    its clause, then one that opens the sentence.
    """
    best: tuple[int, int] | None = None
    chosen: TimeMention | None = None
    first = bisect_left(mentions, sentence_start, key=lambda mention: mention.start)
    for mention in mentions[first : first + _MOST_MENTIONS]:
        if mention.start >= sentence_end:
            break
        if mention.start < claim_end and claim_start < mention.end:
            continue
        rank = _rank(mention, sentence_start, claim_start, claim_end)
        if rank is not None and (best is None or rank < best):
            best, chosen = rank, mention
    if chosen is None:
        return None
    return TimeReference(TextSpan(chosen.text, chosen.start, chosen.end), chosen.iso)


# A sentence with more times than this is a table or an attack.
_MOST_MENTIONS = 40
_FARTHEST = 300


def _rank(mention: TimeMention, sentence_start: int, start: int, end: int) -> tuple[int, int] | None:
    """How well a mention fits a claim, lower is better; None when it belongs to something else."""
    text = mention.article
    if _times_the_report(text, mention.start):
        return None
    before = mention.end <= start
    between = text[mention.end : start] if before else text[end : mention.start]
    if before and between.startswith(",") and _put_in(text, mention.start):
        between = between[1:]
    if not before:
        words = between.split()
        compared = _compared(between)
        if compared and any(character.isdigit() for character in between):
            return None
        if len(words) <= _ADJACENT_WORDS and not _CLAUSE_END.search(between):
            return (3 if compared else 0), len(between)
    elif _opens_sentence(text, sentence_start, mention):
        return (1, len(between)) if not _CLAUSE_END.search(between) else (2, len(between))
    if len(between) > _FARTHEST or _CLAUSE_END.search(between):
        return None
    return (3 if not before and _compared(between) else 1), len(between)


def _compared(between: str) -> bool:
    words = set(between.lower().split())
    return not words.isdisjoint(word_set("times", "comparisons"))


def _opens_sentence(text: str, sentence_start: int, mention: TimeMention) -> bool:
    """Whether nothing but a preposition stands in front; the date of a dateline is followed by a dash."""
    if mention.start - sentence_start >= _LEADING or text[mention.end : mention.end + 2].strip()[:1] in {"—", "–", "-"}:
        return False
    words = text[sentence_start : mention.start].lower().split()
    return not words or (len(words) == 1 and words[0] in word_set("times", "openers"))


def _put_in(text: str, start: int) -> bool:
    """Whether a comma stands in front of the time and its preposition: "and, in 2017, made"."""
    words = text[max(0, start - 24) : start].split()
    if words and words[-1].lower() in word_set("times", "openers"):
        words.pop()
    return bool(words) and words[-1].endswith(",")


def _times_the_report(text: str, start: int) -> bool:
    """Whether the words in front are a report verb: in "said on Thursday" the day is that of the saying."""
    words = text[max(0, start - 40) : start].lower().split()
    if words and words[-1] in word_set("times", "prepositions"):
        words.pop()
    return bool(words) and words[-1] in word_set("attribution", "say") - word_set("attribution", "that")
