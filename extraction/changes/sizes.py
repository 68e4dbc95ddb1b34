"""Amounts that say how large a movement is: "The increase amounts to $310", "The cut in rates would be 4%"."""

from collections.abc import Sequence

from extraction.changes.adjuncts import is_year
from extraction.claims import Change, Kind
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past, noun_follows, singular
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary
from extraction.text.words import word_set

_LONGEST_SUBJECT, _LONGEST_VERB = 12, 5  # lexemes
_FILLERS = SHADES - {"up", "to", "at"}
_BEFORE_BE = word_set("changes", "expected_to_be")
_TO, _AT, _PLAIN = (word_set("cues", f"size_verbs_{word}") for word in ("to", "at", "plain"))
_GAINED = word_set("changes", "gains_and_losses")
_RESULTS = word_set("changes", "money_results") | _GAINED
_NUMBERS = word_set("times", "numbers")
_WITHOUT_SIZE = frozenset((Kind.DURATION, Kind.AGE, Kind.FRACTION, Kind.MULTIPLE, Kind.NUMBER))


def size_of_movement(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> Change | None:
    """The movement whose size the amount at lexemes ``start:end`` is: its noun is the subject of a verb of size."""
    if kind in _WITHOUT_SIZE:
        return None
    if (
        held := _held_below(lexemes, start)
        or _greatest(lexemes, start, kind)
        or _named_in_front(lexemes, start, end, kind)
    ) is not None:
        return Change(held, "by")
    verb, certain = _verb_of_size(lexemes, start)
    whole = at(lexemes, end) == "of" and not is_year(at(lexemes, end + 1))  # "exceeded 10% of 2000 levels"
    if verb < 1 or (not certain and kind is Kind.PERCENT and whole):
        return None  # "The tax cuts are 40% of the package"
    head, in_what = _head(lexemes, verb)
    noun = singular(at(lexemes, head)) if at(lexemes, head) else ""
    direction = change_words().nouns.get(noun)
    net = kind is Kind.COUNT and at(lexemes, head - 1) == "net"
    if direction is not None and net and noun in _GAINED:
        return Change(direction, "by")  # "The net gain is 3,542"
    results = _RESULTS if not certain and not (in_what and kind is Kind.PERCENT) else _GAINED
    if direction is None or noun in results or _values_a_size(lexemes, start, verb):
        return None
    if noun in word_set("changes", "rates_of_movement") and not certain and _is_level(lexemes, verb, start):
        return None
    described = kind is Kind.LENGTH or (kind is Kind.COUNT and not certain)  # "His fall was 12 metres"
    return None if described and not in_what else Change(direction, "by")


def _held_below(lexemes: Sequence[Lexeme], start: int) -> str | None:
    """The direction of a movement that a bound behind it holds, or None.

    As in "to keep the rise in temperatures under 2C".
    """
    if lexemes[start].lower not in ("under", "below"):
        return None
    for k in range(start - 1, max(1, start - _LONGEST_HELD), -1):
        if lexemes[k].type is not LexemeType.WORD:
            return None
        direction = change_words().nouns.get(lexemes[k].lower)
        if direction is not None and at(lexemes, k + 1) in ("in", "of"):
            verb = next((j for j in range(k - 1, max(-1, k - _TO_VERB), -1) if at(lexemes, j) in _HOLDING), -1)
            return direction if verb >= 0 else None
    return None


def _greatest(lexemes: Sequence[Lexeme], start: int, kind: Kind) -> str | None:
    """The direction of a movement that is the greatest, with its size behind a comma and "at", or None.

    As in "the biggest rise since 2012, at 4 per cent".
    """
    if kind is not Kind.PERCENT:
        return None
    k = start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    if at(lexemes, k) != "at" or at(lexemes, k - 1) != ",":
        return None
    for noun in range(k - 2, max(0, k - _LONGEST_SUBJECT), -1):
        if lexemes[noun].text in ",;:" or is_auxiliary(lexemes[noun]) or looks_past(at(lexemes, noun)):
            return None
        if (direction := change_words().nouns.get(at(lexemes, noun))) is not None:
            greatest = {lexeme.lower for lexeme in lexemes[max(0, noun - 3) : noun]}
            return direction if greatest & word_set("times", "superlatives") else None
    return None


_LONGEST_HELD, _TO_VERB = 8, 5  # lexemes
_HOLDING = word_set("changes", "holding_verbs")


def _named_in_front(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> str | None:
    """The direction of the movement named in front that is so large, or None.

    As in "a fall in the number of burglaries of 4 per cent".
    In "a rise in the jobless rate of 4%" the rate is.
    """
    if kind is not Kind.PERCENT and kind is not Kind.MONEY:
        return None
    of = start - 1
    while of > 0 and lexemes[of].lower in _FILLERS:
        of -= 1
    if at(lexemes, of) != "of" or at(lexemes, of - 1) in _LEVELS or noun_follows(lexemes, end):
        return None
    for k in range(of - 3, max(0, of - _LONGEST_SUBJECT), -1):
        if lexemes[k + 1].type is not LexemeType.WORD or in_class(lexemes[k + 1], "subject_pronouns", "modals", "have"):
            return None
        if at(lexemes, k + 1) == "in" and at(lexemes, k) in change_words().nouns:
            determined = any(in_class(word, "determiners") for word in lexemes[max(0, k - 2) : k])
            determined = determined or at(lexemes, k) == "growth"
            result = kind is Kind.MONEY and at(lexemes, k) in _RESULTS
            return change_words().nouns[at(lexemes, k)] if determined and not result else None
    return None


_LEVELS = word_set("changes", "levels_in_front")
_EXCEED = word_set("changes", "exceeding_verbs")


def _is_level(lexemes: Sequence[Lexeme], verb: int, start: int) -> bool:
    """Whether a rate is compared with a level, so that no size is told: "growth was already below 1 per cent"."""
    return any(lexeme.lower in {"below", "above"} | _EXCEED for lexeme in lexemes[verb : start + 1])


def _verb_of_size(lexemes: Sequence[Lexeme], start: int) -> tuple[int, bool]:
    """Where the verb in front of the amount begins, and whether it says a size for certain; -1 if it says none."""
    if lexemes[start].lower in _EXCEED and start > 0:
        return start, False  # "The increase exceeded 10%"
    k = start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    word, certain = at(lexemes, k), True
    if (word == "to" and at(lexemes, k - 1) in _TO) or (word == "at" and at(lexemes, k - 1) in _AT):
        k -= 1
    elif word in ("to", "at") and at(lexemes, k - 2) in (_TO if word == "to" else _AT):
        k -= 2  # "adds up to", "works out at"
    elif word in ("is", "was", "are", "were", "be", "been"):
        certain = False
    elif word not in _PLAIN:
        return -1, False
    opener = k
    while opener > 0 and k - opener < _LONGEST_VERB and _belongs(lexemes, opener - 1):
        opener -= 1
    return opener, certain


def _values_a_size(lexemes: Sequence[Lexeme], start: int, verb: int) -> bool:
    """Whether the amount at ``start`` is what any movement of a size brings: "A drop of 1 per cent is worth $180m"."""
    if not any(lexeme.lower == "worth" for lexeme in lexemes[verb:start]):
        return False
    for k in range(verb - 3, max(0, verb - _LONGEST_SUBJECT), -1):
        if at(lexemes, k) in change_words().nouns and at(lexemes, k + 1) == "of":
            opens = any(lexeme.lower in _ANY for lexeme in lexemes[max(0, k - 2) : k])
            return opens and (lexemes[k + 2].is_number or lexemes[k + 2].lower in _NUMBERS)
    return False


_ANY = ("a", "an", "each", "every", "any")


def _belongs(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k`` is part of the verb at its end: every word of "is likely to" in front of "be"."""
    word = lexemes[k]
    return in_class(word, "modals", "be", "have") or is_adverb(word) or word.lower in _BEFORE_BE


def _head(lexemes: Sequence[Lexeme], verb: int) -> tuple[int, bool]:
    """Where the head of the subject in front of ``verb`` is, as in "The increase in fees"; whether "in" follows it."""
    head, behind = verb - 1, ""
    for k in range(verb - 1, max(-1, verb - 1 - _LONGEST_SUBJECT), -1):
        word = lexemes[k]
        plain = word.type in (LexemeType.WORD, LexemeType.NUMBER) and word.text not in ",;:"
        if not plain and word.text not in "-&":
            break
        if in_class(word, "prepositions"):
            head, behind = k - 1, word.lower
        elif word.lower in _OPENERS or in_class(word, "coordinators", "subordinators", "modals", "have", "be"):
            break
        elif in_class(word, "articles", "definites") and not (k and in_class(lexemes[k - 1], "prepositions")):
            break  # "Among nurses the reduction was"
    return head, behind == "in"


_OPENERS = ("that", "which", "who", "there", "it", "said")
