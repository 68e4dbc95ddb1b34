"""Reads ratings: "4.6 out of 5 stars", "rated 4.5/5", "Net approval: -14 (-3)"; "a 3/4 majority" is a share."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import COUNTS, Kind
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.numeral import is_whole
from extraction.text.words import word_set
from extraction.units.match import match_unit

_RATED_IN = word_set("amounts", "rated_in")
_RATING_CUES = word_set("amounts", "rating_cues")
_SCALES = (5, 10, 100)
_REACH = 8  # lexemes from "rated" to its number


def decimal_rating(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes "4.6 out of 5 stars" and "7.5 out of 10" a rating."""
    j = amount.end
    if [at(lexemes, j), at(lexemes, j + 1)] != ["out", "of"] or j + 2 >= len(lexemes):
        return False
    whole = read_numeral(lexemes, j + 2)
    if whole is None or whole.value is None or amount.value is None or amount.value > whole.value:
        return False
    if whole.value not in _SCALES and not is_scored(lexemes, amount.start):
        return False
    shared = noun_follows(lexemes, whole.end)  # "7 out of 10 voters"; in "4.6 out of 5 based on 310" nothing is
    shared = shared and (amount.whole or is_plural(lexemes[whole.end].text))
    if at(lexemes, whole.end) not in _RATED_IN and shared:
        return False
    _rate(amount, amount.value, whole.end + (at(lexemes, whole.end) in _RATED_IN))
    return True


