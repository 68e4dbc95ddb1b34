"""Tells ages among bare numbers: "aged 34", "she was 10 when", "Lang, 20, on loan", "died at 91"."""

from collections.abc import Sequence
from itertools import pairwise

from extraction.amounts.age_appositions import (
    ENDINGS_OF_THINGS,
    behind_full_name,
    both_of_persons,
    children_are,
    described_in_front,
    in_apposition,
    listed_behind,
    lists_ages,
    may_end_name,
)
from extraction.amounts.bounded_ages import bounded_age
from extraction.amounts.bracketed_ages import behind_persons
from extraction.amounts.life_events import (
    aside_of_age,
    at_another_time,
    at_event,
    behind_life,
    bounded_behind,
    has_at,
    opens_sentence,
    with_pronoun,
)
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import (
    counts_following,
    is_person,
    is_plural,
    noun_follows,
    nouns,
    singular,
)
from extraction.text.numeral import is_numeral
from extraction.text.shades import FILLERS
from extraction.text.statistics import behind_statistic
from extraction.text.word_classes import is_verb
from extraction.text.words import word_set

_OLDEST = 125
_VERBS = word_set("amounts", "age_verbs")
_FOLLOWERS = word_set("amounts", "age_followers")
_SUBJECTS = word_set("amounts", "age_subjects")
_AGED_NOUNS = word_set("amounts", "aged_nouns")
_AGE_LEADERS = word_set("amounts", "age_leaders")
_AGE_BRACKETS = word_set("amounts", "age_brackets")
_AGE_BOUNDS = word_set("amounts", "age_bounds")
_SUPERLATIVES = word_set("cues", "age_superlatives")
_SUPERLATIVE_REACH = 6
_AGE_REACH = 14
_JOINERS = ("and", ",", "or", "(")
_TURNING = word_set("amounts", "turning_verbs")
_CONTRACTED = word_set("cues", "contracted_ages")
_MAKING = word_set("syntax", "makes")
_CLOSING = ",.;:!?)”\"’'—–-"


