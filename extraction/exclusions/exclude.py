"""Says why a numeral is no claim: asks the modules of this folder one after the other."""

from collections.abc import Sequence

from extraction.exclusions.identifiers import identifier, ordinal_word
from extraction.exclusions.idioms import clock, idiom, one_or_two, stage, tied
from extraction.exclusions.labels import label, list_marker, reference_mark
from extraction.exclusions.lotteries import drawn
from extraction.exclusions.names import (
    ends_compound,
    glued_to_digits,
    known_name,
    name_number,
    name_word,
    runs_into_digits,
)
from extraction.exclusions.names_with_units import in_word, named_like_amount, titled
from extraction.exclusions.placings import placing
from extraction.exclusions.pronouns import noun_number, pronoun_one
from extraction.exclusions.reasons import Reason
from extraction.exclusions.scores import kind_of_shot, match_score, on_card, scale_of_points, stated_odds, written_score
from extraction.exclusions.years import year
from extraction.text.lexemes import Lexeme
from extraction.text.numeral import Numeral


def exclusion(lexemes: Sequence[Lexeme], numeral: Numeral, *, has_unit: bool, has_currency: bool) -> Reason | None:
    """Why the numeral is no claim, or None. A unit or currency on the number overrules most reasons."""
    start, end = numeral.start, numeral.end
    if lexemes[start].text == "000" or _is_scale(lexemes, start, end):
        return "scale"  # "($000s)" above a column
    if not has_currency and (reason := identifier(lexemes, start, end, has_unit=has_unit)):
        return label(lexemes, numeral) or reason  # what a label lists goes on behind it: "seats 12A and 12B"
    if (reason := _in_set_phrase(lexemes, start, end, has_unit=has_unit)) is not None:
        return reason
    if has_unit or has_currency:
        return "name" if _named_with_unit(lexemes, start, end, has_unit=has_unit, has_currency=has_currency) else None
    if named_like_amount(lexemes, start, end):
        return "name"
    return _of_digits(lexemes, numeral) if numeral.in_digits else _of_words(lexemes, numeral)


def _in_set_phrase(lexemes: Sequence[Lexeme], start: int, end: int, *, has_unit: bool) -> Reason | None:
    """What the words around the number alone show, its unit or not: "back to square one", "a 7.05am train"."""
    if reference_mark(lexemes, start, end):
        return "reference mark"
    if idiom(lexemes, start) or tied(lexemes, start):
        return "idiom"
    if kind_of_shot(lexemes, end):
        return "name"
    if stated_odds(lexemes, start):
        return "odds"
    if not has_unit and scale_of_points(lexemes, start):
        return "scale"
    if clock(lexemes, start, end):
        return "clock time"
    if not has_unit and stage(lexemes, start, end):
        return "stage of a competition"
    if ordinal_word(lexemes, end):
        return "ordinal"
    if known_name(lexemes, start):
        return "name"
    return "idiom" if not has_unit and one_or_two(lexemes, start) else None


def _named_with_unit(lexemes: Sequence[Lexeme], start: int, end: int, *, has_unit: bool, has_currency: bool) -> bool:
    """Whether the number with its unit or currency is a name: the titles and trade names of ``names_with_units``."""
    if has_unit and (titled(lexemes, start, end) or named_like_amount(lexemes, start, end + 1)):
        return True
    return has_currency and in_word(lexemes, start)


def _of_digits(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    return (
        year(lexemes, numeral)
        or placing(lexemes, numeral)
        or list_marker(lexemes, numeral.start, numeral.end)
        or label(lexemes, numeral)
        or drawn(lexemes, numeral)
        or name_number(lexemes, numeral)
        or match_score(lexemes, numeral)
        or on_card(lexemes, numeral)
        or written_score(lexemes, numeral)
    )


def _of_words(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    start, end = numeral.start, numeral.end
    if glued_to_digits(lexemes, start) or ends_compound(lexemes, start) or runs_into_digits(lexemes, end):
        return "name"
    return (
        written_score(lexemes, numeral)
        or label(lexemes, numeral)
        or name_word(lexemes, start, end)
        or pronoun_one(lexemes, numeral)
        or ("name" if noun_number(lexemes, numeral) else None)
    )


def _is_scale(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether it is the scale of a table in brackets:
    "Visitors by country (thousands)", "Sales (in millions)", above a table."""
    if lexemes[start].lower not in ("thousands", "millions", "billions") or start < 1 or end >= len(lexemes):
        return False
    first = start - 1 if lexemes[start - 1].lower == "in" else start
    return first > 0 and lexemes[first - 1].text == "(" and lexemes[end].text == ")"
