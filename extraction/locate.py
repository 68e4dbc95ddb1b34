"""Locates the amounts of a sentence in one pass over its lexemes, and says why other numbers are left out."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.multiples import multiple_word
from extraction.amounts.old_money import old_money
from extraction.amounts.parts_of_wholes import part_of_whole
from extraction.amounts.ratings import share_of_noun, slash_rating
from extraction.amounts.single import decimal_of_unit, single_money, single_unit
from extraction.amounts.slash_pairs import on_slashes
from extraction.amounts.special import fraction_of_unit, fraction_words
from extraction.amounts.suffixes import read_suffix
from extraction.amounts.temperatures import settle_below_zero
from extraction.changes.signs import is_plus_sign
from extraction.claims import Kind
from extraction.counts.listings import room_code
from extraction.currencies.home import HomeMoney
from extraction.currencies.marks import mark_before
from extraction.currencies.table import CurrencyMark
from extraction.exclusions.exclude import exclusion
from extraction.exclusions.labels import continues_label
from extraction.exclusions.listed import values_of_names
from extraction.exclusions.names import continues_name
from extraction.exclusions.reasons import Rejected
from extraction.exclusions.said_pairs import said_for_none
from extraction.numerals.fractions import slash_fraction
from extraction.numerals.magnitudes import magnitude_at
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.rates import BEHIND_BOUND
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.number_pairs import in_blood_pressure, in_heat_pair, in_vote_pair
from extraction.text.numeral import EXACT, Numeral, vocabulary
from extraction.text.words import word_data, word_set


def locate(lexemes: Sequence[Lexeme], masked: Sequence[bool], home: HomeMoney) -> tuple[list[Amount], list[Rejected]]:
    """The amounts of the lexemes outside of ``masked`` ones, and the numbers that are none with their reasons."""
    amounts: list[Amount] = []
    rejected: list[Rejected] = []
    i, labelled, named = 0, -1, -1
    values: frozenset[int] | None = None
    while i < len(lexemes):
        if masked[i]:
            first, i = i, _past_mask(masked, i)
            if any(lexeme.type is LexemeType.NUMBER for lexeme in lexemes[first:i]):
                rejected.append(Rejected(lexemes[first].start, lexemes[i - 1].end, "date, time or address"))
            continue
        if lexemes[i].lower not in _STARTERS and lexemes[i].type is not LexemeType.NUMBER:
            i += 1  # most words start no amount
            continue
        said = said_for_none(lexemes, i) if lexemes[i].type is LexemeType.WORD else None
        if said is not None:
            rejected.append(Rejected(lexemes[i].start, lexemes[said[0] - 1].end, said[1]))
            i = said[0]
            continue
        amount = read_amount(lexemes, i, home)
        if amount is None or any(masked[amount.numeral.start : amount.numeral.end]):
            i += 1
            continue
        bare = amount.kind is None and amount.numeral.in_digits
        shared = bare and (
            on_slashes(lexemes, amount.numeral.start)
            or in_heat_pair(lexemes, amount.numeral.start)
            or room_code(lexemes, amount.end) is not None
        )
        own = amount.kind is not None and amount.mark is None and "count.compound" not in amount.rules
        reason = exclusion(
            lexemes,
            amount.numeral,
            has_unit=own or shared,
            has_currency=amount.mark is not None,
        )
        if reason in ("name", "label") and amount.numeral.in_digits:
            values = values_of_names(lexemes) if values is None else values
            reason = None if amount.numeral.start in values else reason  # "Labour 34 (+1), Conservative 25 (-2)"
        if reason is None and (labelled >= 0 or named >= 0):
            listed = amount.numeral.in_digits or (labelled >= 0 and lexemes[labelled].lower == "through")
            if listed and (amount.kind is None or _ends_in_letter(lexemes, amount)):
                if labelled >= 0 and continues_label(lexemes, labelled, amount.numeral):
                    reason = "label"
                elif named >= 0 and continues_name(lexemes, named, amount.numeral):
                    reason = "name"
        if reason is not None:
            labelled = amount.numeral.end if reason == "label" else -1
            named = amount.numeral.end if reason == "name" else -1
            both = reason in ("idiom", "odds") and amount.kind is Kind.FRACTION  # "one in a million" has two numbers
            last = max(amount.end if both else amount.numeral.end, i + 1)
            rejected.append(Rejected(lexemes[i].start, lexemes[last - 1].end, reason))
            i = last
            continue
        if amounts and amount.start < amounts[-1].end:  # a sign or currency already taken by the amount before
            amount.start = amounts[-1].end
        amounts.append(amount)
        i = max(amount.end, i + 1)
        if amount.per is not None and (amount.per[1] <= i or BEHIND_BOUND in amount.rules) and i < amount.per[2]:
            i = amount.per[2]  # "$4 a dozen", "61 per 100,000" hold one amount
    return amounts, rejected


# The words that ``read_amount`` could find anything at.
_STARTERS = frozenset(
    word
    for table in ("cardinals", "multiples", "multiple_verbs", "vague", "vague_multipliers")
    for word in vocabulary()[table]
).union(
    word_set("cues", "starts_of_amounts"),
    (f"{word}fold" for word in vocabulary()["cardinals"]),
    word_data("currencies")["old_pence"],
)


def _past_mask(masked: Sequence[bool], i: int) -> int:
    while i < len(masked) and masked[i]:
        i += 1
    return i


def _ends_in_letter(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether one capital letter on the number is all its unit, so that it may be a part of a label: "3F"."""
    letter = lexemes[amount.end - 1]
    one = amount.mark is None and amount.end == amount.numeral.end + 1
    return one and letter.glued and len(letter.text) == 1 and letter.text.isupper()


