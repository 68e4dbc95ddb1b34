"""Units that the text does not repeat: "to 5.2% from 4.8", "on 46 per cent and the Tories on 20"."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.amounts.closing import bounded_part, closes, is_most, runs_to
from extraction.amounts.elided_levels import (
    EARLIER,
    comes_to_zero,
    is_quoted,
    moved_elsewhere,
    moves_again,
    of_another,
    word_before,
)
from extraction.amounts.units_again import (
    PLACING,
    STEPPED,
    is_part,
    leaves_the_rest,
    of_them,
    says_again,
    stands_at,
    steps_apart,
    there_again,
)
from extraction.bounds.denied_bounds import denied_beside
from extraction.changes.adjuncts import is_year, opens_time, past_time
from extraction.changes.verbs_before import direction_before, moves_right_before
from extraction.claims import Kind
from extraction.currencies.pairs import ends_pair
from extraction.numerals.pairs import PAIR_RULE
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.quantity.rates import rate_at
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.numeral import is_whole, vocabulary
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_REACH = 16
_LEAST_RATIO, _MOST_RATIO = Decimal("0.05"), Decimal(20)
_UNSHARED = frozenset((Kind.COUNT, Kind.AGE, Kind.NUMBER, Kind.FRACTION, Kind.MULTIPLE, Kind.INDEX))
_PARALLEL = word_set("amounts", "elision_parallel")
_COMPARING = word_set("amounts", "elision_comparing")
_LEVELS = word_set("amounts", "elision_levels")
# Between an amount and a bare number these say that the number has no unit: "the yield is 5.6% and the P/E is 9.3".
_UNITLESS = word_set("amounts", "unitless")
_LISTED = STEPPED | {Kind.PERCENT, Kind.MONEY}
_LEVEL_FILLERS = FILLERS | word_set("cues", "level_fillers") | {"a", "an"}
_SHADES = _LEVEL_FILLERS | {"less"}


def lends_unit(group: Group) -> bool:
    """Whether a later bare number may share the unit of this amount."""
    return group.last.kind not in _UNSHARED


def elided_unit(lexemes: Sequence[Lexeme], source: Group | None, group: Group) -> Amount | None:
    """The amount whose unit the bare number of ``group`` shares without repeating it, or None.

    ``source`` is the nearest earlier amount that ``lends_unit``.
    """
    amount = group.first
    if source is None or amount.start - source.last.end > _REACH or ends_pair(lexemes, amount.start - 1):
        return None
    if _is_told(lexemes, source, group):
        return source.last
    if is_most(lexemes, source, group):
        return source.last if source.last.kind is Kind.SPEED else replace(source.last, per=None)
    if _is_closing_level(lexemes, source, group):
        return source.last
    if not amount.numeral.in_digits and not _was(lexemes, source, amount):
        return None
    rated = source.last.kind is Kind.MONEY and rate_at(lexemes, group.last.end) is not None
    if rated and word_before(lexemes, amount.start) == "or":
        return source.last  # "a profit of €5m, or 1.20 a share"
    if not closes(lexemes, group.last.end):
        return None
    between = lexemes[source.last.end : amount.start]
    if any(x.type is LexemeType.BREAK or x.text == ";" for x in between):
        return None
    if not comparable(source.last, amount) or any(x.lower in _UNITLESS for x in between):
        return None
    if _says_same_again(lexemes, source, group):
        return source.last
    if moved_elsewhere(lexemes, amount, between) or is_quoted(lexemes, source, amount):
        return None
    return source.last if _stands_as_level(lexemes, source, group, between) else None


def _is_told(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the words beside the number alone tell that it has the unit of ``source``: "eight of them", "of it"."""
    return (
        (of_them(lexemes, group) and is_part(lexemes, group.first, source.last))
        or _of_it(lexemes, source, group)
        or _said_next(lexemes, source, group)
        or there_again(lexemes, source, group)
        or steps_apart(lexemes, source, group, word_before(lexemes, group.first.start))
        or stands_at(lexemes, source, group)
        or bounded_part(lexemes, source, group)
        or runs_to(lexemes, source, group)
    )