def is_scored(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a word of scoring leads to the number: "scored 1,520 out of 1,600", "an average mark of 19.5"."""
    return any(lexeme.lower in _SCORED for lexeme in lexemes[max(0, start - _TO_SCORE) : start])


def _is_mark(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the slash is that of a mark behind a word of scores: "scored 487/500", and further on "and 38/50 in the
    second"; not in "scored on 5/12"."""
    if i < 2 or at(lexemes, i + 3) == "of":
        return False
    if lexemes[i - 1].lower in _SCORED or (lexemes[i - 1].text == ":" and lexemes[i - 2].lower in _SCORED):
        return True
    before = [lexeme.lower for lexeme in lexemes[max(0, i - _TO_MARK) : i]]
    again = lexemes[i + 2].lower in before or before[-1:] in ([","], ["and"])
    return again and "/" in before and not _SCORED.isdisjoint(before)


_TO_MARK = 14  # lexemes
_SCORED = word_set("cues", "scored_words")
_TO_SCORE = 5  # lexemes


def slash_rating(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes "8.5/10", and behind a word of rating "9/10", a rating."""
    i, number = amount.numeral.start, lexemes[amount.numeral.start]
    scale = lexemes[i + 2] if i + 2 < len(lexemes) else None
    if amount.mark is not None or number.type is not LexemeType.NUMBER or scale is None or lexemes[i + 1].text != "/":
        return False
    scored = len(scale.text) > 1 and scale.text.isdecimal() and _is_mark(lexemes, i)
    glued = lexemes[i + 1].glued and scale.glued and (scored or scale.text in ("5", "10", "100"))
    digits = number.text.replace(".", "", 1)
    if not (glued and digits.isascii() and digits.isdecimal()):
        return False  # "1 000/10"
    value = Decimal(number.text)
    if value > int(scale.text) or not (scored or not is_whole(value) or _is_rated(lexemes, i)):
        return False
    _rate(amount, value, i + 3 + (at(lexemes, i + 3) in _RATED_IN))
    return True


def graded(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes the points behind a grade a rating."""
    if not behind_grade(lexemes, amount.start, amount.end):
        return False
    amount.settle(Kind.INDEX, None, "index.grade")
    return True


def behind_grade(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether a number in brackets tells the points of a grade: "EPC: C (74)", "Energy rating: B (84)"."""
    grade = lexemes[start - 2] if start > 1 else None
    if grade is None or len(grade.text) > 1 or at(lexemes, start - 1) != "(" or at(lexemes, end) != ")":
        return False
    label = (lexeme.lower for lexeme in lexemes[max(0, start - 2 - _TO_GRADE) : start - 2])
    return grade.text.isupper() and not word_set("listings", "graded").isdisjoint(label)


_TO_GRADE = 4  # lexemes of "Energy rating of"


def _is_rated(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the slash rates something: "rated 4/5", and of items "Verdict: 4/5", "Food 4/5, service 3/5": all on one
    scale."""
    before = lexemes[max(0, i - _REACH) : i]
    if any(lexeme.lower in _RATING_CUES for lexeme in before):
        return True
    behind = lexemes[i + 3] if i + 3 < len(lexemes) else None
    if not before or (behind is not None and behind.type is not LexemeType.BREAK and behind.text not in _ITEM_ENDS):
        return False
    label = before[-2] if len(before) > 1 and before[-1].text in (":", "–", "—", "-") else before[-1]
    if label.text in _STARS:
        return True  # "★★★★☆ 4/5"
    if label.type is not LexemeType.WORD or any(lexeme.lower in _BETS for lexeme in before):
        return False
    return label is not before[-1] or _on_one_scale(lexemes, i)


def _on_one_scale(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether another number is told on the same scale, and none on another."""
    near = lexemes[max(0, i - _TO_OTHERS) : i + _TO_OTHERS]
    scales = [
        scale.text
        for top, slash, scale in zip(near, near[1:], near[2:], strict=False)
        if top.is_number and slash.text == "/" and scale.is_number
    ]
    return len(scales) > 1 and len(set(scales)) == 1


_ITEM_ENDS = frozenset(".,;|)•(/–—")
_STARS = ("★", "☆", "⭐", "✩")
_BETS = word_set("listings", "bets")
_TO_OTHERS = 24  # lexemes


def share_of_noun(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a noun stands behind "3/4" in "a 3/4 majority", "8/10 questions", and no unit as in "3/4 inch"."""
    if not noun_follows(lexemes, end) or lexemes[end].glued or lexemes[end].capitalised:
        return False
    return lexemes[end].text.isalpha() and match_unit(lexemes, end) is None


def _rate(amount: Amount, value: Decimal, end: int) -> None:
    amount.value, amount.end, amount.kind = value, end, Kind.INDEX
    amount.rules.append("index.rating")


_TO_NET = 9  # lexemes from "net" to its number
_TO_RATING = 24  # lexemes
_LARGEST = 100


def settle_net_ratings(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points of percentages of a net rating and of the step behind it."""
    net: Amount | None = None
    for group in groups:
        amount = group.last
        gap = [] if net is None else [lexeme.lower for lexeme in lexemes[net.end : amount.start]]
        stepped = gap in _STEPS and not noun_follows(lexemes, amount.end)
        small = amount.value is not None and abs(amount.value) <= _LARGEST
        if _plain(amount) and small and (stepped or _is_net(lexemes, group.first.start)):
            amount.settle(Kind.PERCENT, "percentage_point", "percent.net")
            net = amount
        else:
            net = None


_STEPS = (
    [",", "up"],
    [",", "down"],
    ["(", "up"],
    ["(", "down"],
    ["(", "+"],
    ["("],
    ["from"],
    [",", "down", "from"],
    [",", "up", "from"],
)


def _errs(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number is the error of a poll: "MoE ±2.8", "margin of error: +/- 3"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, start - _TO_ERROR) : start]]
    while before and before[-1] in _BEFORE_ERROR:
        before.pop()
    signed = at(lexemes, start - 1) in ("±", "-", "minus")
    return (
        (signed or before[-1:] == ["moe"])
        and before[-1:] != []
        and before[-1] in word_set("amounts", "errors_of_polls")
    )


_BEFORE_ERROR = frozenset(("±", "+", "/", "-", ":", "of", "is", "was", "plus", "or", "minus"))
_TO_ERROR = 5  # lexemes


def _plain(amount: Amount) -> bool:
    return amount.kind in COUNTS and amount.noun is None and amount.unit is None and amount.mark is None


def _is_net(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number is a net rating or the error of a poll: "net approval: -14", "Her net favourability stands at
    minus 34"."""
    near = lexemes[max(0, start - _TO_RATING) : start] if at(lexemes, start - 1) == "net" else ()
    if any(word.lower in word_set("amounts", "of_ratings") for word in near):
        return True  # "43%, with 54% disapproving (net -11)"
    if _errs(lexemes, start):
        return True
    for k in range(start - 2, max(-1, start - _TO_NET), -1):
        if lexemes[k].is_number or lexemes[k].text in ".;(":
            return False
        if lexemes[k].lower == "net":
            return at(lexemes, k + 1) in word_set("amounts", "net_ratings")
    return False
