"""Finds the head of the noun phrase that a number counts: "companies" of "eight New Zealand companies".

With it goes a number that opens a name: "four 3-pointers".
"""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme
from extraction.text.nouns import ends_model, is_plural, looks_past, nouns, singular
from extraction.text.numeral import vocabulary
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set


def _beside(lexemes: Sequence[Lexeme], first: int, second: int) -> bool:
    """Whether nothing or a hyphen stands between two words: "one great-grandchild"."""
    return second == first + 1 or (second == first + 2 and lexemes[first + 1].text == "-" and lexemes[second].glued)


def _is_attributive(lexeme: Lexeme) -> bool:
    """Plurals that can stand in front of another noun: "two sports cars", "six crew members", "two Chinese firms"."""
    people = lexeme.capitalised and lexeme.lower.endswith("ese")
    return people or lexeme.lower in nouns()["attributive_plurals"] or lexeme.lower in nouns()["invariant"]


def head_of(lexemes: Sequence[Lexeme], words: list[int], *, singular_number: bool) -> int | None:
    """The position in ``words`` of the head noun."""
    if singular_number:
        if looks_past(lexemes[words[0]].lower) and (len(words) < 2 or words[1] > words[0] + 1):
            return None  # "a 1 followed by 100 zeros"
        last = _portion(lexemes, words)
        if last is not None:
            return last  # "1 can crushed tomatoes", "one part cement"
        last = int(lexemes[words[0]].lower.endswith("ly") and _is_made(lexemes, words))  # "1 finely chopped onion"
        while last + 1 < len(words) and _beside(lexemes, words[last], words[last + 1]) and last < 3:
            after = lexemes[words[last + 1]]
            tied = (
                words[last + 1] == words[last] + 2 and last + 2 < len(words) and words[last + 2] == words[last + 1] + 1
            )
            if tied and after.lower.endswith(("ed", "ing")):
                last += 2  # "one record-breaking run"
                continue
            number = after.text in vocabulary()["cardinals"] and after.lower != "one"  # "one pill three times a day"
            made = after.lower.endswith(("ed", "ing")) and after.lower not in ("red", "bed")
            if number or made or is_plural(after.text):
                break
            last += 1
        return last
    owning = None  # of "two nights' board"
    for position, k in enumerate(words):
        text = lexemes[k].text
        at_end = position + 1 == len(words) and lexemes[k].lower in nouns()["plural_at_end"]
        if not (is_plural(text) or at_end or ends_model(lexemes, k)):
            continue
        possessive = k + 1 < len(lexemes) and lexemes[k + 1].text in "'’" and lexemes[k + 1].glued
        made = k + 2 < len(lexemes) and lexemes[k + 1].text == "-" and lexemes[k + 2].glued  # "Lagos-area hospitals"
        made = made and (text[0].isupper() or text.lower().endswith("ese"))  # "Chinese-made"
        made = made and any(is_plural(lexemes[j].text) for j in words[position + 2 :])  # "60 MPs-elect"
        if (possessive or made) and position + 1 < len(words):
            owning = position if possessive else owning
            continue
        while position + 1 < len(words) and words[position + 1] == words[position] + 1:
            following = lexemes[words[position + 1]]
            if not (is_plural(following.text) or following.lower in nouns()["plural_at_end"]):
                break
            if lexemes[words[position]].lower == "people" and following.lower in word_set("syntax", "verbs_like_nouns"):
                break  # "a city of 300,000 people lies"
            named = lexemes[words[position]].capitalised and following.text.islower()  # "31 Abrams tanks"
            if not (_is_attributive(lexemes[words[position]]) or following.glued or named):
                break  # "the 12 wards elects" ends at the wards
            position += 1
        return position
    return owning


def _is_made(lexemes: Sequence[Lexeme], words: list[int]) -> bool:
    """Whether the second word says what was done to the noun behind it: "finely chopped onion"."""
    if len(words) < 3 or words[2] != words[0] + 2:
        return False
    return lexemes[words[1]].lower.endswith("ed") and not is_plural(lexemes[words[2]].text)


def _portion(lexemes: Sequence[Lexeme], words: list[int]) -> int | None:
    """Where a portion stands in front of what it holds: "1 large bunch coriander"; "one part-time worker" has none."""
    for position, k in enumerate(words[:2]):
        if lexemes[k].lower not in word_set("listings", "portions"):
            continue
        told = lexemes[k].lower == "part" or lexemes[words[0] - 1].is_number
        return position if told and position + 1 < len(words) and words[position + 1] == k + 1 else None
    return None


_LONGEST_NUMBER = 2  # digits: "three 45,000-seaters" tell of seats


def numbered_thing(lexemes: Sequence[Lexeme], k: int) -> str | None:
    """The singular of the plural at lexemes ``k:k + 3`` whose name begins with a number, or None."""
    if k + 2 >= len(lexemes) or not lexemes[k].text.isdecimal() or len(lexemes[k].text) > _LONGEST_NUMBER:
        return None
    hyphen, noun = lexemes[k + 1], lexemes[k + 2]
    tied = hyphen.text in HYPHENS and hyphen.glued and noun.glued and noun.text.isalpha() and noun.text.islower()
    longer = k + 3 < len(lexemes) and lexemes[k + 3].glued and lexemes[k + 3].text in HYPHENS
    return f"{lexemes[k].text}-{singular(noun.text)}" if tied and is_plural(noun.text) and not longer else None
