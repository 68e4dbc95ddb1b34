"""Parts of an amount told before that leave out its unit: "an MP for 22 years, eight of them as minister"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount, copy_unit
from extraction.amounts.closing import closes
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.numerals.numeral import EXACT
from extraction.text.lexemes import Lexeme
from extraction.text.nouns import noun_follows
from extraction.text.words import word_set


def of_them(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "an MP for 22 years, eight of them as minister"."""
    words = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    those = words == ["of", "those"] and not noun_follows(lexemes, group.last.end + 2)  # "600 of those days"
    return those or words in (["of", "them"], ["of", "which"])


def is_part(lexemes: Sequence[Lexeme], amount: Amount, whole: Amount) -> bool:
    """Not so in "weighs a gram; a pond holds 2,000 of them", "bought six hotels for €90 million, two of them empty"."""
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
    if amount.end >= len(lexemes) or lexemes[amount.end].lower not in word_set("cues", "parts_of_terms"):
        return
    if noun_follows(lexemes, amount.end + 1):
        return  # "After 3 days, 2 suspended officers came back"
    served = whole.kind is Kind.DURATION and None not in (amount.value, whole.value)
    if served and amount.start - whole.end <= _FURTHEST and (amount.value or 0) < (whole.value or 0):
        copy_unit(amount, whole)


def _served(lexemes: Sequence[Lexeme], whole: Amount, amount: Amount) -> bool:
    """As in "sentenced to 14 years, of which she will serve at least nine": the part stands behind its verb."""
    of_which = [lexeme.lower for lexeme in lexemes[whole.end : whole.end + 3]] == [",", "of", "which"]
    less = None not in (amount.value, whole.value) and (amount.value or 0) < (whole.value or 0)
    near = amount.start - whole.end <= _FURTHEST and not any(
        x.text in ",;" for x in lexemes[whole.end + 1 : amount.start]
    )
    return of_which and less and near and whole.kind in _MEASURED and closes(lexemes, amount.end)


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
        if source.kind in _MEASURED and source.value > 1:
            amount.value = value
            copy_unit(amount, source)
        return


_MOST_WHOLES, _FURTHEST = 3, 30
_MEASURED = frozenset(
    (Kind.PERCENT, Kind.MONEY, Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.VOLUME, Kind.AREA, Kind.POWER, Kind.ENERGY)
)
