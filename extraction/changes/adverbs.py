"""What "up", "down" and "off" say without a verb: "210 seats, up 12", "are down 40 tonnes"."""

from collections.abc import Sequence

from extraction.changes.adjuncts import is_verb_of_amount, opens_time
from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.text.change_words import change_words
from extraction.text.index_names import names_index
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, looks_past, noun_follows
from extraction.text.shades import FILLERS
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary
from extraction.text.words import word_set
from extraction.units.match import match_unit

_MOVED = frozenset((Kind.COUNT, Kind.MASS, Kind.VOLUME, Kind.AREA, Kind.ENERGY, Kind.POWER))
_WITH = 6  # lexemes from "with" to "off"


def is_moved(lexemes: Sequence[Lexeme], adverb: int, end: int, kind: Kind) -> bool:
    """Whether the "up" or "down" at ``adverb`` moves something by the amount behind it.

    As in "down $33m", "are down 4,000 units", ", up 12 seats"; not "set up 5 firms", "were down two goals".
    """
    if lexemes[adverb].lower not in ("up", "down"):
        return False
    if kind is Kind.LENGTH:  # ", down 14 feet from a month earlier"
        since = at(lexemes, end) in ("from", "on", "since", "in") and opens_time(lexemes, end + 1)
        return since and _stands_free(lexemes, adverb)
    if kind is not Kind.COUNT:
        return kind is Kind.MONEY or (kind in _MOVED and _stands_free(lexemes, adverb))
    unit = at(lexemes, end).removesuffix("s")
    led = unit in word_set("cues", "sport_results", "sport_leads")
    led = led or at(lexemes, end) in word_set("changes", "steps_of_heights")
    return not led and _stands_free(lexemes, adverb)


def is_off(lexemes: Sequence[Lexeme], adverb: int, end: int, kind: Kind) -> bool:
    """Whether the "off" at ``adverb`` says by how much something fell.

    As in "with chipmaker Sanjo off 4.1%", "the biggest drag, off 1.8%", "Dow off 300 points"; not "wrote off 5%".
    """
    if adverb < 1 or at(lexemes, end) in ("of", "the", "its", "their"):
        return False
    if _line_moves(lexemes, adverb, kind):
        return True
    if kind is not Kind.PERCENT:
        return False
    before = lexemes[adverb - 1]
    named = before.capitalised or is_plural(before.text)
    near = {lexeme.lower for lexeme in lexemes[max(0, adverb - _WITH) : adverb - 1]}
    closed = before.lower in word_set("changes", "closes_off")  # "Shares closed off 3% at $5"
    return closed or before.text == "," or (before.type is LexemeType.WORD and named and "with" in near)


def _line_moves(lexemes: Sequence[Lexeme], adverb: int, kind: Kind) -> bool:
    """Whether a name alone, without a verb, stands in front of the "off" at ``adverb`` in its line.

    As in "FTSE off 0.4%, Dax up", "10-year yield off 7bp", "Brent crude off 80 cents".
    """
    first = adverb
    while first > 0 and adverb - first <= _LONGEST_NAME and _names(lexemes[first - 1]):
        first -= 1
    words = {lexeme.lower for lexeme in lexemes[first:adverb]}
    opens = first == 0 or lexemes[first - 1].type is LexemeType.BREAK or lexemes[first - 1].text in ",;:•–—("
    if not words or not opens or not words.isdisjoint(word_set("changes", "verbs_with_off")):
        return False
    if kind is Kind.INDEX:
        return not words.isdisjoint(word_set("cues", "index_names"))
    if kind is Kind.MONEY:
        return not words.isdisjoint(word_set("cues", "traded"))
    return kind is Kind.PERCENT


_LONGEST_NAME = 5  # lexemes


def _names(word: Lexeme) -> bool:
    if word.lower in word_set("changes", "off_movers") or word.text in "-&":
        return True
    return word.capitalised or word.type is LexemeType.NUMBER or word.lower == "year"


def steps_count(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether the amount says by how many of what was counted it went up or down.

    As in "won 210 seats, up 12", "are up 14 on last year".
    """
    k = amount.start - 1
    while k > 0 and lexemes[k].lower in FILLERS:
        k -= 1
    if k < 1 or not amount.whole or lexemes[k].lower not in ("up", "down") or not _stands_free(lexemes, k):
        return False
    return not noun_follows(lexemes, amount.end) and not names_index(lexemes, k)


def _stands_free(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the adverb at lexeme ``k`` belongs to no verb of its own: behind a comma, a bracket or a form of be."""
    k -= 1
    while k > 0 and is_adverb(lexemes[k]):
        k -= 1
    return k >= 0 and (lexemes[k].text in ",(" or in_class(lexemes[k], "be") or _follows_amount(lexemes, k))


def _follows_amount(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` ends an amount with its noun: "148,000 boardings a day down nearly 12,000"."""
    for j in range(k, max(-1, k - _LONGEST_AMOUNT), -1):
        word = lexemes[j]
        if word.type is LexemeType.NUMBER:
            unit = match_unit(lexemes, j + 1)
            return j < k and (unit is None or unit.unit.kind is not Kind.LENGTH)  # "10 miles down 75 to Allen"
        if is_verb_of_amount(word) or word.type is not LexemeType.WORD:
            return False
    return False


_LONGEST_AMOUNT = 6  # lexemes


def stands_up_from(lexemes: Sequence[Lexeme], start: int) -> int:
    """Where "from" stands in front of the number at lexeme ``start`` in ", up from last year's 290", or -1."""
    k, first = start - 1, max(1, start - _LONGEST_EARLIER - 1)
    while k > first and lexemes[k].lower != "from":
        k -= 1
    if k <= first or lexemes[k - 1].lower not in ("up", "down"):
        return -1
    free = lexemes[k - 2].text == "," or in_class(lexemes[k - 2], "be")
    return k if free and not any(_parts(word) for word in lexemes[k + 1 : start]) else -1


def _parts(word: Lexeme) -> bool:
    """Whether a word cannot stand in "last year's" between "up from" and its number."""
    if word.type is not LexemeType.WORD and word.text not in _IN_NAMES:
        return True
    if in_class(word, "prepositions", "subordinators", "coordinators", "subject_pronouns") and word.lower != "of":
        return True
    return is_auxiliary(word) or in_class(word, "past") or looks_past(word.lower)


_LONGEST_EARLIER = 8  # lexemes between "from" and the number
_IN_NAMES = frozenset("'’-&")


def level_after(lexemes: Sequence[Lexeme], position: int, start: int) -> str | None:
    """The direction of what stands in front of "at": "lower at 7,410"; not "grubbed up at a rate of 100 hectares"."""
    after = change_words().after.get(lexemes[position - 1].lower) if position > 0 else None
    if after is None or at(lexemes, position - 2) == "coming":  # "a mortgage coming up at 5%"
        return None
    return None if any(lexeme.lower == "rate" for lexeme in lexemes[position:start]) else after


def compared_by(lexemes: Sequence[Lexeme], preposition: int, role: str) -> str | None:
    """The direction of the comparative in front of "by", or None: "gets cheaper by $6", "was heavier by a third"."""
    word = lexemes[preposition - 1].lower if role == "by" and preposition else ""
    if not word.endswith("er") or at(lexemes, preposition - 2) == "the":  # "both houses, the lower by 311 to 184"
        return None
    return change_words().after.get(word)
