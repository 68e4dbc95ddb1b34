"""Finds the word of change in front of a number, and tells those that move nothing: "made up 5%", "up to 40"."""

from collections.abc import Sequence

from extraction.bounds.moved_up import moves_up
from extraction.changes.objects import (
    cuts_off,
    is_forecast,
    verb_of_object,
)
from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import looks_past, nouns
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

# How far before a number its verb of change may stand: "rose, after months of caution among lenders, to 5%".
_REACH = 14
_MOVEMENT_FILLERS = word_set("cues", "movement_fillers")
_ARTICLES = word_set("grammar", "articles")
_NO_VERBS = word_set("cues", "level_fillers", "bound_words") | {"a", "an"}  # behind "to"
# With "up" and "down" these are verbs of another meaning: "made up 5%", "comes down to 3".
_BEFORE_UP = word_set("cues", "before_up")
_BEFORE_DOWN = word_set("cues", "before_down")
_ASIDES = word_set("changes", "aside_openers")


def direction_before(lexemes: Sequence[Lexeme], start: int) -> str | None:
    """The direction of the nearest word of change in the clause before lexeme ``start``."""
    return verb_before(lexemes, start)


def verb_before(lexemes: Sequence[Lexeme], start: int, *, stepwise: bool = False) -> str | None:
    words = change_words()
    last = at(lexemes, start - 1)
    done = stepwise and looks_past(last) and last not in words.verbs
    if done and last not in words.with_by and in_class(lexemes[start - 2], "be"):
        return None  # "The rise was accompanied by $4m of refunds"
    for k in range(start - 1, max(-1, start - 1 - _REACH), -1):
        lexeme = lexemes[k]
        if lexeme.type is LexemeType.BREAK or lexeme.text in ";:":
            return None
        if done and lexeme.text == ",":
            return None  # "will widen the road by 4 metres, a project delayed by two years"
        if stepwise and lexeme.lower in _ASIDES and lexemes[k - 1].text == ",":
            return None  # "raised rates, despite protests by 200 residents"
        if not stepwise and opens_extent(lexemes, k) and not _closes_before(lexemes, k, start):
            return None  # "increase fines by 20 per cent"
        infinitive = lexemes[k + 1].text if lexeme.lower == "to" and k + 1 < start - 1 else ""
        opens = infinitive.isalpha() and infinitive.islower()  # not "in the year to June"
        if opens and infinitive not in _NO_VERBS:  # "to a record 117"
            return words.verbs.get(infinitive)  # "cuts needed to contain warming to 2 degrees" moves nothing down
        if lexeme.capitalised and k and lexemes[k - 1].capitalised and lexemes[k - 1].type is LexemeType.WORD:
            continue  # "of Castle Rise, pleaded guilty to 19 charges"
        direction = None if lexeme.lower in ("loss", "losses") else words.nouns.get(lexeme.lower)
        if direction is not None and is_forecast(lexemes, k):
            continue  # "trimmed its forecast for growth to 2.9%"
        if direction is not None and (moving := verb_of_object(lexemes, k)) is not None:
            return words.verbs[moving]  # "cut its growth outlook to 1.2%"
        named = k > 0 and (lexemes[k - 1].lower in _ARTICLES or _is_counted(lexemes, k))  # "a contract", "the advance"
        if direction is None and not named:
            direction = words.verbs.get(lexeme.lower)
        direction = direction or _with_by(lexemes, k, stepwise=stepwise) or moves_higher(lexemes, k)
        if direction is not None and not is_bound_up(lexemes, k):
            return None if cuts_off(lexemes, k) else direction
    return None


