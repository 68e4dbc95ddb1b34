"""Tells amounts by which a price moves from amounts that somebody gains or loses."""

from collections.abc import Sequence

from extraction.amounts.amount import at
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set


def is_traded(lexemes: Sequence[Lexeme], verb: int) -> bool:
    """As in "Sterling lost half a cent", "Brent crude has added 90 cents": what is traded has a price that moves."""
    k = verb - 1
    while k > 0 and lexemes[k].lower in word_set("grammar", "have", "modals", "adverbs"):
        k -= 1
    return k >= 0 and lexemes[k].lower in word_set("cues", "traded")


def takes_off(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """As in "knocked $700 off the laptop", "could shave 0.1 points off growth", "took £40 off the price".

    Of "take" what it is taken off is told by its article: "took two weeks off work" takes nothing down.
    """
    k = start - 1
    while k > 0 and lexemes[k].lower in word_set("cues", "step_fillers") and lexemes[k].lower != "to":
        k -= 1
    verb, off = at(lexemes, k), at(lexemes, end)
    behind = lexemes[end + 1] if end + 1 < len(lexemes) else None
    if kind is Kind.COUNT or behind is None or behind.type is not LexemeType.WORD or off not in ("off", "from"):
        return False
    if verb in word_set("cues", "takers"):
        owned = behind.lower in word_set("grammar", "articles") or behind.text.endswith(("'s", "’s"))
        return off == "off" and owned
    somebody = behind.lower in word_set("grammar", "object_pronouns") and behind.lower != "her"
    return verb in word_set("cues", "shavers") and not somebody


def in_cents(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "Acme added 41 cents": what a price moves by, not what is earned; but "lost 40 cents on each sale"."""
    behind = lexemes[end].lower if end < len(lexemes) else ""
    return lexemes[end - 1].lower in word_set("cues", "minor_money") and behind not in ("on", "per", "for", "in", "a")
