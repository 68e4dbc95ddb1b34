"""Counts whose noun stands in the sentence before: "The city had 900 lots. Today it has 350", "The other four"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.claims import Kind
from extraction.counts.people import leader
from extraction.quantity.amount import without_bare
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows, nouns
from extraction.text.shades import SHADES
from extraction.text.words import word_data, word_set, words_in

_COUNTING = frozenset(("count.noun", "count.carried"))
_BESIDE = frozenset((Kind.DURATION, Kind.AGE))


@dataclass(frozen=True, slots=True)
class CarriedNoun:
    """The one noun that the sentence before counts, in the singular, and the words of that sentence.

    ``alone`` says whether nothing else is measured there.
    """

    unit: str
    words: frozenset[str]
    alone: bool


def carried_noun(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> CarriedNoun | None:
    """What the sentence behind ``text[start:end]`` may leave out: the one thing that this counts or measures."""
    counts = [quantity for quantity in quantities if quantity.kind is Kind.COUNT]
    units = {quantity.unit for quantity in counts}
    unit = next(iter(units)) if len(units) == 1 else None
    if unit is None or all(_COUNTING.isdisjoint(quantity.rules) for quantity in counts):
        return None
    alone = sum(quantity.kind not in _BESIDE for quantity in quantities) == 1
    return CarriedNoun(unit, words_in(text, start, end), alone)


def settle_carried(lexemes: Sequence[Lexeme], group: Group, carried: CarriedNoun | None) -> bool:
    """Makes a bare number a count of what the sentence before counted, where its clause leaves no other reading.

    Says whether it did.
    """
    amount = group.last
    plain = amount.kind is Kind.NUMBER or (amount.kind is Kind.COUNT and amount.unit is None)
    if carried is None or not plain or "number.magnitude" in amount.rules:
        return False
    if amount.value is None or amount.value <= 0 or not amount.whole:
        return False
    again = carried.alone and (_others(lexemes, group) or _same_again(lexemes, group, carried))
    if not (again or _added(lexemes, group)):
        return False
    amount.rules = without_bare(amount.rules)
    amount.settle(Kind.COUNT, carried.unit, "count.carried")
    return True


def _added(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether further ones are had or added: "will open ten more before May", "plans to add around 50 every month"."""
    verb, end = leader(lexemes, group), group.last.end
    further = at(lexemes, end) == "more" and at(lexemes, end + 1) != "than"
    return verb in word_set("cues", "adding", "holds") and not noun_follows(lexemes, end + further)


def _others(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the sentence opens with the rest of what was counted: "The other four made a loss"."""
    start, end = group.first.start, group.last.end
    opens = start == 2 and [lexeme.lower for lexeme in lexemes[:2]] == ["the", "other"]
    behind = lexemes[end] if end < len(lexemes) else None
    verb = behind is not None and behind.type is LexemeType.WORD and not is_plural(behind.text) and not behind.glued
    return opens and verb and at(lexemes, end) not in ("of", "per")


def _same_again(lexemes: Sequence[Lexeme], group: Group, carried: CarriedNoun) -> bool:
    """Whether a pronoun has or makes so many of the same at another time.

    As in "Today it has fewer than 3,500", "In 2023 it was 120", "It now makes 350".
    """
    start, end = group.first.start, group.last.end
    if start > _LONGEST_CLAUSE or not _closes(lexemes, end):
        return False
    words = [part for lexeme in lexemes[:start] for part in _APOSTROPHE.split(lexeme.lower)]
    times = {*words, at(lexemes, end)}
    while words and (words[-1] in SHADES or words[-2:] == ["more", "like"]):
        words.pop()
    verb = next((k for k in range(len(words) - 1, 0, -1) if words[k] not in _TIMES), 0)
    subject = verb - 1 - (words[verb : verb + 1] == ["got"])
    while subject > 0 and words[subject] in _TIMES:
        subject -= 1
    if verb < 1 or subject < 0 or words[subject] not in _PRONOUNS or not _opens(words[:subject]):
        return False
    ago = at(lexemes, end) in ("this", "last") and at(lexemes, end + 1) in _PERIODS  # "It made 350 this year"
    timed = subject > 0 or ago or not times.isdisjoint(_TIMES)
    return timed and _is_same_verb(words[verb], words[subject], carried)


def _opens(words: Sequence[str]) -> bool:
    """Whether nothing but a time stands in front of the subject: "In 2023", "Today,", "By the end of last year"."""
    timed = any(word in _TIMES or word in _PERIODS or _YEAR.fullmatch(word) for word in words)
    return not words or (timed and words[0] in _TIMES | word_set("counts", "carried_openers"))


def _is_same_verb(verb: str, subject: str, carried: CarriedNoun) -> bool:
    if verb in word_set("grammar", "be") or verb == "s":
        return subject == "it"
    if verb in word_set("grammar", "have") or verb in ("got", "ve"):
        return True
    if verb in nouns()["hold_verbs"] and not carried.words.isdisjoint(word_set("cues", "capacities")):
        return True  # "was built for 20,000 people. It now holds 47,300"
    forms = (set(family.split()) for family in word_data("cues")["carried_verbs"])
    return any(verb in family and not family.isdisjoint(carried.words) for family in forms)


def _closes(lexemes: Sequence[Lexeme], end: int) -> bool:
    behind = lexemes[end] if end < len(lexemes) else None
    if behind is None or behind.lower in _TIMES | word_set("counts", "carried_closers"):
        return True
    return behind.type is not LexemeType.WORD and behind.text in ".,;!?)”\"’'"


_APOSTROPHE = re.compile("['’]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TIMES = word_set("counts", "carried_times")
_PERIODS = word_set("counts", "carried_periods")
_PRONOUNS = word_set("grammar", "personal_pronouns")
_LONGEST_CLAUSE = 14  # lexemes in front of the number