def _is_counted(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k`` is a noun that looks like a verb, with its number in front.

    As in "at 212,345 contracts from 210,123".
    """
    return lexemes[k].lower in word_set("changes", "counted_verbs") and lexemes[k - 1].is_number


def opens_extent(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the verb at ``k`` opens an extent: "A ticket costs from $15 to $35".

    Not in "cut costs from $15m to $12m", where they are what is cut.
    """
    words = change_words()
    if lexemes[k].lower not in words.extent:
        return False
    before = lexemes[k - 1] if k else None
    moved = before is not None and (before.lower in words.verbs or in_class(before, "determiners"))
    return not (moved and lexemes[k].lower.endswith("s"))


def _closes_before(lexemes: Sequence[Lexeme], k: int, start: int) -> bool:
    """Whether a "between" at ``k`` has both ends of its time in front of ``start``.

    As in "fell by a quarter between 1921 and 1951, to 4,316".
    """
    ends = lexemes[k + 2 : min(k + _LONGEST_END, start)]
    return lexemes[k].lower == "between" and any(lexeme.lower == "and" for lexeme in ends)


_LONGEST_END = 5  # lexemes of "between mid-1921 and"


def is_extent(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether "from" in front of lexeme ``start`` opens an extent: "prices range from $15 for children to $35"."""
    return start >= 2 and lexemes[start - 1].lower == "from" and opens_extent(lexemes, start - 2)


def moves_higher(lexemes: Sequence[Lexeme], k: int) -> str | None:
    """The direction of a gentle motion, told by the word behind it, or None: "edged higher to 41%"."""
    if k < 1 or lexemes[k].lower not in ("higher", "lower"):
        return None
    gentle = lexemes[k - 1].lower in word_set("cues", "gentle_motions")
    return change_words().after.get(lexemes[k].lower) if gentle else None


def brought_past(lexemes: Sequence[Lexeme], start: int) -> str | None:
    """The direction where an amount is moved past a bound, or None.

    As in "bring the deficit below 3%", "raise its rate above 4%".
    """
    bound = at(lexemes, start + (at(lexemes, start) in word_set("cues", "level_shades")))
    if bound not in ("below", "above", "past"):
        return None
    for k in range(start - 1, max(-1, start - _LONGEST_SENT), -1):
        if lexemes[k].type is not LexemeType.WORD or in_class(lexemes[k], "subordinators", "prepositions"):
            if lexemes[k].lower not in ("of", "in", "to"):
                return None
        elif lexemes[k].lower in word_set("cues", "bringing") or (k < start - 1 and _moves_object(lexemes[k])):
            return "down" if bound == "below" else "up"
    return None


def _moves_object(word: Lexeme) -> bool:
    """Whether the word is a verb that moves its object: "raise" in "raise its rate above 4%", and not "up"."""
    return word.lower in change_words().objects and word.lower not in ("up", "down", "loss")


def _with_by(lexemes: Sequence[Lexeme], k: int, *, stepwise: bool) -> str | None:
    """The direction of a verb that moves with "by" alone, or with "out", "off" or "back"; or None.

    As in "dimmed the star by 0.8%", "has blown out to $4bn".
    """
    words, behind = change_words().with_by, at(lexemes, k + 1)
    if behind in ("out", "off", "back"):
        return words.get(f"{lexemes[k].lower} {behind}")
    return words.get(lexemes[k].lower) if stepwise else None


def sent_to(lexemes: Sequence[Lexeme], to: int, start: int, role: str, kind: Kind) -> str | None:
    """The direction in which something is sent to the level, or None.

    As in "sent prices to a record high of $70", "drove the yield to a low of 2%".
    """
    if role != "to":
        return None
    extremes = {lexeme.lower for lexeme in lexemes[to + 1 : start]}
    way = "up" if extremes & {"high", "highs", "peak", "record"} else "down" if extremes & {"low", "lows"} else None
    for k in range(to - 1, max(-1, to - _LONGEST_SENT), -1):
        if lexemes[k].type is not LexemeType.WORD or in_class(lexemes[k], "subordinators", "modals"):
            return None
        if lexemes[k].lower in _SENDING:
            return "up" if way is None and _sums_up(lexemes, k, to, kind) else way
    return None


def _sums_up(lexemes: Sequence[Lexeme], verb: int, to: int, kind: Kind) -> bool:
    """Whether a verb that sums up brings a total to the level.

    As in "took the death toll to 61", "brings total aid to $5m", "pushes net debt to $4bn"; not "a number of".
    """
    for k in range(verb + 1, to if lexemes[verb].lower in word_set("changes", "summing_verbs") else verb):
        word, behind = lexemes[k].lower, lexemes[k + 1]
        if word in word_set("cues", "summed") and at(lexemes, k - 1) != "a":
            return word == "total" or in_class(behind, "prepositions") or looks_past(behind.lower)
        if word in word_set("changes", "summed_money") and k + 1 == to:
            return kind is Kind.MONEY
    return False


_SENDING = word_set("changes", "sending_to_extremes")
_LONGEST_SENT = 8  # lexemes of "sent the price of a barrel"


def is_bound_up(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether "up" or "down" at ``k`` is part of a bound or another phrase and no movement: "up to", "made up 5%"."""
    if lexemes[k].lower == "down":
        settles = k > 0 and lexemes[k - 1].lower in _SETTLES and _amount_follows(lexemes, k + 1)
        measured = at(lexemes, k + 1) != "to" or any(lexeme.lower in _MEASURED for lexeme in lexemes[k + 2 : k + 5])
        falls = k > 0 and lexemes[k - 1].lower in ("comes", "came") and measured  # not "came down to two votes"
        return k > 0 and lexemes[k - 1].lower in _BEFORE_DOWN and not settles and not falls  # "settled down $1.20"
    if lexemes[k].lower != "up":
        return False
    if moves_up(lexemes, k):
        return False
    following = lexemes[k + 1] if k + 1 < len(lexemes) else None
    before = lexemes[k - 1].lower if k else ""
    if before in ("put", "puts", "putting") and following is not None:
        priced = following.lower in word_set("cues", "paid_for")  # "has put up the price by 14%", "put up rents by 7%"
        return not (priced or in_class(following, "determiners"))
    if before in ("end", "ends", "ended") and following is not None:
        return following.type is not LexemeType.NUMBER  # "ended up 2.5%", not "ended up $40 poorer"
    return (following is not None and following.lower in ("to", "for")) or before in _BEFORE_UP


_SETTLES = frozenset(("settle", "settles", "settled"))


def _amount_follows(lexemes: Sequence[Lexeme], k: int) -> bool:
    return k < len(lexemes) and (lexemes[k].type is LexemeType.NUMBER or lexemes[k].text in MONEY_SIGNS)


_MEASURED = MONEY_SIGNS | frozenset(("%", "per", "percent", "pc", "million", "billion", "m", "bn"))


def moves_right_before(lexemes: Sequence[Lexeme], first: Amount) -> bool:
    """Whether a verb of change stands next to the amount: "gained $2", "weakened by 6 paise"."""
    k = first.start - 1
    while k > 0 and (lexemes[k].lower in _MOVEMENT_FILLERS or lexemes[k].lower == "by"):
        k -= 1
    return k >= 0 and lexemes[k].lower in change_words().verbs


def moves_object_before(lexemes: Sequence[Lexeme], first: Amount) -> bool:
    """Whether a verb of change and its object stand in front of the amount.

    As in "lifted its dividend half a cent to 3.75 cents".
    """
    k = first.start - 1
    while k > max(0, first.start - _LONGEST_OBJECT) and not in_class(lexemes[k], "determiners"):
        if lexemes[k].type is not LexemeType.WORD or lexemes[k].lower in nouns()["stops"]:
            return False
        k -= 1
    return 0 < k < first.start - 1 and lexemes[k - 1].lower in change_words().objects


_LONGEST_OBJECT = 6
