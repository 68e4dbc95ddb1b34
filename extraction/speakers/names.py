"""Tells which of the people and organisations that an article names a later mention means.

Names are runs of capitalised words. A later surname, "the Prime Minister", "the company" or a pronoun leads back to the
full name by the article's own words only; where they leave a doubt the answer is None.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from extraction.currencies.places import place_mentions
from extraction.sentences import sentence_starts
from extraction.speakers.name_kinds import gender_of, given_names, kind_of
from extraction.speakers.name_runs import POSSESSIVE, NameRun, name_runs, same_title, without_title
from extraction.words import word_data, word_set

_PERSON_PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_AGENCY = re.compile(r"\) ?(?:—|–|--|- )")  # behind the agency of a dateline, of whom the article says nothing
_DESCRIPTION = re.compile(r"(?<![\w-])(?:[Tt]he|[Ii]ts|[Tt]heir) ([a-zA-Z]+(?: [a-zA-Z]+)?)")
_HE_OR_SHE = re.compile(r"[\"“]?(He|She)\b")
_LONGEST_TITLE = 20
_MOST_WORDS = 12
# How many sentences back a pronoun may reach.
_REACH = 5
# Bounds on the work for one lookup, far beyond what an article holds.
_MOST_MENTIONS = 2000
_MOST_HOLDERS = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: ``full`` is the name at its fullest, ``kind`` is "person", "organisation" or "other"."""

    start: int
    end: int
    full: str
    kind: str


