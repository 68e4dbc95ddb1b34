"""Finds the words of a sentence that hedge; they stand in ``en/modality.toml``."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extraction.text.nouns import is_person
from extraction.text.numeral import vocabulary
from extraction.text.words import leading_words, word_data

Cue = tuple[str, int, int]  # the modality, and where the words start and end
_CLASSES = ("plain", "estimated", "alleged", "hypothetical", "projected")


@cache
def _cues_from(word: str) -> re.Pattern[str]:
    """Matches the hedges that start with ``word``, a run of letters or a shortened "will", the longest first."""
    if word in _WOULD:
        verbs = word_data("modality")["would"] + word_data("modality")["would_like"]
        said = "|".join(word_data("modality")["would_like_to_say"])
        return re.compile(rf"(?<=\w){word} (?:{'|'.join(verbs)})\b(?! to (?:{said})\b)")  # "it'd be"
    if word in _SHORTENED:
        return re.compile(rf"(?<=\w){word}\b|(?<![\w-]){word}(?![\w-])")  # "it'll", "it 'll"
    phrases = sorted((phrase for phrase in _classes() if leading_words([phrase]) == {word}), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])")


_WOULD = ("'d", "’d")
_SHORTENED = ("'ll", "’ll", *_WOULD)


@cache
def _classes() -> dict[str, str]:
    """The class of each phrase."""
    phrases = {phrase: name for name in reversed(_CLASSES) for phrase in word_data("modality")[name]}
    phrases |= {f"due to {verb}": "projected" for verb in word_data("modality")["due"]}
    for would in _WOULD:
        phrases |= {f"{would} {verb}": "hypothetical" for verb in word_data("modality")["would"]}
        phrases |= {f"{would} {verb}": "projected" for verb in word_data("modality")["would_like"]}
    return phrases


def class_of(words: str) -> str | None:
    """The modality that a word or phrase in lower case gives, if any."""
    return _classes().get(words)


@cache
def cue_words() -> frozenset[str]:
    """Words of which a text with a cue, also one that stands behind "that", holds one."""
    return leading_words(_classes())


@cache
def _last_words() -> dict[str, frozenset[str]]:
    """The last words of the hedges that start with a word: "of" opens none where "course" and the like are missing."""
    lasts: dict[str, set[str]] = {}
    for phrase in _classes():
        for first in leading_words([phrase]):
            lasts.setdefault(first, set()).update(leading_words([phrase.split()[-1]]))
    return {first: frozenset(words) for first, words in lasts.items()}


@lru_cache(maxsize=16)  # the claims of a sentence ask for the same
def cues_in(text: str, words: frozenset[str]) -> tuple[Cue, ...]:
    """The hedges of a text that holds these ``words``; looked for where one can start and end with them alone."""
    leading = [word for word in words & cue_words() if not words.isdisjoint(_last_words()[word])]
    if not leading:
        return ()
    leading += [short for short in _SHORTENED if short[1:] in leading]
    lower = text.replace("İ", "I").lower()  # the one letter that takes more room in lower case
    found: list[Cue] = []
    behind = 0
    for start, opening in sorted((at, word) for word in leading for at in _places(word, lower)):
        match = _cues_from(opening).match(lower, start) if start >= behind else None
        if match is None:
            continue
        behind, word = match.end(), match.group()
        # "May" in front of a number or with a capital is the month.
        if text[start].isupper() and word in {"may", "will"} and (start > 0 or _is_called_will(text)):
            continue
        if word == "may" and lower[:start].split()[-1:] in _MONTHLY:
            continue
        name = _classes()[word]
        if word == "would have" and _HAS.match(lower, behind) is not None:
            name, behind = "projected", start + len("would")
        elif word.startswith("should ") and any(is_person(noun) for noun in lower[:start].split()[-1:]):
            name = "hypothetical"
        if name != "plain":
            found.append((name, start, behind))
    return tuple(found)


# "would have 50 shops"; not "would have lost 50"
_HAS = re.compile(
    r" (?:(?:only|at least|about|around|nearly|almost|up to|between|over|some) )?(?:an?|the"
    rf"|its|their|his|her|no|more|fewer|less|enough|[^\w\s,]?\d[\d,.]*|{'|'.join(vocabulary()['cardinals'])}) "
)
_CALLED_WILL = re.compile(r"Will (?:[A-Z][a-z]|(?:has|had|was|is|said|says|told|lost|won)\b|[a-z]{2,20}ed\b)")
_MONTHLY = tuple([word] for word in ("in", "since", "of", "from", "until", "last", "by", "early", "late"))


def _is_called_will(text: str) -> bool:
    """Whether "Will" opens the text as a name: "Will Smith gave $3m", "Will has won 40 games".

    Not in "Will Leeds win 40 games?".
    """
    return _CALLED_WILL.match(text) is not None and "?" not in text


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
