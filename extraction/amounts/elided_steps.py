"""Steps and levels without a unit of their own: "31 minutes, four longer than before", "12 mm thick was down to 7"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.numerals.numeral import vocabulary
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural
from extraction.text.word_classes import in_class, is_adverb
from extraction.text.words import word_set

# What is measured, and not counted or reckoned.
STEPPED = frozenset((Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE, Kind.SPEED, Kind.VOLUME))
PLACING = word_set("cues", "placing_prepositions")
_APART, _OF_COUNTS = word_set("cues", "apart_than"), word_set("cues", "apart_in_number")
_SIZES = word_set("syntax", "sizes")
_LONGEST_GAP = 8  # lexemes of "in which to build them"


def steps_apart(lexemes: Sequence[Lexeme], source: Group, group: Group, lead: str) -> bool:
    """As in "to borrow €37.5 billion, 4.1 billion less than last year", "lasts 18 hours, two more than the old one".

    ``lead`` is the word in front of the amount, past what shades it.
    """
    words = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    than = words[1:] == ["than"] and words[0] in _APART
    if lead not in (",", "or") or not (than or words == ["short", "of"]):
        return False
    if source.last.kind in STEPPED | {Kind.MONEY} and group.last.numeral.magnitude is not None:
        return True
    if source.last.kind not in STEPPED or not _goes_on(lexemes, source.last.end, group.first.start - 1):
        return False
    placed = at(lexemes, source.first.start - 1) in PLACING and words[0] in _OF_COUNTS
    return not placed or not _counted_before(lexemes, source.first.start)  # "12 medals in three years, two more than"


def _goes_on(lexemes: Sequence[Lexeme], start: int, comma: int) -> bool:
    """Whether only what the amount is for stands there: "", "long", "to repay", "in which to build them"."""
    if comma - start > _LONGEST_GAP:
        return False
    gap = lexemes[start:comma]
    opened = not gap or gap[0].lower in _SIZES or gap[0].lower == "to" or [x.lower for x in gap[:2]] == ["in", "which"]
    return opened and all(x.type is LexemeType.WORD and not is_plural(x.text) for x in gap)


def _counted_before(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether another number stands in front in the clause, which may be what is more."""
    cardinals = vocabulary()["cardinals"]
    return any(x.is_number or x.lower in cardinals for x in lexemes[max(0, start - _FARTHEST) : start])


_FARTHEST = 16


def stands_at(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """As in "Steel that should be 12 mm thick was down to seven", "The queue, once 14 hours long, is down to three"."""
    if source.last.kind not in STEPPED or not closes(lexemes, group.last.end):
        return False
    gap = lexemes[source.last.end : group.first.start]
    if not _SHORTEST <= len(gap) <= _LONGEST_GAP or gap[-1].lower != "to" or gap[-2].lower not in ("up", "down"):
        return False
    rest = [x for x in gap[:-2] if x.text != "," and x.lower not in _SIZES and not is_adverb(x)]
    return bool(rest) and all(in_class(x, "be", "have") for x in rest)


_SHORTEST = 3  # lexemes of "is down to"
