"""Tells amounts by which a price moves from amounts that somebody gains or loses."""

from collections.abc import Sequence

from extraction.lexemes import Lexeme
from extraction.words import word_set


def is_traded(lexemes: Sequence[Lexeme], verb: int) -> bool:
    """As in "Sterling lost half a cent", "Brent crude has added 90 cents": what is traded has a price that moves."""
    k = verb - 1
    while k > 0 and lexemes[k].lower in word_set("grammar", "have", "modals", "adverbs"):
        k -= 1
    return k >= 0 and lexemes[k].lower in word_set("cues", "traded")


def in_cents(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "Acme added 41 cents": what a price moves by, not what is earned; but "lost 40 cents on each sale"."""
    behind = lexemes[end].lower if end < len(lexemes) else ""
    return lexemes[end - 1].lower in word_set("cues", "minor_money") and behind not in ("on", "per", "for", "in", "a")