@dataclass(slots=True)
class Names:
    """The names of an article.

    ``mentions`` are in text order and begin at ``starts``; ``sentences`` begin at theirs. ``by_word`` leads from a
    short form to the full name, ``by_title`` from a title to those who were introduced with it and where; ``kinds``
    and ``genders`` are those of the full names. ``people`` are the full names that are people's for more reasons than
    their capitals: a title, an age, a given name, a surname that stands alone elsewhere.
    """

    mentions: list[Mention] = field(default_factory=list)
    sentences: Sequence[int] = ()
    by_word: dict[str, str] = field(default_factory=dict)
    by_title: dict[str, dict[str, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)

    def resolve(self, span_text: str, position: int) -> str | None:
        """The full name that ``span_text``, standing at ``position``, means; None when the article leaves it open."""
        words = POSSESSIVE.sub("", span_text.strip()).split()
        if not words or len(words) > _MOST_WORDS:
            return None
        lower = " ".join(words).lower()
        if lower in _PERSON_PRONOUNS:
            return self._person_before(position, _PERSON_PRONOUNS[lower])
        if lower in {"it", "itself"}:
            return self.main_organisation(position)
        return self._named(words) or self._described(words, position)

    def full_name(self, span_text: str, position: int) -> str | None:
        """As ``resolve``, but of a name alone, with its title and article, or a description of one.

        A name of nobody known to be a person or an organisation leads to a fuller one only.
        """
        words = span_text.split()
        if len(words) > _MOST_WORDS:
            return None
        name = self._known(words) or self._known_behind_description(words)
        if name is None:
            return self._described(words, position, strict=True)
        return name if name != span_text or self.kinds.get(name, "other") != "other" else None

    def _known_behind_description(self, words: list[str]) -> str | None:
        """The person of "the novelist Jane Doe", "striker Jane Doe"."""
        first = next((at for at, word in enumerate(words) if word[:1].isupper() and at), len(words))
        plain = all(word.isalpha() and word not in word_set("grammar", "prepositions") for word in words[:first])
        name = " ".join(words[first:])
        return name if plain and first and name in self.people else None

    def _known(self, words: list[str]) -> str | None:
        """The full name that the words are, but for an article and a title."""
        kept = words[1:] if len(words) > 1 and words[0].lower() in {"the", "a", "an"} else words
        name = " ".join(without_title(kept)[0])
        return self.by_word.get(name, name) if name in self.by_word or name in self.kinds else None

    def _named(self, words: list[str]) -> str | None:
        """A name, or a name behind a title or a description ("chief executive Jane Doe", "the broker's Jane Doe")."""
        kept = [word for word in words if word.lower() not in {"itself", "himself", "herself"}]
        name = self._known(kept)
        if name is not None:
            return name
        if kept and kept[0].lower() in {"the", "a", "an"} and len(kept) > 1:
            kept = kept[1:]
        for size in (4, 3, 2):
            tail = " ".join(kept[-size:])
            if len(kept) > size and self.kinds.get(tail) == "person":
                return tail
            head = " ".join(without_title(kept[:size])[0])
            if len(kept) > size and kept[size] in {"of", "from", "at", "for"} and self.kinds.get(head) == "person":
                return head
        return None

    def _described(self, words: list[str], position: int, *, strict: bool = False) -> str | None:
        """As in "the Prime Minister" is who was introduced with that title, "the company" the one most spoken of.

        ``strict`` leaves a company out of which no more is spoken than of another.
        """
        lower = [word.lower() for word in words if word.lower() not in {"itself", "himself", "herself"}]
        lower = [word for word in lower if not word.endswith("-based")]  # "the Dublin-based company"
        if len(lower) < 2 or lower[0] not in {"the", "its", "their"}:
            return None
        before = self.holders(" ".join(lower[1:]), position)
        if before:
            return before[0] if len(before) == 1 else None
        if lower[0] == "the" and len(lower) == 2 and lower[1] in word_data("names")["organisations"]["descriptions"]:
            institution = lower[1] in word_data("names")["organisations"]["institutions"]
            word = lower[1] if institution else ""
            return self.main_organisation(position, word, private=not institution, strict=strict)
        return None

    def holders(self, title: str, position: int) -> list[str]:
        """The people introduced with ``title`` before ``position``."""
        return [name for name, start in self.by_title.get(same_title(title), {}).items() if start < position]

    def main_organisation(
        self, position: int, word: str = "", *, private: bool = False, strict: bool = False
    ) -> str | None:
        """The organisation named most often before ``position``, the earlier one of equals; ``word`` in its name.

        ``private`` leaves authorities out, ``strict`` equals.
        """
        before = self.mentions[: bisect_left(self.starts, position)][:_MOST_MENTIONS]
        counts = Counter(mention.full for mention in before if mention.kind == "organisation")
        fitting = {
            name: count for name, count in counts.items() if word in name.lower() and not (private and _is_public(name))
        }
        most = Counter(fitting).most_common(2)
        if not most or (strict and len(most) == 2 and most[0][1] == most[1][1]):
            return None
        return most[0][0]

    def _person_before(self, position: int, gender: str) -> str | None:
        """The first fitting person of the nearest sentence that names one; a subject comes first in its sentence."""
        last = bisect_left(self.starts, position)
        sentence = bisect_right(self.sentences, position) - 1
        for index in range(sentence, max(-1, sentence - _REACH), -1):
            first = bisect_left(self.starts, self.sentences[index])
            for mention in self.mentions[first : min(last, first + _MOST_MENTIONS)]:
                if mention.kind == "person" and self.genders.get(mention.full, gender) == gender:
                    return mention.full
            last = first
        return None


def _is_public(name: str) -> bool:
    """Whether a name is that of an authority, which "the company" or "the airline" is not."""
    return not word_set("names", "public_bodies").isdisjoint(name.lower().split())


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
        gender = _PERSON_PRONOUNS[opening.group(1).lower()]
        first, last = (bisect_left(names.starts, offset) for offset in (before, start))
        people = {mention.full for mention in names.mentions[first:last] if mention.kind == "person"}
        if len(people) == 1:
            names.genders.setdefault(people.pop(), gender)


def _introduce(names: Names, run: NameRun) -> None:
    """Makes a name known, with its kind, its short forms and the title in front of it."""
    words = run.name.split(" ")
    known = names.by_word.get(run.name)
    if known is None and run.name not in names.kinds and (run.sure or run.aged or len(words) > 1):
        kind = "person" if run.aged else kind_of(words, run.title)
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
        surname = full.rsplit(" ", 1)[-1]
        before = text[max(0, run.start - _LONGEST_TITLE) : run.start].split(" ")
        # "chief executive Jo Moss": in lower case the title stands outside of the run.
        titled = run.title or (len(before) > 2 and before[-2] in word_set("names", "titles"))
        if titled or run.aged or full in names.genders or (surname != full and surname in alone):
            names.people.add(full)


def _add_short_forms(names: Names, name: str, words: list[str], kind: str) -> None:
    if len(words) < 2:
        return
    if kind == "person":
        known = names.by_word.setdefault(words[-1], name)
        # "Moss" is Ada Moss, whatever her company is called.
        if names.kinds.get(known) == "organisation" and words[0].lower() in given_names():
            names.by_word[words[-1]] = name
    elif kind == "organisation":
        short = " ".join(words[:-1])
        if words[-1].lower().rstrip(".") in word_set("names", "corporate_endings") and not place_mentions(short):
            names.by_word.setdefault(short, name)
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
