"""Finds who speaks in turn in transcripts, interviews and records of debates: "SMITH: We cut 300 jobs."

A label opens a line and ends with a colon: a name, a name with a part ("Jo Li, Chief Executive:"), a part with a name
("The Minister for Health (Jo Li):", "REPORTER (JO LI, LIVE):"), a part alone ("HOST:") or "Q" and "A". One line proves
nothing; a text has turns when two labels of people stand in front of sentences, and each of them is known for a
person's by what else the text holds. The handle in front of a post ("RT @cityhall: 300 homes lost power") needs no
other. Time is linear in the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from extraction.text.line_openings import is_kicker
from extraction.text.lines import LINE
from extraction.text.nouns import given_names
from extraction.text.words import word_set

_NAME_WORD = r"(?:[A-ZÀ-Þ][\w’'-]*\.?|van|von|der|den|de|da|di|del|la|le|bin|al|du)"
_NAME = rf"[A-ZÀ-Þ][\w’'-]*\.?(?: {_NAME_WORD}){{0,5}}"
_FULL_NAME = rf"[A-ZÀ-Þ][\w’'-]*\.?(?: {_NAME_WORD}){{1,5}}"
_LABEL = re.compile(
    r"[ \t*_]*(?:\d{1,3}\. )?(?:(?P<medium>[A-Z]{2,9}(?: [A-Z]{2,9})?) ?[-–—] )?"
    rf"(?:(?P<part>[Tt]he [^\n:()]{{1,80}}|[A-Z][A-Z. ]{{1,30}}) \((?P<held>{_FULL_NAME})(?:, [^\n:()]{{1,60}})?\)"
    rf"|(?:RT )?(?P<name>{_NAME}|@\w{{2,30}})(?P<notes>(?: ?\([^\d\n:()]{{1,60}}\)){{0,3}})(?P<role>, [^\n:]{{1,80}})?)"
    r"[*_]{0,2}(?::[*_]{0,2}(?=\s)|(?P<stop>\.)(?= ))[ \t]*"
)
_LETTERS = {"Q": "Q", "A": "A", "Question": "Q", "Answer": "A"}
_ENDS = re.compile(r"""[.!?…"”’)\]]$""")
_STAGE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")  # "(SOUNDBITE OF MUSIC)"
_TALK = word_set("attribution", "talk")
_MOST_LABELS = 40  # of people who are looked for in the text
_MOST_WORDS = 12  # that are looked at
_FEWEST_WORDS = 4  # of a sentence by which a label is known; its other turns may be "Yes."
_FEWEST_TURNS = 2
_LONGEST_LABEL = 200
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in turn: ``text[start:label_end]`` is the label, ``text[label_end:end]`` what they say.

    ``name`` are the offsets of the name in the label, or of its letter ("A", "Answer"), None where it names nobody
    ("HOST:"); ``letter`` is "Q" or "A" for such a label, else empty.
    """

    start: int
    label_end: int
    end: int
    name: tuple[int, int] | None
    letter: str = ""


@lru_cache(maxsize=4)  # sentences and speakers ask for the same
def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a text in its order; none where nobody talks in turn."""
    if "\n" not in text and "\r" not in text and not text.startswith(("@", "RT @")):
        return ()
    lines = [match.span() for match in LINE.finditer(text)]
    labels = [match for start, end in lines if (match := _label(text, start, end)) is not None]
    if len(labels) < _FEWEST_TURNS and not any(map(_is_handle, labels)):
        return ()
    known = _known(text, labels)
    if not known:
        return ()
    spoken = [label for label in labels if _key(label) in known or _is_part(label)]
    return tuple(_turns(text, lines, spoken))


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    """The label with which a line opens."""
    colon = text.find(":", start, min(end, start + _LONGEST_LABEL))
    stop = text.find(". ", start, min(end, start + _LONGEST_NAME))
    if colon < 0 and not (stop > start and text[stop - 1].isupper()):
        return None
    label = _LABEL.match(text, start, min(end + 1, start + _LONGEST_LABEL))
    if label is None or (label["stop"] and not (label["name"] in _LETTERS or _is_recorded(label))):
        return None
    return label


def _is_recorded(label: re.Match[str]) -> bool:
    """Whether the label is a title and a name in capitals, as in records: "Senator WARREN. You have raised rates"."""
    title, _, name = (label["name"] or "").partition(" ")
    return len(name) > 1 and name.isupper() and title.lower().rstrip(".") in _TITLES


_TITLES = word_set("names", "courtesies", "headline_titles", "titles", "male_titles", "female_titles")


def _key(label: re.Match[str]) -> str:
    """What is the same in all labels of one person: the last word of the name."""
    name = _name(label)
    return _LETTERS.get(name) or name.rpartition(" ")[2].lower()


def _name(label: re.Match[str]) -> str:
    return label["held"] or label["name"]


def _is_handle(label: re.Match[str]) -> bool:
    return _name(label).startswith("@")


def _is_part(label: re.Match[str]) -> bool:
    """Whether a label names nobody: "HOST:", "Mr Speaker:", "REPORTER (ON CAM):"."""
    if label["held"]:
        return not word_set("attribution", "turn_notes").isdisjoint(label["held"].lower().split())
    return label["name"].lower() in word_set("attribution", "turn_parts")


# Whose labels --------------------------------------------------------------------------------------------------------