def is_age(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the bare number (or range) is somebody's age in years."""
    amount = group.last
    value = amount.value
    if value is None or not 0 < value < _OLDEST or amount.numeral.magnitude is not None:
        return False
    k = group.first.start - 1
    while k >= 0 and lexemes[k].lower in FILLERS:
        k -= 1
    k = _past_nearing(lexemes, k)
    if k < 0 or behind_statistic(lexemes, group.first.start):
        return False
    if _of_certain_age(lexemes, k, amount.end) or _age_group(lexemes, amount.end):
        return True
    if not amount.whole:
        return False
    if _after_age_word(lexemes, k) or behind_persons(lexemes, group.first.start, amount.end):
        return True
    if bounded_age(lexemes, k, group.first.start, amount.end) or bounded_behind(lexemes, k, amount.end):
        return True
    if _of_person(lexemes, k, amount.end) or _by_the_time(lexemes, k, amount.end):
        return True
    after = lexemes[amount.end] if amount.end < len(lexemes) else None
    further = _further_age(lexemes, k) and at(lexemes, amount.end) not in ("other", "others")
    if further and not counts_following(lexemes, amount.end):
        return True
    if _denied(lexemes, k) and not counts_following(lexemes, amount.end):
        return True
    if with_pronoun(lexemes, k, amount.end) or at_another_time(lexemes, k, amount.end):
        return True
    at_event_of_life = at_event(lexemes, k, value)
    if at_event_of_life and at(lexemes, amount.end) == "to" and not at(lexemes, amount.end + 1).isdecimal():
        return True
    if behind_full_name(lexemes, group.first.start, amount.end) or _at_which_oldest(lexemes, k, amount.end):
        return True
    if not _ends_age(after) and not _told_aside(lexemes, k, amount.end):
        return False
    return (
        at_event_of_life
        or behind_life(lexemes, k, amount.end)
        or aside_of_age(lexemes, k, amount.end, value)
        or opens_sentence(lexemes, k, amount.end)
        or both_of_persons(lexemes, k)
        or in_apposition(lexemes, group, k)
        or listed_behind(lexemes, k, amount.end)
        or children_are(lexemes, k, amount.end)
        or _after_superlative(lexemes, k)
        or _after_verb(lexemes, k, amount.end)
    )


def _told_aside(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether a verb follows the age behind "who is": "their chairman who is 74 says", without the commas around it."""
    asked = lexemes[k].lower in _WHO_IS or (lexemes[k].lower in ("is", "was") and at(lexemes, k - 1) == "who")
    if not asked or end >= len(lexemes) or noun_follows(lexemes, end):
        return False
    return is_verb(list(lexemes[end - 1 : end + 4]), 1)


_WHO_IS = ("who's", "who’s")


def _past_nearing(lexemes: Sequence[Lexeme], k: int) -> int:
    """The lexeme in front of what leads to the age of "He is close on 30", "she was getting on for 80"."""
    words = [lexeme.lower for lexeme in lexemes[max(0, k - 2) : k + 1]]
    if words == ["getting", "on", "for"]:
        return k - 3
    return k - 2 if words[-2:] == ["close", "on"] else k


def _denied(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` is the "not" that denies an age: in front of the 38 of "Ms Daly is 48, not 38 as stated"."""
    if k < _TO_DENIAL or lexemes[k].lower != "not" or lexemes[k - 1].text != "," or not is_numeral(lexemes[k - 2]):
        return False
    return _after_verb(lexemes, k - 3, k - 1) or _after_age_word(lexemes, k - 3)


_TO_DENIAL = 4  # lexemes of "is 48, not"


def _after_age_word(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` leads to an age: "aged 34", "at the age of twelve", "aged between 25 and 54"."""
    word, before = lexemes[k].lower, lexemes[k - 1].lower if k else ""
    if word == ":" and before in ("age", "ages"):
        return True
    if word == "as" and before in ("young", "old", "age"):  # "some as young as 15", "gave his age as 38"
        return True
    if word == "than" and before in ("younger", "older"):  # "children younger than 16"
        return True
    return word in word_set("amounts", "age_words") or (word, before) in (
        ("of", "age"),
        ("between", "aged"),
        ("from", "aged"),
        ("from", "age"),
        ("from", "ages"),
        ("between", "ages"),
    )


def _of_certain_age(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the number is the level of an age that is named: "the average age of buyers has risen to 34", "the
    retirement age will rise from 65 to 67"."""
    if lexemes[k].lower not in _AGE_LEADERS or noun_follows(lexemes, end):
        return False
    for position in range(k - 1, max(0, k - _AGE_REACH), -1):
        word = lexemes[position]
        if word.type is LexemeType.BREAK or word.text in ";:.":
            return False
        if word.lower in ("age", "ages"):
            named = [lexeme.lower for lexeme in lexemes[position + 1 : position + 3]]
            certain = lexemes[position - 1].lower in word_set("amounts", "certain_ages") or named[0] in _AGE_BOUNDS
            return certain or (named[0] == "of" and named[-1] in word_set("amounts", "ages_of"))
    return False


def _age_group(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number names a group by its ages: "the 18-34 age group"."""
    words = [lexeme.lower for lexeme in lexemes[end : end + 2]]
    return len(words) == 2 and words[0] == "age" and words[1].removesuffix("s") in _AGE_BRACKETS


def _ends_age(after: Lexeme | None) -> bool:
    """Whether the number ends its phrase, so that it counts nothing."""
    return after is None or after.type is LexemeType.BREAK or after.text in _CLOSING or after.lower in _FOLLOWERS


def _further_age(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the number goes on in a list of ages, behind the joint at ``k``: "two others, aged 19 and 21"."""
    return lexemes[k].lower in _JOINERS and lists_ages(lexemes, k)


def _of_person(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the number stands behind a person and "of": "a woman of 85 who cannot drive"; "a mother of two" has
    children."""
    of = lexemes[k].lower == "of" and k >= 1 and lexemes[k - 1].lower in _AGED_NOUNS
    return of and not noun_follows(lexemes, end)


def _by_the_time(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the number says how old somebody was when: "By the time she was 12 the family had moved", "Until he was
    65 he carried coal"."""
    clause = k >= 2 and lexemes[k].lower in _VERBS and lexemes[k - 1].lower in _SUBJECTS
    return clause and lexemes[k - 2].lower in _WHEN and not noun_follows(lexemes, end)


_WHEN = word_set("amounts", "times_of_ages")


def _after_superlative(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the number is the age of the eldest, the youngest or one of some: "the eldest of the victims was 71 and
    the youngest nine", "One of them was 91"."""
    if lexemes[k].lower in _SUPERLATIVES:
        return True
    if lexemes[k].lower in ("them", "whom") and k > 1 and lexemes[k - 2].lower in _SUPERLATIVES:
        return True  # "60 apprentices, the youngest of them just 17"
    before = lexemes[max(0, k - _SUPERLATIVE_REACH) : k]
    aside = lexemes[k].lower == "at" and lexemes[k - 1].text == ","  # "the youngest member, at 19, is"
    last = at(lexemes, k - 1)
    one = ("one", "of") in pairwise(lexeme.lower for lexeme in before)
    one = one and (last == "them" or (is_plural(last) and is_person(singular(last))))
    told = one or any(lexeme.lower in _SUPERLATIVES for lexeme in before)
    return (aside or lexemes[k].lower in ("is", "was")) and told


def _at_which_oldest(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether somebody is the oldest or youngest at the number: "Shetty, at 34 the oldest man on the field, has", "At
    19 the youngest of them, she"."""
    opens = lexemes[k].lower == "at" and (k == 0 or lexemes[k - 1].text == ",")
    return opens and at(lexemes, end) == "the" and at(lexemes, end + 1) in _SUPERLATIVES


_WILL = frozenset(f"{who}{mark}ll" for who in ("i", "he", "she", "you") for mark in "'’")


def _after_verb(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether a person is or turns it by the verb at ``k``: "she was 10 when", "he turned 40", "Ms Moe will be 35
    by"."""
    if k > 2 and lexemes[k].lower == "or" and lexemes[k - 1].is_number:
        k -= 2  # "he was 18 or 19"
    verb = lexemes[k].lower
    if verb in ("him", "her", "me") and k and lexemes[k - 1].lower in _MAKING:
        return True  # "which would make her 70 on release"
    if verb == "at" and has_at(lexemes, k):
        return True
    if verb in _CONTRACTED or _kin_is(verb):
        return not (
            at(lexemes, end) in ("for", "from") and at(lexemes, end + 1).isdecimal()
        )  # "He's 38 and", "My dad's 80"
    if verb not in _VERBS or k < 1:
        return False
    if verb == "be" and k >= 2 and lexemes[k - 1].lower == "to" and lexemes[k - 2].lower in ("lived", "live", "lives"):
        return True  # "lived to be 101"
    if verb in _TURNING or (verb == "be" and lexemes[k - 1].lower in _WILL):
        return True
    who = described_in_front(lexemes, k - 1)
    if verb == "be":
        who = max(0, k - 2)
    subject = lexemes[who]
    if _is_average_person(lexemes, k):
        return True
    aged = is_person(subject.lower) or subject.lower in _AGED_NOUNS
    if subject.lower in _SUBJECTS or (verb in ("is", "was") and aged):
        return True  # "The boy is 18"
    if verb in ("are", "were") or subject.lower.endswith(ENDINGS_OF_THINGS):
        return False  # "Prices are 50", "Inflation was 12"
    return subject.capitalised and subject.lower not in nouns()["stops"] and may_end_name(lexemes, who)


def _is_average_person(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the verb at lexeme ``k`` has an average person in front of it: "The average buyer is 34"."""
    if lexemes[k].lower not in ("is", "was") or not is_person(lexemes[k - 1].lower):
        return False
    return any(lexeme.lower in _AVERAGES for lexeme in lexemes[max(0, k - 1 - _LONGEST_AVERAGE) : k - 1])


_AVERAGES = frozenset(("average", "typical", "median", "mean"))
_LONGEST_AVERAGE = 3  # words from "average" to the person: "the average first-time buyer"


def _kin_is(verb: str) -> bool:
    """Whether a word is a person with the copula on it: "my dad's"."""
    return verb.endswith(("'s", "’s")) and (is_person(verb[:-2]) or verb[:-2] in _AGED_NOUNS)
