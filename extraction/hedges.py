"""Finds the words of a sentence that hedge, and tells which of them hedge nothing about a number behind them.

The words stand in ``en/modality.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extraction.change_words import change_words
from extraction.lexemes import lex
from extraction.word_classes import claims_a_clause, in_class, is_auxiliary, is_verb
from extraction.words import leading_words, word_data, word_set

Cue = tuple[str, int, int]  # the modality, and where the words start and end
_CLASSES = ("plain", "estimated", "alleged", "hypothetical", "projected")
_NOUNS_TOO = frozenset(("claim", "claims"))
_BESIDE = frozenset(("an estimated", "a reported"))
_DESCRIBED = 5  # words between "an estimated" and its number
_NEXT_WORD = 60
_CLAIMED = 200
_SEES = frozenset(("sees", "see", "now sees", "now see", "is seen", "are seen"))
_LOOSE = frozenset(("between", "about", "around", "nearly", "roughly"))
_TIMED = re.compile(r"\b(?:20\d\d|full-year|fiscal|quarter|annual)\b")


@cache
def _cues() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_classes(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{phrases})(?![\w-])|(?<=\w)['’]ll\b")


@cache
def _classes() -> dict[str, str]:
    """The class of each phrase."""
    return {phrase: name for name in reversed(_CLASSES) for phrase in word_data("modality")[name]}


@cache
def cue_words() -> frozenset[str]:
    """Words of which a text with a cue, also one that stands behind "that", holds one."""
    return leading_words(_classes())


@lru_cache(maxsize=16)  # the claims of a sentence ask for the same
def cues_in(text: str, leading: frozenset[str]) -> tuple[Cue, ...]:
    """The hedges of a text, where one starts with one of the words ``leading``; looked for at these words alone."""
    lower = text.replace("İ", "I").lower()  # the one letter that takes more room in lower case
    starts = {at for word in (*leading, "'ll", "’ll") for at in _places(word, lower)}
    found: list[Cue] = []
    behind = 0
    for start in sorted(starts):
        match = _cues().match(lower, start) if start >= behind else None
        if match is None:
            continue
        behind, word = match.end(), match.group()
        # "May" in front of a number or with a capital is the month.
        if text[start].isupper() and word in {"may", "will"} and start > 0:
            continue
        if word == "may" and lower[:start].split()[-1:] in _MONTHLY:
            continue
        if _classes()[word] != "plain":
            found.append((_classes()[word], start, behind))
    return tuple(found)


_MONTHLY = tuple([word] for word in ("in", "since", "of", "from", "until", "last", "by", "early", "late"))


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def hedges_nothing(text: str, cue: Cue, start: int) -> bool:
    """Whether the words of a cue say nothing about the number that starts at ``start`` behind them."""
    name, first, last = cue
    words = text[first:last].lower()
    if name == "alleged":
        counted = text[:first].rstrip()[-1:].isdigit()  # "9,300 claims worth $184 million"
        if words in _NOUNS_TOO and (counted or _is_noun(text, last)):
            return True
        if words in word_set("attribution", "clause") and not claims_a_clause(
            lex(text, last, min(len(text), last + _CLAIMED))
        ):
            return True  # "claimed 12 lives"
    if words == "targets" and _whose(text, cue):
        return True  # "having missed its targets for three years"
    if words in _BESIDE and text.count(" ", last, start) > _DESCRIBED:
        return True  # "an estimated 250 grams from a body half a kilometre wide"
    if words in _SEES and not _foresees(text[first:start]):
        return True  # "sees 40 patients a day"
    if words == "looking for" and word_set("cues", "forecasters").isdisjoint(text[:first].lower().split()[-8:]):
        return True  # "police are looking for two men"
    return _stands_aside(text, first, last, start)


def _foresees(between: str) -> bool:
    """As in "sees the deficit at 4 per cent", "is seen cutting its rate to", "sees 2030 sales of"."""
    words = [word for word in between.lower().split() if word not in _LOOSE]
    timed = words[0] == "now" or _TIMED.search(between) is not None
    if words[-1] == "at" or (words[-1] == "of" and timed):
        return True
    moving = change_words().verbs.keys() | word_set("modality", "foreseen")
    return any(word.endswith("ing") and word in moving for word in words)


def _stands_aside(text: str, first: int, last: int, start: int) -> bool:
    """As in "The fight, scheduled for May, lasted 93 seconds": commas around the cue, and the verb goes on behind."""
    opening, closing = text.rfind(",", max(0, first - _NEXT_WORD), first), text.find(", ", last, start)
    if opening < 0 or closing < 0:
        return False
    aside = lex(text, opening + 1, first)
    if any(is_verb(aside, at) for at in range(len(aside))):
        return False
    behind = lex(text, closing + 2, min(len(text), closing + 2 + _NEXT_WORD))
    return bool(behind) and behind[0].text.islower() and is_verb(behind, 0) and not behind[0].lower.endswith("ing")


def _whose(text: str, cue: Cue) -> bool:
    """Whether the noun says whose it is and not how much: "missed its targets", but "its targets of 5 per cent"."""
    before = text[: cue[1]].split()[-1:]
    owned = bool(before) and (before[0].lower() in word_set("grammar", "definites") or before[0][-2:] in ("'s", "’s"))
    return owned and not text.startswith(" of ", cue[2])


def _is_noun(text: str, behind: int) -> bool:
    """As in "3,500 claims had been lodged", "claims from the storm": what is claimed is no hedge."""
    following = lex(text, behind, min(len(text), behind + _NEXT_WORD))[:1]
    if not following or following[0].text in {",", ".", ")", "worth"}:
        return bool(following)
    moved = following[0].lower in change_words().verbs and not following[0].lower.endswith(("s", "ing", "cut"))
    return (
        moved or is_auxiliary(following[0]) or (in_class(following[0], "prepositions") and following[0].lower != "to")
    )
