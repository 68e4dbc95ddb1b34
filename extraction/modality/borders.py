"""Tells where the reach of a hedge or a negation ends on its way to a number."""

import re
from functools import lru_cache

from extraction.modality.hedges import Cue
from extraction.text.words import word_data, word_set

# "will open two shops before Easter and hire 40 people", "is to open two before Easter, with the creation of 40 jobs"
_TIME = "|".join(
    (*word_data("times")["holidays"], *(name[0] for key in ("months", "weekdays") for name in word_data("times")[key]))
)
_TIMED = (
    rf"(?: (?:the )?(?:end|start|middle|summer|winter|spring|autumn) of)?(?: (?:next|{_TIME}|(?:the|this) \w+"
    r"|\d{1,2}|(?:19|20)\d\d|year|month|week)){1,3}(?:,? (?:and|or|to|in|with)|, [a-z]{2,20}ing)\b"
)
_CHARGES = "|".join(sorted(word_set("syntax", "deducted")))
_NO_NOUN = r"(?: (?:items|of|for|in|to|and|at|from)\b|[^\w\s]|\Z)"  # not "after tax was raised"
# Linear: bounded repetition only. A look at the first letter spares most words the comparison with all of them.
_BORDER = re.compile(
    r"[;:—–\n]|\s-\s"
    r"|\b(?=[abcdestw])(?:"
    r"(?:but|while|whereas|although|though|because|when|which|who|whose|where|since|despite|even as)\b"
    # "will peak at 31 before falling to 27", "We expect profit before tax to be £42m"
    rf"|(?:before(?! [a-z]{{2,20}}ing )|after)\b(?! (?:{_CHARGES}){_NO_NOUN}|{_TIMED})"
    r"|according to\b"
    r"|(?:against|compared with|compared to)\b"
    # "will close a plant that had 40 staff"; what a thing does now may be planned as well
    r"|that (?:had|was|were|took|made|sold|left|lost|began|killed|injured|earned|received|opened|closed)\b"
    r"|that (?:already|now|currently|still)\b"  # "a bill that already swallows 40 per cent"
    r")"
    r"|, an? (?:[\w'’.-]{1,24} ){0,3}(?:poll|survey|study)\b"
    r"|, (?:against|compared|versus|up|down|helped|driven|just|which|having)\b"
    r"|,? of whom\b|, an? (?:[a-z-]{2,20} ){1,2}[a-z]{2,20}ed by\b"
    # "could sell the ground, a site it bought for $4m"
    r"|, an? (?:[a-z-]{2,20} ){1,2}(?:that )?(?:it|they|he|she) (?:ha[ds] |have )?(?:[a-z]{2,20}ed|bought|won|took)\b"
    rf"|, (?:its )?(?:shares|stock) (?:{'|'.join(sorted(word_set('modality', 'slides')))})\b"
    r"|,? and (?:\w+ )?(?:has|had|have|was|were|is|are|said|says|did|(?:do|does|did)n['’]t)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r", [^,;:]{1,120},(?= [a-z])")
_MODALS = word_set("grammar", "modals")
_REACH = 100  # characters
_NOW = re.compile(r", (?:now|already|currently) [^,;]{0,120}\Z")
# "The dam, which could fail within a year, holds 40 million litres": the verb behind the clause is that of the dam.
_IN_RELATIVE = re.compile(r", (?:which|who)\b[^,;:.]{0,80}\Z")
_MAIN_VERB = re.compile(r", (?:is|are|was|were|has|have|had|[a-z]{2,20}(?:s|ed)) (?!and\b|or\b)")
_GOES_ON = re.compile(
    rf", (?:(?:and|or) (?:then |also |[a-z]{{2,20}}ly )?(?:{'|'.join(sorted(word_set('modality', 'plans')))})\b"
    r"|to (?:(?:about|around|nearly|almost|some|at least|more than|over) )?\Z)"
)


@lru_cache(maxsize=16)
def borders_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the borders of a text stand."""
    return tuple(match.span() for match in _BORDER.finditer(text))


def has_border(text: str, start: int, end: int) -> bool:
    """Whether one stands between two places."""
    return any(start <= first and last <= end for first, last in borders_in(text))


def is_cut_off(text: str, cue: Cue, start: int) -> bool:
    """Whether the reach of a cue ends before the number: "would raise the tax, now 5 per cent".

    A verb goes on behind an aside: "would cut 300 jobs, up from 200 last year, and sell 40 shops".
    """
    if _NOW.search(text, cue[2], start) is not None:
        return True
    in_relative = _IN_RELATIVE.search(text, max(0, cue[1] - _REACH), cue[1]) is not None
    if in_relative and _MAIN_VERB.search(text, cue[2], start) is not None:
        return True
    words = text[cue[1] : cue[2]].lower()
    # "They could, under a bill that had its second reading, stay until 75"
    bracket = _BRACKET.match(text, cue[2], start) if words in _MODALS else None
    behind = cue[2] if bracket is None else bracket.end()
    borders = [first for first, last in borders_in(text) if behind <= first and last <= start]
    if not borders:
        return False
    aside = (words in _MODALS or words.endswith(" to")) and all("," in text[at - 2 : at + 1] for at in borders)
    return not aside or _GOES_ON.search(text, borders[-1] + 1, start) is None
