"""Tells hedges that are over before the number: in brackets, in a quotation, or of what has been done for so long."""

import re

from extraction.modality.hedges import Cue
from extraction.text.money_signs import SIGNS
from extraction.text.words import word_set

_NEAR = 60
_FAR = 200
_ADJECTIVES = frozenset(("potential", "possible"))
_LASTING = re.compile(r"\bfor (?:(?:about|around|nearly|almost|some|over|at least|more than) )?$")
_TIMES = re.compile(r"[\w.-]{1,20} (?:years?|months?|weeks?|days?|decades?|hours?)\b")
_PERFECT = re.compile(r"\b(?:has|have|had|been)\b|['’]ve\b")


def is_passed(text: str, cue: Cue, start: int) -> bool:
    """Whether the cue says something about other words in front of the number alone."""
    return (
        _ends_with_clause(text, cue, start)
        or _lasts(text, cue, start)
        or _is_bracketed(text, cue, start)
        or _is_quoted(text, cue, start)
        or _sums_up(text, cue, start)
        or _is_of_now(text, cue, start)
        or _has_failed(text, cue, start)
    )


_OF_THEM = re.compile(r", (?:at least )?[\w,]{1,12} of (?:them|whom|which) [^,;]*\Z")


def _sums_up(text: str, cue: Cue, start: int) -> bool:
    """Whether the estimate is that of the whole alone, and the number is of a part.

    As in "There are thought to be 300 farms, one of them with 40 cows".
    Not in "An estimated 40 ships, two of them tankers, lost 300 men".
    """
    return cue[0] == "estimated" and _OF_THEM.search(text, max(cue[2], start - _FAR), start) is not None


def _lasts(text: str, cue: Cue, start: int) -> bool:
    """Whether the number is how long something has been done, which is no possibility.

    As in "have sought potential buyers for three years".
    """
    if text[cue[1] : cue[2]].lower() not in _ADJECTIVES:
        return False
    lasting = _TIMES.match(text, start) and _LASTING.search(text, max(cue[2], start - _NEAR), start)
    return bool(lasting) and _PERFECT.search(text, max(0, cue[1] - _NEAR), cue[1]) is not None


_OF_NOW = re.compile(r", (?:now|already|currently) (?:[a-z]{2,20} )?\Z")


def _is_of_now(text: str, cue: Cue, start: int) -> bool:
    """Whether what is estimated stands between commas and is over.

    As in "would cut losses, now estimated at 30 per cent, to 20 per cent".
    """
    return "," in text[cue[2] : start] and _OF_NOW.search(text, max(0, cue[1] - _NEAR), cue[1]) is not None


_FAILING, _SENSING = ("|".join(sorted(word_set("modality", name))) for name in ("failing", "sensing"))
_FAILED = re.compile(rf" (?:(?:not|barely|hardly|scarcely|no longer) (?:{_FAILING})|(?:{_SENSING}))\b")
_CONDITION = re.compile(r"\b(?:if|unless|without|until)\b", re.IGNORECASE)


def _has_failed(text: str, cue: Cue, start: int) -> bool:
    """Whether "could" tells what has been so, without an "if".

    As in "could not see two metres ahead", "he could hear 40 guns".
    Not in "Parts of the city could see 10 inches of rain".
    """
    failed = text[cue[1] : cue[2]].lower() == "could" and _FAILED.match(text, cue[2], start) is not None
    return failed and _CONDITION.search(text) is None


_AND_THAT = re.compile(r"\band that (?!of\b|is\b|was\b|would\b|will\b)")


def _ends_with_clause(text: str, cue: Cue, start: int) -> bool:
    """Whether the modal verb is that of the first clause, and a second "that" follows.

    As in "said the poor would pay, and that inflation was 12%".
    """
    if text[cue[1] : cue[2]].lower() not in word_set("grammar", "modals"):
        return False
    behind = _AND_THAT.search(text, cue[2], start)
    if behind is None:
        return False
    return text.find(" that ", cue[2], behind.start()) < 0


def _is_bracketed(text: str, cue: Cue, start: int) -> bool:
    """Whether the cue stands in brackets that close in front of the number.

    As in "its fame (and, perhaps, hers) sold 40 copies"; "lost (or may have lost) 40 jobs" hedges.
    """
    closing, opening = text.find(")", cue[2], start), text.rfind("(", max(0, cue[1] - _FAR), cue[1])
    if closing < 0 or opening < 0 or text.find(")", opening, cue[1]) >= 0 or "(" in text[cue[2] : closing]:
        return False
    return not text.startswith("(or ", opening)


def _is_quoted(text: str, cue: Cue, start: int) -> bool:
    """Whether the quotation of the cue is over, and no other holds the number: '"We will win," she told 300 people'.

    Not in '"We will," she said, "cut 300 jobs"', 'said it was "likely" to cut 300 jobs'.
    """
    if text.find('"', cue[2], start) < 0 and text.find("”", cue[2], start) < 0:
        return False
    closing = _CLOSES.search(text, cue[2], start)
    if closing is None or _OPENS.search(text, cue[2], closing.start()) is not None:
        return False
    opened = [mark.start() for mark in _OPENS.finditer(text, closing.end(), start)]
    return not opened or _CLOSES.search(text, opened[-1] + 1, start) is not None


_CLOSES = re.compile(r"[\w)][,.!?][\"”](?=\s)")
_OPENS = re.compile(rf"(?<![\w,.!?])[\"“](?=[\w{SIGNS}])")
