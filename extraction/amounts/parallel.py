"""Numbers that share the unit or the noun of an amount before them by their place in a clause alike to its own.

As in "Sweden has 480 days of leave, Norway 343", "Labour gained 21 councils, the Tories lost 16", "50 minutes rather
than 35", "280 yards, including 190 in the second half" and "84 mph in a zone with a limit of 60".
"""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.elided_units import comparable
from extraction.amounts.gapped_clauses import JOINTS, in_gapped_clause, subject_before
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.counts.people import lead
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_person, is_plural, looks_past, nouns
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_REACH = 18  # lexemes
_LONGEST_VERB = 4  # lexemes of a verb with its auxiliaries
_UNSHARED = frozenset((Kind.AGE, Kind.NUMBER, Kind.FRACTION, Kind.MULTIPLE, None))
_COUNTING = frozenset((Kind.COUNT, Kind.INDEX))
_PLACING = word_set("amounts", "times_and_places_of_amounts")
_VERBS = word_set("amounts", "parallel_verbs")
_CONTRASTS = (["rather", "than"], ["instead", "of"])
_GIVEN = word_set("amounts", "verbs_of_doses")
_IDLE_LEADS = word_set("grammar", "be", "determiners")
_APART = ("above", "below")


def lends_to_parallel(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether numbers behind it may share what this amount measures or counts: not where it says when or where."""
    amount = group.last
    if amount.kind in _UNSHARED or (amount.unit is None and amount.kind in _COUNTING):
        return False
    compound = at(lexemes, amount.end) == "-" and amount.kind is Kind.COUNT  # "in the 89-member assembly"
    return at(lexemes, group.first.start - 1) not in _PLACING and not compound


def settle_parallel(lexemes: Sequence[Lexeme], source: Group | None, nearest: Group, group: Group) -> bool:
    """Gives a bare number the unit of ``source`` where its clause goes on as that did; says whether it did.

    ``source`` is the nearest amount that ``lends_to_parallel``, ``nearest`` the one right in front, placed or not.
    """
    amount = group.last
    if not closes(lexemes, amount.end) or amount.value is None:
        return False
    if nearest.last.kind is Kind.COUNT and _in_the_same(lexemes, nearest, group):
        source = nearest
    elif source is None or not _takes_unit(lexemes, source, group):
        return False
    lender = source.last
    if lender.kind is not Kind.COUNT:
        copy_unit(amount, lender)
        return True
    if not amount.whole:
        return False
    amount.settle(Kind.COUNT, lender.unit, "count.antecedent")
    amount.noun_elsewhere = lender.noun or lender.noun_elsewhere
    return True


def _takes_unit(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number stands as the amount of ``source`` does, near behind it, and so measures the same."""
    start, end = group.first.start, group.last.end
    if start - source.last.end > _REACH:
        return False
    between = lexemes[source.last.end : start]
    if any(lexeme.type is LexemeType.BREAK for lexeme in between):
        return False
    counted = source.last.kind in (Kind.COUNT, Kind.INDEX)
    if not counted and not (comparable(source.last, group.last) and _as_scaled(source.last, group.last)):
        return False
    if [lexeme.lower for lexeme in between[-2:]] in _CONTRASTS or _apart(lexemes, source, group):
        return True
    k = lead(lexemes, group)
    if k < 1 or k < source.last.end:
        return False
    if _of_others(lexemes, source, k):
        return True
    if lexemes[k].lower == "of":
        level = lexemes[k - 1].lower in word_set("cues", "levels_of_counts")
        level = level and not counted and source.last.kind not in (Kind.MONEY, Kind.PERCENT)
        return level or (source.last.kind is Kind.COUNT and _risen_by(lexemes, k - 1))
    if lexemes[k].lower == "including":
        return source.last.kind not in (Kind.COUNT, Kind.MONEY)
    if source.last.unit == "percent" and _standing(lexemes, source, start - 1 if at(lexemes, start - 1) == "at" else k):
        return True
    if source.last.kind is Kind.COUNT and source.last.unit in word_set("amounts", "held_in_houses"):
        held = is_plural(lexemes[k - 1].text) or lexemes[k - 1].capitalised
        if held and _stands_on(lexemes, source, k):
            return True
    return in_gapped_clause(lexemes, start, end, named=False) or _with_verb(lexemes, source, k)


def _standing(lexemes: Sequence[Lexeme], source: Group, k: int) -> bool:
    """Whether a name in front of "on" or "at" says who stands at the number: "slipped to 31 per cent, with Labour on 28
    and Reform at 19"; not "fell 5 per cent, with Toyota at 28"."""
    return lexemes[k].lower in ("on", "at") and lexemes[k - 1].capitalised and _stands_on(lexemes, source, k)


def _stands_on(lexemes: Sequence[Lexeme], source: Group, k: int) -> bool:
    """Whether a new subject stands in front of "on" or "at" at ``k``: "won 61 seats, with Labour on 40, the Greens on
    12 and independents on two"."""
    if lexemes[k].lower not in ("on", "at") or moves_right_before(lexemes, source.first):
        return False
    first = subject_before(lexemes, k)
    return first < k and at(lexemes, first - 1) in JOINTS | {"with"}


def _as_scaled(source: Amount, amount: Amount) -> bool:
    """Whether the two may share a unit by their size: sums of money have a magnitude both, or neither: "$4 billion"
    lends nothing to "300"."""
    return source.kind is not Kind.MONEY or (source.numeral.magnitude is None) == (amount.numeral.magnitude is None)


def _apart(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether it says how far the one in front is from another: "31 million tonnes, 2 million above the cap"."""
    end = source.last.end if source.last.noun is None else source.last.noun.end
    beside = end == group.first.start - 1 and lexemes[end].text == ","
    return beside and at(lexemes, group.last.end) in _APART


def _of_others(lexemes: Sequence[Lexeme], source: Group, k: int) -> bool:
    """Whether other people are compared, with the same word or a verb of giving at ``k``: "who slept nine hours scored
    higher than those who slept six", "took 20mg ... than people given 10"."""
    word, first = lexemes[k].lower, at(lexemes, lead(lexemes, source))
    if not ((word == first and word not in _IDLE_LEADS) or word in _GIVEN):
        return False
    people = k - 2 if lexemes[k - 1].lower in ("who", "that") else k - 1
    if people - 1 <= source.last.end or lexemes[people - 1].lower not in ("than", "as", "with", "to", "and"):
        return False
    return lexemes[people].lower in ("those", "ones") or is_person(lexemes[people].lower)


def _risen_by(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a noun for the step of a count stands in front of the number: "rose to 4,500, an increase of 320"."""
    while k > 0 and lexemes[k].lower not in word_set("amounts", "steps_of_counts") and looks_past(lexemes[k].lower):
        k -= 1
    return lexemes[k].lower in word_set("amounts", "steps_of_counts") and at(lexemes, k - 1) in ("a", "an")


def _with_verb(lexemes: Sequence[Lexeme], source: Group, verb: int) -> bool:
    """Whether another subject and the verb at ``verb`` stand in front of the number: "gained 21 councils, the Tories
    lost 16", "They wanted 90 buses, but the factory could make only 40"."""
    word, first_verb = lexemes[verb].lower, at(lexemes, lead(lexemes, source))
    counted = source.last.kind is Kind.COUNT or first_verb in _VERBS  # "is 12 miles long; the club had 15"
    alike = (word in _VERBS and counted) or (word == first_verb and _is_verb(lexemes[verb]))
    if word in nouns()["person_verbs"] or not alike:
        return False
    k = verb
    while k > source.last.end and verb - k < _LONGEST_VERB and in_class(lexemes[k - 1], "modals", "have", "adverbs"):
        k -= 1
    first = k - 1 if in_class(lexemes[k - 1], "subject_pronouns") else subject_before(lexemes, k)
    return source.last.end < first < k and lexemes[first - 1].lower in JOINTS


def _is_verb(lexeme: Lexeme) -> bool:
    return looks_past(lexeme.lower) or in_class(lexeme, "past", "present")


def _in_the_same(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether a verb and the same "in" or "by" stand in front of both numbers: "ahead in 131 seats while the Congress
    led in 62", "supported by 71 submitters and opposed by 402"."""
    k = lead(lexemes, group)
    same = k > source.last.end and lexemes[k].lower == at(lexemes, lead(lexemes, source))
    if not same or lexemes[k].lower not in ("in", "by") or k - source.last.end > _REACH:
        return False
    verb = lexemes[k - 1]
    return any(lexeme.lower in JOINTS for lexeme in lexemes[source.last.end : k]) and _is_verb(verb)
