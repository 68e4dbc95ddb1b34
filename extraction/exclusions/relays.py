"""Tells relays of the track and the pool from cables and turbines: "the 4 x 200 metres freestyle relay"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows
from extraction.text.words import word_set

_LONGEST_RACE = 7  # lexemes of "metres women's mixed medley relay"


def relay_at(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a relay, or what belongs to one, is named from lexeme ``k`` on, behind its two numbers.

    As in "4x100m relay team"; not in "4 x 100 metre cables beside the relay", "4 x 20 metre relay masts".
    """
    for place in range(k, min(len(lexemes), k + _LONGEST_RACE)):
        word = lexemes[place].lower
        if word in ("relay", "relays"):
            return not noun_follows(lexemes, place + 1) or at(lexemes, place + 1) in word_set(
                "exclusions", "behind_relays"
            )
        if word not in word_set("exclusions", "before_relays"):
            return False
    return False
