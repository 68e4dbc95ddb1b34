"""How two neighbouring amounts are joined: as the ends of a range ("5 to 10"), by "or", or in a list."""

from collections.abc import Sequence

from extraction.amounts.said_ranges import is_said_range
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

_DASHES = ("-", "–", "—", "‑", "−")
# What may stand between two amounts that are one range or list; the hyphen is that of "5- to 10-year".
_RANGE_JOINS = frozenset((*_DASHES, "to", "to +", "to -", "- to -", "- to", "~"))
_LIST_JOINS = frozenset(
    ("and", ",", ", and", ", or", "/", "and as", "- and", "- ,", "- , and", ", maybe", ", perhaps", ", possibly")
) | frozenset(("±", "+ / -", "v", "v .", "vs", "vs .", "versus"))  # "125.3 ± 0.6 GeV", "7.4 v 4.8 months"
_SIDES = frozenset(("x", "×", "by", "- by -"))  # "a 10 by 12 foot cell"
_OPENERS = frozenset(join.split()[0] for join in (*_RANGE_JOINS, *_LIST_JOINS, *_SIDES, "or"))


def gap_between(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> str:
    """The words between two amounts where they may join the two, else nothing."""
    if first.end >= second.start or lexemes[first.end].lower not in _OPENERS:
        return ""
    return " ".join([lexeme.lower for lexeme in lexemes[first.end : second.start]])


def joined(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> str | None:
    """How two amounts are joined: "range", "or", "list"; None when other words stand between them."""
    gap = gap_between(lexemes, first, second)
    if not gap:
        return None
    if gap.startswith(",") and is_said_range(lexemes, first, second):
        return "range"
    if gap == "to" and second.numeral.in_digits and not first.numeral.in_digits and _is_pronoun(lexemes, first):
        return None  # "pushing the gap between the two to 156 bps"
    if gap in _RANGE_JOINS or (_is_bounded_and(gap) and _between(lexemes, first.start)):
        return "range"
    if gap in ("or", "- or"):
        return "or"
    sides = gap in _SIDES and first.bare and (second.kind is Kind.LENGTH or second.unit == "pixel")
    return "list" if gap in _LIST_JOINS or sides else None


def _is_bounded_and(gap: str) -> bool:
    """Whether "and" with nothing but bounds and shades behind it joins two amounts: "between 40 and more than 60",
    "between $3m and nearly $5m"."""
    joint, *shades = gap.split()
    return joint == "and" and _BOUNDS.issuperset(shades)


_BOUNDS = word_set("cues", "bound_words", "sum_shades") - {"in"} | {"many"}


def _is_pronoun(lexemes: Sequence[Lexeme], first: Amount) -> bool:
    """Whether a number stands for what is known and counts nothing: "between the two", "the highest of the three"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, first.start - 2) : first.start]]
    return before in (["between", "the"], ["of", "the"], ["among", "the"])


def _between(lexemes: Sequence[Lexeme], start: int) -> bool:
    k = start - 1
    while k >= 0 and lexemes[k].lower in ("about", "around", "roughly", "approximately", "some", "an", "estimated"):
        k -= 1
    return k >= 0 and lexemes[k].lower == "between"


def is_times(amount: Amount) -> bool:
    """Whether an amount is a multiple written with "times" or "x": "two to three times the rate", "10 or 12x"."""
    return amount.kind is Kind.MULTIPLE and amount.unit_end is not None


def level_in_major(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether the amounts are a step in hundredths and a level in the currency itself: "fell 12 paise to 83.27". A
    level in pence is written as "fell 5p to 350"."""
    minor = first.mark is not None and first.mark.minor and first.mark.symbol not in _QUOTED_IN_MINOR
    decimals = lexemes[second.numeral.start].text.partition(".")[2]
    return minor and len(decimals) >= 2 and moves_right_before(lexemes, first)


_QUOTED_IN_MINOR = word_set("amounts", "minor_marks")
