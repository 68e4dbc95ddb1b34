"""Finds the runs of capitalised words in a text that are names, each with the title in front of it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extraction.speakers.name_kinds import listed, names_organisation, person_beside
from extraction.text.nouns import given_names
from extraction.text.words import word_data, word_set

CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"  # with which each name starts
_CAPITALISED = rf"{CAPITAL}[\w&]*(?:[’'.-][\w&]+)*"
_DOTTED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Rev|Hon|[A-Z])\."
# Each repetition starts with a space and a capital, so there is one way to match: linear.
_RUN = re.compile(
    rf"(?<![\w’'.-])(?:{_DOTTED}|{_CAPITALISED})"
    rf"(?: (?:(?:of|for|de|van|von|der|den|bin|al|du|la|del|da|di|le|&|\+)(?: the| der| den| la)? )?"
    rf"(?:{_DOTTED}(?= )|{_CAPITALISED})){{0,8}}"
)
_AGE_BEHIND = re.compile(r", (?:(?:an? |the )?(?P<age>\d{1,3})(?:-year-old|,| and)|aged (?P<aged>\d{1,3}))")
_AGE_IN_FRONT = re.compile(r"(?<!\d)(?P<age>\d{1,3})-year-old (?:[a-z]+ )?$")
_LONGEST_DESCRIPTION = 30
POSSESSIVE = re.compile(r"['’]s?$")
_POSSESSIVES = ("'s", "’s", "'", "’")


class NameRun(NamedTuple):
    """A capitalised run without its title.

    ``sure`` when its capitals are not those of a sentence start alone, ``described`` behind an article or "at", where
    no person's name stands, ``age`` that beside it, where only a person's stands, ``called`` behind a word for
    organisations: "the carmaker Acme". ``person`` is the gender of a word beside it for what a person is, or "any":
    "her husband, Ron", "Lena, a carer"; else empty.
    """

    start: int
    end: int
    name: str
    title: str
    sure: bool
    described: bool
    age: str = ""
    called: bool = False
    person: str = ""


def name_runs(text: str, sentences: Sequence[int]) -> list[NameRun]:
    """The names of a text in their order; ``sentences`` are the offsets at which its sentences start."""
    starts = set(sentences)
    runs = (run for match in _RUN.finditer(text) for run in _names_of(match, starts))
    return [_with_neighbours(text, run) for run in runs if not _is_own_noun(text, run)]


def _with_neighbours(text: str, run: NameRun) -> NameRun:
    """The run with what stands beside it: an age, a word for organisations, a word for persons."""
    age, called, person = _age_beside(text, run), _is_called(text, run), person_beside(text, run.start, run.end)
    return run._replace(age=age, called=called, person=person) if age or called or person else run


def _age_beside(text: str, run: NameRun) -> str:
    """The age of "Jane Doe, 52," and "52-year-old Jane Doe"; else an empty string."""
    behind = _AGE_BEHIND.match(text, run.end)
    if behind is not None:
        return behind["age"] or behind["aged"]
    first = max(0, run.start - _LONGEST_DESCRIPTION)
    if " " not in run.name or text.find("-year-old ", first, run.start) < 0:
        return ""
    before = _AGE_IN_FRONT.search(text[first : run.start])
    return before["age"] if before is not None else ""


def _is_called(text: str, run: NameRun) -> bool:
    """Whether a word for organisations is in front, and no given name follows: "railway company Nordbahn"."""
    before = text[max(0, run.start - _LONGEST_DESCRIPTION) : run.start].rsplit(" ", 2)
    trade = len(before) > 1 and before[-2].lower() in listed("organisations", "trades")
    return trade and run.name.split(" ")[0].lower() not in given_names()


def _names_of(match: re.Match[str], starts: set[int]) -> list[NameRun]:
    """The names in a run: "Japan's Prime Minister Fumio Kishida" holds a country and a man."""
    words = match.group().split(" ")
    start = match.start()
    opens = start in starts or match.string[max(0, start - 1) : start] in {'"', "“", "‘"}
    described = match.string[max(0, start - 4) : start].lower().endswith((" the ", " a ", " an ", " at ", "\nthe "))
    runs: list[NameRun] = []
    part: list[str] = []
    part_start = offset = start
    for index, word in enumerate(words):
        lower = word.lower()
        opener = index == 0 and opens and (lower in word_set("names", "no_names") or _opens_name(words))
        cut = (
            opener
            or (not part and word.islower())
            or (lower in _function_words() and word[0].isupper() and not _is_surname(word, part))
            or (word in {"of", "for"} and _is_closed(part))
        )
        if not cut:
            if not part:
                part_start = offset
            part.append(word)
        if part and (cut or index + 1 == len(words) or word.endswith(_POSSESSIVES)):
            runs += _run(part, part_start, opens and part_start == start, described and part_start == start)
            part = []
        if cut:
            described = lower in {"the", "a", "an", "at"}
        offset += len(word) + 1
    return runs


def _opens_name(words: list[str]) -> bool:
    """Whether the capital of the first word is that of the sentence: "Steelmaker Acme", "Airline Norvik Corp"."""
    first = words[0].lower()
    trade = first in listed("organisations", "trades") and first not in listed("organisations", "endings")
    return trade and (len(words) == 2 or words[-1].lower().rstrip(".") in word_set("names", "corporate_endings"))


def _is_surname(word: str, before: list[str]) -> bool:
    """Whether a day or month behind a given name is a surname: "Theresa May", "Christine Sun"."""
    return word.lower() in _calendar() and len(before) == 1 and before[0].lower() in given_names()


def _is_closed(words: list[str]) -> bool:
    """Whether "of" and what follows belong to no name that starts with ``words`` ("Jane Doe of The Post")."""
    return len(words) > 1 and words[-1].lower() not in listed("organisations", "endings")


def _run(words: list[str], start: int, opens: bool, described: bool) -> list[NameRun]:
    kept, title = without_title(words)
    while kept and (kept[-1].islower() or kept[-1] in {"&", "+"}):
        kept = kept[:-1]
    if not kept or (not title and " ".join(kept).lower().rstrip(".") in _titles()):
        return []
    offset = start + sum(len(word) + 1 for word in words[: words.index(kept[0])]) if title else start
    name = " ".join(kept)
    if name.endswith(_POSSESSIVES):
        name = POSSESSIVE.sub("", name)
    sure = not opens or len(kept) > 1 or bool(title)
    return [NameRun(offset, offset + len(name), name, title, sure, described)]


def _is_own_noun(text: str, run: NameRun) -> bool:
    """Whether the run is what an organisation calls itself, which is no name: "The Group said", "the Fund"."""
    article = text[max(0, run.start - _THE) : run.start].lower() == "the "
    return article and run.name.lower() in _own_nouns()


_THE = 4  # characters of "the "


@cache
def _own_nouns() -> frozenset[str]:
    return listed("organisations", "descriptions") | listed("organisations", "own_nouns")


def without_title(words: list[str]) -> tuple[list[str], str]:
    """The words behind the last leading title, and the title in lower case.

    In "General Motors" and "Ranger Oil" there is none: what the name ends in makes it an organisation's.
    """
    titles = word_set("names", "titles")
    for size in range(min(4, len(words) - 1), 0, -1):
        if not words[size][:1].isupper():
            continue
        last = words[size - 1].lower().rstrip(".")
        if last in titles or (size > 1 and f"{words[size - 2]} {words[size - 1]}".lower() in titles):
            if last not in word_set("names", "courtesies") and names_organisation(words[size:]):
                break
            return words[size:], same_title(" ".join(words[:size]).lower().replace(".", ""))
    return words, ""


def same_title(title: str) -> str:
    """The form under which a title is kept: "pm" is "prime minister"."""
    same: dict[str, str] = word_data("names")["same_title"]
    return same.get(title, title)


@cache
def _titles() -> frozenset[str]:
    data = word_data("names")
    titles = [*data["titles"], *data["same_title"]]
    return frozenset([*titles, *(f"{title}s" for title in titles)])


@cache
def _function_words() -> frozenset[str]:
    lists = """determiners subject_pronouns object_pronouns prepositions coordinators subordinators modals be have do
        adverbs""".split()
    return word_set("grammar", *lists) | _calendar() - word_set("times", "ambiguous_months")


@cache
def _calendar() -> frozenset[str]:
    return frozenset(name for key in ("months", "weekdays") for group in word_data("times")[key] for name in group)
