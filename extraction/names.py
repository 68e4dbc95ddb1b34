"""Finds the people and organisations that an article names, and which of them a later mention means.

Names are runs of capitalised words. A later surname, "the Prime Minister", "the company" or a pronoun leads back to the
full name by the article's own words only; where they leave a doubt the answer is None.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from extraction.sentences import sentence_starts
from extraction.words import word_data, word_set

_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w&]*(?:[’'.-][\w&]+)*"
# Each repetition starts with a space and a capital, so there is one way to match: linear.
_DOTTED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Rev|Hon|[A-Z])\."
# Each repetition starts with a space and a capital, so there is one way to match: linear.
_RUN = re.compile(
    rf"(?<![\w’'.-])(?:{_DOTTED}|{_CAPITALISED})"
    rf"(?: (?:(?:of|for|de|van|von|der|den|bin|al|du|la|del|da|di|le|&)(?: the| der| den| la)? )?"
    rf"(?:{_DOTTED}(?= )|{_CAPITALISED})){{0,8}}"
)
_AGED = re.compile(r", (?:an? |the )?\d{1,3}(?:-year-old|,| and)|, aged \d")  # behind a person's name
_AGENCY = re.compile(r"\) ?(?:—|–|--|- )")  # behind the agency of a dateline, of whom the article says nothing
_POSSESSIVE = re.compile(r"['’]s?$")
_DESCRIPTION = re.compile(r"(?<![\w-])(?:[Tt]he|[Ii]ts|[Tt]heir) ([a-zA-Z]+(?: [a-zA-Z]+)?)")
_MOST_WORDS = 12
# How many sentences back a pronoun may reach.
_REACH = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: ``full`` is the name at its fullest, ``kind`` is "person", "organisation" or "other"."""

    start: int
    end: int
    full: str
    kind: str
    gender: str | None = None


