"""Tells ages behind "at", "by" and "when": "died at 91", "joined the band at 17", "At 16 she left home"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.age_appositions import ENDINGS_OF_THINGS, may_end_name
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_person, is_plural, last_words_of_places, nouns, singular
from extraction.text.numeral import is_numeral, of_four_digits
from extraction.text.words import word_set

# How far before "at" its verb may stand: "died of a suspected heart attack at 58".
_EVENT_REACH = 9
_WHEN_REACH = 12
_LAST_HOUR = 12
_EVENTS = word_set("amounts", "age_events")
_LIFE_VERBS = word_set("amounts", "life_verbs")
_LOOSE_VERBS = word_set("amounts", "loose_life_verbs")
_CLAUSES = word_set("grammar", "subordinators") | {"after", "before", "as"}
_BEFORE_VERB = word_set("amounts", "before_life_verbs") | word_set("grammar", "have")
_STILL_DOING = word_set("amounts", "still_doing")
_NO_PERSONS = word_set(
    "cues", "parties", "parties_that_act", "index_names", "traded", "of_shares", "reckoned_in_money", "moods"
)
_WAS_OR_HAD = word_set("grammar", "be", "have")
_IS_OR_STILL = _WAS_OR_HAD | {"still", "now", "already", "never", "remains"}
_CLAUSE_ENDS = ';:.,()"“”?!'
_OPENERS = ("and", "but", ",", ";", "“", '"', "that")


def at_event(lexemes: Sequence[Lexeme], k: int, value: Decimal) -> bool:
    """Whether lexeme ``k`` is an "at" behind an event of a life: "The painter died at 91", "to retire at 67", "She
    joined the band at 17"."""
    if lexemes[k].lower != "at" or k < 1:
        return False
    before = lexemes[k - 1].lower
    if before == "dead" and lexemes[max(0, k - 2)].lower == "the":
        return False  # "put the number of the dead at 14"
    if before == "school" or (before == "home" and lexemes[max(0, k - 2)].lower == "left"):
        return True  # "left school at 15"
    if before in _STILL_DOING and value > _LAST_HOUR and at(lexemes, k - 2) in ("still", "going"):
        return True  # "still working at 84"
    same_clause = value > _LAST_HOUR  # by "at 10" somebody may join a meeting
    for position in range(k - 1, max(-1, k - 1 - _EVENT_REACH), -1):
        word = lexemes[position]
        if word.type is LexemeType.BREAK or word.text in _CLAUSE_ENDS:
            return False
        if word.lower in _EVENTS and (position >= k - 3 or _somebody(lexemes, position - 1, names=True)):
            return True
        same_clause = same_clause and word.lower not in _CLAUSES
        firm = word.lower in _LIFE_VERBS
        if same_clause and (firm or word.lower in _LOOSE_VERBS) and _somebody(lexemes, position - 1, names=firm):
            return True
    return False


