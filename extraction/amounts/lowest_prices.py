"""The lowest of several prices: "rooms from £99", "fares start from £640", "Price: from $27,495".

"From" is no bound where something moves ("cut fares from £30") or where another price follows ("from £30 to £45").
"""

import unicodedata
from collections.abc import Sequence

from extraction.amounts.multiples import multiple_word
from extraction.bounds.qualifiers import Qualifier
from extraction.claims import Kind, Shape
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set

LOWEST = "from"
_REACH = 10  # lexemes to a word of change in front, or to "to" and the second price behind
_SHADES = word_set("listings", "shades_of_prices")
_OPENERS = (":", ",", ";", "(", "|", "•", "–", "—", "-", "/", ".")


def lowest_price(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind, *, rated: bool) -> Qualifier | None:
    """The "from" in front of a sum or a percentage at ``start:end``.

    ``rated``: whether the sum is told per person, per night or the like.
    """
    k = start - 1
    while k > 0 and lexemes[k].lower in _SHADES:
        k -= 1
    if k < 0 or lexemes[k].lower != LOWEST:
        return None
    found = _names_price(lexemes, k, kind) or (kind is Kind.MONEY and _is_offer(lexemes, k, end, rated=rated))
    if not found or _moves(lexemes, k - 1) or _spans_prices(lexemes, end):
        return None
    return Qualifier(Shape.AT_LEAST, k, k + 1, LOWEST)


def _names_price(lexemes: Sequence[Lexeme], k: int, kind: Kind) -> bool:
    words = word_set("listings", "priced") if kind is Kind.MONEY else word_set("listings", "rated")
    named = k > 0 and lexemes[k - 1].lower in words
    return named and multiple_word(lexemes, k - 1) is None  # not "Profit doubles from £5m"


def _is_offer(lexemes: Sequence[Lexeme], k: int, end: int, *, rated: bool) -> bool:
    """Whether "from" at ``k`` opens the price of an offer, with no other sum in front: "From £899pp", "flies to Lima
    from £640 return", "Hotel Alto (from €140)"."""
    before = lexemes[k - 1].lower if k else ""
    if before in word_set("listings", "spanning") or before in change_words().verbs:
        return False
    if any(_is_sign(lexeme.text) for lexeme in lexemes[max(0, k - _REACH) : k]):
        return False
    behind = lexemes[end].lower if end < len(lexemes) else ""
    opens = k == 0 or lexemes[k - 1].type is LexemeType.BREAK or lexemes[k - 1].text in _OPENERS
    labelled = k > 1 and lexemes[k - 1].text == ":"
    told = behind in word_set("listings", "tails_of_prices")
    return rated or behind in word_set("listings", "sure_tails_of_prices") or (opens and (labelled or told))


def _moves(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a word of change stands in front of lexeme ``k``, which may look like one: "doubles from €140"."""
    words, sold = change_words(), word_set("listings", "priced")
    before = [lexeme.lower for lexeme in lexemes[max(0, k - _REACH) : max(0, k)] if lexeme.lower not in sold]
    return any(word in words.verbs or word in words.nouns for word in before)


def _spans_prices(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "to" and a second price or number follow near behind lexeme ``end``."""
    behind = lexemes[end : end + _REACH]
    return any(
        word.lower == "to" and before.lower != "up" and (number.is_number or _is_sign(number.text))
        for before, word, number in zip(lexemes[end - 1 : end + _REACH], behind, behind[1:], strict=False)
    )


def _is_sign(text: str) -> bool:
    return unicodedata.category(text[0]) == "Sc"
