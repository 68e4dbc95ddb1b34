"""Tells whether an accusation says a deed, whose numbers are alleged with it: "charged with stealing $3 million"."""

import re

from extraction.modality.hedges import Cue
from extraction.text.words import word_set

_BEFORE = 60  # characters in which it stands that a court has found so
ACCUSING = tuple(word_set("modality", "accusations"))
_DEED = re.compile(r" (?:[a-z]{2,20}ly )?(?:conspir(?:acy|ing) to [a-z]{2,20}|[a-z]{2,20}ing|the theft of|theft of)\b")
_TRIED = re.compile(r"\b(?:convicted|guilty|jailed|sentenced|pleaded|pled|acquitted|cleared|imprisoned)\b")
DENYING = frozenset(("denied", "denies", "denying"))
_DENIED = re.compile(r" (?!being\b)[a-z]{2,20}ing\b| (?:he|she|it|they|we|I)\b")
_FURTHER = re.compile(
    r"\band (?:\w{1,20}ed|held)\b"
    r"|, an? (?:offence|offense|crime|charge)\b"
    r"|\b(?:after|before|when|while|who|which|as|because|but|in (?:19|20)\d\d)\b"
)


def tells_deed(text: str, cue: Cue, start: int) -> bool:
    """Whether the deed that the cue accuses of, and its number, are alleged: "charged with stealing $3 million".

    Not where a court has found so.
    """
    if _DEED.match(text, cue[2]) is None or _FURTHER.search(text, cue[2], start) is not None:
        return False
    return _TRIED.search(text, max(0, cue[1] - _BEFORE), cue[1]) is None


def denies_deed(text: str, behind: int) -> bool:
    """Whether the words behind "denies" say what somebody has not done: "denies taking $40,000"."""
    return _DENIED.match(text, behind) is not None
