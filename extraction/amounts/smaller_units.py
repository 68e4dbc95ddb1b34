"""Parts of a larger unit that are written without their own: "5ft 11", "eleven stone six", "two hours twenty"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import noun_follows
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set

_SMALLER = {"foot": ("inch", 12), "stone": ("pound", 14), "pound": ("ounce", 16)}
# Of these only where the second number is in words and nothing that it counts follows.
_SAID = {"hour": ("minute", 60), "minute": ("second", 60), "meter": ("centimeter", 100)}


def settle_smaller_unit(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> None:
    """As in "5ft 11", "6-foot-2", "12 ft 2 in", "eleven stone six": what stands right behind feet are inches."""
    gap = lexemes[first.end : second.start]
    near = not gap or (len(gap) == 1 and gap[0].text in HYPHENS and gap[0].glued)
    unit, most = _SMALLER.get(first.unit or "", ("", 0))
    if not unit and not gap and not second.numeral.in_digits and _closes(lexemes, second.end):
        unit, most = _SAID.get(first.unit or "", ("", 0))
    if not unit or not near or second.value is None or not 0 <= second.value < most:
        return
    mark = lexemes[second.end] if second.end < len(lexemes) else None
    behind = lexemes[second.end + 1] if second.end + 1 < len(lexemes) else None
    inches = unit == "inch" and mark is not None
    if (
        inches
        and mark is not None
        and ((mark.text in '"”″' and mark.glued) or (mark.lower == "in" and not _opens_phrase(behind)))
    ):
        second.unit_start, second.unit_end, second.end = second.end, second.end + 1, second.end + 1
    second.kind, second.unit = first.kind, unit
    second.rules.append("unit.smaller_unit")


def _closes(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "two hours twenty", "two metres ten tall"."""
    return not noun_follows(lexemes, end) or lexemes[end].lower in word_set("syntax", "sizes")


def _opens_phrase(lexeme: Lexeme | None) -> bool:
    return lexeme is not None and (lexeme.lower in word_set("grammar", "articles") or lexeme.type is LexemeType.NUMBER)
