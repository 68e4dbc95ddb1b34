"""Tells amounts that go on with the unit of the first for another place: "takes 11 weeks, and in Cork it is five"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.numerals.numeral import vocabulary
from extraction.text.lexemes import Lexeme, at
from extraction.text.word_classes import in_class

_SUBJECTS = frozenset(("it", "that", "mine", "yours", "hers", "his", "ours", "theirs"))
_CONTRACTED = frozenset(("it's", "it’s", "that's", "that’s"))
_OPENERS = frozenset(("and", "but", "while", ",", ";", "where"))
_MEASURED = frozenset((Kind.DURATION, Kind.MONEY, Kind.PERCENT, Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE))
_REACH = 8  # lexemes from the joint to the number: "and in Cork on a Sunday it is five"


def there_again(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the bare number of ``group`` says of it elsewhere, or of another's, how much ``source`` is."""
    first, end = source.last.end, group.first.start
    if source.last.kind not in _MEASURED or not closes(lexemes, group.last.end) or end - first > _REACH:
        return False
    between = [lexeme.lower for lexeme in lexemes[first:end]]
    others = any(lexeme.is_number or lexeme.lower in vocabulary()["cardinals"] for lexeme in lexemes[first:end])
    if others or _OPENERS.isdisjoint(between):
        return False
    if between[-1] in _CONTRACTED:
        return True
    return len(between) > 1 and in_class(lexemes[end - 1], "be") and at(lexemes, end - 2) in _SUBJECTS