def has_at(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the "at" at ``k`` gives the age somebody is put at: "An interview had him at 78", "We put her at 34"; not
    in "A poll had him at 34"."""
    if k < 2 or lexemes[k - 1].lower not in ("him", "her") or lexemes[k - 2].lower not in _PUTTING:
        return False
    return not any(word.lower in _POLLED for word in lexemes[max(0, k - _POLL_REACH) : k + _POLL_REACH])


_POLL_REACH = 24  # lexemes
_PUTTING = word_set("amounts", "putting_at_age")
_POLLED = word_set("amounts", "putting_at_odds")


def aside_of_age(lexemes: Sequence[Lexeme], k: int, end: int, value: Decimal) -> bool:
    """Whether an age stands between commas behind a person: "My mother, at 88, swims every day", "Marsha, at 23, won";
    not "The rate, at 4,", "Labour, at 42,"."""
    if lexemes[k].lower != "at" or k < 2 or lexemes[k - 1].text != "," or at(lexemes, end) != ",":
        return False
    person = lexemes[k - 2]
    if _is_person(person.lower):
        return value > 1
    thing = person.lower in _NO_PERSONS or person.lower.endswith(ENDINGS_OF_THINGS) or person.text.isupper()
    thing = thing or person.lower in last_words_of_places() or person.lower in nouns()["stops"]
    surname = k > 2 and lexemes[k - 3].capitalised
    named = person.capitalised and not thing and (surname or not is_plural(person.text))
    return value > _LAST_HOUR and named and may_end_name(lexemes, k - 2)


def behind_life(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the years of a life stand in brackets in front: "Dorothy Harris (1931-2025), 94, of Tulsa"."""
    if k < _LIFE or lexemes[k].text != "," or lexemes[k - 1].text != ")" or at(lexemes, end) not in (",", "."):
        return False
    born, died = lexemes[k - 4], lexemes[k - 2]
    years = all(of_four_digits(year.text) for year in (born, died))
    return years and lexemes[k - 3].text in "-–" and lexemes[k - 5].text == "("


_LIFE = 6  # lexemes of "(1931-2025),"


def _somebody(lexemes: Sequence[Lexeme], k: int, *, names: bool) -> bool:
    """Whether a person stands in front of a verb: "he", "her father had"; "Scott" with ``names``."""
    first = k
    while k > max(0, first - 3) and lexemes[k].lower in _BEFORE_VERB:
        k -= 1
    if k < 0 or lexemes[k].type is not LexemeType.WORD:
        return False
    word = lexemes[k]
    if _is_person(word.lower):
        return True
    named = names and word.capitalised and word.lower not in nouns()["stops"] and not word.text.isupper()
    return named and (k == 0 or lexemes[k - 1].lower not in ("the", "in", "on", "of", "at"))


def _is_person(word: str) -> bool:
    """Whether a word is a pronoun or a noun of a person: "her father", "the surgeon", "he"."""
    return word in word_set("amounts", "age_subjects") or is_person(word)


def opens_sentence(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether "at" and an age open the sentence of a person: "At 34, she became a minister", "At 61, Lars Brandvold
    still sails", "At 16, Maria left home"."""
    if k != 0 or lexemes[k].lower != "at" or at(lexemes, end) != ",":
        return False
    follows = lexemes[end + 1 : end + 4]
    if follows and follows[0].lower in ("he", "she"):
        return True
    if len(follows) < 3 or not follows[0].capitalised:
        return False
    if follows[1].lower in _LIFE_VERBS | _LOOSE_VERBS:
        return follows[0].lower not in _NO_PERSONS
    return follows[1].capitalised and follows[2].lower in _IS_OR_STILL


def bounded_behind(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether people stand in front of an age that is bounded behind: "Kids 12 and under", "adults 65 or older"."""
    joiner, bound = at(lexemes, end), at(lexemes, end + 1)
    if k < 0 or joiner not in ("and", "or") or bound not in word_set("amounts", "age_bounds_behind"):
        return False
    noun = lexemes[k].lower
    return noun in word_set("cues", "age_groups") or (is_plural(noun) and is_person(singular(noun)))


_OF_AGE = word_set("amounts", "who_is_of_age")


def with_pronoun(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether "by" or "at" and an age stand in front of a pronoun: "By 30 he had designed sets for 26 productions", "At
    16 she left home"."""
    if at(lexemes, end) not in _OF_AGE:
        return False
    if lexemes[k].lower == "by":
        return at(lexemes, end + 1) in _WAS_OR_HAD
    if lexemes[k].lower != "at" or (k and lexemes[k - 1].lower not in _OPENERS):
        return False
    # "She ran 12 km, and at 14 she stopped" may tell a distance.
    return not any(word.is_number for word in lexemes[max(0, k - _WHEN_REACH) : k])


def at_another_time(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the number is an age at another time: the 22 of "He was 17 when he enlisted and 22 when he was
    captured"."""
    if lexemes[k].lower not in ("and", "but", ",") or at(lexemes, end) != "when":
        return False
    for position in range(k - 1, max(2, k - _WHEN_REACH), -1):
        if lexemes[position].lower != "when":
            continue
        number, verb = lexemes[position - 1], position - 2
        verb -= lexemes[verb].lower in ("both", "all")
        aged = is_numeral(number) and lexemes[verb].lower in word_set("amounts", "age_verbs")
        return aged and _somebody(lexemes, verb - 1, names=True)
    return False
