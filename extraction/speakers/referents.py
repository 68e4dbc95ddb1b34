"""Tells whose name the subject of a claim stands for: "she", "it", "the company", "the mayor", "Moss".

A name is given only where the article leaves no doubt: another person of the same gender in the same sentence, or an
unnamed one ("the driver") in between, leaves one. Word lists are those of ``en/names.toml``.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache

from extraction.claims import Attribution, TextSpan
from extraction.speakers.mentions import Mention, Names, may_be_named
from extraction.speakers.names import ArticleNames
from extraction.text.words import word_data, word_set

# How many sentences back "he" or "she" may reach; further back others have mostly come in between.
_REACH = 3
# No sentence of an article is longer. What stands further away than this is not looked at, so that the time is linear.
_LONGEST = 1500
_MOST_MENTIONS = 100
# As many characters as the first words of a sentence have.
_OPENING_CHARACTERS = 60
_WORD = re.compile(r"[ \n]*([\w'’-]+)")
_OPENING = re.compile(r"\W*(?:(?P<pronoun>It)\b|(?P<described>The [a-z-]+)\b|\w)")
_GENDERS = {"he": "male", "she": "female"}
_OWNERS = {"his": "male", "her": "female"}


def resolved_subject(names: ArticleNames, subject: TextSpan, attribution: Attribution | None) -> str | None:
    """The full name of who or what ``subject`` means; None where it is no name, pronoun or description of one.

    Of "its profit" and "her costs" that is whose they are.
    """
    lower = subject.text.lower()
    owner = lower.partition(" ")[0]
    if owner in _OWNERS:
        return _person(names, subject.start, _OWNERS[owner], attribution)
    if owner == "its":
        return _owner(names.found, subject.start)
    if lower in _GENDERS:
        return _person(names, subject.start, _GENDERS[lower], attribution)
    if lower == "i":
        return _quoted_person(names, attribution)
    if lower == "it":
        return _organisation(names, subject, attribution)
    if (lower != subject.text or lower.startswith("the ")) and may_be_named(subject.text):
        return names.found.full_name(subject.text, subject.start)
    return None


def _quoted_person(names: ArticleNames, attribution: Attribution | None) -> str | None:
    """Who says "I" in a quotation."""
    if attribution is None or attribution.type != "direct" or attribution.speaker is None:
        return None
    name = attribution.speaker.resolved
    return name if name is not None and names.found.kinds.get(name) == "person" else None


# People -------------------------------------------------------------------------------------------------------------


def _person(names: ArticleNames, position: int, gender: str, attribution: Attribution | None) -> str | None:
    """The one fitting person of the nearest sentence that names one, or who opens that sentence."""
    found, text = names.found, names.text
    quoted = (
        attribution.speaker.resolved if attribution and attribution.speaker and attribution.type == "direct" else None
    )
    last = bisect_right(found.sentences, position) - 1
    end = position
    for index in range(last, max(-1, last - 1 - _REACH), -1):
        start = found.sentences[index]
        if end - start > _LONGEST:
            return None
        people = [one for one in _mentions(found, start, end) if one.kind == "person" and one.full != quoted]
        fitting = [one for one in people if found.genders.get(one.full, gender) == gender]
        if _unnamed(text, start, end, gender, people, opening=index < last):
            return None
        if fitting:
            return _chosen(names, fitting, gender, None if index == last else start)
        end = start
    return None


def _mentions(found: Names, start: int, end: int) -> list[Mention]:
    first = bisect_left(found.starts, start)
    return found.mentions[first : min(bisect_left(found.starts, end), first + _MOST_MENTIONS)]


def _chosen(names: ArticleNames, fitting: list[Mention], gender: str, start: int | None) -> str | None:
    """The only one of ``fitting``, the only one of known gender, or with whom the sentence at ``start`` opens."""
    found = names.found
    sure = [one for one in fitting if found.genders.get(one.full) == gender]
    for people in (fitting, sure):
        if len({one.full for one in people}) == 1:
            return people[0].full if people[0].full in found.people else None
    first = fitting[0]
    if start is None or first.full not in found.people or first.start - start > _OPENING_CHARACTERS:
        return None
    before = names.text[start : first.start].lower().split()
    return first.full if word_set("grammar", "prepositions").isdisjoint(before) else None


def _unnamed(text: str, start: int, end: int, gender: str, people: list[Mention], *, opening: bool) -> bool:
    """Whether somebody without a name stands in ``text[start:end]`` who could be meant.

    With ``opening`` only who opens the sentence counts.
    """
    for match in _unnamed_people().finditer(text, start, end):
        if opening and match.start() - start > 1:
            return False
        genders = {gender, "any"}
        if word_data("names")["unnamed_people"][match["noun"].lower()] in genders and not any(
            _describes(text, match, one) for one in people
        ):
            return True
    return False


def _describes(text: str, match: re.Match[str], name: Mention) -> bool:
    """Whether the description stands right in front of the name or behind its comma:
    "the driver Jo Moss", "her lawyer, Jo Moss" and "Jo Moss, a driver"; not in "Moss's mother"."""
    if match.end() <= name.start:
        return text[match.end() : name.start] in {" ", ", "}
    return match.start() < name.end or text[name.end : match.start()] == ", "


@cache
def _unnamed_people() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_data("names")["unnamed_people"], key=len, reverse=True))
    return re.compile(
        rf"(?:\b(?:a|an|the|one|another|his|her|their)|(?<=[a-z])['’]s?)\s(?:[\w-]+\s){{0,3}}?"
        rf"(?P<noun>{nouns})\b(?!['’-])",
        re.IGNORECASE,
    )


# Organisations ------------------------------------------------------------------------------------------------------


def _organisation(names: ArticleNames, pronoun: TextSpan, attribution: Attribution | None) -> str | None:
    """Who "it" is: the organisation that says so, or that opens the sentence before; only where "it" acts as one."""
    acts = _acts(names.text, pronoun.end)
    if acts not in word_set("names", "organisations_do", "reporters_do"):
        return None
    found = names.found
    sentence = bisect_right(found.sentences, pronoun.start) - 1
    start = found.sentences[sentence]
    speaker = attribution.speaker if attribution is not None and attribution.type == "indirect" else None
    if speaker is not None and start <= speaker.span.start < pronoun.start:
        name = speaker.resolved
        return name if name is not None and found.kinds.get(name) != "person" else None
    if acts not in word_set("names", "organisations_do") or names.text[start : pronoun.start].strip(" \"“‘'"):
        return None
    for index in range(sentence - 1, max(-1, sentence - 1 - _REACH), -1):
        before = found.sentences[index]
        opening = _OPENING.match(names.text, before, min(found.sentences[index + 1], before + _OPENING_CHARACTERS))
        if opening is None:
            return None
        if opening["pronoun"] is None:
            return _opening_organisation(found, names.text, before, opening["described"])
    return None


def _owner(found: Names, its: int) -> str | None:
    """Whose "its" is: the one organisation that the sentence names in front of it."""
    start = found.sentences[bisect_right(found.sentences, its) - 1]
    named = {one.full for one in _mentions(found, start, its) if one.kind == "organisation"}
    return named.pop() if len(named) == 1 else None


def _acts(text: str, behind: int) -> str:
    """The verb behind a pronoun: "asked" of "it has also asked", "has" of "it has 400 crews"."""
    words = [match.group(1).lower() for match in _WORD.finditer(text, behind, behind + _OPENING_CHARACTERS)]
    for word, following in zip(words, [*words, ""][1:], strict=True):
        owns = word in word_set("grammar", "have") and following not in _behind_have()
        if owns or not (word in word_set("grammar", "modals", "be", "have", "do", "adverbs") or word.endswith("ly")):
            return word
    return ""


@cache
def _behind_have() -> frozenset[str]:
    return word_set("names", "organisations_do", "reporters_do") | word_set("grammar", "be", "adverbs")


def _opening_organisation(found: Names, text: str, start: int, described: str | None) -> str | None:
    """The organisation with which a sentence opens, behind its description at most: "The owner, Acme Holdings"."""
    opening = next(iter(_mentions(found, start, start + _OPENING_CHARACTERS)), None)
    between = text[start : opening.start].strip() if opening is not None else ""
    if opening is not None and (not between or between.endswith(",") or between.lower() == "the"):
        return opening.full if opening.kind == "organisation" else None
    name = found.full_name(described, start) if described is not None else None
    return name if name is not None and found.kinds.get(name) == "organisation" else None
