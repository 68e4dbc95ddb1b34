"""Amounts that are no plain numeral: fractions in words, halves, parts of a unit."""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.shares_beside import (
    closes_range_of_shares,
    is_earlier_share,
    is_half_alone,
    is_of_runs,
    is_rest_of_whole,
    is_step_of_share,
    opens_range_of_shares,
)
from extraction.amounts.suffixes import read_suffix, unit_at
from extraction.claims import Kind
from extraction.currencies.marks import mark_after
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.rates import settle_rate
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, noun_follows, nouns
from extraction.text.numeral import EXACT, Numeral, ratio, vocabulary
from extraction.text.words import word_set

_ONE_OF = ("a", "an", "one", "1")


def special_amount(i: int, end: int, kind: Kind, value: Decimal, rule: str) -> Amount:
    """The amount at lexemes ``i:end`` whose words are read by ``rule``, not as a numeral."""
    return Amount(i, end, Numeral(i, end, value, "numeral.words"), kind, value, rules=[rule])


def fraction_words(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """Fractions ("two-thirds", "a third of", "half the budget"), and amounts such as "half an hour"."""
    table = vocabulary()["fractions"]
    word = lexemes[i].lower
    if word in table and is_rest_of_whole(lexemes, i):
        return special_amount(i, i + 1, Kind.FRACTION, Decimal(table[word]), "fraction.words")
    if word == "quarter":
        return _part_of_unit(lexemes, i, i, Decimal("0.25"))
    if word == "half":
        return _half_game(lexemes, i) or _half(lexemes, i) or _part_of_unit(lexemes, i, i, Decimal("0.5"))
    if word == "third" and _opens_headline(lexemes, i):
        return special_amount(i, i + 1, Kind.FRACTION, ratio(Decimal(1), Decimal(3)), "fraction.words")
    top = vocabulary()["cardinals"].get(word)
    if top is None and word not in ("a", "an"):
        return None
    j = i + 1
    if at(lexemes, j) == "-" and lexemes[j].glued:
        j += 1
    name = at(lexemes, j)
    part = table.get(name)
    counted = top is not None and j == i + 1  # "two quarter-point cuts" are two cuts
    counted = counted and (top != 1 or _is_one_thing(lexemes, j))
    if name in {"half", "quarter"} and not counted:
        beside = _part_of_unit(lexemes, i, j, Decimal("0.5") if name == "half" else (top or 1) * Decimal("0.25"))
        if beside is not None:
            return beside
    if word == "one" and name == "half" and (at(lexemes, j + 1) == "of" or _opens_clause(lexemes, i, j + 1)):
        return special_amount(i, j + 1, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    if word == "a" and name == "half" and j == i + 1 and _is_half(lexemes, i, j + 1):
        return special_amount(i, j + 1, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    if part is None or name in ("half", "halves") or (at(lexemes, i - 1) == "-" and word in ("a", "an")):
        return None
    plural = name.endswith("s")
    if plural != (top is not None and top != 1) or (top is not None and top > 20):
        return None
    if top is None and not _is_share(lexemes, i, j + 1):
        return None
    if name == "quarters" and j == i + 1 and at(lexemes, j + 1) != "of":
        timed = at(lexemes, i - 1) in _SPANS or at(lexemes, j + 1) in (
            "later",
            "earlier",
            "ago",
            "running",
            "straight",
        )
        if top != 3 or timed:
            return None  # "sales fell for three quarters"
    denominator = {"third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
                   "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000}  # fmt: skip
    value = ratio(top or Decimal(1), Decimal(denominator[name.removesuffix("s")]))
    end = j + 1
    if at(lexemes, end) == "of" and at(lexemes, end + 1) in _ONE_OF:
        scaled = fraction_of_unit(lexemes, i, end + 1, value)
        if scaled is not None:
            return scaled
    return special_amount(i, end, Kind.FRACTION, value, "fraction.words")


def _half_game(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """As in "moved a half-game ahead of Crandall", "a half-game lead"; not in "a half-game suspension"."""
    behind = [lexeme.lower for lexeme in lexemes[i + 1 : i + 4]]
    if behind[:2] != ["-", "game"] or behind[2:] == [] or behind[2] not in word_set("cues", "behind_games"):
        return None
    amount = special_amount(i, i + 3, Kind.COUNT, Decimal("0.5"), "count.half_game")
    amount.unit, amount.unit_start, amount.unit_end, amount.text_end = "game", i + 2, i + 3, i + 1
    return amount


def _is_one_thing(lexemes: Sequence[Lexeme], j: int) -> bool:
    """As in "one half-hour break": one of what the compound at ``j`` measures; "one half-hour" is half an hour."""
    tied = at(lexemes, j + 1) == "-" and lexemes[j + 1].glued
    return tied and at(lexemes, j + 3) != "-" and noun_follows(lexemes, j + 3)


_SPANS = word_set("cues", "span_leaders")
_SHARE_WORDS = word_set("cues", "share_words")
_SHARES_REACH = 40  # tokens
_SHARE_OPENERS = word_set("cues", "share_openers")
_SHARE_VERBS = word_set("cues", "share_verbs", "plural_share_verbs") | word_set("grammar", "be", "have", "do", "modals")
_MOVED_WHEN = word_set("cues", "moved_when")
_STAKES = word_set("cues", "stakes")
_ROUGHLY = word_set("cues", "rough_shares")


def _is_share(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether "a third" / "a quarter" is a share and no ordinal or coin: "of" or a comparison follows, or nothing."""
    following = at(lexemes, end)
    if (
        following in word_set("cues", "share_followers")
        or _paid_at_once(lexemes, end)
        or (_opens_clause(lexemes, i, end) and _shares_before(lexemes, i))
    ):
        return True
    if following in word_set("cues", "plural_share_verbs") and _opens_clause(lexemes, i, end):
        return True  # "A third die within a year"; one of an order "dies"
    if opens_range_of_shares(lexemes, i, end) or is_step_of_share(lexemes, i, end) or is_earlier_share(lexemes, i, end):
        return True
    if at(lexemes, i - 1) in _ROUGHLY and following in _SHARE_VERBS:
        return True  # "barely a tenth has been spent"; "a third has been caught" is one more
    before = _leader_of_share(lexemes, i)
    moved = before in change_words().verbs and at(lexemes, end + 1) != "quarter"  # "rose a quarter on quarter"
    if moved and (not following.isalpha() or following in _MOVED_WHEN):
        return True  # "Copper has gained a quarter this year"
    timed = following in ("last", "next") and at(lexemes, end + 1) in word_set("times", "periods")
    if before == "by" and timed:
        return True  # "fell by a third last month"
    cued = before == "by" or at(lexemes, i - 1) in _SHARE_CUES or _of_which(lexemes, i)
    return cued and (not following or following in nouns()["stops"] or not following[0].isalpha())


def _is_half(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """As in "dropped by a half in ten years", "A$320 million for a half share"."""
    if at(lexemes, end) in _STAKES or closes_range_of_shares(lexemes, i) or opens_range_of_shares(lexemes, i, end):
        return True
    return (_leader_of_share(lexemes, i) == "by" or is_step_of_share(lexemes, i, end)) and _is_share(lexemes, i, end)


def _leader_of_share(lexemes: Sequence[Lexeme], i: int) -> str:
    """The "by" or the verb of change in front of what shades a share, else the word in front of it.

    As in "up by just a third", "fell by not quite half", "trimmed by as much as a tenth", "sank fully a fifth".
    """
    k = i - 1
    while k > 0 and i - k <= _LONGEST_SHADE and lexemes[k].lower in _SHARE_SHADES:
        k -= 1
    leader = at(lexemes, k)
    return leader if leader == "by" or leader in change_words().verbs else at(lexemes, i - 1)


_LONGEST_SHADE = 4  # lexemes
_SHARE_CUES = word_set("cues", "share_cues")
_SHARE_SHADES = word_set("cues", "share_shades")


def _shares_before(lexemes: Sequence[Lexeme], i: int) -> bool:
    """As in "Half said yes, a third said no": without a share before it "a third" is a third person."""
    of_which = at(lexemes, i - 1) in ("which", "whom") and at(lexemes, i - 2) == "of"
    return of_which or any(lexeme.lower in _SHARE_WORDS for lexeme in lexemes[max(0, i - _SHARES_REACH) : i])


def fraction_of_unit(lexemes: Sequence[Lexeme], i: int, article: int, value: Decimal) -> Amount | None:
    """As in "a quarter of an hour", "three quarters of a million people", "half a mile"."""
    k = article + 1
    if k >= len(lexemes) or (lexemes[k].lower == "century" and is_of_runs(lexemes, i)):
        return None
    magnitude = vocabulary()["magnitudes"].get(lexemes[k].lower)
    if magnitude is not None:
        numeral = Numeral(i, k + 1, EXACT.multiply(value, magnitude), "numeral.words", magnitude)
        amount = Amount(i, k + 1, numeral, None, numeral.value, rules=["numeral.fraction_of_magnitude"])
        read_suffix(lexemes, amount)
        return amount
    match = unit_at(lexemes, k)
    if match is None and not is_plural(lexemes[k].text) and (mark := mark_after(lexemes, k)) is not None:
        amount = special_amount(i, mark.end, Kind.MONEY, mark.in_major(value), "fraction.of_unit")
        amount.mark, amount.unit_start, amount.unit_end = mark, mark.start, mark.end
        settle_rate(lexemes, amount)
        return amount
    if match is None or is_plural(lexemes[k].text):
        return None
    amount = special_amount(i, match.end, match.unit.kind, value, "fraction.of_unit")
    amount.unit, amount.unit_start, amount.unit_end = match.unit.name, k, match.end
    return amount


def _part_of_unit(lexemes: Sequence[Lexeme], i: int, part: int, value: Decimal) -> Amount | None:
    """As in "a quarter point", "three-quarter-point", "a half mile": the part at ``part`` stands beside its unit.

    The quarters and halves of years, matches and seasons are counted ones: "the third quarter".
    """
    hyphen = at(lexemes, part + 1) == "-" and lexemes[part + 1].glued
    unit = part + 1 + hyphen
    if i == part:
        before = at(lexemes, i - 1)
        counted = before in _HALF_LEADERS or (before in _PART_LEADERS and not hyphen)
        if counted or (before == "-" and lexemes[i].glued):
            return None
    if at(lexemes, unit) in _PERIODS or not (at(lexemes, unit) or "").isalpha():
        return None
    return fraction_of_unit(lexemes, i, unit - 1, value)


_PART_LEADERS = word_set("cues", "part_leaders")
_PERIODS = word_set("cues", "periods_of_parts")
_HALF_LEADERS = word_set("cues", "half_leaders")
_HALF_FOLLOWERS = word_set("cues", "half_followers")


_HALVED = 8  # lexemes from the verb to "in half": "cut the number of rough sleepers in half"


def _half(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    if at(lexemes, i - 1) in ("back", "front") and at(lexemes, i - 2) == "the":
        return None  # "in the back half of the year"
    if at(lexemes, i - 1) in _HALF_LEADERS or (at(lexemes, i - 1) == "-" and lexemes[i].glued):
        return None
    if read_numeral(lexemes, i) is not None:  # "half a million"
        return None
    j = i + 1
    hyphen = at(lexemes, j) == "-" and lexemes[j].glued
    following = at(lexemes, j)
    if following == "of" and at(lexemes, j + 1) in _ONE_OF:
        amount = fraction_of_unit(lexemes, i, j + 1, Decimal("0.5"))
        if amount is not None:
            return amount
    if hyphen and at(lexemes, j + 1) in _PERIODS:
        return None
    if following in ("a", "an") or hyphen:
        amount = fraction_of_unit(lexemes, i, j, Decimal("0.5"))
        if amount is not None:
            return amount
        if hyphen:
            return None
    if following == "as":
        return special_amount(i, j, Kind.MULTIPLE, Decimal("0.5"), "multiple.half_as")
    if opens_range_of_shares(lexemes, i, j) or is_earlier_share(lexemes, i, j):
        return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    before = at(lexemes, i - 1)
    if _paid_at_once(lexemes, j) or (before in _AT_HALF and following in word_set("cues", "halved_terms")):
        return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    if before == "in" and not any(word.lower in change_words().verbs for word in lexemes[max(0, i - _HALVED) : i]):
        return None  # "folds in half"
    shaded = _leader_of_share(lexemes, i) == "by"  # "fell by barely half"
    if following in _HALF_FOLLOWERS or shaded or before in word_set("cues", "before_halves"):
        return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    if is_half_alone(lexemes, i) or (_of_which(lexemes, i) and not (following or ".")[0].isalnum()):
        return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    if j < len(lexemes) and (is_plural(lexemes[j].text) or _opens_clause(lexemes, i, j)):
        return special_amount(i, j, Kind.FRACTION, Decimal("0.5"), "fraction.half")
    return None


_AT_HALF = ("at", "for", "on", "to")  # "sold at half price", "sent home on half pay"


def _paid_at_once(lexemes: Sequence[Lexeme], k: int) -> bool:
    """As in "paid half up front", "a third upfront"."""
    return at(lexemes, k) in ("upfront", "up-front") or (at(lexemes, k) == "up" and at(lexemes, k + 1) == "front")


def _of_which(lexemes: Sequence[Lexeme], i: int) -> bool:
    """As in "needs $2 million, of which the council has promised half"."""
    words = [lexeme.lower for lexeme in lexemes[max(0, i - _LONGEST_PROMISE) : i]]
    return any(word == "of" and pronoun in ("which", "whom") for word, pronoun in itertools.pairwise(words))


_LONGEST_PROMISE = 12  # lexemes


def _opens_headline(lexemes: Sequence[Lexeme], i: int) -> bool:
    """As in "Third of GPs plan to quit", but not "Third of three attacks": a plural stands behind "of"."""
    opens = i == 0 or lexemes[i - 1].type is LexemeType.BREAK
    if not opens or at(lexemes, i + 1) != "of" or i + 2 >= len(lexemes):
        return False
    noun = lexemes[i + 2]
    return noun.type is LexemeType.WORD and is_plural(noun.text) and noun.lower not in nouns()["stops"]


def _opens_clause(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether a share is the subject of the verb behind it: "of which half will be paid", "Half said no"."""
    before = at(lexemes, i - 1)
    opens = before in _SHARE_OPENERS or i == 0 or lexemes[i - 1].type is LexemeType.BREAK
    return (opens or lexemes[i - 1].text in '"“') and at(lexemes, end) in _SHARE_VERBS