@dataclass(slots=True)
class Names:
    """The names of an article. ``mentions`` are in text order."""

    mentions: list[Mention] = field(default_factory=list)
    sentences: Sequence[int] = ()
    by_word: dict[str, str] = field(default_factory=dict)
    by_title: dict[str, dict[str, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def resolve(self, span_text: str, position: int) -> str | None:
        """The full name that ``span_text``, standing at ``position``, means; None when the article leaves it open."""
        words = _POSSESSIVE.sub("", span_text.strip()).split()
        if not words or len(words) > _MOST_WORDS:
            return None
        lower = " ".join(words).lower()
        if lower in _PERSON_PRONOUNS:
            return self._person_before(position, _PERSON_PRONOUNS[lower])
        if lower in {"it", "itself"}:
            return self.main_organisation(position)
        return self._named(words) or self._described(words, position)

    def _named(self, words: list[str]) -> str | None:
        """A name, or a name behind a title or a description ("chief executive Jane Doe", "the broker's Jane Doe")."""
        kept = [word for word in words if word.lower() not in {"itself", "himself", "herself"}]
        if kept and kept[0].lower() in {"the", "a", "an"} and len(kept) > 1:
            kept = kept[1:]
        name = " ".join(_without_title(kept)[0])
        if name in self.by_word or name in self.kinds:
            return self.by_word.get(name, name)
        for size in (4, 3, 2):
            tail = " ".join(kept[-size:])
            if len(kept) > size and self.kinds.get(tail) == "person":
                return tail
            head = " ".join(kept[:size])
            if len(kept) > size and kept[size] in {"of", "from", "at", "for"} and self.kinds.get(head) == "person":
                return head
        return None

    def _described(self, words: list[str], position: int) -> str | None:
        """As in "the Prime Minister" is who was introduced with that title, "the company" the one most spoken of."""
        lower = [word.lower() for word in words if word.lower() not in {"itself", "himself", "herself"}]
        if len(lower) < 2 or lower[0] not in {"the", "its", "their"}:
            return None
        before = self.holders(" ".join(lower[1:]), position)
        if before:
            return before[0] if len(before) == 1 else None
        if lower[0] == "the" and len(lower) == 2 and lower[1] in _names_data()["organisations"]["descriptions"]:
            institution = lower[1] in _names_data()["organisations"]["institutions"]
            return self.main_organisation(position, lower[1] if institution else "")
        return None

    def holders(self, title: str, position: int) -> list[str]:
        """The people introduced with ``title`` before ``position``."""
        return [name for name, start in self.by_title.get(_same_title(title), {}).items() if start < position]

    def main_organisation(self, position: int, word: str = "") -> str | None:
        """The organisation named most often before ``position``, the earlier one of equals; ``word`` in its name."""
        before = self.mentions[: bisect_left(self._starts, position)][:_MOST_MENTIONS]
        counts = Counter(
            mention.full for mention in before if mention.kind == "organisation" and word in mention.full.lower()
        )
        return counts.most_common(1)[0][0] if counts else None

    def _person_before(self, position: int, gender: str) -> str | None:
        """The first fitting person of the nearest sentence that names one; a subject comes first in its sentence."""
        last = bisect_left(self._starts, position)
        sentence = bisect_right(self.sentences, position) - 1
        for index in range(sentence, max(-1, sentence - _REACH), -1):
            first = bisect_left(self._starts, self.sentences[index])
            for mention in self.mentions[first : min(last, first + _MOST_MENTIONS)]:
                if mention.kind == "person" and self.genders.get(mention.full, gender) == gender:
                    return mention.full
            last = first
        return None


_PERSON_PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
# Bounds on the work for one lookup, far beyond what an article holds.
_MOST_MENTIONS = 2000
_MOST_HOLDERS = 20


def find_names(text: str) -> Names:
    """The names in a text."""
    names = Names(sentences=sentence_starts(text))
    starts = set(names.sentences)
    runs = [run for match in _RUN.finditer(text) for run in _names_of(match, starts)]
    runs = [replace(run, aged=True) if _AGED.match(text, run.end) else run for run in runs]
    for run in sorted(runs, key=lambda one: one.start):
        _introduce(names, run)
    _tell_apart(names, {run.name for run in runs})
    for run in runs:
        full = names.by_word.get(run.name, run.name)
        if full in names.kinds and not _AGENCY.match(text, run.end):
            names.mentions.append(Mention(run.start, run.end, full, names.kinds[full], names.genders.get(full)))
    for match in _DESCRIPTION.finditer(text):
        _mention_description(names, match)
    names.mentions.sort(key=lambda mention: mention.start)
    names._starts = [mention.start for mention in names.mentions]
    return names


@dataclass(frozen=True, slots=True)
class _Run:
    """A capitalised run without its title.

    ``sure`` when its capitals are not those of a sentence start alone, ``described`` behind an article or "at", where
    no person's name stands, ``aged`` in front of an age, where only a person's stands.
    """

    start: int
    end: int
    name: str
    title: str
    sure: bool
    described: bool
    aged: bool = False


def _names_of(match: re.Match[str], starts: set[int]) -> list[_Run]:
    """The names in a run: "Japan's Prime Minister Fumio Kishida" holds a country and a man."""
    words = match.group().split(" ")
    start = match.start()
    opens = start in starts or match.string[max(0, start - 1) : start] in {'"', "“", "‘"}
    described = match.string[max(0, start - 4) : start].lower().endswith((" the ", " a ", " an ", " at ", "\nthe "))
    runs: list[_Run] = []
    part: list[str] = []
    part_start = offset = start
    for index, word in enumerate(words):
        cut = (word[0].isupper() and word.lower() in _function_words()) or (word in {"of", "for"} and _is_closed(part))
        if not cut:
            if not part:
                part_start = offset
            part.append(word)
        if part and (cut or index + 1 == len(words) or _POSSESSIVE.search(word)):
            runs += _run(part, part_start, opens and part_start == start, described and part_start == start)
            part = []
        if cut:
            described = word.lower() in {"the", "a", "an", "at"}
        offset += len(word) + 1
    return runs


def _is_closed(words: list[str]) -> bool:
    """Whether "of" and what follows belong to no name that starts with ``words`` ("Jane Doe of The Post")."""
    return len(words) > 1 and words[-1].lower() not in _names_data()["organisations"]["endings"]


def _run(words: list[str], start: int, opens: bool, described: bool) -> list[_Run]:
    kept, title = _without_title(words)
    while kept and (kept[-1].islower() or kept[-1] == "&"):
        kept = kept[:-1]
    if not kept or (not title and " ".join(kept).lower().rstrip(".") in _titles()):
        return []
    offset = start + sum(len(word) + 1 for word in words[: words.index(kept[0])])
    name = _POSSESSIVE.sub("", " ".join(kept))
    sure = not opens or len(kept) > 1 or bool(title)
    return [_Run(offset, offset + len(name), name, title, sure, described)]


def _without_title(words: list[str]) -> tuple[list[str], str]:
    """The words behind the last leading title, and the title in lower case."""
    titles = word_set("names", "titles")
    for size in range(min(4, len(words) - 1), 0, -1):
        last = words[size - 1].lower().rstrip(".")
        last_two = " ".join(words[max(0, size - 2) : size]).lower()
        if (last in titles or last_two in titles) and words[size][:1].isupper():
            return words[size:], _same_title(" ".join(words[:size]).lower().replace(".", ""))
    return words, ""


def _same_title(title: str) -> str:
    same: dict[str, str] = _names_data()["same_title"]
    return same.get(title, title)


def _introduce(names: Names, run: _Run) -> None:
    """Makes a name known, with its kind, its short forms and the title in front of it."""
    words = run.name.split(" ")
    known = names.by_word.get(run.name)
    if known is None and run.name not in names.kinds and (run.sure or run.aged or len(words) > 1):
        kind = "person" if run.aged else _kind_of(words, run.title)
        if kind == "person" and run.described and not run.title:
            kind = "other"
        names.kinds[run.name] = kind
        if kind != "other" or len(words) > 1:
            _add_short_forms(names, run.name, words, kind)
    full = known or run.name
    if run.title and full in names.kinds:
        if names.kinds[full] == "other" and known is None:
            names.kinds[full] = "person"
        holders = names.by_title.setdefault(run.title, {})
        if len(holders) < _MOST_HOLDERS:
            holders.setdefault(full, run.start)
    gender = _gender(words, run.title)
    if gender and full in names.kinds and full not in names.genders:
        names.genders[full] = gender


def _tell_apart(names: Names, runs: set[str]) -> None:
    """A name that the article repeats by its first word is an organisation's; a person's is repeated by the last."""
    given = _given_names()
    for name, kind in list(names.kinds.items()):
        words = name.split(" ")
        if kind != "person" or len(words) < 2 or any(name in holders for holders in names.by_title.values()):
            continue
        first, last = words[0], words[-1]
        if first in runs and last not in runs and first.lower() not in given and names.by_word.get(last) == name:
            names.kinds[name] = "organisation"
            del names.by_word[last]
            names.by_word.setdefault(first, name)
            names.kinds.pop(first, None)


def _add_short_forms(names: Names, name: str, words: list[str], kind: str) -> None:
    if len(words) < 2:
        return
    if kind == "person":
        names.by_word.setdefault(words[-1], name)
    elif kind == "organisation":
        if words[-1].lower().rstrip(".") in word_set("names", "corporate_endings"):
            names.by_word.setdefault(" ".join(words[:-1]), name)
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) > 2:
            names.by_word.setdefault(initials, name)


def _kind_of(words: list[str], title: str) -> str:
    data = _names_data()
    last, first = words[-1].lower(), words[0].lower()
    if title:
        return "person"
    acronym = len(words) == 1 and len(last) > 2 and words[0].isupper()
    if acronym or last.rstrip(".") in {*data["organisations"]["endings"], *data["corporate_endings"]}:
        return "organisation"
    if first in data["places"]["beginnings"] or last in data["places"]["endings"]:
        return "other"
    if any(word.lower() in data["organisations"]["endings"] for word in words[1:] if len(words) > 2):
        return "organisation"
    plain = all(re.fullmatch(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[A-Z]\.?", word) for word in words)
    shouted = any(word.isupper() and len(word) > 1 for word in words)
    if 2 <= len(words) <= 4 and plain and not shouted and "of" not in words and "for" not in words:
        return "person"
    return "other"


def _gender(words: list[str], title: str) -> str | None:
    data = _names_data()
    last_title = title.rsplit(" ", 1)[-1]
    if last_title in data["male_titles"]:
        return "male"
    if last_title in data["female_titles"]:
        return "female"
    if len(words) > 1:
        first = words[0].lower()
        return "male" if first in data["genders"]["male"] else "female" if first in data["genders"]["female"] else None
    return None


def _mention_description(names: Names, match: re.Match[str]) -> None:
    """Adds "the Prime Minister" as a mention of the person, so that a pronoun behind it finds them."""
    words = match.group(1).lower().split(" ")
    for size in (2, 1):
        people = names.holders(" ".join(words[:size]), match.start())
        if len(people) == 1:
            full = people[0]
            names.mentions.append(Mention(match.start(), match.end(), full, names.kinds[full], names.genders.get(full)))
            return


def _names_data() -> dict[str, Any]:
    return word_data("names")


@cache
def _given_names() -> frozenset[str]:
    genders = _names_data()["genders"]
    return frozenset([*genders["male"], *genders["female"]])


@cache
def _titles() -> frozenset[str]:
    data = _names_data()
    titles = [*data["titles"], *data["same_title"]]
    return frozenset([*titles, *(f"{title}s" for title in titles)])


@cache
def _function_words() -> frozenset[str]:
    lists = (
        "determiners",
        "subject_pronouns",
        "object_pronouns",
        "prepositions",
        "coordinators",
        "subordinators",
        "modals",
        "be",
        "have",
        "do",
        "adverbs",
    )
    calendar = [name for key in ("months", "weekdays") for group in word_data("times")[key] for name in group]
    return word_set("grammar", *lists) | frozenset(calendar) - {"may", "march"}