_MINUS = "-−–"
_BRACKETS = ("(", "[")


def read_amount(lexemes: Sequence[Lexeme], i: int, home: HomeMoney) -> Amount | None:
    """The amount whose numeral (or word of multiple, fraction or single unit) starts at lexeme ``i``."""
    lexeme = lexemes[i]
    if (home.shillings or home.old_marks) and (old := old_money(lexemes, i, home)) is not None:
        return old
    if lexeme.type is LexemeType.WORD:
        special = _amount_in_words(lexemes, i, home)
        if special is not None:
            return special
    elif lexeme.type is not LexemeType.NUMBER:
        return None
    start, negative, mark = _prefix(lexemes, i, home)
    fraction = _slash_fraction(lexemes, i) if mark is None and lexeme.type is LexemeType.NUMBER else None
    if fraction is not None and (scaled := _fraction_of_one(lexemes, i, *fraction)) is not None:
        return scaled
    if fraction is None:
        numeral = read_numeral(lexemes, i, after_currency=mark is not None)
    else:
        numeral = _fraction_numeral(lexemes, i, *fraction)
    if numeral is None:
        return None
    if start == i:
        start = numeral.start  # behind "another" of "another million"
    if mark is None and not negative and (part := decimal_of_unit(lexemes, numeral)) is not None:
        return part
    amount = Amount(start, numeral.end, numeral, None, numeral.value, numeral.low, numeral.high, mark=mark)
    amount.rules.append(numeral.rule)
    if slash_rating(lexemes, amount):
        return amount
    plain = fraction is not None and numeral.magnitude is None
    if plain and (at(lexemes, numeral.end) == "of" or share_of_noun(lexemes, numeral.end)):
        amount.kind = Kind.FRACTION
        amount.rules.append("fraction.of")
    if negative and amount.value is not None:
        amount.value = EXACT.minus(amount.value)
    if not part_of_whole(lexemes, amount):
        read_suffix(lexemes, amount, home)
        settle_below_zero(lexemes, amount)
    return amount


def _amount_in_words(lexemes: Sequence[Lexeme], i: int, home: HomeMoney) -> Amount | None:
    """The amount without a numeral that starts at lexeme ``i``: "half of", "doubled", "an hour"; or None."""
    special = fraction_words(lexemes, i) or multiple_word(lexemes, i)
    return special or single_money(lexemes, i, home) or single_unit(lexemes, i)


def _slash_fraction(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The value and the end of the fraction in digits at lexeme ``i``, or None; "28/36 mpg" are two numbers."""
    fraction = slash_fraction(lexemes, i)
    if fraction is None or on_slashes(lexemes, i) or in_vote_pair(lexemes, i) or in_blood_pressure(lexemes, i):
        return None
    return fraction


def _fraction_of_one(lexemes: Sequence[Lexeme], i: int, value: Decimal, end: int) -> Amount | None:
    """The amount of "3/4 of a mile", "1/4 of a million", whose fraction stands at lexemes ``i:end``; else None."""
    of_one = at(lexemes, end) == "of" and at(lexemes, end + 1) in ("a", "an")
    return fraction_of_unit(lexemes, i, end + 1, value) if of_one else None


def _fraction_numeral(lexemes: Sequence[Lexeme], i: int, value: Decimal, end: int) -> Numeral:
    """The numeral of the fraction at lexemes ``i:end``, with the magnitude behind it: "1/4 million"."""
    magnitude, past = magnitude_at(lexemes, end, after_currency=False)
    if magnitude is None:
        return Numeral(i, end, value, "numeral.digits_fraction")
    return Numeral(i, past, EXACT.multiply(value, magnitude), "numeral.digits_fraction_magnitude", magnitude)


def _prefix(lexemes: Sequence[Lexeme], i: int, home: HomeMoney) -> tuple[int, bool, CurrencyMark | None]:
    """Where the amount starts, whether it is negative, and the currency before the number."""
    start, negative = _sign(lexemes, i)
    mark = mark_before(lexemes, start, home)
    if mark is not None:
        start = mark.start
        if not negative:
            start, negative = _sign(lexemes, start)
    return start, negative, mark


def _either_way(lexemes: Sequence[Lexeme], i: int) -> bool:
    words = [lexeme.lower for lexeme in lexemes[max(0, i - 6) : i - 1] if lexeme.text != "-"]
    return words[-2:] == ["plus", "or"] or words[-2:] == ["plus", "/"]


def _sign(lexemes: Sequence[Lexeme], i: int) -> tuple[int, bool]:
    before = at(lexemes, i - 1)
    if before == "minus" and _either_way(lexemes, i):
        return i, False  # "plus or minus 3 points", "plus-or-minus 4", "plus/minus 5"
    if before and before in _MINUS and lexemes[i].glued:
        opened = not lexemes[i - 1].glued or at(lexemes, i - 2) in _BRACKETS  # "(-4%)"
        if opened or mark_before(lexemes, i - 1) is not None:
            return i - 1, True
    if before in ("minus", "negative"):
        return i - 1, True
    if before == "plus" and is_plus_sign(lexemes, i):
        return i - 1, False
    return i, False
