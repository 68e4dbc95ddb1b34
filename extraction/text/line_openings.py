"""Tells what opens the lines of a text and is no part of their sentences: "16.48" of a live blog, "**COURTS**".

Clock times, minutes of a match and the numbers of a list are told by the lines beside each other: one alone may be an
amount. Time is linear in the text: each line is looked at once, and no expression has nested repetition.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extraction.text.money_signs import SIGNS
from extraction.text.posts import posts
from extraction.text.words import word_data, word_set

_FEWEST = 2  # lines that show what opens them
_MANY = 4
_LINE = re.compile(r"[\n\r]+")
_DIGIT = re.compile(r"[ \t]{0,8}(?:[•‣◦▪●■*·–—-][ \t]{1,3})?(?:\*\*|__)?(?=\d)")
_BEHIND = r"(?:\*\*|__)?"
_SENTENCE = rf"[\"“‘'(\[*_]{{0,3}}[A-ZÀ-Þ{SIGNS}]"
_DASH = r"(?::| ?[–—|]| -)"
_END = rf"(?P<behind>[ \t]*(?=[\n\r]|\Z)|{_DASH}?[ \t]{{1,3}}(?={_SENTENCE}))"
_HALF_DAY = r" ?(?P<half>[ap])\.?m\b\.?"
_CLOCK = re.compile(
    r"(?P<span>(?P<hour>2[0-4]|[01]?\d)"
    rf"(?:[.:](?P<minute>[0-5]\d)(?! ?[ap]\.?m\b)|(?:[.:](?P<past>[0-5]\d))?{_HALF_DAY})"
    rf"(?: [A-Z]{{2,5}}(?![\w.]))?){_BEHIND}{_END}"
)
_MINUTE = re.compile(
    rf"(?P<span>\d{{1,3}}(?:\+\d{{1,2}})?(?:['’′]| ?mins?\b\.?)){_BEHIND}{_END}"
    rf"|(?P<added>(?:45|90|105|120)\+\d{{1,2}}){_BEHIND}{_DASH}[ \t]{{1,3}}"
)
_ITEM = re.compile(rf"(?P<span>(?P<number>\d{{1,2}})(?P<mark>[.):])){_BEHIND}[ \t]{{1,3}}(?=\S)")

_SECTION = re.compile(rf"(?P<span>(?P<major>\d{{1,2}})\.(?P<minor>\d{{1,2}})){_BEHIND}\.?[ \t]{{1,3}}(?={_SENTENCE})")
_COUNTER = re.compile(r"(?P<span>\d{1,3} of \d{1,3})[ \t]*(?:\|[ \t]*|(?=[\n\r]|\Z))")
_PICTURES = "|".join(word_data("sentences")["pictures"])
_SLIDES = re.compile(
    rf"(?P<span>\d{{1,3}} ?(?:/|(?P<of>of)) ?\d{{1,3}}) (?:{_PICTURES})\b(?(of)[ \t]*(?=[\n\r]|\Z))", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?P<bold>\*\*|__|\*|_)(?P<words>[^\W\d_][^*_\n\r]{1,40}?)(?P<stop>[.:!]?)(?P=bold)"
    r"(?P<behind>[.:!]?)[ \t]{1,3}(?=\S)"
)
_SHOUTED = re.compile(
    r"(?P<words>[A-ZÀ-Þ][A-ZÀ-Þ'’&/ -]{1,38}[A-ZÀ-Þ])(?P<stop>:| \|(?![^\n\r|]*\||[ \t(+–-]*\d))[ \t]{1,3}(?=\S)"
)
_SLUG = re.compile(r"(?P<words>[A-Z][A-Z&./ ]{1,38}?)(?: \d{1,2})?-(?=[A-Z])")
_LONGEST_KICKER = 60
_MOST_SLUGS = 3


class LineOpenings(NamedTuple):
    """What opens lines: the spans of ``numbers`` that are no claims, and where the sentence ``behind`` them starts.

    The keys of ``behind`` are the starts of the numbers, of bold ones those of their stars.
    """

    numbers: tuple[tuple[int, int], ...]
    behind: dict[int, int]


NONE = LineOpenings((), {})


@lru_cache(maxsize=4)  # for each article: the sentences and the quantities ask for them
def line_openings(text: str) -> LineOpenings:
    """What opens two lines or more: clock times, minutes of a match, numbers of a list or of posts; counters."""
    if "\n" not in text and "\r" not in text:
        return NONE
    places = list(_openings(text))
    stamps = [*_counters(text, places)]
    if len(places) >= _FEWEST:
        stamps += [*_clocks(text, places), *_minutes(text, places), *_sections(text, places)]
    thread = posts(text)
    numbers = sorted(
        [
            *(match.span("added" if _is_added(match) else "span") for match in stamps),
            *_items(text, places),
            *(post.number for post in thread),
        ]
    )
    behind = {_opened(match): match.end() for match in stamps}
    behind.update({post.start: post.words for post in thread if post.words is not None})
    return LineOpenings(tuple(numbers), behind)


def _is_added(match: re.Match[str]) -> bool:
    return "added" in match.re.groupindex and match["added"] is not None


def _openings(text: str) -> Iterator[int]:
    """Where lines open with a digit, behind their bullets and stars."""
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    return (match.end() for start in starts if (match := _DIGIT.match(text, start)) is not None)


def _opened(match: re.Match[str]) -> int:
    """Where the line of a number opens, which may be printed bold: "**16.48** And she sits down"."""
    return match.start() - (2 if match.string.startswith(("**", "__"), max(0, match.start() - 2)) else 0)


def _counters(text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """The counters of pictures: "2 of 7 | Crews work at the scene", "1 of 6" on a line of its own, "3/14 SLIDES"."""
    for place in places:
        match = _COUNTER.match(text, place) or _SLIDES.match(text, place)
        if match is not None and _stands_apart(text, match):
            yield match


def _stands_apart(text: str, counter: re.Match[str]) -> bool:
    """Whether no sentence goes on around it whose lines are short: "He won", "2 of 3", "matches in May"."""
    before = text[max(0, counter.start() - _LONGEST_KICKER) : counter.start()].rstrip(" *_\r\n")
    behind = text[counter.end() : counter.end() + _LONGEST_KICKER].lstrip()
    return not (before[-1:].islower() and behind[:1].islower())


def _clocks(text: str, places: Sequence[int]) -> Sequence[re.Match[str]]:
    """The clock times, if they go up or down: "16.48", "4.15pm", "11:02 AEST" and "13.37 And she sits down"."""
    found = [match for place in places if (match := _CLOCK.match(text, place)) is not None]
    times = [_time_of(match) for match in found]
    return found if len(found) >= _FEWEST and _in_order(times) and not _is_column(text, found) else ()


def _is_column(text: str, found: Sequence[re.Match[str]]) -> bool:
    """Whether one stands alone on a line right under another: numbers of a table that was taken apart."""
    return any(not text[first.end() : second.start()].strip() for first, second in pairwise(found))


def _time_of(match: re.Match[str]) -> int:
    """The minutes since midnight."""
    hour = int(match["hour"]) % 24 if match["half"] is None else int(match["hour"]) % 12 + 12 * (match["half"] == "p")
    return hour * 60 + int(match["minute"] or match["past"] or 0)


def _in_order(times: Sequence[int]) -> bool:
    """Whether the steps go the same way, as they do but for one midnight in a long report; prices of a list do not."""
    ups = sum(first <= second for first, second in pairwise(times))
    downs = sum(first >= second for first, second in pairwise(times))
    return max(ups, downs) >= len(times) - 1 - (len(times) > _MANY)


def _minutes(text: str, places: Sequence[int]) -> Sequence[re.Match[str]]:
    """The minutes of a match, if two or more: "12' GOAL!", "67 min: Rovers have the ball" and "90+4: That's it"."""
    found = [match for place in places if (match := _MINUTE.match(text, place)) is not None]
    return found if len(found) >= _FEWEST else ()


def _sections(text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """The numbers of paragraphs, one after the other: "4.1 The committee approved £4m", "4.2 It noted"."""
    found = [match for place in places if (match := _SECTION.match(text, place)) is not None]
    for before, match, behind in zip([None, *found], found, [*found[1:], None], strict=False):
        if _follows(before, match) or _follows(match, behind):
            yield match


def _follows(first: re.Match[str] | None, second: re.Match[str] | None) -> bool:
    if first is None or second is None or first["major"] != second["major"]:
        return False
    return int(second["minor"]) == int(first["minor"]) + 1


def _items(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The numbers of a list that begins with 1, or that ends with it: "1: Banks cut rates", "2: Pay falls again"."""
    run: list[re.Match[str]] = []
    for place in places:
        match = _ITEM.match(text, place)
        if match is None:
            continue
        if run and (match["mark"] != run[-1]["mark"] or abs(int(match["number"]) - int(run[-1]["number"])) != 1):
            yield from _of_list(run)
            run = []
        run.append(match)
    yield from _of_list(run)


