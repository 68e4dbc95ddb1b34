"""Reads a comma before one or two digits as the decimal mark where the text shows it: "3,5 per cent", "R12,50".

English news writes it in South Africa, and anywhere in what was translated. There a full stop may part the thousands.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.currencies.marks import mark_after, mark_before
from extraction.numerals.magnitudes import magnitude_at
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.surfaces import HYPHENS
from extraction.units.match import match_unit

_MOST_WHOLE_DIGITS, _MOST_DECIMALS = 3, 2


# "51,4%", "2,5 million", "€1,85"; and what no text writes that has such commas: "2.5".
_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])\d{1,3},\d{1,2}(?= ?%| per ?cent\b| [mb]illion\b| euros?\b)|[€R]\d{1,3},\d{1,2}(?!\d)"
)
_DECIMAL_POINT = re.compile(r"(?<![\d.])\d+\.\d{1,2}(?![\d.]| ?[ap]\.?m)")
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@lru_cache(maxsize=4)
def groups_with_dots(text: str) -> bool:
    """Whether the full stop of "26.000" parts thousands in this text: it has decimal commas, and no decimal points."""
    return _DECIMAL_COMMA.search(text) is not None and _DECIMAL_POINT.search(text) is None


def with_decimal_commas(
    lexemes: Sequence[Lexeme], home: HomeMoney = NO_HOME, *, dots: bool = False
) -> Sequence[Lexeme]:
    """The lexemes, with "3", "," and "5" as one where a currency, a magnitude or a unit beside them shows one number.

    What one number of a sentence shows holds for the others: "between 2,3 and 2,5 million". With ``dots`` the full stop
    of "26.000" parts thousands.
    """
    if dots:
        lexemes = [_grouped(lexeme) for lexeme in lexemes]
    commas = [at for at in range(1, len(lexemes) - 1) if lexemes[at].text == "," and _may_be_decimal(lexemes, at)]
    if not commas:
        return lexemes
    joined = list(lexemes)
    for at in reversed(commas):
        text = f"{joined[at - 1].text},{joined[at + 1].text}"
        number = replace(joined[at - 1], text=text, lower=text, end=joined[at + 1].end)
        joined[at - 1 : at + 2] = [number]
    shown = any(_is_shown(joined, at - 1 - 2 * before, home) for before, at in enumerate(commas))
    return joined if shown else lexemes


def with_commas(number: str) -> str:
    """The "26,000" of "26.000", where `groups_with_dots`; other numbers as they are."""
    return number.replace(".", ",") if _ONE_DOT.fullmatch(number) is not None else number


def _grouped(lexeme: Lexeme) -> Lexeme:
    text = with_commas(lexeme.text)
    return lexeme if text is lexeme.text else replace(lexeme, text=text, lower=text)


def _may_be_decimal(lexemes: Sequence[Lexeme], at: int) -> bool:
    """Whether digits touch the comma at ``at`` on both sides and no further ones follow: not "1,2,3", "2,5.1"."""
    whole, decimals = lexemes[at - 1], lexemes[at + 1]
    if not (whole.is_number and decimals.is_number and lexemes[at].glued and decimals.glued):
        return False
    if not (whole.text.isdecimal() and decimals.text.isdecimal()):
        return False
    if len(whole.text) > _MOST_WHOLE_DIGITS or len(decimals.text) > _MOST_DECIMALS:
        return False
    led = at >= 3 and whole.glued and lexemes[at - 2].text in _CHAINING and lexemes[at - 3].is_number
    return not (led or _runs_on(lexemes, at + 2))


_CHAINING = frozenset(",./:")


def _runs_on(lexemes: Sequence[Lexeme], at: int) -> bool:
    mark = lexemes[at : at + 2]
    return len(mark) == 2 and mark[0].text in _CHAINING and mark[0].glued and mark[1].glued and mark[1].is_number


def _is_shown(lexemes: Sequence[Lexeme], at: int, home: HomeMoney) -> bool:
    """Whether the number at ``at`` has a currency, a magnitude or a unit."""
    behind = at + 1
    if mark_before(lexemes, at, home) is not None:
        return True
    if behind < len(lexemes) and lexemes[behind].text in HYPHENS and lexemes[behind].glued:
        behind += 1
    if behind >= len(lexemes) or lexemes[behind].type is LexemeType.BREAK:
        return False
    return (
        magnitude_at(lexemes, at + 1, after_currency=False)[0] is not None
        or match_unit(lexemes, behind) is not None
        or mark_after(lexemes, behind) is not None
    )
