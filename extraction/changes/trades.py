"""Tells amounts by which a price moves from amounts that somebody gains or loses."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.quantity.rates import rate_at
from extraction.text.change_words import change_words
from extraction.text.index_names import names_index
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_person, is_plural, noun_follows
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set


def is_traded(lexemes: Sequence[Lexeme], verb: int) -> bool:
    """Whether the subject of the verb is something traded, which has a price that moves.

    As in "Sterling lost half a cent", "Brent crude has added 90 cents".
    """
    k = verb - 1
    while k > 0 and lexemes[k].lower in word_set("grammar", "have", "modals", "adverbs"):
        k -= 1
    return k >= 0 and lexemes[k].lower in word_set("cues", "traded")


def takes_off(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether a verb takes the amount off what stands behind it.

    As in "knocked $700 off the laptop", "could shave 0.1 points off growth", "took £40 off the price".
    Of "take" what it is taken off is told by its article: "took two weeks off work" takes nothing down.
    """
    off = at(lexemes, end)
    behind = lexemes[end + 1] if end + 1 < len(lexemes) else None
    if off not in ("off", "from") or kind is Kind.COUNT or behind is None or behind.type is not LexemeType.WORD:
        return False
    k = start - 1
    while k > 0 and lexemes[k].lower in word_set("cues", "step_fillers") and lexemes[k].lower != "to":
        k -= 1
    verb = at(lexemes, k)
    if verb in word_set("cues", "takers"):
        owned = behind.lower in word_set("grammar", "articles") or behind.text.endswith(("'s", "’s"))
        earned = kind is Kind.MONEY and not behind.capitalised and noun_follows(lexemes, end + 1)
        return off == "off" and (owned or earned)
    if off == "off" and verb in word_set("changes", "discounting"):  # "offers £10 off the first order"
        return kind in (Kind.MONEY, Kind.PERCENT) and in_class(behind, "determiners")
    somebody = behind.lower in word_set("grammar", "object_pronouns") and behind.lower != "her"
    return verb in word_set("changes", "shavers") and not somebody


def puts_on(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether a verb adds the amount to a thing.

    As in "would add £95,000 to the bill", "added 12 minutes to journeys"; not "added $5m to buy buses".
    """
    if kind not in _PUT_ON:
        return False
    k = start - 1
    while k > 0 and lexemes[k].lower in _BEFORE_PUT:
        k -= 1
    if at(lexemes, k) not in word_set("cues", "adders"):
        return False
    if at(lexemes, end) in ("a", "an", "per"):
        end += 2  # "add $162 a year to the tax bill"
    thing = lexemes[end + 1] if at(lexemes, end) == "to" and end + 1 < len(lexemes) else None
    return thing is not None and (in_class(thing, "determiners") or is_plural(thing.text))


_BEFORE_PUT = word_set("cues", "step_fillers", "number_fillers") | {"a", "an", "extra"}
_PUT_ON = frozenset((Kind.MONEY, Kind.DURATION))


def moved_per_unit(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether a price per something is moved by so much.

    As in "Flour was advanced £2 per sack", "is reduced 4 cents a litre".
    """
    if kind is not Kind.MONEY or start < 2 or at(lexemes, start - 2) not in word_set("grammar", "be"):
        return False
    verb = at(lexemes, start - 1)
    return verb in change_words().verbs and not verb.endswith("ing") and rate_at(lexemes, end) is not None


def gives_up(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether a price falls by so much.

    As in "The pound gave up 0.4%", "The Kospi gave back 1.3%"; not "He gave up 40% of the firm".
    """
    if kind not in _MOVED or at(lexemes, end) == "of":
        return False
    k = start - 1
    while k > 1 and lexemes[k].lower in FILLERS:
        k -= 1
    if k < 2 or lexemes[k].lower not in ("up", "back") or lexemes[k - 1].lower not in word_set("changes", "givers"):
        return False
    k -= 2
    while k > 0 and (lexemes[k].text == "," or lexemes[k].lower in word_set("grammar", "have", "modals", "adverbs")):
        k -= 1
    return _has_price(lexemes, k) or (kind is Kind.PERCENT and _is_company(lexemes, k) and _ends_phrase(lexemes, end))


def _is_company(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k`` can be a company: no pronoun and no person.

    As in "Acme gave up 6%", "Acme, its biggest lender, gave up 6%".
    """
    word = lexemes[k]
    return word.type is LexemeType.WORD and not in_class(word, "subject_pronouns") and not is_person(word.lower)


def _ends_phrase(lexemes: Sequence[Lexeme], end: int) -> bool:
    behind = lexemes[end] if end < len(lexemes) else None
    return behind is None or behind.type is not LexemeType.WORD or behind.lower in _CLOSERS


_CLOSERS = ("on", "to", "in", "and", "while", "after")


def _has_price(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether what ends at lexeme ``k`` is traded: "Crude", "The FTSE 100", "Shares of Acme Steel"."""
    if lexemes[k].type is LexemeType.NUMBER:
        return names_index(lexemes, k)
    last = k
    while k > max(1, last - _LONGEST_NAME) and lexemes[k].capitalised:
        k -= 1
    k = k - 1 if k < last and lexemes[k].lower in ("of", "in") else last
    return lexemes[k].lower in word_set("cues", "traded", "index_names", "markets")


_LONGEST_NAME = 4  # lexemes
_MOVED = frozenset((Kind.PERCENT, Kind.INDEX, Kind.MONEY))


def in_cents(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the amount is in cents or the like and can be what a price moves by, not what is earned.

    As in "Acme added 41 cents"; but "lost 40 cents on each sale".
    """
    behind = lexemes[end].lower if end < len(lexemes) else ""
    return lexemes[end - 1].lower in word_set("changes", "minor_money") and behind not in (
        "on",
        "per",
        "for",
        "in",
        "a",
    )
