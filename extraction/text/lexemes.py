"""Splits text into lexemes: words, digit strings, line breaks and single symbols, with their offsets.

The quantity grammar reads lexemes and not spaCy tokens, so that it finds the same claims under every tokenizer
("NZ$5.40", "2.5bn" and "8-year-old" are cut in the same places). One regular expression without nested repetition
does the cutting, in time linear in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extraction.text.money_signs import SIGNS


class LexemeType:
    """What a lexeme is made of.

    Plain constants: every rule asks for them, and reading a member of an Enum takes four times as long.
    """

    NUMBER: Final = "number"
    WORD: Final = "word"
    SYMBOL: Final = "symbol"
    BREAK: Final = "break"


@dataclass(slots=True)
class Lexeme:
    """A piece of text, of one of the ``LexemeType``; ``glued`` when nothing stands between it and the one before."""

    type: str
    text: str
    lower: str
    start: int
    end: int
    glued: bool

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def may_be_name(self) -> bool:
        """Whether it is a word with a capital."""
        return self.type is LexemeType.WORD and self.capitalised

    @property
    def is_number(self) -> bool:
        return self.type is LexemeType.NUMBER


# Thin, narrow and no-break spaces separate thousands as well as the ordinary space does.
_GROUP_SPACE = r"[ \u00a0\u202f\u2009]"
VULGAR_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

# A space in front is taken along, or each alternative would be tried at it in vain.
_LEXEME = re.compile(
    rf"""
    [ ]?(?:
    (?P<word>                                            # first, because most lexemes are words
        [a-zA-Z]++(?![\w'’])                             # and most words are plain ones
      | [^\W\d_{VULGAR_FRACTIONS}][^\W\d_]*(?:['’][^\W\d_]+)*
    )
  | (?P<number>
        \d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?           # 1,234,567.8
      | (?<![\d.,])\d{{1,3}}(?:,[ ]?\d{{3}}){{0,4}},[ ]0\d\d(?![\d,])   # 80, 000: a space behind the comma
      | (?<![\d.,])\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?![\d.,])      # 1.234,56
      | (?<![\d.,])[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,6}}(?![.,]?\d)   # 1.234.567
      | (?<![\d.,'’])[1-9]\d{{0,2}}(?:['’]\d{{3}})+(?![\d'’])(?:\.\d+)?   # 1'234.50
      | \d{{1,2}}(?:,\d{{2}}){{1,6}},\d{{3}}(?!\d)(?:\.\d+)?   # 12,34,567: lakh and crore
      | (?<![\d.,])(?:(?=\d{{1,3}}{_GROUP_SPACE}[05]00\b)|(?<!\b\d[-–])(?<!\b\d\d[-–]))  # not in "6-8 112"
        [1-9]\d{{0,2}}(?:{_GROUP_SPACE}\d{{3}})+(?:,\d{{1,2}}(?!\d))?(?!,?\d)(?:\.\d+)?   # 1 234 567,89
      | \d+(?:\.\d+)?                                    # 1234.5
      | (?<![\w.])\.\d+                                  # .534
      | [{VULGAR_FRACTIONS}]
    )
  | (?P<break>\n\s*)
  | (?P<symbol>[^\s])
    )
    """,
    re.VERBOSE,
)


def lex(text: str, start: int = 0, end: int | None = None) -> list[Lexeme]:
    """The lexemes of ``text[start:end]``, with offsets into ``text``."""
    found: list[Lexeme] = []
    add, types, previous = found.append, _TYPES, -1
    for match in _LEXEME.finditer(text, start, len(text) if end is None else end):
        group = match.lastindex or 0
        first, last = match.span(group)
        surface = text[first:last]
        add(Lexeme(types[group], surface, surface.lower(), first, last, first == previous))
        previous = last
    if text.find(" - ", start, end) >= 0 and _is_tokenised(text):
        _join_hyphens(found)
    return found


# What text looks like that was cut into tokens and written with a space between them: "$ 5 million", "company' s".
_TOKENISED = re.compile(rf"[{SIGNS}] \d|\w['’] (?:s|t|re|ve|ll)\b|` ?`|- -")


@lru_cache(maxsize=4)
def _is_tokenised(text: str) -> bool:
    return _TOKENISED.search(text) is not None


def _join_hyphens(lexemes: Sequence[Lexeme]) -> None:
    """Glues "two - thirds" and "16 full - time posts" as they were before somebody put spaces around the hyphens."""
    for before, hyphen, behind in zip(lexemes, lexemes[1:], lexemes[2:], strict=False):
        if hyphen.text != "-" or behind.type is not LexemeType.WORD:
            continue
        if hyphen.start - before.end == 1 == behind.start - hyphen.end and before.type in _JOINABLE:
            hyphen.glued = behind.glued = True


_JOINABLE = (LexemeType.NUMBER, LexemeType.WORD)


# Several steps read the same sentences. Longer ones are tables or hostile and not kept.
_LONGEST_KEPT = 2000


def lex_sentence(text: str, start: int, end: int) -> Sequence[Lexeme]:
    """The lexemes of the sentence ``text[start:end]``, which are cut once for all who ask; white space may follow."""
    while end > start and text[end - 1] == " ":
        end -= 1
    return _lex_kept(text, start, end) if end - start <= _LONGEST_KEPT else lex(text, start, end)


@lru_cache(maxsize=64)
def _lex_kept(text: str, start: int, end: int) -> Sequence[Lexeme]:
    return lex(text, start, end)


def lexeme_at(lexemes: Sequence[Lexeme], i: int) -> Lexeme | None:
    """Lexeme ``i``, or None beyond the ends."""
    return lexemes[i] if 0 <= i < len(lexemes) else None


def at(lexemes: Sequence[Lexeme], i: int) -> str:
    """The lower-case text of lexeme ``i``, or nothing beyond the ends."""
    return lexemes[i].lower if 0 <= i < len(lexemes) else ""


def words_between(lexemes: Sequence[Lexeme], start: int, end: int) -> list[str]:
    """The lower-case texts of lexemes ``start:end``, at most three: enough to tell what joins from anything longer."""
    return [lexeme.lower for lexeme in lexemes[start : min(end, start + 3)]]


_TYPES = ("", LexemeType.WORD, LexemeType.NUMBER, LexemeType.BREAK, LexemeType.SYMBOL)  # by the group that matched
