"""Multiples without a numeral: "doubled", "threefold", "twice as many"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.of_anothers import of_anothers, over_limit
from extraction.amounts.special import special_amount
from extraction.changes.still import is_infinitive
from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.quantity.rates import settle_rate
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows, nouns, stops_phrase
from extraction.text.numeral import vocabulary
from extraction.text.word_classes import ARTICLES
from extraction.text.words import word_set
from extraction.units.table import unit_named


def multiple_word(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """The multiple or the number of times that lexeme ``i`` says, or None: "doubled", "threefold", "twice"."""
    word = lexemes[i].lower
    following = at(lexemes, i + 1)
    hyphenated = following == "-" and lexemes[i + 1].glued
    if word in ("twice", "thrice"):
        value = Decimal(2 if word == "twice" else 3)
        if hyphenated:
            return None
        later = at(lexemes, i + 2)
        unit = None if following not in _POINTING or later is None else unit_named(later)
        during = unit is not None and unit.kind is Kind.DURATION  # "won twice that year", not "twice that number"
        during = during or (following in _POINTING and later in word_set("times", "periods") | {"time", "way"})
        during = during or (following in ("this", "these", "those") and not noun_follows(lexemes, i + 2))
        during = during and not of_anothers(lexemes, i + 1)  # "twice that week's"
        compares = following != "as" or _compares_as(lexemes, i + 2)
        led = following in ("as", "the", "its", "their", "his", "what", *_POINTING)
        led = led or (
            of_anothers(lexemes, i + 1) and at(lexemes, i - 1) not in word_set("amounts", "verbs_of_contests")
        )
        led = led or over_limit(lexemes, i + 1)
        if led and not during and compares:
            return special_amount(i, i + 1, Kind.MULTIPLE, value, "multiple.twice")
        amount = special_amount(i, i + 1, Kind.COUNT, value, "count.twice")
        amount.unit, amount.unit_start, amount.unit_end = "time", i, i + 1
        settle_rate(lexemes, amount)
        return amount
    value = vocabulary()["multiples"].get(word)
    if value is None and word.endswith("fold"):
        value = vocabulary()["cardinals"].get(word.removesuffix("fold"))
    if value is None and word in vocabulary()["multiple_verbs"] and _doubles(lexemes, i):
        value = vocabulary()["multiple_verbs"][word]
    if value is None or hyphenated or _bends(lexemes, i):
        return None
    return special_amount(i, i + 1, Kind.MULTIPLE, value, "multiple.word")


def _bends(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a small word behind a verb like "doubled" gives it another sense: "doubled up in pain", "doubled down";
    not in "doubled over the past year", "doubled over five years"."""
    behind, next_word = at(lexemes, i + 1), at(lexemes, i + 2)
    lasting = (
        next_word in word_set("grammar", "definites") | {"a"} | word_set("times", "numbers") or next_word.isdigit()
    )
    return behind in ("down", "back", "up") or (behind == "over" and not lasting)


_POINTING = ("that", "this", "these", "those")


def _compares_as(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether what stands behind "twice as" is compared: "twice as old as", "twice as many"; in "scored twice as his
    side won" a clause begins."""
    if i >= len(lexemes) or lexemes[i].type is not LexemeType.WORD:
        return False
    opens = lexemes[i].lower in word_set("grammar", "determiners", "subject_pronouns") and lexemes[i].lower != "many"
    return not (opens or lexemes[i].capitalised) or any(word.lower == "as" for word in lexemes[i + 1 : i + 4])


def _doubles(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a word like "double" is a verb that multiplies: "to double the fine", "Rents will double.", "Profit
    doubles"; not in "a double", "the mixed doubles"."""
    after, before = at(lexemes, i + 1), lexemes[i - 1] if i else None
    if before is not None and before.lower in ARTICLES:
        return False
    if before is not None and before.glued and before.text == "B":
        return False  # "B&B doubles from £120"
    if after == "as" and at(lexemes, i + 2) in ("a", "an"):
        return False  # "will double as a school"
    doubles = lexemes[i].lower.endswith("s")
    if after in _OBJECTS or (after in ("in", "to") and not doubles):
        return True
    if not doubles and of_anothers(lexemes, i + 1):
        return True  # "double last year's number"
    if before is not None and before.lower in word_set("amounts", "paying_verbs") and not noun_follows(lexemes, i + 1):
        return True  # "will owe double by May"
    if before is not None and not doubles and _has_bare_object(lexemes, i):
        return True
    if before is None or (
        i + 1 < len(lexemes) and lexemes[i + 1].type is LexemeType.WORD and after not in _BEHIND_VERB
    ):
        return False
    if before.lower == "to" or before.lower in word_set("grammar", "modals"):
        return True
    if before.type is not LexemeType.WORD or before.lower in nouns()["stops"] or before.text.endswith(("'s", "’s")):
        return False
    counted = before.lower in _BEFORE_DOUBLES or before.lower in vocabulary()["cardinals"]
    return not counted and doubles != is_plural(before.text)


def _has_bare_object(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether an infinitive like "double" has an object without an article: "will double output", "plans to triple
    sales"; not in "rose to double figures", "will double up"."""
    if i + 1 >= len(lexemes) or not is_infinitive(lexemes, i):
        return False
    noun = lexemes[i + 1]
    return noun.type is LexemeType.WORD and noun.lower not in _COMPOUNDS and not stops_phrase(lexemes, i + 1)


_COMPOUNDS = word_set("amounts", "double_compounds")
_OBJECTS = word_set("amounts", "multiplied_objects")
_BEHIND_VERB = word_set("amounts", "behind_doubling")
_BEFORE_DOUBLES = word_set("amounts", "before_doubles")
