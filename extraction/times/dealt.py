"""Times of a list that are dealt out to the amounts of a list: "$3.1bn and $2.8bn in 2025 and 2024, respectively"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extraction.times.mention import TimeMention

Span = tuple[int, int]

_JOINT = re.compile(r"(?:,? and |, )(?:(?:in|on|for) )?")
_LONGEST_JOINT = len(", and for ")
_WORD = "respectively"
_RIGHT_BEHIND = re.compile(r" (?:in|on|for|during|at the end of) ")
_YEARS_AT_END = re.compile(r"(?:\b(?:1[89]|20)\d\d(?:, | and |, and ))*\b(?:1[89]|20)\d\d\Z")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ISO_YEAR = re.compile(r"\b\d{4}\b")
_MORE_YEARS = re.compile(r"(?:, (?:1[89]|20)\d\d)*,? and (?:1[89]|20)\d\d\b")


def dealt_times(
    text: str, amounts: Mapping[Span, Sequence[Span]], mentions: Sequence[TimeMention]
) -> dict[int, TimeMention]:
    """The times dealt out to amounts, by the start of the amount; ``amounts`` by the sentence that holds them.

    A list of amounts takes a list of as many times right behind it, and with "respectively" the next one of its clause.
    """
    dealt: dict[int, TimeMention] = {}
    for (start, end), spans in amounts.items():
        if len(spans) > 1:
            own = mentions[bisect_left(mentions, start, key=_start_of) : bisect_left(mentions, end, key=_start_of)]
            if own:
                dealt.update(_dealt(text, spans, own))
    return dealt


def _start_of(mention: TimeMention) -> int:
    return mention.start


def _dealt(text: str, amounts: Sequence[Span], mentions: Sequence[TimeMention]) -> Iterator[tuple[int, TimeMention]]:
    lists = [listed for listed in _runs(text, amounts) if len(listed) > 1]
    times = [items for items in _times_listed(text, mentions) if len(items) > 1] if lists else []
    for listed in lists:
        first, last = listed[0][0], listed[-1][1]
        behind = bisect_left(times, last, key=lambda items: items[0].start)
        fitting = None
        if behind < len(times) and _reaches_behind(text, first, last, times[behind]):
            fitting = times[behind]
        elif behind > 0 and _reaches_back(text, first, last, times[behind - 1]):
            fitting = times[behind - 1]
        if fitting is not None and len(fitting) == len(listed):
            yield from zip((start for start, _ in listed), fitting, strict=True)


def _reaches_behind(text: str, first: int, last: int, times: Sequence[TimeMention]) -> bool:
    """Whether the amounts have the times in the list behind them.

    As in "3% and 5% in March and April", "were 4% and 5% of sales in 2019 and 2020, respectively".
    Not where the word deals out something else: "Ford and GM, respectively, lost $3m and $4m in 2023 and 2024".
    """
    if _WORD in text[max(0, first - _REACH) : first]:
        return False
    if _RIGHT_BEHIND.fullmatch(text, last, times[0].start):
        return True
    between = text[last : min(times[0].start, last + _FARTHEST)]
    told = _WORD in between or text.find(_WORD, times[-1].end, times[-1].end + _NEXT) >= 0
    return told and _CLAUSE_END.search(between.replace(f", {_WORD},", ",")) is None


def _reaches_back(text: str, first: int, last: int, times: Sequence[TimeMention]) -> bool:
    """Whether the amounts have the times in the list in front of them; no other list may stand between.

    As in "Revenue in 2025 and 2024 was $3.1bn and $2.8bn, respectively".
    """
    between = text[times[-1].end : min(first, times[-1].end + _FARTHEST)]
    if times[-1].end > first or " and " in between or "," in between or _CLAUSE_END.search(between) is not None:
        return False
    return text.find(_WORD, last, last + _NEXT + _LONGEST_UNIT) >= 0


_CLAUSE_END = re.compile(r"[;:.!?](?!\d)|, (?:and|but|while|when|where|which|who|with)\b|\bwhile\b")
_REACH, _FARTHEST, _NEXT, _LONGEST_UNIT = 60, 200, 16, 24  # characters


def _runs(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans in the order of the text, those together between which only a comma or "and" stands."""
    run = [spans[0]]
    for (_, end), span in pairwise(spans):
        if span[0] - end <= _LONGEST_JOINT and _JOINT.fullmatch(text, end, span[0]):
            run.append(span)
        else:
            yield run
            run = [span]
    yield run


def _times_listed(text: str, mentions: Sequence[TimeMention]) -> Iterator[list[TimeMention]]:
    """Mentions in lists; the years of "2025 and 2024" and of "the year ended 30 June 2026 and 2025" are one each."""
    single = [one for mention in mentions for one in _years_apart(text, mention)]
    by_start = {mention.start: mention for mention in single}
    for run in _runs(text, [(mention.start, mention.end) for mention in single]):
        yield [by_start[start] for start, _ in run]


def _years_apart(text: str, mention: TimeMention) -> list[TimeMention]:
    """A mention whose words end with a year, and the years that follow it in its words or behind it."""
    at_end = _YEARS_AT_END.search(mention.text)
    if at_end is None:
        return [mention]
    behind = _MORE_YEARS.match(text, mention.end)
    end = mention.end if behind is None else behind.end()
    years = list(_YEAR.finditer(text, mention.start + at_end.start(), end))
    first = years[0]
    if len(years) == 1:
        return [mention]
    head = replace(mention, end=first.end(), text=text[mention.start : first.end()])
    single = [head, *(_of_year(mention, year) for year in years[1:])]
    return [replace(one, iso=_in_year(mention, first, year)) for one, year in zip(single, years, strict=True)]


def _of_year(mention: TimeMention, year: re.Match[str]) -> TimeMention:
    return replace(mention, start=year.start(), end=year.end(), text=year[0])


def _in_year(mention: TimeMention, first: re.Match[str], year: re.Match[str]) -> str | None:
    """The period of a mention that names the year ``first`` as it is in another one."""
    if mention.start == first.start():
        return year[0]
    later = int(year[0]) - int(first[0])
    return None if mention.iso is None else _ISO_YEAR.sub(lambda match: str(int(match[0]) + later), mention.iso)
