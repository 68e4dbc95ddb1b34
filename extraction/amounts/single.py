"""One of a unit or of a currency, without a number, or less: "an hour longer", "by a metre", "0.3 of a point"."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extraction.amounts.said_sums import add_cents, add_part
from extraction.amounts.special import fraction_of_unit, special_amount
from extraction.amounts.suffixes import age_suffix
from extraction.bounds.qualifiers import ending_at
from extraction.claims import Kind
from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.currencies.marks import mark_after
from extraction.currencies.table import CurrencyMark, currency_table
from extraction.numerals.fractions import and_a_part
from extraction.quantity.amount import Amount
from extraction.quantity.rates import rate_at, settle_rate
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.numeral import Numeral
from extraction.text.shades import FILLERS, SHADES
from extraction.text.surfaces import is_near
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set
from extraction.units.denominators import is_rate_before
from extraction.units.match import match_unit
from extraction.units.table import Unit

_STEPS = word_set("amounts", "steps_before_units")
_TIMES_AFTER = word_set("amounts", "single_time_followers")
_UNIT_CUES_AFTER = word_set("amounts", "unit_cues_after")
_UNIT_CUES_BEFORE = word_set("amounts", "unit_cues_before")
_FALLEN = word_set("amounts", "measured_stuff")
_BEHIND_OR = word_set("amounts", "single_or_followers")


_PARTS = ("half", "quarter", "quarters")
_SINGLE_KINDS = (Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.INDEX, Kind.PERCENT)
_OF_RACES = "length"


def single_unit(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """One of a unit where the text measures with it: "an hour longer", "for a year", "more than a century"."""
    if lexemes[i].lower not in ("a", "an") or i + 1 >= len(lexemes):
        return None
    if lexemes[i + 1].lower in ("full", "whole") and i + 2 < len(lexemes):
        return _full_step(lexemes, i)
    match = match_unit(lexemes, i + 1)
    if match is None or not (match.unit.kind in _SINGLE_KINDS or match.unit.name == _OF_RACES):
        return None
    unit, end = match.unit, match.end if match.per_start is None else match.per_start
    words = 2 if unit.kind is Kind.PERCENT else 1  # "a percentage point"
    if is_plural(lexemes[i + 1].text) or end > i + 1 + words or len(lexemes[i + 1].text) < 3:
        return None
    if unit.kind is Kind.DURATION and is_rate_before(lexemes, i, end):
        return None
    if unit.name == "second" and _is_ordinal(lexemes, end):
        return None
    part = _part_behind(lexemes, end)
    if not _is_measured(lexemes, i, end, unit, in_parts=part is not None):
        return None
    amount = special_amount(i, end, unit.kind, Decimal(1), "unit.single")
    amount.unit, amount.unit_start, amount.unit_end = unit.name, i + 1, end
    if match.per is not None:
        settle_rate(lexemes, amount)  # "falls by a metre a year"
        timed = amount.per is not None and amount.per[0] in word_set("cues", "time_units")
        if timed and unit.dimension == "[length]":
            amount.kind = Kind.SPEED
    if part is not None:
        amount.value, amount.end = 1 + part[0], part[1]
    elif unit.kind is Kind.DURATION:
        age_suffix(lexemes, amount)
    return amount


def _part_behind(lexemes: Sequence[Lexeme], end: int) -> tuple[Decimal, int] | None:
    """The half of "a mile and a half" and where it ends; not in "a second and a third child"."""
    part = and_a_part(lexemes, end)
    if part is not None and at(lexemes, part[1] - 1) not in _PARTS and noun_follows(lexemes, part[1]):
        part = None
    if part is None and [at(lexemes, k) for k in range(end, end + 3)] == ["and", "a", "half"]:
        return Decimal("0.5"), end + 3
    return part


def _is_measured(lexemes: Sequence[Lexeme], i: int, end: int, unit: Unit, *, in_parts: bool) -> bool:
    """Whether the words around "a" at ``i`` and its unit, which stops at ``end``, make it an amount and no thing."""
    after, before = at(lexemes, end), at(lexemes, i - 1)
    or_more = after == "or" and at(lexemes, end + 1) in _BEHIND_OR
    if unit.name in _STEPS_OF_PERCENT and _is_step(lexemes, i, end):
        return True
    if unit.kind in (Kind.INDEX, Kind.PERCENT):
        apart = after in ("ahead", "behind", "clear", "adrift") and before not in word_set("amounts", "point_makers")
        moved = before in _MOVED and (after in _BEHIND_MOVES or not after)  # "is down a point at 42 per cent"
        return apart or or_more or moved or before in _STEPS | {"by", "gained", "lost", "dropping", "drops"}
    if unit.name == _OF_RACES:
        return True  # "won by a length", "beaten a length"
    old = after == "old" or (after == "-" and at(lexemes, end + 1) == "old")
    timed = after in _TIMES_AFTER and unit.kind is not Kind.DURATION  # "$80 an ounce before"
    fallen = after == "of" and at(lexemes, end + 1) in _FALLEN and unit.kind is Kind.LENGTH
    if fallen or (after in _UNIT_CUES_AFTER and not timed) or in_parts or or_more or old:
        return True
    if unit.kind in (Kind.LENGTH, Kind.MASS):
        return _is_size(lexemes, i, end, unit)
    if before == "by":
        return _moves_by(lexemes, i, end)
    if _takes_time(lexemes, i, end, unit):
        return True
    if before == "in":
        return _done_in(lexemes, i, end, unit)
    if before not in _UNIT_CUES_BEFORE or before == "every" or after == "in":
        return False
    return not (before in ("for", "to", "about") and after == "of")


def _takes_time(lexemes: Sequence[Lexeme], i: int, end: int, unit: Unit) -> bool:
    """Whether a verb says that so much time is taken: "spent nearly a decade in prison", "It will take a year to
    rebuild"; not in "took a minute"."""
    k = i - 1
    while k > 0 and lexemes[k].lower in _SHADES_OF_TIME:
        k -= 1
    if k < 1 or at(lexemes, k) not in _TAKERS or unit.kind is not Kind.DURATION or noun_follows(lexemes, end):
        return False
    return at(lexemes, end) not in ("of", "off", "-", "'s", "’s") and unit.name not in ("second", "minute")


