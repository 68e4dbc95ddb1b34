"""Sums whose currency the text does not repeat: "of which 21 million", "the 3.13 billion expected"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.elided_units import comparable
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past
from extraction.text.shades import FILLERS
from extraction.text.word_classes import is_auxiliary
from extraction.text.words import word_set

_LEVEL_FILLERS = FILLERS | word_set("cues", "level_fillers") | {"a", "an"}


def elided_sum(lexemes: Sequence[Lexeme], source: Group | None, group: Group) -> Amount | None:
    """The sum of money whose currency the bare one of ``group`` shares: "of which 21 million", "the 3.13 billion
    expected", "will bring in at least 4 billion", "dipping as low as 143.80"."""
    amount = group.last
    if source is None or source.last.mark is None or not comparable(source.last, amount):
        return None
    k = group.first.start - 1
    words = [lexeme.lower for lexeme in lexemes[max(0, k - 2) : k + 1]]
    if len(words) == 3 and words[0] == words[2] == "as" and words[1] in word_set("amounts", "extremes"):
        near = source.last.numeral.magnitude is amount.numeral.magnitude is None and source.last.per is None
        return source.last if near and closes(lexemes, amount.end) else None
    if amount.numeral.magnitude is not None and _is_paid(lexemes, group):
        return source.last
    part = words[1:] == ["of", "which"]
    if part and amount.end < len(lexemes) and is_auxiliary(lexemes[amount.end]):
        return source.last  # "2.3 million euros, of which 800,000 is due by June"
    if None in (amount.numeral.magnitude, source.last.numeral.magnitude):
        return None
    if part:
        return source.last
    if words[-1] == "of" and len(words) == 3 and words[1] in word_set("cues", "sums_of_money"):
        return source.last if closes(lexemes, amount.end) else None  # "compared with a loss of 6 million"
    if words[-1] == "the" and _expected(lexemes, amount.end):
        return source.last
    if _is_earlier_sum(lexemes, source, group) or _of_sums(lexemes, source, group):
        return source.last
    while k > 0 and lexemes[k].lower in word_set("cues", "sum_shades"):
        k -= 1
    end = amount.end
    if lexemes[k].lower == "including" and _is_participle(lexemes, end):
        end += 1  # "50 billion euros in aid, including 6 billion announced in March"
    spent = lexemes[k].lower in word_set("cues", "elision_scaled") and closes(lexemes, end)
    return source.last if spent else None


def _is_paid(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number is a sum that is paid or taken: "paid £30m for him and sold him for five million", "is now
    worth a million", "must take half a billion"."""
    k, end = group.first.start - 1, group.last.end
    while k > 0 and lexemes[k].lower in word_set("cues", "sum_shades"):
        k -= 1
    if not closes(lexemes, end) or at(lexemes, end) in ("a", "an", "each", "every"):
        return False
    traded = any(x.lower in word_set("amounts", "single_trades") for x in lexemes[max(0, k - _NEAR_TRADE) : k])
    return lexemes[k].lower in word_set("amounts", "sums_taken") or (lexemes[k].lower == "for" and traded)


_NEAR_TRADE = 3  # lexemes


def _expected(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether others expected the number: "the 3.13 billion expected", "below the 1.3 billion analysts had
    expected"."""
    if at(lexemes, end) in word_set("cues", "forecasters"):
        end += 2 if at(lexemes, end + 1) in word_set("grammar", "have") else 1
    return at(lexemes, end) in word_set("cues", "expected_by_others")


def _is_earlier_sum(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the sum in brackets is that of before, as reports have it: "Pre-tax profit was 310 million euros (290
    million)"."""
    beside = source.last.end == group.first.start - 1 and lexemes[source.last.end].text == "("
    return beside and at(lexemes, group.last.end) == ")"


def _of_sums(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number is a level of what is reckoned in money: "8.4 billion pounds while costs were unchanged at 6.1
    billion", "taking its backlog to 33 billion"."""
    between = lexemes[max(source.last.end, group.first.start - _NEAR_SUM) : group.first.start]
    if len(between) < 2 or any(x.type is LexemeType.BREAK or x.text in ".;(" for x in between):
        return False
    links = between[-1].lower in _LEVEL_FILLERS | word_set("cues", "gathering_links")
    named = any(x.lower in word_set("cues", "reckoned_in_money") for x in between)
    return named and links and closes(lexemes, group.last.end)


_NEAR_SUM = 10  # lexemes


def _is_participle(lexemes: Sequence[Lexeme], k: int) -> bool:
    word = at(lexemes, k)
    return looks_past(word) or word in word_set("grammar", "past")