def _is_closing_level(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number closes its phrase as a denied bound, a zero or a price said without its hundred."""
    amount = group.first
    denied = denied_beside(lexemes, source.last.end, amount.start)
    if denied and closes(lexemes, group.last.end) and comparable(source.last, amount):
        return True
    if amount.value == 0 and comes_to_zero(lexemes, source, group):
        return True
    return _said_again(lexemes, source, amount)


def _says_same_again(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the clause says of another what the one of ``source`` says: "down 8 per cent and mutton down 5"."""
    amount = group.first
    if source.last.unit == "percent" and (
        says_again(lexemes, source.first.start, source.last.end, amount.start)
        or leaves_the_rest(lexemes, source.last.value, amount.value, amount.start)
    ):
        return True
    if moves_again(lexemes, source, group):
        return True
    scaled = source.last.kind is Kind.MONEY and None not in (amount.numeral.magnitude, source.last.numeral.magnitude)
    return scaled and lexemes[amount.start - 1].lower in word_set("cues", "elision_scaled")


def _stands_as_level(lexemes: Sequence[Lexeme], source: Group, group: Group, between: Sequence[Lexeme]) -> bool:
    """Whether the number is a level that the one of ``source`` is compared with, rises to or stands in a list with."""
    start = group.first.start
    mine, its = word_before(lexemes, start), word_before(lexemes, source.first.start)
    if mine == "to" and at(lexemes, start - 2) in word_set("cues", "rising_to"):
        return True  # "300 kroner a tonne, rising to 750"
    # "gained 21% and stands at 129 per dollar, compared with 160"
    nearer = any(x.is_number and not is_year(x.text) for x in between)
    if not nearer and [x.lower for x in between[-3:]] in EARLIER:
        return True  # "pays $15 an hour, up from 12"
    if source.last.unit == "percent" and of_another(lexemes, start, mine):
        return True
    if source.last.unit == "percent" and [x.lower for x in between] == ["to"]:
        return direction_before(lexemes, source.first.start) is None  # "favoured the challenger by 58 per cent to 31"
    compared = mine in ("with", "to") and any(x.lower in ("compared", "comparison") for x in between)
    # "sits for 94 days before an offer is accepted, against 71 in 2023"
    compared = compared or (mine == "against" and source.last.kind in STEPPED and opens_time(lexemes, group.last.end))
    if compared or (mine in _COMPARING and its in _LEVELS):
        return not nearer
    warm = source.last.unit == "degree"
    listed = (warm or source.last.kind in _LISTED) and _same_preposition(lexemes, source, group)
    return (mine == its and mine in _PARALLEL) or listed


def _said_again(lexemes: Sequence[Lexeme], source: Group, amount: Amount) -> bool:
    """Whether the number is a sum said without its hundred: "eight hundred dollars a tonne, up from four-fifty"."""
    said = amount.numeral.rule == PAIR_RULE and source.last.kind is Kind.MONEY
    return said and closes(lexemes, amount.end) and comparable(source.last, amount)


def _was(lexemes: Sequence[Lexeme], source: Group, amount: Amount) -> bool:
    """Whether the number in words is what an amount was before: "waits average 14 weeks, up from nine"; not "40 people
    over three years, up from nine"."""
    between = [lexeme.lower for lexeme in lexemes[source.last.end : amount.start]]
    lasted = source.last.kind is Kind.DURATION and in_class(lexemes[source.first.start - 1], "prepositions")
    listed = source.last.kind in _LISTED and between[-3:] in EARLIER and not lasted
    return listed and vocabulary()["cardinals"].keys().isdisjoint(between)


def elided_factor(lexemes: Sequence[Lexeme], source: Group | None, group: Group) -> bool:
    """Whether the number is what a multiple was before, or a level beside it: "is 9.4 times earnings, up from 6.2",
    "net debt of 3.4 times earnings, above the ceiling of 2.5"."""
    if source is None or source.last.kind is not Kind.MULTIPLE or not group.last.numeral.in_digits:
        return False
    near = comparable(source.last, group.last) and group.first.start - source.last.end <= _REACH
    words = [lexeme.lower for lexeme in lexemes[max(0, group.first.start - 2) : group.first.start]]
    back = words in (["up", "from"], ["down", "from"])
    level = words[-1:] == ["of"] and words[0] in word_set("cues", "levels_of_counts")
    level = level and not in_class(lexemes[source.last.end], "determiners")  # "three times the limit of 40"
    return near and (back or level) and closes(lexemes, group.last.end)


def _of_it(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number is a part of the amount in front, behind which "of it" stands: "caught 80,000 tonnes, about
    12,000 of it in Irish waters", "$90 million, 20 million of it to banks"."""
    words = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    magnitudes = (group.last.numeral.magnitude, source.last.numeral.magnitude)
    part = source.last.kind in _PARTED and group.last.numeral.in_digits
    part = part and (source.last.kind is not Kind.MONEY or None not in magnitudes)
    return part and words == ["of", "it"] and word_before(lexemes, group.first.start) in (",", "and", "–", "—", "(")


_PARTED = frozenset((Kind.MASS, Kind.VOLUME, Kind.AREA, Kind.LENGTH, Kind.ENERGY, Kind.POWER, Kind.DATA, Kind.MONEY))


def _said_next(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number is the other end of a move or a guess, right behind the first: "rose 0.4 years to 83.2", "from
    90 minutes in May to 55" and "six to eight weeks, or 10 at most"."""
    k = source.first.start - 1
    while k > 0 and lexemes[k].lower in _LEVEL_FILLERS | _FURTHER:
        k -= 1
    opened = k >= 0 and lexemes[k].lower == "from"  # "from an average of 90 minutes to 55"
    stepped = source.last.kind in STEPPED or (source.last.kind is Kind.PERCENT and opened)
    if source.last.unit == "basis_point" and group.last.value is not None:  # "rose 11 basis points to 304"
        stepped = group.last.whole and group.last.value > (source.last.value or 0)
    scaled = None not in (source.last.numeral.magnitude, group.last.numeral.magnitude)
    if not (stepped or (source.last.kind is Kind.MONEY and scaled)) or not closes(lexemes, group.last.end):
        return False
    between = [lexeme.lower for lexeme in lexemes[source.last.end : group.first.start]]
    gap = [word for word in past_time(between) if word not in _SHADES]  # "from 75 minutes to under 20"
    if gap in (["from"], [",", "from"]):
        return k >= 0 and lexemes[k].lower == "to"  # "cut to six hours from seven"
    if gap == ["to"]:
        by = (
            lexemes[k].lower == "by" and direction_before(lexemes, k) is not None
        )  # "grew for a third year, by 12 tonnes"
        return opened or by or moves_right_before(lexemes, source.first)
    return gap in (["or"], [",", "or"])


# "cut by a further 150 million euros to 1.9 billion"
_FURTHER = frozenset(("further", "another", "extra", "additional"))


def _same_preposition(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number has its place or time behind it as the one in front has: "41 degrees is forecast for Penrith,
    39 for Richmond and 36 in the city"."""
    if word_before(lexemes, group.first.start) not in (",", "and", "but"):
        return False
    behind = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    between = {lexeme.lower for lexeme in lexemes[source.last.end : group.first.start]}
    return len(behind) == 2 and behind[0] in PLACING | {"by", "when"} and not between.isdisjoint(PLACING)


def compares_things(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether what was counted last is compared, or parted: "11 cases in one group against 185 in the other"."""
    return of_them(lexemes, group) or word_before(lexemes, group.first.start) in ("against", "versus", "vs", "with")


def comparable(source: Amount, amount: Amount) -> bool:
    """Whether two values are of one order, written with decimals when the first is."""
    if not source.value or not amount.value:
        return False
    value = source.value if source.mark is None else source.value / source.mark.scale
    if not _LEAST_RATIO <= abs(amount.value / value) <= _MOST_RATIO:
        return False
    return (
        is_whole(value)
        or source.numeral.magnitude is not None
        or source.kind in _LISTED - {Kind.MONEY}
        or not amount.whole
    )