_TAKERS = word_set("amounts", "time_takers")


def _is_size(lexemes: Sequence[Lexeme], i: int, end: int, unit: Unit) -> bool:
    """Whether one of a unit is a size or a step: "rose by almost a metre", "less than a gram", "is a metre long",
    "could rise a metre"."""
    k = i - 1
    while k > 0 and at(lexemes, k) in FILLERS:
        k -= 1
    if at(lexemes, k) in _STEPS or (at(lexemes, k) == "by" and unit.name != "mile"):  # no "by a mile"
        return True
    before = at(lexemes, i - 1)
    bounded = before in ("within", "under") or (before == "than" and at(lexemes, i - 2) in ("more", "less"))
    if bounded and unit.name != "inch":  # "within an inch of his life"
        return True
    sized = unit.kind is Kind.LENGTH and at(lexemes, end) in word_set("syntax", "sizes")
    return sized or _is_bounded(lexemes, i, end, unit.name)


def _done_in(lexemes: Sequence[Lexeme], i: int, end: int, unit: Unit) -> bool:
    """Whether one of a unit of time says how soon something can be done: "We could have it out of the door in a
    fortnight", and not how often as in "40 in a day"."""
    if unit.kind is not Kind.DURATION or unit.name in ("second", "minute") or (at(lexemes, end) or ".")[0].isalnum():
        return False
    clause = lexemes[max(0, i - _DONE) : i]
    others = (word.is_number or word.lower.endswith("est") or word.lower in _HOW_OFTEN for word in clause)
    return any(in_class(word, "modals") for word in clause) and not any(others)


_DONE = 10  # lexemes from the modal verb
_HOW_OFTEN = word_set("amounts", "how_often")


def _is_bounded(lexemes: Sequence[Lexeme], i: int, end: int, unit: str) -> bool:
    """Whether one of a measure has a bound in front: "blocks of over a tonne", "nearly a kilometre from the port"; not
    "about a mile marker", "over a foot"."""
    bounded = unit in word_set("cues", "certain_measures", "single_measures") and not noun_follows(lexemes, end)
    return bounded and ending_at(lexemes, i, Decimal(1)) is not None


