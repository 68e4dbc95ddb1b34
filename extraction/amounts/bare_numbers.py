"""Settles what a number without a unit is: an age, a count with or without its noun, an index level, a number."""

from collections.abc import Sequence

from extraction.amounts.ages import is_age
from extraction.amounts.index_levels import is_index_level, labelled_level
from extraction.amounts.ratings import graded
from extraction.claims import Kind
from extraction.counts.appositions import settle_beside_noun
from extraction.counts.counted_nouns import counted_noun
from extraction.counts.elided_nouns import settle_elided, settle_person_or_named
from extraction.counts.item_labels import item_label, kind_of_item
from extraction.counts.listings import listed_room, room_code
from extraction.counts.people import lead
from extraction.counts.strong import settle_strong
from extraction.currencies.pairs import ends_pair
from extraction.quantity.amount import Amount
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.quantity.rates import rate_at, rate_behind_phrase
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import nouns
from extraction.text.number_pairs import in_blood_pressure, in_heat_pair, in_vote_pair
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import contracted_pronoun
from extraction.text.words import word_set
from extraction.units.match import match_unit
from extraction.units.table import unit_named

_FEWEST_DIALLED = 9


def settle_bare(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> CountedNoun | None:
    """Gives a number without a unit its kind, if it measures anything: age, count, multiple, index level or number.

    ``previous`` is what the sentence counted before. Returns the noun that this number counts, if one follows.
    """
    amount = group.last
    if graded(lexemes, amount) or _settle_by_place(lexemes, group) or settle_strong(lexemes, group):
        return None
    if _settle_room(lexemes, amount):
        return None
    behind = item_label(lexemes, amount.start, amount.end)
    if behind is not None and (told := kind_of_item(lexemes, behind)) is not None:
        amount.settle(*told, "item.label")
        return None
    noun = _noun_behind(lexemes, amount, amount.end if behind is None else behind)
    of_index = [at(lexemes, group.first.start - 2), at(lexemes, group.first.start - 1)] == ["index", "of"]
    if noun is None and of_index:  # "a UV index of 11"
        amount.settle(Kind.INDEX, "point", "index.level")
        return None
    if noun is not None:
        return _settle_noun(lexemes, amount, noun)
    if at(lexemes, amount.end) == "others":
        amount.unit_start, amount.unit_end = amount.end, amount.end + 1
    if _of_compound(lexemes, amount.end) or settle_beside_noun(lexemes, group):
        return None
    if not settle_person_or_named(lexemes, group, previous):
        _settle_without_noun(lexemes, group, previous)
    return None


_PAIRS = (
    (in_vote_pair, Kind.PERCENT, "percent", "percent.pair"),
    (in_blood_pressure, Kind.PRESSURE, "millimeter_Hg", "pressure.pair"),
    (in_heat_pair, Kind.TEMPERATURE, "degree", "temperature.pair"),
)


def _settle_by_place(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Settles an age, a number of a pair, or one that a name stands in front of; returns whether it is one of them."""
    amount, start = group.last, group.first.start
    if is_age(lexemes, group):
        amount.settle(Kind.AGE, "year", "age.bare")
        return True
    for in_pair, kind, unit, rule in _PAIRS:
        if in_pair(lexemes, amount.start):
            amount.settle(kind, unit, rule)
            return True
    if at(lexemes, start - 1) == "magnitude":  # "a magnitude 6.1 earthquake"
        amount.settle(Kind.NUMBER, None, "number.magnitude")
        return True
    if ends_pair(lexemes, start - 1):  # "EUR/USD 1.0850"
        amount.settle(Kind.NUMBER, None, "number.pair")
        return True
    return False


def _settle_room(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes the amount a count of rooms where a listing says so behind it; returns whether it does."""
    room = room_code(lexemes, amount.end) or listed_room(lexemes, amount.end)
    if room is None:
        return False
    amount.settle(Kind.COUNT, room, "count.room")
    amount.unit_start, amount.unit_end = amount.end, amount.end + 1
    return True


def _noun_behind(lexemes: Sequence[Lexeme], amount: Amount, behind: int) -> CountedNoun | None:
    """The noun at lexeme ``behind`` that the amount counts, or None; none in "from 4,120 two years ago"."""
    noun = counted_noun(lexemes, behind, amount.value)
    if noun is None or (is_numeral(lexemes[noun.start]) and at(lexemes, noun.end) in word_set("syntax", "later")):
        return None
    return noun


def _settle_without_noun(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> None:
    """Makes a number with no noun a level, a factor, a count of what was counted or a number, but no name or call."""
    amount = group.last
    if labelled_level(lexemes, group):
        amount.settle(Kind.INDEX, "point", "index.level")
    elif _is_factor(lexemes, group):
        amount.settle(Kind.MULTIPLE, None, "multiple.factor")
    elif settle_elided(lexemes, group, previous) or _product_name(lexemes, amount) or _dialled(lexemes, amount):
        return
    elif is_index_level(lexemes, group):
        amount.settle(Kind.INDEX, "point", "index.level")
    else:
        amount.settle(Kind.NUMBER, None, "number.bare")


def settle_ratio(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """Makes a number of "RR 0.62", "hazard ratio, 0.66", "P=0.006", which have no unit that stands before them."""
    if amount.noun is not None or amount.unit is not None:
        return  # "The ratio of 3 nurses to a ward"
    k = amount.start - 1
    while k > 0 and amount.start - k < _LONGEST_LEAD and lexemes[k].text in _BEFORE_RATIOS:
        k -= 1
    if k >= 0 and lexemes[k].text in word_set("cues", "ratio_statistics"):
        amount.settle(Kind.NUMBER, None, "number.ratio")


_LONGEST_LEAD = 4  # lexemes
_BEFORE_RATIOS = frozenset((",", "=", "<", ">", ":", "of", "was", "≤", "≥", "-"))


def _settle_noun(lexemes: Sequence[Lexeme], amount: Amount, noun: CountedNoun) -> CountedNoun | None:
    """Makes the amount a count of ``noun``, or a duration where that is a unit of time; returns what is counted."""
    amount.unit_start, amount.unit_end = noun.start, noun.end
    unit = unit_named(noun.unit)
    if unit is not None and unit.kind is Kind.DURATION:  # "three full days", "the 50 previous years"
        amount.settle(Kind.DURATION, unit.name, "duration.noun")
        return None
    points = at(lexemes, noun.end - 2) in ("percentage", "basis")  # "two full percentage points"
    measure = match_unit(lexemes, noun.end - 1 - points)
    if measure is not None and measure.end == noun.end and _is_certain(lexemes, measure.unit.name, noun.end - 2):
        amount.settle(measure.unit.kind, measure.unit.name, "measure.noun")  # "1,100 of its 7,400 kilometres"
        if points:
            amount.unit_start, amount.end = noun.end - 2, noun.end
        return None
    amount.settle(Kind.COUNT, noun.unit, "count.noun")
    amount.noun = noun
    rate = rate_at(lexemes, noun.end) or rate_behind_phrase(lexemes, noun.end)
    if rate is not None:
        amount.per = rate[0]
        amount.rules.append(rate[1])
    return noun


def _is_certain(lexemes: Sequence[Lexeme], unit: str, before: int) -> bool:
    """Whether a unit behind other words is no thing that is counted: "7,400 kilometres", "14 more inches"."""
    more = at(lexemes, before) in word_set("amounts", "more_of_measures")
    return unit in word_set("cues", "certain_measures", *(("measures_behind_more",) if more else ()))


def _dialled(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether so many digits without a mark between them are of a telephone or an account: "call 4550981306"."""
    text = lexemes[amount.numeral.start].text
    return amount.numeral.rule == "numeral.digits" and text.isdecimal() and len(text) >= _FEWEST_DIALLED


def _of_compound(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number is of a compound, which counts nothing: "lost to a three-time winner", "up to a six-speed
    gearbox"."""
    words = lexemes[end : end + 3]
    tied = len(words) == 3 and words[0].text == "-" and words[0].glued and words[1].glued
    return tied and words[1].lower in _COMPOUNDS and words[2].type is LexemeType.WORD


_COMPOUNDS = nouns()["no_compound"] - word_set("amounts", "bounds_on_hyphens")


def _product_name(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether the number names what follows and counts nothing: "the 787 Dreamliner", "a six-speed gearbox"."""
    if amount.end >= len(lexemes):
        return False
    following = lexemes[amount.end]
    if following.text == "-" and following.glued and at(lexemes, amount.end + 1) not in _NO_NAMES:
        return amount.end + 1 < len(lexemes) and lexemes[amount.end + 1].glued
    if contracted_pronoun(following) or following.lower in word_set("grammar", "subject_pronouns"):
        return False  # "gives me another 500 I'll have them gone"
    plain = amount.numeral.rule == "numeral.digits" and lexemes[amount.numeral.start].text.isdecimal()
    return plain and following.may_be_name and not following.glued


_NO_NAMES = ("magnitude", "odd")  # "a 6.1-magnitude quake", "earns sixty-odd a day"


def _is_factor(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number stands behind "factor of": "rose by a factor of three"."""
    k = lead(lexemes, group)
    return k >= 1 and lexemes[k].lower == "of" and lexemes[k - 1].lower == "factor"
