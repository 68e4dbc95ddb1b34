"""Tells auxiliaries, adverbs and verbs by closed word classes and endings, without a tagger.

The classes stand in ``en/grammar.toml``.
"""

from functools import cache, lru_cache

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_person, is_plural, nouns, singular
from extraction.text.numeral import is_numeral
from extraction.text.shades import SHADES
from extraction.text.words import classes_by_word, word_set

_LONGEST_REPORT = 12  # lexemes of "..., the fire service said on Monday"


_CLASSES = classes_by_word("grammar")
ARTICLES = word_set("grammar", "bare_articles")
RELATIVES = word_set("grammar", "relatives")


def in_class(lexeme: Lexeme, *names: str) -> bool:
    """Whether a word belongs to one of the word classes of ``en/grammar.toml``; "WHO" and "US" are names."""
    classes = _CLASSES.get(lexeme.lower)  # None for most words
    return classes is not None and not classes.isdisjoint(names) and lexeme.text not in nouns()["acronyms"]


def is_auxiliary(lexeme: Lexeme) -> bool:
    """A form of be, have or do, or a modal verb; "May" with its capital is the month."""
    return in_class(lexeme, "modals", "be", "have", "do") and lexeme.text != "May" and not is_initial(lexeme)


def is_initial(lexeme: Lexeme) -> bool:
    """The initial of a name, as in "Professor S D Rao"; the contractions "s" and "d" are lower case."""
    return len(lexeme.text) == 1 and lexeme.capitalised


def is_relative(lexeme: Lexeme) -> bool:
    """Who, which or that; "WHO" is a name."""
    return lexeme.lower in RELATIVES and lexeme.text not in nouns()["acronyms"]


def is_adverb(lexeme: Lexeme) -> bool:
    """An adverb of the list, or a lower-case word in -ly that is no noun."""
    if in_class(lexeme, "adverbs"):
        return True
    text = lexeme.text
    return text.endswith("ly") and len(text) > 4 and text.islower() and not in_class(lexeme, "nouns_in_ly")


def is_verb(words: list[Lexeme], at: int) -> bool:
    """Whether the word is taken for a finite verb or participle: a listed form, -ed, or -ing behind be."""
    word = words[at]
    if word.type is not LexemeType.WORD or (word.capitalised and at > 0):
        return False
    if is_auxiliary(word):
        return True
    if word.lower == "think" and at + 1 < len(words) and words[at + 1].lower in {"tank", "tanks"}:
        return False
    before = words[at - 1] if at else None
    if before is not None and _follows_modal(words, at):
        return True
    described = before is not None and (in_class(before, "articles") or before.text.endswith(("'s", "’s", "'", "’")))
    if word.lower in word_set("attribution", "either") and not in_class(word, "past", "present"):
        return before is not None and not described and _may_speak(before_adverbs(words, at), word)
    if word.lower in _finite():
        return not described
    if word.lower.endswith("ing"):
        return before is not None and in_class(before, "be") and not in_class(word, "not_verbs")
    if not word.lower.endswith("ed") or word.lower.endswith("eed") or len(word.lower) < 5:
        return False
    if in_class(word, "not_verbs"):
        return False
    return not described and not (before is not None and before.text == "-")


def before_adverbs(words: list[Lexeme], at: int) -> Lexeme:
    """The word in front of the verb at ``at`` and of adverbs like "now" and "also"; at the start the verb itself."""
    before = at
    while before > 0 and (before == at or words[before].lower in word_set("attribution", "between")):
        before -= 1
    return words[before]


@lru_cache(maxsize=4096)
def can_speak(noun: str) -> bool:
    """Whether a noun in lower case is one for people or bodies that say something: "vets", "agencies"."""
    speakers = word_set("attribution", "speakers")
    one = singular(noun)
    return noun in speakers or one in speakers or is_person(noun) or (len(one) > _LIST and one.endswith(("ist", "ian")))


_LIST = 6  # letters, of "insist"


def has_verb(words: list[Lexeme]) -> bool:
    """Whether one of the words is a verb; a word right behind a number is its noun: "12 lives"."""
    return any(is_verb(words, at) and not (at and words[at - 1].type is LexemeType.NUMBER) for at in range(len(words)))