def _known(text: str, labels: Sequence[re.Match[str]]) -> frozenset[str]:
    """The keys of the labels that are people's; none when fewer than two turns are left."""
    told = [label for label in labels if not _is_part(label)]
    times = Counter(_key(label) for label in told)
    posting = {_key(label) for label in told if _is_handle(label)}
    known = posting | {_key(label) for label in told if _names_person(label) and _says_something(text, label)}
    if min(times["Q"], times["A"]) > 0:
        known |= {"Q", "A"}
    unknown = {key: label for label in told if (key := _key(label)) not in known and times[key] > 1}
    known |= {key for key, label in islice(unknown.items(), _MOST_LABELS) if _meets(text, label)}
    if known:  # others join in
        known |= {key for label in told if _may_join(label, times[key := _key(label)]) and _says_something(text, label)}
    of_known = [label for label in told if _key(label) in known]
    talk = len(of_known) >= _FEWEST_TURNS and any(_talks(text, label) for label in of_known)
    return frozenset(known if talk else posting)


def _names_person(label: re.Match[str]) -> bool:
    """Whether the label alone shows a person: a part, a title or a given name beside the surname."""
    if label["held"] or label["medium"]:
        return True
    words = label["name"].lower().replace(".", "").split()
    if len(words) < 2 or _is_heading(label["name"]):
        return False
    return words[0] in _TITLES or words[0] in given_names() or bool(label["role"] or label["notes"] or label["stop"])


def _may_join(label: re.Match[str], times: int) -> bool:
    """Whether a label in a talk may be of somebody of whom nothing else shows that they are a person."""
    name = label["name"] or ""
    return (" " in name or times > 1) and not _is_heading(name)


def _is_heading(name: str) -> bool:
    """Whether the name is that of a part of the text, and nobody who speaks: "READ MORE", "Breaking News"."""
    return is_kicker(name) or not word_set("attribution", "no_turns").isdisjoint(name.lower().split())


def _meets(text: str, label: re.Match[str]) -> bool:
    """Whether a label that stands twice is of a full name, a given one or one met elsewhere: "Luis Reyes"."""
    words = _name(label).lower().split()
    if _is_heading(_name(label)):
        return False
    if len(words) > 1 and _says_something(text, label):
        return True
    if len(words) == 1 and words[0] in given_names():  # "MARY: So what did it cost?"
        return True
    shown = without_capitals(_name(label).rpartition(" ")[2])
    return re.search(rf"(?<![\w.’'-])[A-ZÀ-Þ][\w.’'-]{{0,24}} {re.escape(shown)}\b(?!\w*:)", text) is not None


def without_capitals(word: str) -> str:
    """A word of a name that is all in capitals as an article writes it: "Smith-Jones" of "SMITH-JONES"."""
    if not word.isupper():
        return word
    return _PART_OF_NAME.sub(lambda part: part.group().capitalize(), word)


_PART_OF_NAME = re.compile(r"[^\W\d_]+")


def _says_something(text: str, label: re.Match[str]) -> bool:
    """Whether a sentence stands behind the label, on its line or on the next."""
    said = _said(text, label)
    words = said.split(None, _MOST_WORDS)[:_MOST_WORDS]
    opens = said.lstrip(" \t*_\"“‘'([—–-")[:1]
    small = sum(word.islower() for word in words)
    sentence = len(words) >= _FEWEST_WORDS and small > 1 and not opens.islower()
    return sentence and _ENDS.search(said) is not None


def _talks(text: str, label: re.Match[str]) -> bool:
    """Whether somebody speaks of themselves or to somebody behind the label; in a list of clubs nobody does."""
    words = (word.strip('.,?!"“”').partition("'")[0].partition("’")[0].lower() for word in _said(text, label).split())
    return not _TALK.isdisjoint(words)


def _said(text: str, label: re.Match[str]) -> str:
    said = LINE.search(text, label.end())
    return said.group().rstrip() if said is not None else ""


# How far --------------------------------------------------------------------------------------------------------------


def _turns(text: str, lines: Sequence[tuple[int, int]], labels: Sequence[re.Match[str]]) -> list[Turn]:
    """The turns that open with the labels, each up to the next; the last and a headline have one paragraph."""
    by_start = {label.start(): label for label in labels}
    found: list[Turn] = []
    open_: re.Match[str] | None = None
    end = 0
    paragraphs = 0
    waiting = len(labels)
    headline = labels[0] if labels[0].start() == 0 and labels[0].end() < lines[0][1] else None
    for start, line_end in lines:
        label = by_start.get(start)
        if label is not None:
            found += _turn(open_, end)
            open_, end, paragraphs, waiting = label, line_end, int(label.end() < line_end), waiting - 1
        elif open_ is not None and (_STAGE.fullmatch(text, start, line_end) or not _ENDS.search(text, start, line_end)):
            found += _turn(open_, end)
            open_ = None
        elif open_ is not None and (not paragraphs or (waiting and open_ is not headline)):
            end, paragraphs = line_end, paragraphs + 1
    return found + _turn(open_, end)


def _turn(label: re.Match[str] | None, end: int) -> list[Turn]:
    if label is None:
        return []
    letter = _LETTERS.get(label["name"] or "", "")
    named = None if _is_part(label) else label.span("held" if label["held"] else "name")
    start = label.start() + len(label.group()) - len(label.group().lstrip())
    return [Turn(start, min(label.end(), end), end, named, letter)]
