"""Tells plurals and singulars of English nouns, and the words that end a noun phrase, without a tagger.

Word lists stand in ``en/nouns.toml``.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_data, word_set

_LONGEST_COMPOUND = 4  # lexemes


@cache
def nouns() -> dict[str, Any]:
    """The word lists of ``en/nouns.toml``."""
    table = word_data("nouns")
    lists = {name: frozenset(words) for name, words in table.items() if isinstance(words, list)}
    return {**lists, "irregular": table["irregular"], "invariant": frozenset(table["invariant"]["words"])}


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    lower = word.lower()
    if lower in _listed_plurals():
        return True
    if not lower.endswith(_PLURAL_ENDINGS):
        return False
    if _are_men(word):
        return True
    if lower in nouns()["not_plural"] or (len(lower) < 3 and not word[:1].isupper()):
        return False
    if lower.endswith("ese") and word[0].isupper():
        return True
    if len(word) > 2 and word[:-1].isupper() and word[-1] == "s":
        return True  # "ODIs"
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s")) and not word.isupper()


_PLURAL_ENDINGS = ("s", "men", "ese")


@cache
def _listed_plurals() -> frozenset[str]:
    """The plurals that are listed: "people", "sheep" and "crises", and those of peoples in -is: "Iraqis"."""
    table = nouns()
    in_is = (name for name in peoples() if name.endswith("is"))
    return frozenset().union(table["invariant"], table["irregular"], table["plurals_in_is"], in_is)


def _are_men(word: str) -> bool:
    """Whether a word in "men" names persons: "horsemen", "gunmen", "servicewomen"; not "specimen" and not a name."""
    return word.islower() and len(word) > 5 and word.endswith("men") and word not in nouns()["not_men"]


@cache
def peoples() -> frozenset[str]:
    """Peoples in the plural, in lower case: "australians", "iraqis"."""
    names = {name.lower() for place in word_data("places")["country"].values() for name in place["names"]}
    return frozenset(name for name in names if name.endswith("s") and name[:-1] in names)


def is_people(word: str) -> bool:
    """Whether a word with its capital names one or all of a people: "Briton", "Kenyans"."""
    lower = word.lower()
    return word[:1].isupper() and (lower in peoples() or f"{lower}s" in peoples())


@cache
def _peoples_of_two_words() -> frozenset[str]:
    return frozenset(n for place in word_data("places")["country"].values() for n in place["names"] if " " in n)


def names_people(name: str) -> bool:
    """Whether a name of two words is that of a people: "New Zealander", "Sri Lankan"."""
    return name in _peoples_of_two_words() or f"{name}s" in _peoples_of_two_words()


@cache
def last_words_of_places() -> frozenset[str]:
    """The last word of each name of a place or people, in lower case: "norway", "zealand"."""
    names = [name for place in word_data("places")["country"].values() for name in place["names"]]
    return frozenset(name.lower().rpartition(" ")[2] for name in names)


def is_person(noun: str) -> bool:
    """Whether a noun in lower case names persons by what they are: "nurse", "engineers", "people"."""
    persons = word_set("cues", "age_persons")
    irregular = noun in ("people", "men", "women", "children", "child")
    return irregular or noun in persons or noun.removesuffix("s") in persons


def is_quantity(noun: str) -> bool:
    """Whether a noun in lower case names a quantity: "price", "rates"."""
    return not word_set("syntax", "quantities").isdisjoint((noun, singular(noun)))


def stops_phrase(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at lexeme ``k`` ends a noun phrase; "US" in front of a noun is no pronoun.

    As in "hired 25 last year and plans to hire 40": a time ends it; "their last years" does not.
    """
    lexeme = lexemes[k]
    if lexeme.lower in ("last", "next") and k + 1 < len(lexemes) and lexemes[k + 1].lower in _periods():
        return True
    if lexeme.lower == "ages" and k + 1 < len(lexemes) and lexemes[k + 1].is_number:
        return True  # "enrolled 900 men ages 40 to 65"
    if lexeme.text in nouns()["acronyms"] and k + 1 < len(lexemes):
        following = lexemes[k + 1]
        return following.type is not LexemeType.WORD or following.text.isupper() or following.lower in nouns()["stops"]
    return lexeme.lower in nouns()["stops"]


@cache
def _periods() -> frozenset[str]:
    """The words for periods and days of the week: "year" and "monday"."""
    return word_set("times", "periods") | {name for names in word_data("times")["weekdays"] for name in names}


def noun_follows(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the word at lexeme ``end`` can open a noun phrase."""
    return end < len(lexemes) and lexemes[end].type is LexemeType.WORD and not stops_phrase(lexemes, end)


def singular(word: str) -> str:
    """The singular of a plural noun, lower case except for acronyms and proper names ("EVs" -> "EV")."""
    lower = word.lower()
    if lower in nouns()["irregular"]:
        return str(nouns()["irregular"][lower])
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return word[:-1]
    base = word if word[0].isupper() else lower
    if _are_men(word):
        return f"{word[:-3]}man"
    if lower in nouns()["invariant"] or (not is_plural(word) and lower not in nouns()["plural_at_end"]):
        return base
    if lower.endswith("ese"):
        return base
    if lower.endswith("ies") and len(lower) > 4:
        return base[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return base[:-2]
    return base[:-1]


def looks_past(word: str) -> bool:
    """Whether a lower-case word ends as verbs of the past do: "followed", but not "bed" and "seed"."""
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed")


def singular_at(lexemes: Sequence[Lexeme], k: int) -> str:
    """The singular of the noun at lexeme ``k``, for names of letters and digits too: "A320s" -> "A320"."""
    if not ends_model(lexemes, k):
        return _compound_in_front(lexemes, k) + singular(lexemes[k].text)
    first = k
    while first > 0 and lexemes[first].glued:
        first -= 1
    return "".join(lexeme.text for lexeme in lexemes[first:k])


def _compound_in_front(lexemes: Sequence[Lexeme], k: int) -> str:
    """What a hyphen ties to the noun at lexeme ``k``: "by-" of "by-elections", "great-" of "great-grandchild"."""
    first = k
    while k - first < _LONGEST_COMPOUND and first > 1 and lexemes[first].glued and lexemes[first - 1].text == "-":
        before = lexemes[first - 2]
        if before.type is not LexemeType.WORD or not lexemes[first - 1].glued:
            break
        first -= 2
    return "".join(lexeme.text for lexeme in lexemes[first:k])


def ends_model(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the lexeme ``k`` is the "s" of a name of letters and digits: "A320s"."""
    return k > 0 and lexemes[k].text == "s" and lexemes[k].glued and lexemes[k - 1].type is LexemeType.NUMBER


@cache
def given_names() -> frozenset[str]:
    """The given names that tell a gender, in lower case."""
    genders = word_data("names")["genders"]
    return frozenset((*genders["male"], *genders["female"]))


def counts_following(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a plural noun stands within three words."""
    for k in range(end, min(end + 3, len(lexemes))):
        if lexemes[k].type is not LexemeType.WORD or stops_phrase(lexemes, k):
            return False
        if is_plural(lexemes[k].text):
            return True
    return False
