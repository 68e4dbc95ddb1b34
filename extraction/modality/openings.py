"""Finds where the clause of a number begins, and what reckons it without a hedge: "Another defeat and we must"."""

import re
from collections.abc import Sequence

from extraction.modality.hedges import Cue
from extraction.text.lexemes import Lexeme, lex
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set

_ANOTHER = re.compile(
    r"[\"“‘'\s]{0,2}(?P<more>(?:Another|(?:One|Two|A few) more) [^.,;:\"”]{3,80}?,?) and "
    r"(?:I|we|he|she|it|they|you|there|that)"
    r"(?: (?:\w{2,12} ){0,2}?(?P<modal>will|would|must|could|may|might|shall|ha(?:ve|s) to)\b|(?P<short>['’](?:ll|d)) )"
)


def implied_condition(text: str, start: int) -> Cue | None:
    """The modal verb of what would happen if there were more of something; else None.

    As in "Another month of this and we must sell 40 cows".
    """
    match = _ANOTHER.match(text)
    if match is None or match.end() > start:
        return None
    more = lex(match["more"])
    if any(is_verb(more, at) for at in range(2, len(more))):
        return None  # "Another shop has closed and it will"
    return "hypothetical", *match.span("modal" if match["modal"] else "short")


_PUT_AT = re.compile(
    r"\b(?P<cue>put|puts|putting) (?:the|its|their|his|her|our|that) (?:[a-z-]{2,20} ){0,2}?"
    rf"(?:{'|'.join(sorted(word_set('modality', 'reckoned')))})(?: (?!at )[\w’'-]{{1,24}}){{0,6}}? at "
    r"(?:(?:(?:more|less) than|between|about|around|over|some|nearly|almost|at least|up to) )?[^\w\s]?\Z"
)
_REACH = 100


def reckoned_at(text: str, start: int) -> Cue | None:
    """The words that put a number at an estimate: "puts the loss at 20 per cent"; else None.

    A poll that "puts the number at 40%" has counted.
    """
    put = _PUT_AT.search(text, max(0, start - _REACH), start) if "put" in text else None
    if put is None or not word_set("modality", "polls").isdisjoint(text.lower().split()):
        return None
    return "estimated", *put.span("cue")


def clause_opening(before: Sequence[Lexeme]) -> int:
    """Where a clause that is reported begins: "said 300 jobs will go", "angry that 40 jobs may go"."""
    at = len(before) - 1
    while at > 0 and in_class(before[at], "articles", "adverbs", "prepositions"):
        at -= 1
    if at > 0 and before[at].text == ",":
        return at + 1  # "Had the dam burst, up to 40 people would have drowned"
    if at > 0 and before[at].lower in _JOINING:
        return at + 1  # "The mine is closing, and 640 people will go"
    return next((at + 1 for at in range(len(before) - 1, -1, -1) if _opens_new(before, at)), 0)


def joins_clause(before: Sequence[Lexeme], opening: int) -> bool:
    """Whether "and", "but" or "so" stands in front of the clause that begins at ``opening``."""
    return opening > 0 and before[opening - 1].lower in _JOINING


def _opens_new(before: Sequence[Lexeme], at: int) -> bool:
    """Whether the word at ``at`` opens a clause or phrase of its own.

    As in "said 300 jobs will go", "A storm has come, with gusts of 60mph expected".
    """
    absolute = before[at].lower == "with" and at > 0 and before[at - 1].text == ","
    return absolute or before[at].lower in _OPENS_REPORT


_JOINING = ("and", "but", "so")
_OPENS_REPORT = word_set("attribution", "say", "mind", "show") - word_set("modality", "address") | {"that"}