def _of_list(run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if len(run) >= _FEWEST and 1 in (int(run[0]["number"]), int(run[-1]["number"])):
        yield from (match.span("span") for match in run)


def kicker_end(text: str, start: int) -> int | None:
    """Where the sentence starts behind the word or two that say what the line at ``start`` is about.

    As in "**COURTS** A publican was fined", "HOUSING: Just 214 homes", "MARKETS | The FTSE 100 fell", "UPDATE 1-Oil
    falls 2%"; but "SMITH: No." is said by Smith, and "NSW | 912" is a row.
    """
    if text[start : start + 1] in ("*", "_"):
        bold = _MARKED.match(text, start, start + _LONGEST_KICKER)
        named = bold is not None and (is_kicker(bold["words"]) or (bold["words"].isupper() and not _speaks(bold)))
        return bold.end() if bold is not None and named else None
    if not text[start : start + 2].isupper():
        return None
    if (wired := _past_slugs(text, start)) > start:
        return wired
    shouted = _SHOUTED.match(text, start, start + _LONGEST_KICKER)
    if shouted is None or (shouted["stop"] == ":" and not is_kicker(shouted["words"])):
        return None
    return shouted.end()


def _past_slugs(text: str, start: int) -> int:
    """Past what wires put in front of a headline: "BRIEF-Acme", "US STOCKS-Dow", "RPT-UPDATE 1-Beta"."""
    for _ in range(_MOST_SLUGS):
        slug = _SLUG.match(text, start, start + _LONGEST_KICKER)
        parts = set() if slug is None else set(slug["words"].lower().split())
        kinds = parts - word_set("sentences", "slug_places")
        if slug is None or not kinds or not kinds <= word_set("sentences", "kickers", "slugs"):
            break
        start = slug.end()
    return start


def _speaks(bold: re.Match[str]) -> bool:
    """Whether a colon makes the bold words those of who speaks: "**SMITH:** No."."""
    return ":" in (bold["stop"], bold["behind"])


def is_kicker(words: str) -> bool:
    """Whether the words name a section of the news, or two of them: "Courts", "HEALTH AND SCIENCE"."""
    parts = [part for part in re.split(r"[^\w'’]+", words.lower()) if part not in _JOINTS]
    return bool(parts) and word_set("sentences", "kickers").issuperset(parts)


_JOINTS = frozenset(("", "and", "the", "in", "of"))