def claims_a_clause(behind: list[Lexeme]) -> bool:
    """Whether a clause stands behind "claimed", "admitted": "claimed it had", not "claimed 12 lives, police said"."""
    commas = [at for at, word in enumerate(behind) if word.text == ","]
    tail = behind[commas[-1] + 1 :] if commas else []
    if _takes_lives(behind):
        return False
    if _names_a_level(behind):
        return True
    reported = any(word.lower in word_set("attribution", "say") for word in tail[:_LONGEST_REPORT])
    return has_verb(behind[: commas[-1]] if reported else behind)


def _names_a_level(behind: list[Lexeme]) -> bool:
    """Whether a level that nobody can take stands behind the verb: "claims a success rate of 95 per cent".

    Not in "claimed damages of $3m".
    """
    levels = word_set("attribution", "claimed_levels")
    for at in range(min(len(behind) - 1, _LONGEST_LEVEL)):
        if behind[at].lower in levels:
            numbered = any(is_numeral(word) for word in behind[at + 2 : at + _LONGEST_TOLL])
            return numbered and behind[at + 1].lower == "of"
        if behind[at].type is not LexemeType.WORD or in_class(behind[at], "prepositions", "coordinators"):
            return False
    return False


_LONGEST_LEVEL = 6  # lexemes of "a success rate of"


def _takes_lives(behind: list[Lexeme]) -> bool:
    """Whether so many lives are what is claimed: "has claimed more than 54 lives, mostly of labourers".

    Not in "claimed 12 lives were lost".
    """
    numbered, bounds = False, SHADES
    for at, word in enumerate(behind[:_LONGEST_TOLL]):
        if word.lower == "lives":
            return numbered and not _goes_on_with_verb(behind, at + 1)
        numbered = numbered or is_numeral(word)
        opens = in_class(word, "prepositions", "subordinators", "subject_pronouns", "coordinators")
        if is_verb(behind, at) or word.lower.endswith("ing") or (opens and word.lower not in bounds):
            return False
    return False


_LONGEST_TOLL = 8  # lexemes of "as many as twenty-four young lives"


def _goes_on_with_verb(words: list[Lexeme], start: int) -> bool:
    """Whether a verb stands behind ``start`` with no comma or conjunction in front of it."""
    for at in range(start, min(len(words), start + _LONGEST_TOLL)):
        if words[at].type is not LexemeType.WORD or in_class(words[at], "coordinators", "subordinators"):
            return False
        if is_verb(words, at):
            return True
    return False


def _follows_modal(words: list[Lexeme], at: int) -> bool:
    """Whether a lower-case word behind a modal verb is the verb itself, listed or not: "will also impose"."""
    before = at - 1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    modal = in_class(words[before], "modals") and not words[before].capitalised
    return modal and words[at].text.islower() and not is_adverb(words[at]) and not in_class(words[at], "articles")


def _may_speak(word: Lexeme, verb: Lexeme) -> bool:
    """Whether ``word`` can be the subject of a verb that looks like a noun; base forms need a plural."""
    plural = is_plural(word.text) or word.lower in {"they", "we", "you", "i", "police", "people", "media"}
    if not verb.lower.endswith("s") and plural and can_speak(word.lower):
        return True
    plural = plural or word.lower.endswith("s")
    if not verb.lower.endswith("s") and not plural and verb.lower not in {"forecast", "put"}:
        return is_auxiliary(word)
    if (
        is_auxiliary(word)
        or in_class(word, "subject_pronouns")
        or word.lower in word_set("attribution", "speakers", "sources")
    ):
        return word.lower != "one"
    return word.capitalised


@cache
def _finite() -> frozenset[str]:
    return word_set("grammar", "past", "present") | word_set("attribution", "say", "mind", "show")


_AUXILIARIES = frozenset(("d", "ll", "ve", "m", "re"))


def contracted_pronoun(lexeme: Lexeme) -> str:
    """The "she" of "she'd expect", the "i" of "I'll say"; else nothing."""
    pronoun, _, auxiliary = lexeme.lower.replace("’", "'").partition("'")
    return pronoun if auxiliary in _AUXILIARIES and pronoun in word_set("grammar", "subject_pronouns") else ""


def is_inside_word(words: list[Lexeme], at: int) -> bool:
    """A hyphen between two word parts, or the full stop of a title or initial."""
    if at + 1 >= len(words) or at == 0:
        return False
    if words[at + 1].type is LexemeType.BREAK:
        return False
    if words[at].text == ".":
        return words[at].glued and (words[at + 1].glued or (len(words[at - 1].text) <= 4 and words[at - 1].capitalised))
    return words[at].glued and (words[at + 1].glued or words[at].text in "'’")
