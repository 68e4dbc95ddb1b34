"""Finds the people and organisations that an article names: runs of capitalised words, with their short forms."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

from extraction.currencies.places import place_mentions
from extraction.speakers.mentions import PERSON_PRONOUNS, Mention, Names
from extraction.speakers.name_kinds import gender_of, kind_of
from extraction.speakers.name_runs import NameRun, name_runs
from extraction.text.nouns import given_names
from extraction.text.sentences import sentence_starts
from extraction.text.words import word_set

_AGENCY = re.compile(r"\) ?(?:—|–|--|- )")  # behind the agency of a dateline, of whom the article says nothing
_DESCRIPTION = re.compile(r"(?<![\w-])(?:[Tt]he|[Ii]ts|[Tt]heir) ([a-zA-Z]+(?: [a-zA-Z]+)?)")
_HE_OR_SHE = re.compile(r"[\"“]?(He|She)\b")
_LONGEST_TITLE = 20
_MOST_HOLDERS = 20  # of one title or age, far beyond what an article holds


def find_names(text: str) -> Names:
    """The names in a text."""
    names = Names(sentences=sentence_starts(text))
    runs = name_runs(text, names.sentences)
    for run in sorted(runs, key=lambda one: one.start):
        _introduce(names, run)
    _tell_apart(names, {run.name for run in runs})
    _tell_people(names, runs, text)
    for run in runs:
        full = names.by_word.get(run.name, run.name)
        if full in names.kinds and not _AGENCY.match(text, run.end):
            names.mentions.append(Mention(run.start, run.end, full, names.kinds[full]))
    if names.by_title:
        for match in _DESCRIPTION.finditer(text):
            _mention_description(names, match)
    names.mentions.sort(key=lambda mention: mention.start)
    names.starts = [mention.start for mention in names.mentions]
    _hear_genders(names, text)
    return names


def _hear_genders(names: Names, text: str) -> None:
    """A sentence that opens with "He" or "She" tells the gender of the one person of the sentence before it."""
    for before, start in pairwise(names.sentences):
        opening = _HE_OR_SHE.match(text, start)
        if opening is None:
            continue
        gender = PERSON_PRONOUNS[opening.group(1).lower()]
        first, last = (bisect_left(names.starts, offset) for offset in (before, start))
        people = {mention.full for mention in names.mentions[first:last] if mention.kind == "person"}
        if len(people) == 1:
            names.genders.setdefault(people.pop(), gender)


def _introduce(names: Names, run: NameRun) -> None:
    """Makes a name known, with its kind, its short forms and the title in front of it."""
    words = run.name.split(" ")
    known = names.by_word.get(run.name)
    if known is None and run.name not in names.kinds and (run.sure or run.age or run.person or len(words) > 1):
        kind = "person" if run.age or run.person else "organisation" if run.called else kind_of(words, run.title)
        if kind == "person" and run.described and not run.title:
            kind = "other"
        names.kinds[run.name] = kind
        if kind != "other" or len(words) > 1:
            _add_short_forms(names, run.name, words, kind)
    full = known or run.name
    if run.person and run.person != "any" and full in names.kinds:
        names.genders.setdefault(full, run.person)
    if run.age and len(names.by_age.setdefault(run.age, {})) < _MOST_HOLDERS:
        names.by_age[run.age].setdefault(full, run.start)
    if run.title and full in names.kinds:
        holders = names.by_title.setdefault(run.title, {})
        if len(holders) < _MOST_HOLDERS:
            holders.setdefault(full, run.start)
    gender = gender_of(words, run.title)
    if gender and full in names.kinds and full not in names.genders:
        names.genders[full] = gender


def _tell_apart(names: Names, runs: set[str]) -> None:
    """A name that the article repeats by its first word is an organisation's; a person's is repeated by the last."""
    given = given_names()
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


def _tell_people(names: Names, runs: list[NameRun], text: str) -> None:
    """Notes whose names are people's beyond doubt."""
    alone = {run.name for run in runs}
    for run in runs:
        full = names.by_word.get(run.name, run.name)
        surname = full.rpartition(" ")[2]
        told = run.title or run.age or run.person or full in names.genders or (surname != full and surname in alone)
        if told or _is_behind_title(text, run.start):
            names.people.add(full)


def _is_behind_title(text: str, start: int) -> bool:
    """Whether a title in lower case stands in front, outside of the run: "chief executive Jo Moss"."""
    before = text[max(0, start - _LONGEST_TITLE) : start].rsplit(" ", 3)
    return len(before) > 2 and before[-2] in word_set("names", "titles")


def _add_short_forms(names: Names, name: str, words: list[str], kind: str) -> None:
    if len(words) < 2:
        return
    if kind == "person":
        known = names.by_word.setdefault(words[-1], name)
        # "Moss" is Ada Moss, whatever her company is called.
        if names.kinds.get(known) == "organisation" and words[0].lower() in given_names():
            names.by_word[words[-1]] = name
    elif kind == "organisation":
        kept = len(words) - 1
        while kept and words[kept].lower().rstrip(".") in word_set("names", "corporate_endings"):
            short = " ".join(words[:kept])  # "Larkfield Foods" and "Larkfield" of "Larkfield Foods Group"
            if not place_mentions(short):
                names.by_word.setdefault(short, name)
            kept -= 1
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) > 2:
            names.by_word.setdefault(initials, name)


def _mention_description(names: Names, match: re.Match[str]) -> None:
    """Adds "the Prime Minister" as a mention of the person, so that a pronoun behind it finds them."""
    words = match.group(1).lower().split(" ")
    for size in (2, 1):
        people = names.holders(" ".join(words[:size]), match.start())
        if len(people) == 1:
            full = people[0]
            names.mentions.append(Mention(match.start(), match.end(), full, names.kinds[full]))
            return


class ArticleNames:
    """The names of an article, found when somebody first asks for them."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def found(self) -> Names:
        """The names of the text."""
        return find_names(self.text)
