"""Tells whether somebody denies what a clause says: "denied that 40 had died", "dismissed a claim that 40 had"."""

import re
from collections.abc import Callable
from functools import cache

from extraction.modality.described import is_age
from extraction.text.lexemes import lex
from extraction.text.word_classes import in_class, is_adverb
from extraction.text.words import word_set

_REACH = 240
_FIRST = r"(?: [\w’'“”\"-]{1,24}){0,8}?"  # words of "last week" in "denied last week that"
_FINITE = r"(?:had|has|have|was|were|is|are|would|will|did|could)"
_OPENS = r"(?P<that> that\b)|(?P<deed> (?:of )?[a-z]{2,20}ing\b)"
_HELD_BACK = re.compile(
    r"(?:\b(?:not|never|nor|cannot|without|nobody|no one|hardly|refus\w{1,3} to|declin\w{1,3} to"
    r"|confirm(?:ed|s|ing)? (?:n?or|and))|n['’]t) (?:[a-z]{2,20}ly )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r", (?!including)[a-z]{2,20}ing\b|, (?:and|but|or|with|as|he|she|it|they|we)\b|[.!?][\"”’]? (?=[A-Z\"“])"
)


@cache
def denial_words() -> frozenset[str]:
    """Words of which a text in which somebody denies something holds one."""
    return word_set("modality", "denying", "dismissing") | {
        phrase.rpartition(" ")[2] for phrase in word_set("modality", "untrue")
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    denying, dismissing = ("|".join(sorted(word_set("modality", name))) for name in ("denying", "dismissing"))
    nouns = "|".join(sorted(word_set("modality", "deniable")))
    untrue = "|".join(sorted(word_set("modality", "untrue")))
    bare = rf"(?: (?!(?:that|and|which)\b)[\w’'-]{{1,24}}){{0,6}}? (?={_FINITE}\b)"
    return (
        re.compile(rf"\b(?:(?P<denies>{denying})|{dismissing}|(?P<untrue>{untrue})(?= that\b))\b", re.IGNORECASE),
        re.compile(rf"{_FIRST} (?:{nouns})(?:(?P<by>{_FIRST})(?:{_OPENS})|(?P<bare>{bare}))"),
        re.compile(rf"(?P<first>{_FIRST})(?P<that> that\b)|(?P<deed> (?!being\b|according\b)[a-z]{{2,20}}ing\b)"),
        re.compile(
            rf"[^,.;:\n]{{0,90}} (?:was|were|is|are|has been|have been|had been) (?:[a-z]{{2,20}}ly )?"
            rf"(?P<denied>{denying}|{dismissing})\b(?! (?:the|a|an|that)\b)"
        ),
    )


def denial_of(
    text: str, start: int, end: int, *, has_border: Callable[[str, int, int], bool]
) -> tuple[int, int] | None:
    """Where the words stand that deny the clause of the number at ``start`` to ``end``, if any do."""
    verbs, claim, clause, passive = _patterns()
    for verb in reversed(list(verbs.finditer(text, max(0, start - _REACH), start))):
        told = _told_from(text, verb, claim.match(text, verb.end(), start), clause.match(text, verb.end(), start), end)
        if told is None:
            continue
        held = verb["untrue"] is None and _HELD_BACK.search(text, max(0, verb.start() - _BEFORE), verb.start())
        if held or _ENDS.search(text, told, start) or has_border(text, told, start) or is_age(text, start):
            return None
        return None if is_known_number(text, told, start) else verb.span()
    behind = passive.match(text, end)
    claimed = _claim_that().search(text, max(0, start - _REACH), start) if behind is not None else None
    if behind is None or claimed is None or has_border(text, claimed.end("claim"), start):
        return None
    return behind.span("denied")


_BEFORE = 40


def is_undenied(text: str, verb: int) -> bool:
    """Whether words in front of the verb hold it back, so that nothing is denied, nor is it only claimed.

    As in "did not deny that 40 had died", "Nobody denies".
    """
    held = _HELD_BACK.search(text, max(0, verb - _BEFORE), verb)
    return held is not None and not held.group().lower().startswith("confirm")


@cache
def _claim_that() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<claim>(?:{'|'.join(sorted(word_set('modality', 'deniable')))}) that)\b[^,;:\n]*$", re.IGNORECASE
    )


def _told_from(
    text: str, verb: re.Match[str], claim: re.Match[str] | None, clause: re.Match[str] | None, end: int
) -> int | None:
    """Where begins what is denied: behind "that" in "denied a report last week that 40 had died"."""
    if verb["untrue"] is not None:
        return verb.end() + len(" that")
    if claim is not None:
        return claim.end()
    if verb["denies"] is None:
        return None  # "rejected a plan that"
    if clause is None:
        opens = verb.group()[0].isupper()  # "Denied parole, she was taken back"
        return verb.end() if not opens and _bare_clause().match(text, verb.end(), end + _BEFORE) else None
    first = lex(clause["first"] or "")
    apart = not first or is_adverb(first[0]) or in_class(first[0], "prepositions") or _is_time(first[0].lower)
    return clause.end() if apart else None  # not in "denied a request that"


def _is_time(word: str) -> bool:
    return word in {"last", "this", "again", "yesterday", "today", "earlier", "late"} or word in word_set(
        "syntax", "times"
    )


@cache
def _bare_clause() -> re.Pattern[str]:
    """The pattern of a clause without "that" up to its finite verb.

    As in "denied it had lost 40 files", "denied 40 files had gone".
    """
    return re.compile(
        rf" (?!to\b|him\b|them\b|us\b)(?:(?! and\b| or\b)[^,.;:()\n]){{1,100}}?(?<!who)(?<!which)(?<! that) {_FINITE} "
    )


def is_known_number(text: str, told: int, start: int) -> bool:
    """Whether there are so many, whatever is denied: "denied that its 40 branches would close"."""
    words = lex(text, told, start)
    while words and words[-1].lower in word_set("modality", "shading"):
        words.pop()
    return bool(words) and (in_class(words[-1], "definites") or words[-1].lower.endswith(("'s", "’s", "s’", "s'")))