def _full_step(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """The amount of a full point that is a step and no part of one, or None: "cut rates by a full percentage point",
    "fell a whole point"."""
    match = match_unit(lexemes, i + 2)
    if match is None or match.unit.kind not in (Kind.PERCENT, Kind.INDEX) or is_plural(lexemes[match.end - 1].text):
        return None
    k = i - 1
    while k > 0 and lexemes[k].lower in _SHADES_OF_STEP:
        k -= 1
    moved = at(lexemes, k) == "by" or at(lexemes, k) in _STEPS
    stepped = match.unit.name in _STEPS_OF_PERCENT and _is_step(lexemes, i, match.end)
    if not (stepped or (match.unit.kind is Kind.INDEX and moved)):
        return None
    amount = special_amount(i, match.end, match.unit.kind, Decimal(1), "unit.single")
    amount.unit, amount.unit_start, amount.unit_end = match.unit.name, i + 2, match.end
    return amount


def _is_step(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether one point is a step and is not explained: "was a percentage point higher", "nearly a basis point"; not "A
    percentage point is"."""
    return at(lexemes, i - 1) not in _NAMING and at(lexemes, end) not in ("is", "means")


_STEPS_OF_PERCENT = ("percentage_point", "basis_point")
_SHADES_OF_TIME = SHADES | {"than"}
_SHADES_OF_STEP = FILLERS | {"more", "less", "than"}
_NAMING = ("as", "each", "every", "per", "is", "what", "of")


def decimal_of_unit(lexemes: Sequence[Lexeme], numeral: Numeral) -> Amount | None:
    """The amount of less than one of a unit, or None: "0.3 of a percentage point", "0.04 of a second", "point eight of
    a per cent"."""
    value, end = numeral.value, numeral.end
    if at(lexemes, end) != "of" or at(lexemes, end + 1) not in ("a", "an", "one"):
        return None
    if value is None or not 0 < value < 1:
        return None
    return fraction_of_unit(lexemes, numeral.start, end + 1, value)


def _moves_by(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether a verb of change or of moving times stands in front of "by": "delayed the launch by a week", "cut his ban
    by a year"; not in "followed by a week of rain"."""
    if noun_follows(lexemes, end) or at(lexemes, end) in ("of", "in", "-"):
        return False
    verbs = change_words().verbs
    return any(x.lower in verbs or x.lower in _TIME_MOVERS for x in lexemes[max(0, i - _MOVED_REACH) : i - 1])


_MOVED_REACH = 9  # lexemes
_TIME_MOVERS = word_set("cues", "lengthening", "delaying", "pushing", "missing_by")


def _is_ordinal(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "second" is an ordinal, with a noun or an adjective behind it: "for a second day"."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD:
        return False
    word = lexemes[end].lower
    closed = word_set("grammar", "prepositions", "coordinators", "subordinators", "adverbs", "be", "have", "modals")
    return word not in _UNIT_CUES_AFTER | closed and word not in word_set("amounts", "behind_a_second")


def single_money(lexemes: Sequence[Lexeme], i: int, home: HomeMoney = NO_HOME) -> Amount | None:
    """One of a currency where the text reckons with it: "a dollar a kilo", "a penny more", "by a cent", "a buck fifty".

    ``home`` says how the article uses the word "pound".
    """
    if lexemes[i].lower not in ("a", "an"):
        return None
    mark = mark_after(lexemes, i + 1) or _pound(lexemes, i + 1, home)
    if mark is None or is_plural(lexemes[i + 1].text) or not lexemes[i + 1].text.isalpha():
        return None
    amount = special_amount(i, mark.end, Kind.MONEY, mark.in_major(Decimal(1)), "unit.single")
    amount.mark, amount.unit_start, amount.unit_end = mark, mark.start, mark.end
    before = at(lexemes, i - 1)
    rated = rate_at(lexemes, mark.end) is not None and before != "of"
    rated = rated or add_cents(lexemes, amount) or add_part(lexemes, amount)
    stepped = before in _STEPS or (mark.minor and before in _MOVED)  # "rose a penny to 80p"
    rated = rated or (stepped and at(lexemes, mark.end) in _BEHIND_MOVES)
    if not (rated or at(lexemes, mark.end) in _THAN_BEFORE or before in _BY or _is_price(lexemes, i, mark)):
        return None
    settle_rate(lexemes, amount)
    return amount


def _pound(lexemes: Sequence[Lexeme], i: int, home: HomeMoney) -> CurrencyMark | None:
    """The "pound" of "tickets are a pound each": what is near speaks of money, and nothing of weight."""
    table = currency_table()
    if at(lexemes, i) != "pound" or at(lexemes, i + 1) in ("of", "-", "per"):
        return None
    if is_near(table.mass, lexemes, i, i + 1) or not (home.pounds or is_near(_money(), lexemes, i, i + 1)):
        return None
    return table.pound.at(i, i + 1)


@cache
def _money() -> frozenset[str]:
    words = word_data("currencies")["words"]
    return _PRICES.union(words["money"], words["priced_in_pence"])


def _is_price(lexemes: Sequence[Lexeme], i: int, mark: CurrencyMark) -> bool:
    """Whether one of a currency is a price: "costs a pound", "sold it for a euro", "less than a dollar"; not "for a
    dollar store"."""
    if mark.minor or noun_follows(lexemes, mark.end) or at(lexemes, mark.end) in ("-", "of"):
        return False
    k = i - 1
    while k > 0 and i - k <= _LONGEST_SHADE and lexemes[k].lower in _SHADES_OF_STEP:
        k -= 1
    if at(lexemes, k) in _PRICES or (at(lexemes, i - 1) == "than" and at(lexemes, i - 2) in ("more", "less")):
        return True
    return at(lexemes, k) == "for" and any(x.lower in _TRADES for x in lexemes[max(0, k - _TRADE_REACH) : k])


_LONGEST_SHADE, _TRADE_REACH = 4, 8  # lexemes
_PRICES = word_set("amounts", "single_prices")
_TRADES = word_set("amounts", "single_trades")
_THAN_BEFORE = word_set("amounts", "single_comparisons")
_BY = word_set("amounts", "single_bounds")
_MOVED = word_set("amounts", "single_moves")
_BEHIND_MOVES = word_set("amounts", "behind_single_moves")
