"""Tells how full a battery gets: "charges from 10 to 80 per cent in 18 minutes" is no range of per cents."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount, at
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

_LEAST_CHARGE = 20  # per cent


def is_charged(lexemes: Sequence[Lexeme], verb: int, first: Amount, second: Amount) -> bool:
    """As in "charges from 10 to 80 per cent in 18 minutes"; not "charges from 2 to 3 per cent of the price"."""
    charged = second.unit == "percent" and at(lexemes, verb) in word_set("cues", "charging")
    steep = None not in (first.value, second.value) and (second.value or 0) - (first.value or 0) >= _LEAST_CHARGE
    return charged and steep and at(lexemes, second.end) != "of"
