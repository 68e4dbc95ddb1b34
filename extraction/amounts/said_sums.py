"""Sums of money as they are said: "3 dollars 50 cents", "two pounds fifty", "£11 and 40 pence", "a buck fifty"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.currencies.marks import mark_after
from extraction.currencies.table import CurrencyMark
from extraction.numerals.fractions import and_a_part
from extraction.numerals.pairs import PAIR_RULE, nearer_reading
from extraction.numerals.read import read_numeral
from extraction.quantity.amount import Amount
from extraction.quantity.rates import rate_at
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import noun_follows
from extraction.text.numeral import EXACT, is_numeral
from extraction.text.word_classes import in_class
from extraction.units.match import match_unit

_HUNDRED = 100


def add_cents(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Takes the cents behind an amount of whole dollars into it; says whether there are any."""
    mark = amount.mark
    if amount.value is None or mark is None or mark.minor:
        return False
    if not amount.whole or (amount.numeral.magnitude or 0) > _HUNDRED:
        return False
    cents = _cents(lexemes, amount.end, mark)
    signed = not mark.symbol.isalpha()
    if cents is None or (signed and not _is_said(lexemes, amount, cents[1])):
        return False
    amount.value, amount.end = EXACT.add(amount.value, cents[0]), cents[1]
    amount.rules.append("money.major_and_minor")
    return True


def _is_said(lexemes: Sequence[Lexeme], amount: Amount, end: int) -> bool:
    """Whether a sum in two units is written down as it is spoken: "£11 and 40 pence"; not in "between £5 and 40 pence",
    "£1 and 50p coins".

    Nor where the cents open the next clause: "Adults pay £5 and 50 pence goes to charity".
    """
    named = len(lexemes[end - 1].text) > 1 and lexemes[end - 1].type is LexemeType.WORD
    opens = at(lexemes, end) in ("coins", "of") or (end < len(lexemes) and _may_be_verb(lexemes[end]))
    return named and not opens and at(lexemes, amount.start - 1) not in ("between", "both", "either")


def _may_be_verb(lexeme: Lexeme) -> bool:
    return lexeme.lower.endswith(("s", "ed")) or in_class(lexeme, "be", "have", "do", "modals", "past", "present")


def add_part(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Takes the part of a dollar into "a dollar and a half a litre"; says whether there is any."""
    part = and_a_part(lexemes, amount.end)
    if part is None or amount.value is None or noun_follows(lexemes, part[1]):
        return False
    amount.value, amount.end = EXACT.add(amount.value, part[0]), part[1]
    return True


def _cents(lexemes: Sequence[Lexeme], start: int, major: CurrencyMark) -> tuple[Decimal, int] | None:
    """The cents at lexeme ``start`` as a part of what ``major`` names, and where they end."""
    joined = at(lexemes, start) == "and"
    j = start + joined
    if j >= len(lexemes) or lexemes[j].glued or not is_numeral(lexemes[j]):
        return None
    numeral = read_numeral(lexemes, j)
    value = None if numeral is None else numeral.value
    if numeral is None or value is None or not 0 < value < _HUNDRED or not numeral.whole:
        return None
    minor = mark_after(lexemes, numeral.end) if numeral.end < len(lexemes) else None
    if minor is not None:
        return (minor.in_major(value), minor.end) if minor.minor and _is_part(minor, major) else None
    if at(lexemes, numeral.end) in ("%", "-", "of", "or"):
        return None
    in_digits = lexemes[j].type is LexemeType.NUMBER
    if in_digits and (len(lexemes[j].text) != 2 or (joined and not _ends_spoken_sum(lexemes, numeral.end))):
        return None
    if not in_digits and (joined or value == 1):
        return None  # "paid two dollars and fifty came", "for ten dollars one of them"
    if noun_follows(lexemes, numeral.end) or match_unit(lexemes, numeral.end) is not None:
        return None  # "for two dollars twenty years ago"
    return value / _HUNDRED, numeral.end


def _ends_spoken_sum(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a rate, no word or nothing follows at lexeme ``end``."""
    rated = rate_at(lexemes, end) is not None
    return rated or end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD


def _is_part(minor: CurrencyMark, major: CurrencyMark) -> bool:
    """Whether these can be cents of those: not "two pounds and fifty cents"."""
    return not {minor.code, *minor.candidates}.isdisjoint({major.code, *major.candidates} - {None})


def settle_said(amount: Amount, before: Amount | None) -> None:
    """Reads a bare pair of number words as the sum or number nearer to ``before``: "two dollars a litre, up from
    one-eighty", "eight hundred dollars a tonne, up from four-fifty".

    ``before`` is the sum of money or the number of the same sort that was told last.
    """
    if amount.numeral.rule != PAIR_RULE or not amount.bare or amount.numeral.magnitude is not None or before is None:
        return
    alike = before.kind is Kind.MONEY or before.numeral.rule == PAIR_RULE
    if not alike or amount.value is None or before.value is None:
        return
    like = before.value if before.mark is None else before.value / before.mark.scale
    amount.value = nearer_reading(amount.value, like)
