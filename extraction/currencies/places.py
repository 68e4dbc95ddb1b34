"""Finds mentions of countries, their people and their cities, and the country that an article comes from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from extraction.claims import SourceArticle
from extraction.text.words import word_data

# Where a mention may start: a capital letter at the start of a word ("the ECB" and "eurozone" start where they do).
_CAPITAL = re.compile(r"(?<![\w&])[^\W\d_a-zß-öø-ÿ][^\W\d_]*")
_WORD = re.compile(r"[^\W\d_]+")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Za-z'’.]+(?:[ -][A-Z][A-Za-z'’.]+){0,3})"
    r"(?:[,/] ?[A-Z][\w. ]{0,25}){0,3}(?: ?\([A-Z][\w ./-]{1,30}\))? ?(?:—|–|--|- )"
)
_DATELINE_REACH = 400
_INSTITUTIONS = {True: "governments", False: "institutions"}
_ISO_COUNTRIES_OF_NOBODY = frozenset({"UN", "XA", "XB", "ZZ", "QO", "AQ", "CP", "EZ", "AC"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at characters ``start:end``, in the country ``country`` (ISO 3166).

    ``owner_end`` is where an institution behind the name ends ("New Zealand government"), else ``end``; ``official``
    when that is one of the state.
    """

    country: str
    start: int
    end: int
    owner_end: int
    official: bool = False

    @property
    def owns(self) -> bool:
        """Whether the place stands as the owner of what follows: a government, its market, its dollars."""
        return self.owner_end > self.end


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Names and institutions by their first word, the longest first; a phrase without a country names no place."""

    by_word: Mapping[str, Sequence[tuple[str, str | None]]]
    institutions: Mapping[str, Sequence[tuple[str, bool]]]
    publishers: Mapping[str, str]
    domains: Mapping[str, str]


def place_mentions(text: str) -> list[PlaceMention]:
    """Every mention of a place in the text, in order; none overlap. Takes time linear in the text."""
    gazetteer, mentions, taken = _gazetteer(), [], 0
    for match in _CAPITAL.finditer(text):
        start = match.start()
        if start < taken:
            continue
        found = _name_at(gazetteer, text, start, match.group())
        if found is None:
            continue
        country, taken = found
        if country is not None:
            owner_end, official = _institution(gazetteer, text, taken)
            mentions.append(PlaceMention(country, start, taken, owner_end, official))
    return mentions


def dateline(text: str, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place of a dateline among the first lines ("AUCKLAND, Aug. 22 —", "TORONTO (Reuters) -"), or None."""
    starts = [0, *(found.end() for found in re.finditer(r"\n\s*", text[:_DATELINE_REACH]))]
    for start in starts:
        match = _DATELINE.match(text, start, start + 120)
        if match is None:
            continue
        for mention in mentions:
            if mention.start >= match.end("place"):
                break
            if match.start() <= mention.start and mention.end <= match.end("place"):
                return mention
    return None


def home_country(article: SourceArticle) -> str | None:
    """The country that the article says it is from: its own ``country``, its publisher's, its URL's; or None."""
    gazetteer = _gazetteer()
    if article.country:
        return gazetteer.domains.get(article.country.lower(), article.country.upper())
    if article.publisher:
        name = article.publisher.strip().lower().removeprefix("the ")
        country = gazetteer.publishers.get(name)
        if country is not None:
            return country
        named = place_mentions(article.publisher)
        if named:
            return named[0].country
    host = urlsplit(article.url).hostname if article.url else None
    domain = host.rsplit(".", 1)[-1] if host else ""
    if (
        len(domain) == 2
        and domain.isalpha()
        and domain not in ("io", "co", "ai", "tv", "me", "fm", "eu", "cc", "ws", "to")
    ):
        return gazetteer.domains.get(domain, domain.upper())
    return None


def _name_at(gazetteer: _Gazetteer, text: str, start: int, word: str) -> tuple[str | None, int] | None:
    for name, country in gazetteer.by_word.get(word, ()):
        end = start + len(name)
        if text.startswith(name, start) and not _continues(text, end):
            return country, end
    if len(word) < 3 or not word.isupper():
        return None
    for name, country in gazetteer.by_word.get(word.title(), ()):  # a dateline or headline in capitals
        end = start + len(name)
        if (len(word) > 3 or " " in name) and text[start:end] == name.upper() and not _continues(text, end):
            return country, end
    return None


def _continues(text: str, end: int) -> bool:
    """Whether a word goes on at ``end``, so that what ends there is only a part of it."""
    return end < len(text) and (text[end].isalnum() or text[end] == "_")


def _institution(gazetteer: _Gazetteer, text: str, end: int) -> tuple[int, bool]:
    """Where an institution behind the name that ends at ``end`` ends, and whether it is one of the state."""
    if text[end : end + 1] not in (" ", "'", "’"):
        return end, False
    behind = end + (3 if text[end : end + 3] in ("'s ", "’s ") else 1)
    word = _WORD.match(text, behind)
    for name, official in gazetteer.institutions.get(word.group(), ()) if word is not None else ():
        if text.startswith(name, behind) and not _continues(text, behind + len(name)):
            return behind + len(name), official
    return end, False


@cache
def _gazetteer() -> _Gazetteer:
    source = word_data("places")
    names: dict[str, str | None] = {}
    for country, name in Locale("en").territories.items():
        if len(country) == 2 and country not in _ISO_COUNTRIES_OF_NOBODY:
            names[name] = country
            names[name.replace(" & ", " and ")] = country
    for country, row in source["country"].items():
        names.update(dict.fromkeys((*row["names"], *row["places"]), country))
    names.update(dict.fromkeys(source["ignored"], None))
    by_word: dict[str, list[tuple[str, str | None]]] = {}
    for name in sorted(names, key=len, reverse=True):
        first = _CAPITAL.match(name)
        if first is not None:
            by_word.setdefault(first.group(), []).append((name, names[name]))
    publishers = {
        name.lower().removeprefix("the "): country for country, row in source["publishers"].items() for name in row
    }
    rows = [(name, official) for official in (True, False) for name in source[_INSTITUTIONS[official]]]
    institutions: dict[str, list[tuple[str, bool]]] = {}
    for name, official in sorted(rows, key=lambda row: -len(row[0])):
        first = _WORD.match(name)
        if first is not None:
            institutions.setdefault(first.group(), []).append((name, official))
    return _Gazetteer(by_word, institutions, publishers, source["domains"])
