"""What a sign in front of a number says: "Stoxx 50 -1.3%", "$38.1m (-4%)", "gold -$5 to $1,932", "is plus one"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Change, Kind
from extraction.quantity.amount import Amount
from extraction.text.index_names import names_index
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.listed_values import past_step
from extraction.text.nouns import looks_past, nouns
from extraction.text.word_classes import in_class

_MINUS = ("-", "−", "–")
# A price seldom moves by more than a tenth of itself; "-$0.05 to $0.20" is a range.
_LEAST_RATIO = Decimal(10)


def sign_before(lexemes: Sequence[Lexeme], start: int) -> int:
    """Where the sign of the amount that starts at lexeme ``start`` stands, or -1 without one.

    A minus is a part of its amount, a plus stands in front of it.
    """
    if 0 <= start < len(lexemes) and lexemes[start].text in _MINUS:
        return start
    if start < 1 or lexemes[start - 1].text != "+" or not lexemes[start].glued:
        return -1
    apart = start == 1 or not lexemes[start - 1].glued or lexemes[start - 2].text in ("(", "[")
    return start - 1 if apart else -1


def signed(lexemes: Sequence[Lexeme], start: int, kind: Kind) -> Change | None:
    """The step of a signed amount right behind a name or a number, or in brackets; else None.

    As in "Stoxx 50 -1.3%", "CAC +0.4%", "$38.1m (-4%)". In brackets behind a level it may be of anything:
    "9 seats (-39)", "Denver 8.5 (+2.1)".
    """
    if kind not in _SIGNED or start == 0 or start >= len(lexemes):
        return None
    sign = start - 1 if lexemes[start - 1].text == "+" and lexemes[start].glued else start
    if sign == 0 or lexemes[sign].text not in (*_MINUS, "+"):
        return None
    if kind is not Kind.PERCENT and not (
        sign > 2 and past_step(lexemes, sign - 1) > sign and _behind_level(lexemes, sign)
    ):
        return None
    before = lexemes[sign - 1]
    name = before.capitalised or (sign < start and before.lower not in nouns()["stops"])  # "House prices +2.1%"
    # "12,345 (45.2%, +3.1)"
    aside = before.text in (",", ";") and any(lexeme.text == ")" for lexeme in lexemes[start + 1 : start + 3])
    named = before.type is LexemeType.NUMBER or (before.type is LexemeType.WORD and name)
    return Change("up" if sign < start else "down", "by") if named or before.text == "(" or aside else None


def _behind_level(lexemes: Sequence[Lexeme], sign: int) -> bool:
    """Whether a number, or one with its noun, stands in front of the bracket: not in "Scheffler (-12)"."""
    return any(lexeme.is_number for lexeme in lexemes[max(0, sign - 3) : sign - 1])


_SIGNED = frozenset((Kind.PERCENT, Kind.COUNT, Kind.NUMBER, Kind.INDEX))


def ends_name(word: Lexeme) -> bool:
    """Whether what moves may end with a word: "copper", "Nikkei 225", "ICE Mar cotton"; no verb, no preposition."""
    if word.type is LexemeType.NUMBER:
        return True
    if word.type is not LexemeType.WORD or word.lower in nouns()["stops"]:
        return False
    return word.capitalised or not (looks_past(word.lower) or in_class(word, "past"))


def steps_to_level(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether the two amounts are no range, but say by how much and to what level something moved.

    As in "gold -$5 to $1,932", "Dow +45 to 38,210".
    """
    sign = sign_before(lexemes, first.start)
    if sign < 1 or first.value is None or second.value is None or sign_before(lexemes, second.start) >= 0:
        return False
    far = second.value > _LEAST_RATIO * abs(first.value) and ends_name(lexemes[sign - 1])
    plus = lexemes[sign].text == "+"  # of a range both ends have it: "+5 to +10"; "-5 to 60" may be degrees
    return far and (first.kind in _PRICED or (first.kind in _BARE and (plus or names_index(lexemes, sign))))


_PRICED = frozenset((Kind.MONEY, Kind.MASS, Kind.VOLUME))
_BARE = frozenset((None, Kind.NUMBER, Kind.COUNT, Kind.INDEX))


_BEFORE_PLUS = frozenset(("at", "on", "to", "from", "of"))
_BEHIND_PLUS = frozenset(".,;:)!?”\"'’—")


def is_plus_sign(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at ``i`` has "plus" for its sign: nothing to add stands in front of it or behind it."""
    if i < 2 or lexemes[i - 1].lower != "plus":
        return False
    before, behind = lexemes[i - 2], lexemes[i + 1] if i + 1 < len(lexemes) else None
    led = before.lower in _BEFORE_PLUS or in_class(before, "be")
    if not led or behind is None or behind.type is LexemeType.BREAK or behind.text in _BEHIND_PLUS:
        return led
    return in_class(behind, "prepositions", "coordinators") and behind.lower != "of"
