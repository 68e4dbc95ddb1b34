"""Gives a text whose letters tell no names, in small letters, capitals or as a title, the capitals of its names.

The same for the lines in capitals of another text: "*BOEING TO CUT 900 JOBS; SEES $3B CHARGE" among sentences.

Many rules tell a name by its capital; the tagger tells it by the words around it as well. Letters only change their
case, so every character keeps its place; claims quote the text as it is written (`as_written`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from spacy.tokens import Doc, Token

from extraction.claims import COUNTS, Claim, TextSpan
from extraction.currencies.table import currency_table
from extraction.parser.model import shipped_model
from extraction.parser.wordforms import word_key
from extraction.text.words import word_data, word_set

_BEFORE_NUMBER = re.compile(
    r"(?<![\w$])(?:[^\W\d_]{1,4}[$¢₵](?= ?\d)|(?:[^\W\d_]{1,4}|\$[^\W\d_]{1,3})(?=\d)"
    r"|(?:rs\.?|tk|nis|rm|k?shs?)(?= \d))"
)
# Of Celsius or Fahrenheit; of names such as "5G" and "4K".
_BEHIND_NUMBER = re.compile(r"(?<=\d )[cf]\b|(?<=\b\d)[gk](?= [a-z])")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_TAGS = frozenset(("NNP", "NNPS"))
# Behind these an unknown noun is one of the language rather than a name: "the casein", "outpatient boreholes".
_BEFORE_COMMON = frozenset(("DT", "JJ", "PRP$", "CD", "HYPH", "NN", "NNS", "VBN", "VBG"))
_LEAST_LETTERS = 3
_LONGER_WORD = re.compile(r"[^\W\d_]{3,}")
# The first letter of a word, but for those that titles write small.
_WORD_START = re.compile(
    r"(?<![\w'’-])(?!(?:an?|the|and|or|but|nor|of|in|on|at|to|by|for|from|with|as|vs?|via|per|than|into|over)\b)"
    r"[^\W\d_]"
)
_SMALL_WORD = re.compile(" [a-z]{5}")  # longer than any word that titles write small
_LEAST_WORDS, _LEAST_TITLED, _LOOKED_AT = 4, 24, 400


def is_uncased(text: str) -> bool:
    """Whether the letters of a text tell no names: all are small, or all capitals, or each word has one."""
    return text.islower() or _has_idle_capitals(text)


def _has_idle_capitals(text: str) -> bool:
    """Whether a text is in capitals and more than a code or two, or written like a title and more than a headline."""
    if text.isupper():
        return len(_LONGER_WORD.findall(text, 0, _LOOKED_AT)) >= _LEAST_WORDS
    if _SMALL_WORD.search(text) or any(start[0].islower() for start in _WORD_START.finditer(text)):
        return False
    return len(_LONGER_WORD.findall(text, 0, _LOOKED_AT)) >= _LEAST_TITLED


def uncased_stretches(text: str) -> list[tuple[int, int]]:
    """Where the letters tell no names: all of the text, or its lines in capitals that hold a number."""
    if is_uncased(text):
        return [(0, len(text))]
    found, start = [], 0
    for line in text.split("\n"):
        if line.isupper() and _has_idle_capitals(line) and any(map(str.isdigit, line)):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def lowered(text: str) -> str:
    """``text`` in small letters where its capitals tell no names, character by character."""
    parts, behind = [], 0
    for start, end in () if text.islower() else uncased_stretches(text):
        parts += [text[behind:start], "".join(map(_small, text[start:end]))]
        behind = end
    return "".join((*parts, text[behind:]))


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def with_capitals(doc: Doc, text: str, letters_at_home: Mapping[str, str]) -> str:
    """``text`` with capitals at the starts of sentences, in names, holidays and codes, as the tags of ``doc`` say.

    ``letters_at_home`` are those that stand for money where the article is from, by their small letters.
    """
    small, parts, behind = lowered(text), [], 0
    starts = [token.idx for token in doc]
    for start, end in uncased_stretches(text):
        inside = doc[bisect_left(starts, start) : bisect_left(starts, end)]
        parts += [small[behind:start], _with_capitals(list(inside), small[start:end], start, letters_at_home)]
        behind = end
    return "".join((*parts, small[behind:]))


def _with_capitals(tokens: Sequence[Token], text: str, offset: int, letters_at_home: Mapping[str, str]) -> str:
    letters = list(text)
    places = [token.idx - offset for token in tokens]
    words = [text[at : at + len(token)] for at, token in zip(places, tokens, strict=True)]
    names = _names(words, [token.tag_ for token in tokens])
    for token, at, word, is_name in zip(tokens, places, words, names, strict=True):
        cut = text[at + len(word) : at + len(word) + 1].isalpha()  # "im" is two tokens
        opens = token.is_sent_start or (words[0] == "*" and at == 1)  # "*BOEING TO CUT 900 JOBS"
        if (is_name or ((opens or word == "i") and not cut)) and word[0].isalpha():
            _write(letters, at, word.upper() if word in word_set("names", "acronyms") else _capitalised(word))
    for day in _days().finditer(text):
        for found in _WORD.finditer(text, *day.span(day.lastgroup or 0)):
            _write(letters, found.start(), _capitalised(found[0]))
    for mark in _BEFORE_NUMBER.finditer(text):
        _write(letters, mark.start(), _marks().get(mark[0], mark[0]))
    for part in (*_codes().finditer(text), *_BEHIND_NUMBER.finditer(text)):
        _write(letters, part.start(), part[0].upper())
    for small, mark_at_home in letters_at_home.items():
        apart = " ?" if len(small) > 1 else ""
        for found in re.finditer(rf"(?<![\w$]){re.escape(small)}(?={apart}\d)", text):
            _write(letters, found.start(), mark_at_home)
    return "".join(letters)


def _names(words: Sequence[str], tags: Sequence[str]) -> list[bool]:
    """Which tokens belong to a name: those with the tag of one, and nouns that nobody knows or that end one."""
    known = shipped_model().word_rows
    named = [tag in _NAME_TAGS for tag in tags]
    unknown = [
        tag == "NN" and len(word) >= _LEAST_LETTERS and word.isalpha() and word_key(word) not in known
        for word, tag in zip(words, tags, strict=True)
    ]
    endings = _endings()
    names = list(named)
    for at, word in enumerate(words):
        if named[at]:
            continue
        before, behind = at > 0 and (names[at - 1] or unknown[at - 1]), at + 1 < len(words) and named[at + 1]
        if unknown[at]:
            names[at] = before or behind or unknown[at + 1 : at + 2] == [True] or tags[at - 1] not in _BEFORE_COMMON
        elif before and word in endings:
            names[at] = True
    return names


def _write(letters: list[str], start: int, word: str) -> None:
    letters[start : start + len(word)] = word


def as_written(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims of a text to which `with_capitals` gave its capitals, in the words of ``text`` itself."""
    small = text.lower() if len(text.lower()) == len(text) else text
    stretches = uncased_stretches(text)
    starts = [start for start, _ in stretches]
    written = []
    for claim in claims:
        at = bisect_right(starts, claim.start) - 1
        inside = at >= 0 and claim.start < stretches[at][1]
        written.append(_as_written(claim, text, _Written(small, *stretches[at]) if inside else None))
    return written


