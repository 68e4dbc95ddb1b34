"""Finds the source with which a headline opens or ends: "Study: 1 in 4 skips breakfast", "12 killed: officials"."""

import re

from extraction.speakers.names import ArticleNames
from extraction.speakers.report import Report
from extraction.text.lexemes import lex
from extraction.text.nouns import given_names
from extraction.text.word_classes import has_verb, is_verb
from extraction.text.words import word_set

_SOURCE = r"[^\W\d_][\w.’'-]{0,24}(?: [^\W\d_][\w.’'-]{0,24}){0,3}"
_OPENING = re.compile(rf"(?P<who>{_SOURCE}): (?P<quoted>[\"“‘'])?")
_CLOSING = re.compile(rf"(?P<mark>[:—–]| [-–—]) (?P<who>{_SOURCE})(?<!\.)$")
_MARK = re.compile(r"[:—–-] ")  # in every headline of either form
_LONGEST_CLOSING = 100
_LONGEST_HEADLINE = 300
# Words of a headline beside its source; fewer are a row of a table: "Police: 40 officers".
_FEWEST_BEHIND, _FEWEST_IN_FRONT = 4, 3
_FEWEST_NAMES = 2


def headline_report(text: str, start: int, end: int, names: ArticleNames) -> Report | None:
    """The report of the line ``text[start:end]`` by the source that stands at its start or its end, if it has one."""
    if _MARK.search(text, start, end) is None:
        return None
    last = start + len(text[start:end].rstrip())
    opening = _OPENING.match(text, start, last)
    alone = last - start <= _LONGEST_HEADLINE and (end == len(text) or "\n" in text[last:end])
    if not alone and (opening is None or not opening["quoted"]):
        return None  # another sentence follows in the line
    if opening is not None and _opens(text, opening, last, names):
        return Report(opening.end("who") + 1, last, opening.span("who"), None, 0, 0, "leading")
    closing = _CLOSING.search(text, max(start, last - _LONGEST_CLOSING), last)
    if closing is not None and alone and _is_long(text, start, closing.start(), _FEWEST_IN_FRONT):
        # "The winner of 40 races: Jo Moss" is said by nobody.
        named = closing["mark"] != ":" and _names_person(closing["who"], names)
        if not (named or _is_body(closing["who"])):
            return None
        place = len(lex(text, start, closing.start("who")))
        return Report(start, closing.start(), closing.span("who"), None, place, place, "trailing")
    return None


def _opens(text: str, opening: re.Match[str], last: int, names: ArticleNames) -> bool:
    """Whether what a line opens with says the rest; "Jo Moss: 40 points" and "Jo Moss: Scored 40" are no reports."""
    who = opening["who"]
    if opening["quoted"]:
        return _names_person(who, names) or _is_body(who)
    if not _is_long(text, opening.end(), last, _FEWEST_BEHIND):
        return False
    words = lex(text, opening.end(), last)
    told = not words[0].is_number and not is_verb(words, 0) and has_verb(words)
    return _is_body(who) or (told and _names_person(who, names))


def _is_long(text: str, start: int, end: int, fewest: int) -> bool:
    return len(text[start:end].split(None, fewest)) >= fewest


def _is_body(who: str) -> bool:
    """Whether the last word is a source, and none makes a phrase of it: "Police", "Health ministry", "UN report"."""
    words = {word.lower() for word in who.split() if word != "WHO"}
    small = word_set("grammar", "prepositions", "determiners", "subject_pronouns", "coordinators", "subordinators")
    return who.split()[-1].lower() in word_set("attribution", "headline_sources") and small.isdisjoint(words)


def _names_person(who: str, names: ArticleNames) -> bool:
    """Whether the words are a person's name: "Dr Amara Obi", "Amara Obi"; "Obi" alone when the article names her."""
    words = who.split()
    if not all(word[0].isupper() for word in words) or words[0].isupper():  # "LATEST"
        return False
    titled = words[0].lower().rstrip(".") in word_set("names", "courtesies", "headline_titles")
    if len(words) >= _FEWEST_NAMES and (titled or words[0].lower() in given_names()):
        return True
    full = names.found.by_word.get(who)
    return full is not None and full in names.found.people
