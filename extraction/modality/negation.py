"""Tells whether a number is denied: "did not sell 40 cars", but "did not pay its 60 drivers"."""

import re
from collections.abc import Callable
from functools import cache

from extraction.text.lexemes import Lexeme, lex
from extraction.text.word_classes import in_class
from extraction.text.words import leading_words, word_data, word_set

_REACH = 90
# "trips that never took place has been", "not known whether 40 died"
_NEXT_CLAUSE = re.compile(r",|\b(?:and|that|until|whether|how|why)\b|\w (?:has|have|had) been\b")


_LASTING = re.compile(r"(?:year|quarter|month|week|day|hour|minute|decade)s?$")


@cache
def negating_words() -> frozenset[str]:
    """Words of which a text that denies holds one."""
    return leading_words(word_data("modality")["negators"])


def negator_of(text: str, start: int, end: int, *, has_border: Callable[[str, int, int], bool]) -> Lexeme | None:
    """The word that denies the number at ``start``; ``has_border`` tells whether a clause ends between two places."""
    words = lex(text, max(0, start - _REACH), start)
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.lower in word_set("modality", "negators"):
            behind = words[at + 1].lower if at + 1 < len(words) else ""
            behind_that = _behind_that(words, at)
            border = has_border(text, behind_that, start) or _NEXT_CLAUSE.search(text, behind_that, start)
            if word.lower == "without" and _is_lacking(words, at):
                return None
            only = [each.lower for each in words[at + 1 : at + 3]] == ["the", "only"]  # "not the only one of 12"
            only = only or _is_subjects(words, at)
            bounded = behind in word_set("modality", "not_negated") and not _denies_deed(words, at)
            if border or only or bounded or _is_known(words, at):
                return None
            return None if _LASTING.search(text, start, end) and _spans_time(words, at) else word
    return None


def _is_lacking(words: list[Lexeme], without: int) -> bool:
    """Whether "without" says what so many others lack: "without power in six states", "were without two defenders"."""
    of_others = any(in_class(each, "prepositions") for each in words[without + 1 :])
    return of_others or (without > 0 and in_class(words[without - 1], "be"))


def _denies_deed(words: list[Lexeme], negator: int) -> bool:
    """Whether "not to" behind the negator denies a deed.

    As in "decided not to renew 40 leases"; not in "not to mention 40 cars", "not to exceed 40".
    """
    to, verb = [word.lower for word in words[negator : negator + 3]][1:3] if len(words) > negator + 2 else ("", "")
    return words[negator].lower == "not" and to == "to" and verb not in word_set("modality", "said_with_not_to")


def _behind_that(words: list[Lexeme], negator: int) -> int:
    """Where the clause begins that is not thought true, or where the negator ends.

    As in "I don't think that 40 people died".
    """
    behind = [word.lower for word in words[negator + 1 : negator + 3]]
    thought = len(behind) > 1 and behind[0] in word_set("modality", "thinking") and behind[1] == "that"
    return words[negator + 2].end if thought else words[negator].end


def _is_subjects(words: list[Lexeme], negator: int) -> bool:
    """Whether the number is the size of a subject that did not act, and is no less for that.

    As in "Nor did a fine of $500 deter them".
    """
    led = words[negator].lower in {"nor", "neither"} and negator + 4 < len(words) <= negator + _LONGEST_SUBJECT
    return led and in_class(words[negator + 2], "articles") and words[-1].lower == "of"


_LONGEST_SUBJECT = 8  # words of "nor did the much lower dose of"


def _spans_time(words: list[Lexeme], negator: int) -> bool:
    """Whether the number is how long something has not been.

    As in "has not rained for 40 days", "hasn't lost in two years".
    """
    perfect = in_class(words[negator], "have") or (negator > 0 and in_class(words[negator - 1], "have"))
    at = _unshaded(words, negator)
    return perfect and words[at].lower in {"for", "in"}


def _unshaded(words: list[Lexeme], negator: int) -> int:
    at = len(words) - 1
    while at > negator and words[at].lower in word_set("modality", "shading"):
        at -= 1
    return at


def _is_known(words: list[Lexeme], negator: int) -> bool:
    """Whether there are so many, whatever is denied: "did not pay its 60 drivers", "has not freed the last four"."""
    at = _unshaded(words, negator)
    definite = in_class(words[at], "definites") or words[at].lower.endswith(("'s", "’s", "s’", "s'"))
    return definite and at > negator + 1 and words[negator].lower != "without"
