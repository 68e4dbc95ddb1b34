"""Finds where sentences start, by regular expressions over the text and without a trained model.

Every line break ends a sentence. A full stop, question or exclamation mark ends one when what follows looks like the
beginning of another, which in a text without capitals may be a small letter; abbreviations, initials and decimal points
do not. All expressions are free of nested
repetition, so the time is linear in the text.
"""

import re
from bisect import insort
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
from spacy.tokens import Doc

from extraction.text.line_openings import kicker_end, line_openings
from extraction.text.turns import turns
from extraction.text.words import word_data

_LINE_BREAKS = r"\r\n\x0b\x0c\x85\u2028\u2029"
_MAY_END = re.compile(rf"[.!?…{_LINE_BREAKS}]")
# Behind the full stop, as encyclopedias and scraped pages have it: "cracks.[1] Two", "in 2011.[3][note 2] About".
_NOTE = r"\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,2}|citation needed)\]"
# The lookbehind makes each run of marks match once, at its first character: linear on a megabyte of full stops.
_STOP = re.compile(
    rf"""(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>["'”’»)\]]*+)(?:{_NOTE})*+[^\S{_LINE_BREAKS}]++(?=[^\w{_LINE_BREAKS}]{{0,4}}[^\W_])"""
    rf"""|(?P<line>[{_LINE_BREAKS}]\s*+)"""
)
# A dateline as news agencies write it: a place in capitals, or one with the agency in parentheses, and a dash.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.]{2,}(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ'’.]+){0,3}(?:[,/] ?[A-Z0-9][\w. ]{0,25}){0,3}"
    r"(?: ?\([A-Z][\w ./-]{1,30}\))?"
    r"|[A-Z][A-Za-z'’.]+(?:[ -][A-Z][A-Za-z'’.]+){0,3}(?:, [A-Z0-9][\w. ]{0,25}){0,2} ?\([A-Z][\w ./-]{1,30}\))"
    r" ?(?:—|–|--|-(?= ))\s*"
    # In small letters only a dash of its own shows it: "Johannesburg — Clothing group Karee has".
    r"|[A-ZÀ-Þ][a-zà-ÿ'’]+(?:[ -][A-ZÀ-Þ][a-zà-ÿ'’]+){0,2} — (?=[A-ZÀ-Þ])"
)
_BULLET = re.compile(r"[•‣◦▪●■*·–—-][ \t]+(?=\S)")
_LONGEST_DATELINE = 120
_NEXT_WORD = re.compile(r"[\W_]*([^\W_](?:[\w'’-]|\.(?=\w))*)")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W_][\w'’&-]*$")
_SHOUTED = re.compile(r"[!?]{2,}")
_TAG_WORDS = 6
_LONGEST_WORD = 24


def mark_sentences(doc: Doc, text: str) -> None:
    """Sets ``is_sent_start`` on every token of ``doc``, whose text is given; the first always starts a sentence."""
    if not len(doc):
        return
    # Any: spaCy's stub names an array type of thinc that plain NumPy arrays do not match.
    starts: Any = np.empty((len(doc), 1), dtype=np.uint64)
    starts.fill(_NO_START)
    starts[0] = 1
    found = sentence_starts(text)
    if len(found) > 1:
        offsets = doc.to_array(["IDX"]).astype(np.int64)
        first_tokens = np.searchsorted(offsets, np.array(found, dtype=np.int64))
        starts[first_tokens[first_tokens < len(doc)]] = 1
    doc.from_array(["SENT_START"], starts)


_NO_START = 2**64 - 1  # -1, as spaCy has it


@lru_cache(maxsize=4)  # for each article: sentences, names and speakers ask for them
def sentence_starts(text: str) -> tuple[int, ...]:
    """The offsets at which sentences start, ascending; the first is 0."""
    starts = [0]
    site = _site_of_title(text)
    labels = {turn.start: turn.label_end for turn in turns(text)}
    _end_opening(text, starts, labels)
    behind = 0
    for sign in _MAY_END.finditer(text):
        match = _STOP.match(text, sign.start()) if sign.start() >= behind else None
        if match is None:
            continue
        behind = match.end()
        if behind > starts[-1] and (match.lastgroup == "line" or _ends_sentence(text, starts[-1], match)):
            starts.append(behind)
            if match.lastgroup == "line":
                _end_opening(text, starts, labels)
    if starts[-1] >= len(text) and len(starts) > 1:
        starts.pop()
    if site:
        insort(starts, site)
    return tuple(starts)


def _site_of_title(text: str) -> int:
    """Where the site begins at the end of a title of a page, "40 hurt in crash, police say | Daily Post"; else 0."""
    pipe = text.find(" | ", 0, _LONGEST_TITLE) + 1
    end = min(len(text), pipe + _LONGEST_TITLE)
    lines = text[:end].splitlines()
    if not pipe or pipe >= len(lines[0]) or "|" in "".join(lines[1:2]):
        return 0  # the head of a table
    site = lines[0][pipe:]
    named = not any(map(str.isdecimal, site)) and len(site.split()) <= _MOST_WORDS_OF_SITE and site[2:3].isupper()
    return pipe if named and len(text[:pipe].split()) >= _FEWEST_WORDS_OF_TITLE else 0


_LONGEST_TITLE = 240  # characters
_FEWEST_WORDS_OF_TITLE, _MOST_WORDS_OF_SITE = 5, 9


def _end_opening(text: str, starts: list[int], labels: Mapping[int, int]) -> None:
    """Adds a start behind what opens the line at the last one: "LONDON, 12 March - A series of ...", "13.37 And she".

    That is a bullet, a clock time, the word for what the line is about, a dateline, the label of a speaker; ``labels``
    are the ends of those of speakers by their starts.
    """
    label_end = labels.get(starts[-1])
    if label_end is not None:
        if label_end < len(text) and text[label_end] not in "\r\n":
            starts.append(label_end)
        return
    bullet = _BULLET.match(text, starts[-1])
    if bullet is not None:
        starts.append(bullet.end())
    for behind in (line_openings(text).behind.get(starts[-1]), kicker_end(text, starts[-1])):
        if behind is not None and starts[-1] < behind < len(text):
            starts.append(behind)
    start, limit = starts[-1], starts[-1] + _LONGEST_DATELINE
    opening = text[start:limit]
    if "-" not in opening and "–" not in opening and "—" not in opening:
        return
    dateline = _DATELINE.match(text, start, limit)
    if dateline is not None and dateline.end() < len(text):
        starts.append(dateline.end())


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence that began at ``start`` ends at the marks of ``match``."""
    following = _NEXT_WORD.match(text, match.end(), match.end() + _LONGEST_WORD)
    if following is None:
        return False
    word = following.group(1)
    mark, close = match.group("mark"), match.group("close")
    if _is_lower(word):
        if close:
            return mark == "." and _ends_lower(text, start, match)
        return bool(_SHOUTED.fullmatch(mark)) or _ends_lower(text, start, match)
    if mark == "." and not close:
        return not _is_abbreviation(text, match.start(), word)
    if close and mark[-1] in "!?":
        return not _starts_tag(text, match.end())
    return True


def _is_lower(word: str) -> bool:
    return word[0].islower() and not (len(word) > 1 and word[1].isupper())  # but for names such as "iPhone"


def _ends_lower(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether marks before a small letter end a sentence that itself began with one, as in text without capitals."""
    opening = _NEXT_WORD.match(text, start, match.start())
    if opening is None or not _is_lower(opening.group(1)) or len(match.group("mark")) > 1:
        return False
    if match.group("mark") != ".":
        return True
    found = _LAST_WORD.search(text[max(start, match.start() - _LONGEST_WORD) : match.start()])
    if found is None:
        return text[match.start() - 1].isspace()  # "very friendly . and did", as tokenized text has it
    word, lists = found.group().lower(), _abbreviations()
    return "." not in word and len(word) > 1 and not any(word in lists[name] for name in ("always", "times", "either"))


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it and ends no sentence."""
    found = _LAST_WORD.search(text[max(0, stop - _LONGEST_WORD) : stop])
    if found is None:
        return False
    word, lower = found.group(), found.group().lower()
    if lower[-1] == "s" and lower[:-1].isdecimal():
        return following[0].isdigit() and following.endswith("d")  # "19s. 6d."
    lists = _abbreviations()
    if lower in lists["always"]:
        return True
    initials = "." in word or (len(word) == 1 and word.isupper() and word != "I")
    if lower in lists["before_number"] and not initials:
        return following[0].isdigit()
    if lower in lists["times"]:
        return following.lower().rstrip(".") in lists["after_times"]
    if initials or lower in lists["either"]:
        return following.lower() not in lists["starters"]
    return False


def _starts_tag(text: str, start: int) -> bool:
    """Whether a report such as "Jane Doe said" starts at ``start``, so that the quotation before it goes on."""
    words = text[start : start + 80].split("\n", 1)[0].split()[:_TAG_WORDS]
    for position, word in enumerate(words):
        if word.rstrip(".,:;").lower() in _report_verbs():
            return position > 0
        if not (word[0].isupper() or word.lower() in {"of", "the", "de", "van"}) or word[-1] in ".!?;:":
            return False
    return False


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in word_data("sentences").items()}


@cache
def _report_verbs() -> frozenset[str]:
    return frozenset(word_data("attribution")["say"])
