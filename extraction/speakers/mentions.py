"""Tells which of the people and organisations that an article names a later mention means.

A surname, "the Prime Minister", "the company", "the 47-year-old" or a pronoun leads back to the full name by the
article's own words only; where they leave a doubt the answer is None.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extraction.speakers.name_kinds import listed
from extraction.speakers.name_runs import CAPITAL, POSSESSIVE, same_title, without_title
from extraction.text.word_classes import ARTICLES
from extraction.text.words import word_data, word_set

PERSON_PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_MOST_WORDS = 12
# How many sentences back a pronoun may reach.
_REACH = 5
# Bound on the work for one lookup, far beyond what an article holds.
_MOST_MENTIONS = 2000


class Mention(NamedTuple):
    """A name in the text: ``full`` is the name at its fullest, ``kind`` is "person", "organisation" or "other"."""

    start: int
    end: int
    full: str
    kind: str


@dataclass(slots=True)
class Names:
    """The names of an article.

    ``mentions`` are in text order and begin at ``starts``; ``sentences`` begin at theirs. ``by_word`` leads from a
    short form to the full name, ``by_title`` from a title to those who were introduced with it and where, ``by_age``
    from an age; ``kinds`` and ``genders`` are those of the full names. ``people`` are the full names that are people's
    for more reasons than their capitals: a title, an age, a given name, a surname that stands alone elsewhere.
    """

    mentions: list[Mention] = field(default_factory=list)
    sentences: Sequence[int] = ()
    by_word: dict[str, str] = field(default_factory=dict)
    by_title: dict[str, dict[str, int]] = field(default_factory=dict)
    by_age: dict[str, dict[str, int]] = field(default_factory=dict)
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
        if lower in PERSON_PRONOUNS:
            return self._person_before(position, PERSON_PRONOUNS[lower])
        if lower in {"it", "itself"}:
            return self.main_organisation(position)
        return self._named(words) or self._described(words, position)

    def full_name(self, span_text: str, position: int) -> str | None:
        """The name that ``resolve`` gives, but of a name alone, with its title and article, or a description of one.

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
        """The person of "the novelist Jane Doe", "striker Jane Doe", the organisation of "the carmaker Acme"."""
        first = next((at for at, word in enumerate(words) if word[:1].isupper() and at), len(words))
        name = " ".join(words[first:])
        called = words[first - 1].lower() in listed("organisations", "trades")
        if not first or not (name in self.people or (called and self.kinds.get(name) == "organisation")):
            return None
        plain = all(word.isalpha() and word not in word_set("grammar", "prepositions") for word in words[:first])
        return name if plain else None

    def _known(self, words: list[str]) -> str | None:
        """The full name that the words are, but for an article and a title."""
        kept = words[1:] if len(words) > 1 and words[0].lower() in ARTICLES else words
        name = " ".join(without_title(kept)[0])
        return self.by_word.get(name, name) if name in self.by_word or name in self.kinds else None

    def _named(self, words: list[str]) -> str | None:
        """A name, or a name behind a title or a description ("chief executive Jane Doe", "the broker's Jane Doe")."""
        kept = [word for word in words if word.lower() not in {"itself", "himself", "herself"}]
        name = self._known(kept)
        if name is not None:
            return name
        if kept and kept[0].lower() in ARTICLES and len(kept) > 1:
            kept = kept[1:]
        first = next((at for at, word in enumerate(kept) if at and word in {"of", "from", "at", "for"}), len(kept))
        head = self._known(kept[:first])
        if head is not None and self.kinds.get(head) == "person":
            return head
        for size in (4, 3, 2, 1):
            tail = " ".join(kept[-size:])
            if len(kept) > size and self._may_be(tail, [word.lower() for word in kept[-size - 2 : -size]]):
                return self.by_word.get(tail, tail)
        return None

    def _may_be(self, name: str, before: list[str]) -> bool:
        """Whether what ends in ``name`` behind those words is who it names: no "lawyer for Jane Doe"."""
        link = before[0] if before[-1] == "the" else before[-1]
        kind = self.kinds.get(self.by_word.get(name, name))
        if kind == "person":
            return " " in name and link not in {"for", "of", "with"}
        return kind == "organisation" and (link in {"by", "from"} or link in listed("organisations", "trades"))

    def _described(self, words: list[str], position: int, *, strict: bool = False) -> str | None:
        """Who was introduced with the title of "the Prime Minister"; for "the company" the one most spoken of; or None.

        ``strict`` leaves a company out of which no more is spoken than of another.
        """
        lower = [word.lower() for word in words if word.lower() not in {"itself", "himself", "herself"}]
        if len(lower) < 2 or lower[0] not in {"the", "its", "their"}:
            return None
        before = self.holders(" ".join(lower[1:]), position)
        if before:
            return before[0] if len(before) == 1 else None
        if len(lower) == 2 and lower[1].endswith("-year-old"):
            return self._aged(lower[1].removesuffix("-year-old"), position, strict=strict)
        if len(lower) == 3 and lower[1].endswith(("-based", "-listed", "-owned")):
            del lower[1]  # "the Dublin-based company"
        if lower[0] == "the" and len(lower) == 2 and lower[1] in listed("organisations", "descriptions"):
            institution = lower[1] in listed("organisations", "institutions")
            word = lower[1] if institution else ""
            return self.main_organisation(position, word, private=not institution, strict=strict)
        return None

    def _aged(self, age: str, position: int, *, strict: bool) -> str | None:
        """Who is of that age; where the article has told none before, the last person named, but not if ``strict``."""
        people = [name for name, start in self.by_age.get(age, {}).items() if start < position]
        if people or strict:
            return people[0] if len(people) == 1 else None
        last = self._person_before(position, None)
        told = {name for holders in self.by_age.values() for name in holders}
        return None if last in told else last

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

    def _person_before(self, position: int, gender: str | None) -> str | None:
        """The first fitting person of the nearest sentence that names one; a subject comes first in its sentence.

        Without a gender it is somebody whose own is known, and so no club.
        """
        last = bisect_left(self.starts, position)
        sentence = bisect_right(self.sentences, position) - 1
        for index in range(sentence, max(-1, sentence - _REACH), -1):
            first = bisect_left(self.starts, self.sentences[index])
            for mention in self.mentions[first : min(last, first + _MOST_MENTIONS)]:
                fits = (
                    mention.full in self.genders if gender is None else self.genders.get(mention.full, gender) == gender
                )
                if mention.kind == "person" and fits:
                    return mention.full
            last = first
        return None


def may_be_named(words: str) -> bool:
    """Whether an article can have a fuller name for some words; it has none for "The price of gold"."""
    article, _, rest = words.partition(" ")
    kept = rest if rest and article.lower() in ARTICLES else words
    if _CAPITAL.search(kept) is not None or "-year-old" in kept:
        return True
    return not _describing_words().isdisjoint(kept.lower().split())


_CAPITAL = re.compile(CAPITAL)


@cache
def _describing_words() -> frozenset[str]:
    """The words of titles, and of what organisations are called: "minister", "company"."""
    same = word_data("names")["same_title"]
    titles = (*word_data("names")["titles"], *same, *same.values())
    return listed("organisations", "descriptions").union(*(title.split() for title in titles))


def _is_public(name: str) -> bool:
    """Whether a name is that of an authority, which "the company" or "the airline" is not."""
    return not word_set("names", "public_bodies").isdisjoint(name.lower().split())