class _Written(NamedTuple):
    """A text in small letters, and the stretch of it in which the words of a claim are looked for."""

    small: str
    start: int
    end: int


# The fields that hold words of a text without saying where they stand.
_WORDS = frozenset(("text", "unit_text", "resolved"))


def _as_written(value: Any, text: str, stretch: _Written | None) -> Any:
    """``value`` in the words of ``text``; what holds no place is looked for in the ``stretch``, if there is one."""
    if isinstance(value, tuple):
        return tuple(_as_written(part, text, stretch) for part in value) if value else value
    kind: type = type(value)
    changed: dict[str, Any] = {}
    for name in _parts_of(kind):
        own = getattr(value, name)
        if own is None:
            continue
        if not isinstance(own, str):
            written = _as_written(own, text, stretch)
            if written is not own:
                changed[name] = written
        elif name in _WORDS and stretch is not None:
            at = stretch.small.find(own.lower(), stretch.start, stretch.end)
            changed[name] = text[at : at + len(own)] if at >= 0 else own
    if isinstance(value, (TextSpan, Claim)):
        changed["text"] = text[value.start : value.end]
    if stretch is not None and isinstance(value, Claim) and value.kind in COUNTS:
        changed["unit"] = None if value.unit is None else value.unit.lower()
    return replace(value, **changed) if changed else value


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass; other values have none."""
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()


def _capitalised(word: str) -> str:
    start = _LETTER.search(word)
    if start is None or len(start[0].upper()) > 1:
        return word
    return word[: start.start()] + start[0].upper() + word[start.end() :]


@cache
def _marks() -> dict[str, str]:
    """The currency marks with capitals, by what is left of them without."""
    return {mark.lower(): mark for mark in sorted(currency_table().before, reverse=True) if mark != mark.lower()}


@cache
def _endings() -> frozenset[str]:
    names = word_data("names")
    return frozenset((*names["organisations"]["endings"], *names["places"]["endings"]))


@cache
def _days() -> re.Pattern[str]:
    """Holidays, and months whose names are words too where a number, a preposition or "quarter" tells them."""
    times = word_data("times")
    holidays = "|".join(name.lower() for name in times["holidays"] if name not in {name.lower(), "Lent"})
    months = "|".join(times["ambiguous_months"])
    cues = "|".join(times["month_cues"])
    return re.compile(
        rf"\b(?:{cues}) (?P<after>{months})\b|\b(?P<before>{months})\b(?=,? \d| quarter\b)"
        rf"|(?<=\d )(?P<dated>{months})\b|\b(?P<holiday>{holidays})\b"
    )


@cache
def _codes() -> re.Pattern[str]:
    """Quarters, halves, fiscal years and time zones: "q3", "1h", "fy27", "gmt"."""
    zones = "|".join(zone for zone in word_data("times")["time_zones"] if zone not in {"hours", "hrs", "est"})
    return re.compile(rf"\b(?:q[1-4]|[1-4]q|h[12]|[12]h|fy ?(?:20)?\d\d|{zones}|(?<=m )est|(?<=m\. )est)\b")
