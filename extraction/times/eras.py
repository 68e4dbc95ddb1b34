"""Reads years of an era: "in 3,200 BC", "around 12,000 BCE", "between 900 and 1200 AD", "AD 79"."""

import re

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_set

# "ad" and "ce" only in capitals, which the pattern asks for; "B.C." and "A.D." are two runs of letters.
ERA_WORDS = frozenset(("bc", "bce", "ad", "ce", "b", "d"))
_YEAR = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})"
ERA = (
    rf"(?<![\w.,{SIGNS}-])(?:(?P<first>{_YEAR})(?: ?[-–—] ?| to | and | or ))?(?P<last>{_YEAR}) ?"
    r"(?P<era>BCE?\b|B\.C\.(?:E\.)?|AD\b|A\.D\.|CE\b)(?=(?P<next>(?: [^\W_][\w'’-]{0,24})?))"
    rf"|(?<![\w.])(?P<before>AD|A\.D\.) ?(?P<after>\d{{1,4}})(?![\w%]|[.,]\d)"
)
_BEHIND = word_set("grammar", "prepositions", "determiners", "subject_pronouns", "subordinators", "be", "have")
_JOINING = word_set("grammar", "coordinators")
_IN_FRONT = frozenset(
    ("in", "from", "by", "around", "about", "circa", "since", "until", "between", "before", "after", "year", "c", "to")
)
_WORD_IN_FRONT = re.compile(r"([A-Za-z]+)\.? $")


def is_era(match: re.Match[str]) -> bool:
    """Keeps "40 BC residents" out, who live in British Columbia, and "300 AD campaigns"."""
    following = (match["next"] or "").strip().lower()
    if match["before"] or not following or following in _BEHIND:
        return True
    front = _WORD_IN_FRONT.search(match.string, max(0, match.start() - 12), match.start())
    return following in _JOINING and front is not None and front[1].lower() in _IN_FRONT
