"""Tells which hedges say something of a thing alone: "an apparently unrelated attack", "his two-year-old daughter"."""

import re

from extraction.modality.foreseen_behind import FORECASTERS
from extraction.modality.hedges import Cue
from extraction.text.words import word_set

_BEFORE = 60
_NEAR = 5  # words between "promised" and its number
_AGE = re.compile(r"[\w-]{1,24}[ -](?:year|month|week|day)[ -]old\b")
_TERM = re.compile(r"[\w-]{1,24}-(?:year|month|week|day)\b(?!-old)")
_OWNED = re.compile(r"(?:\b(?:his|her|their|its)|['’]s?) $")
_AMOUNT = (
    r"(?:\d[\d.,]{0,20}(?:\s?(?:m|bn|tn|k|p|c|mn|million|billion|trillion))?|%|per ?cent|cents|percentage points?)"
    r"(?: [a-z]{2,20})?"
)
_HAS_AMOUNT = re.compile(
    rf"{_AMOUNT}(?: (?:that |which )?(?:[\w’'-]{{1,24}} ){{0,2}}?(?i:{FORECASTERS})(?: had| have)?)? $"
)
_CLOSED = re.compile(r"(?: (?:by|among|in a poll of) (?!\d)[^,;\d]{1,60}?)?(?:,| and\b)")
_BY = re.compile(r"[\w.,%]{1,20}(?: \w{1,20})? by (?!\d)")
_ABLE = re.compile(r"\bas [a-z]{3,12} as (?:(?:it|they|he|she|we|i|you|one) (?:possibly )?)?$", re.IGNORECASE)


def is_age(text: str, start: int) -> bool:
    """Whether the number at ``start`` is somebody's age, as in "The 31-year-old could be freed": that is known."""
    return _AGE.match(text, start) is not None


def describes_other(text: str, cue: Cue, start: int) -> bool:
    """Whether the words of a cue describe something else than the number at ``start`` behind them."""
    words = text[cue[1] : cue[2]].lower()
    if words in word_set("modality", "accusing") and _is_known(text, start):
        return True
    if words in HEARSAY and _of_adjective(text, cue, start):
        return True
    if words in word_set("modality", "foreseen_behind") and _has_its_amount(text, cue, start):
        return True
    if words in _WANTING and _WANTED.match(text, start) is None and _WANTED_TO.match(text, cue[2], start) is None:
        return True  # "wants $3m for his house"
    if (words in _PROMISING and not _promises(text, cue, start)) or (words == "plan for" and _LASTS.match(text, start)):
        return True  # "of the 30 homes promised in May, 12", "a plan for five months"
    return words in _ABILITY and _ABLE.search(text, max(0, cue[1] - _BEFORE), cue[1]) is not None


_WANTING = frozenset(("want", "wants", "wanted"))
# "wants 80% of pupils to pass", "want 300 homes to be built"; not "want two men to come forward"
_WANTED = re.compile(
    r"[\w.,]{1,20}(?:%| per ?cent)(?: [\w’'-]{1,24}){1,5}? to [a-z]|(?: ?[\w.,’'-]{1,24}){1,6}? to be [a-z]"
)


_WANTED_TO = re.compile(  # "wants the ratio below 2", "wants the firm to pay $3m"
    r"(?: (?!to )[\w’'-]{1,24}){1,6}? (?:below|above|under|at|to|to [a-z]{2,20}(?: [\w’'-]{1,24}){0,3})"
    r"(?: (?:about|around|at least|more than|less than|over))? [^\w\s]?\Z"
)
_ABILITY = frozenset(("could", "may", "might", "possible", "would"))


HEARSAY = frozenset(("apparently", "allegedly", "reportedly", "supposedly", "purportedly"))
_DETERMINED = re.compile(r"\b(?:an?|the|its|their|his|her|this|that|these|those|other|another|one) $", re.IGNORECASE)
_ADJECTIVE = re.compile(r" [a-z-]{3,24} [a-z-]{3,24}(?= (?!(?:of|to|worth|that|which|who)\b)[a-z]|,)")


def _of_adjective(text: str, cue: Cue, start: int) -> bool:
    """Whether the adverb hedges the adjective behind it alone: "In an apparently unrelated attack two men died"."""
    determined = _DETERMINED.search(text, max(0, cue[1] - _BEFORE), cue[1]) is not None
    return determined and _ADJECTIVE.match(text, cue[2], start) is not None


def _is_known(text: str, start: int) -> bool:
    """Whether so much is known, as the number is an age or a term of somebody's own.

    As in "accused of killing his two-year-old daughter", "of theft in her 20-year career".
    """
    if is_age(text, start):
        return True
    return _TERM.match(text, start) is not None and _OWNED.search(text, max(0, start - 12), start) is not None


def _has_its_amount(text: str, cue: Cue, start: int) -> bool:
    """Whether the amount that is foreseen stands in front of the cue, so that the rest is told.

    As in "the $5m expected by analysts and $3m a year ago".
    "The 3% expected by analysts and 4% by the bank" goes on foreseeing.
    """
    if _HAS_AMOUNT.search(text, max(0, cue[1] - _BEFORE), cue[1]) is None or _BY.match(text, start) is not None:
        return False
    return _CLOSED.match(text, cue[2], start) is not None


_LASTS = re.compile(r"[\w.-]{1,20}[ -](?:year|month|week|day|hour)s?\b")
_PROMISING = frozenset(("promised", "promises", "promising"))
_PROMISED = re.compile(r" (?!(?:to|in|by|for|on|last|since|that|and|at|as)\b)[^,.;:]*$|\s?$")


def _promises(text: str, cue: Cue, start: int) -> bool:
    """Whether somebody promises the number.

    As in "has promised 220 jobs", "promised a review within 90 days".
    """
    before = text[: cue[1]].split()[-1:]
    noun = text[cue[1] : cue[2]].lower() == "promises" and bool(before) and before[0].lower() in _OWNERS
    near = text.count(" ", cue[2], start) <= _NEAR
    return near and not noun and _PROMISED.match(text, cue[2], start) is not None


_OWNERS = word_set("grammar", "determiners") | {"of", "broken", "campaign", "election"}
