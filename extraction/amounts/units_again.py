"""Tells that a bare number has the unit of the one before: "Lamb is up 8 per cent and mutton down 5".

It is that of another thing or place ("takes 11 weeks, and in Cork it is five"), a step from it ("31 minutes, four
longer than before"), what it came down to ("12 mm thick was down to 7") or a part of it ("22 years, eight of them").
"""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.closing import closes
from extraction.amounts.gapped_clauses import JOINTS, subject_before
from extraction.changes.adjuncts import is_year
from extraction.claims import Kind
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.group import Group
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.numeral import EXACT, vocabulary
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class, is_adverb
from extraction.text.words import word_set

_STEPS = ("up", "down")
_INDICES = word_set("cues", "index_names")


def says_again(lexemes: Sequence[Lexeme], source: int, source_end: int, start: int) -> bool:
    """Whether the number at ``start`` stands behind a subject of its own as the percentage at ``source`` does.

    As in "Cod quotas were cut by 12 per cent and herring by 30", "followed by Korea with 12 per cent and Japan with 7";
    not in "Shares are up 2 per cent and the Dow up 30", "and the number of staff by 30".
    """
    k, its = _lead(lexemes, start), _lead(lexemes, source)
    if its < 1 or k <= source_end or any(x.is_number and not is_year(x.text) for x in lexemes[source_end:start]):
        return False
    first = subject_before(lexemes, k)
    if first >= k or first <= source_end - 1 or lexemes[first - 1].lower not in JOINTS:
        return False
    if any(word.lower in _INDICES for word in lexemes[first:k]):
        return False
    word, before = lexemes[k].lower, lexemes[its].lower
    if word in _STEPS:
        return before in _STEPS
    if word != before:
        return False
    if word == "by":
        return lexemes[its - 1].lower in change_words().verbs or _is_gapped(lexemes, its)
    return word == "with" and lexemes[k - 1].capitalised and lexemes[its - 1].capitalised


def leaves_the_rest(lexemes: Sequence[Lexeme], source: Decimal | None, value: Decimal | None, start: int) -> bool:
    """Whether the number is the rest, so that both come to a hundred per cent: "Sheep make up 60 per cent of the herd
    and goats the remaining 40"."""
    led = start > 1 and lexemes[start - 1].lower in ("remaining", "other") and lexemes[start - 2].lower == "the"
    return led and source is not None and value is not None and source + value == _ALL


_ALL = 100


def _is_gapped(lexemes: Sequence[Lexeme], by: int) -> bool:
    """Whether "by" at lexeme ``by`` has a subject and no verb: the second item of "Rents rose by 5 per cent, wages by 3
    and prices by 7"."""
    first = subject_before(lexemes, by)
    return 0 < first < by and lexemes[first - 1].lower in JOINTS


def _lead(lexemes: Sequence[Lexeme], start: int) -> int:
    """The word in front of an amount, past words that only shade it; -1 where there is none."""
    k = start - 1
    while k > 0 and lexemes[k].lower in FILLERS:
        k -= 1
    return k


_STANDING_FOR_IT = word_set("amounts", "told_elsewhere")
_CONTRACTED = frozenset(("it's", "it’s", "that's", "that’s"))
_OPENERS = frozenset(("and", "but", "while", ",", ";", "where"))
_MEASURED = frozenset((Kind.DURATION, Kind.MONEY, Kind.PERCENT, Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE))
_PLACE_REACH = 8  # lexemes from the joint to the number: "and in Cork on a Sunday it is five"


def there_again(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the bare number of ``group`` says of it elsewhere, or of another's, how much ``source`` is."""
    first, end = source.last.end, group.first.start
    if source.last.kind not in _MEASURED or not closes(lexemes, group.last.end) or end - first > _PLACE_REACH:
        return False
    between = [lexeme.lower for lexeme in lexemes[first:end]]
    others = any(lexeme.is_number or lexeme.lower in vocabulary()["cardinals"] for lexeme in lexemes[first:end])
    if others or _OPENERS.isdisjoint(between):
        return False
    if between[-1] in _CONTRACTED:
        return True
    return len(between) > 1 and in_class(lexemes[end - 1], "be") and at(lexemes, end - 2) in _STANDING_FOR_IT


# What is measured, and not counted or reckoned.
STEPPED = frozenset((Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE, Kind.SPEED, Kind.VOLUME))
PLACING = word_set("cues", "placing_prepositions")
_APART, _OF_COUNTS = word_set("amounts", "apart_than"), word_set("cues", "apart_in_number")
_SIZES = word_set("syntax", "sizes")
_LONGEST_GAP = 8  # lexemes of "in which to build them"


def steps_apart(lexemes: Sequence[Lexeme], source: Group, group: Group, lead: str) -> bool:
    """Whether the number says by how much the amount of ``source`` differs: "to borrow €37.5 billion, 4.1 billion less
    than last year", "lasts 18 hours, two more than the old one".

    ``lead`` is the word in front of the amount, past what shades it.
    """
    words = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    than = words[1:] == ["than"] and words[0] in _APART
    if lead not in (",", "or") or not (than or words == ["short", "of"]):
        return False
    if source.last.kind in STEPPED | {Kind.MONEY} and group.last.numeral.magnitude is not None:
        return True
    if source.last.kind not in STEPPED or not _says_purpose(lexemes, source.last.end, group.first.start - 1):
        return False
    placed = at(lexemes, source.first.start - 1) in PLACING and words[0] in _OF_COUNTS
    return not placed or not _counted_before(lexemes, source.first.start)  # "12 medals in three years, two more than"


def _says_purpose(lexemes: Sequence[Lexeme], start: int, comma: int) -> bool:
    """Whether only what the amount is for stands there: "", "long", "to repay", "in which to build them"."""
    if comma - start > _LONGEST_GAP:
        return False
    gap = lexemes[start:comma]
    opened = not gap or gap[0].lower in _SIZES or gap[0].lower == "to" or [x.lower for x in gap[:2]] == ["in", "which"]
    return opened and all(x.type is LexemeType.WORD and not is_plural(x.text) for x in gap)


def _counted_before(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether another number stands in front in the clause, which may be what is more."""
    cardinals = vocabulary()["cardinals"]
    return any(x.is_number or x.lower in cardinals for x in lexemes[max(0, start - _FARTHEST) : start])


_FARTHEST = 16


def stands_at(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number is what the amount of ``source`` is up or down to: "Steel that should be 12 mm thick was down
    to seven", "The queue, once 14 hours long, is down to three"."""
    if source.last.kind not in STEPPED or not closes(lexemes, group.last.end):
        return False
    gap = lexemes[source.last.end : group.first.start]
    if not _SHORTEST <= len(gap) <= _LONGEST_GAP or gap[-1].lower != "to" or gap[-2].lower not in ("up", "down"):
        return False
    rest = [x for x in gap[:-2] if x.text != "," and x.lower not in _SIZES and not is_adverb(x)]
    return bool(rest) and all(in_class(x, "be", "have") for x in rest)


_SHORTEST = 3  # lexemes of "is down to"


def of_them(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether "of them", "of those" or "of which" stands behind it: "an MP for 22 years, eight of them as minister"."""
    words = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    those = words == ["of", "those"] and not noun_follows(lexemes, group.last.end + 2)  # "600 of those days"
    return those or words in (["of", "them"], ["of", "which"])


def is_part(lexemes: Sequence[Lexeme], amount: Amount, whole: Amount) -> bool:
    """Whether the amount is small and near enough to be a part of the whole in front; not in "weighs a gram; a pond
    holds 2,000 of them", "bought six hotels for €90 million, two of them empty"."""
    if amount.value is None or whole.value is None or amount.value > whole.value:
        return False
    between = lexemes[whole.end : amount.start]
    if whole.kind is Kind.MONEY:
        beside = [lexeme.text for lexeme in between] == [","] and not lexemes[whole.end - 1].is_number
        return beside or None not in (amount.numeral.magnitude, whole.numeral.magnitude)
    near = whole.kind is Kind.DURATION or len(between) <= _LONGEST_LEAD or amount.value >= _MANY
    return near and not any(lexeme.text == ";" for lexeme in between)


_MANY = 100  # "8,000 tonnes of beef a year, 400 of them fresh"
_LONGEST_LEAD = 4  # lexemes of "long, some nine of which"


def settle_suspended(lexemes: Sequence[Lexeme], measured: Sequence[Group], group: Group) -> None:
    """Gives a part of a sentence its unit: "90 days in jail with 85 suspended", "24 months, six of which deferred"."""
    amount, whole = group.last, measured[-1].last
    if _served(lexemes, whole, amount):
        copy_unit(amount, whole)
        return
    if amount.end >= len(lexemes) or lexemes[amount.end].lower not in word_set("amounts", "parts_of_terms"):
        return
    if noun_follows(lexemes, amount.end + 1):
        return  # "After 3 days, 2 suspended officers came back"
    served = whole.kind is Kind.DURATION and None not in (amount.value, whole.value)
    if served and amount.start - whole.end <= _FURTHEST and (amount.value or 0) < (whole.value or 0):
        copy_unit(amount, whole)


def _served(lexemes: Sequence[Lexeme], whole: Amount, amount: Amount) -> bool:
    """Whether "of which" and a verb lead to the part: "sentenced to 14 years, of which she will serve at least
    nine"."""
    of_which = [lexeme.lower for lexeme in lexemes[whole.end : whole.end + 3]] == [",", "of", "which"]
    less = None not in (amount.value, whole.value) and (amount.value or 0) < (whole.value or 0)
    near = amount.start - whole.end <= _FURTHEST and not any(
        x.text in ",;" for x in lexemes[whole.end + 1 : amount.start]
    )
    return of_which and less and near and whole.kind in _WHOLES and closes(lexemes, amount.end)


def settle_part_of_that(lexemes: Sequence[Lexeme], measured: Sequence[Group], group: Group) -> None:
    """Gives "70 of that" the unit of its whole: "margin fell 110 basis points, and tariffs were about 70 of that".

    A whole in millions has a part in millions: "rose $40 million, and acquisitions were 12 of that".
    """
    amount = group.last
    words = [lexeme.lower for lexeme in lexemes[amount.end : amount.end + 2]]
    if words not in (["of", "that"], ["of", "it"], ["of", "this"]) or noun_follows(lexemes, amount.end + 2):
        return
    for whole in reversed(measured[-_MOST_WHOLES:]):
        source = whole.last
        between = lexemes[source.end : amount.start]
        if len(between) > _FURTHEST or any(lexeme.text == ";" for lexeme in between):
            return
        scale = source.numeral.magnitude if amount.numeral.magnitude is None else None
        value = amount.value if scale is None or amount.value is None else EXACT.multiply(amount.value, scale)
        if value is None or source.value is None or whole.is_range or not 0 < value < source.value:
            continue
        if source.kind in _WHOLES and source.value > 1:
            amount.value = value
            copy_unit(amount, source)
        return


_MOST_WHOLES, _FURTHEST = 3, 30
_WHOLES = frozenset(
    (Kind.PERCENT, Kind.MONEY, Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.VOLUME, Kind.AREA, Kind.POWER, Kind.ENERGY)
)
