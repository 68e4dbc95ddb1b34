"""Numbers that close their phrase, so that they count nothing that follows: they may share the unit of another one."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import nouns
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set

_CLOSERS = word_set("amounts", "elision_closers")
_FILLERS = word_set("cues", "number_fillers", "level_fillers") | {"a", "an"}
_GOING_ON = frozenset((Kind.DURATION, Kind.LENGTH))
_RUNNING, _SYSTEMS = word_set("amounts", "running_to"), word_set("amounts", "systems_of_lines")
_FEWEST_TO_SYSTEM = 4  # lexemes of "system that runs to"


def closes(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether nothing that the number could count follows."""
    if end >= len(lexemes) or lexemes[end].type is LexemeType.BREAK:
        return True
    after = lexemes[end]
    if after.type is LexemeType.WORD:
        closing = after.lower in nouns()["stops"] and after.lower not in ("of", "per")
        return closing or after.lower in _CLOSERS
    return not after.glued or after.text in ".,;:)”\"’'"


def bounded_part(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number bounds "them", a part: "Trains ran over 20 minutes late, half of them over 40"."""
    k = group.first.start - 1
    bound = k > 0 and lexemes[k].lower in ("over", "under") and lexemes[k - 1].lower == "them"
    return bound and source.last.kind in _GOING_ON and closes(lexemes, group.last.end)


def is_most(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number says how much the amount of ``source`` may come to: "two weeks of pay for each year of
    service, to a maximum of 52", "£5 a day, capped at 400"."""
    led = [lexeme.lower for lexeme in lexemes[max(0, group.first.start - 3) : group.first.start]]
    most = led[-1:] == ["of"] and led[-2:-1] in (["maximum"], ["minimum"], ["limit"])
    if not (most or led[-2:] == ["capped", "at"]) or not closes(lexemes, group.last.end):
        return False
    between = lexemes[source.last.end : group.first.start]
    others = any(x.is_number or x.text == ";" or x.lower in vocabulary()["cardinals"] for x in between)
    if most and led[0] == "a" and led[1] != "limit" and not others:
        return True
    if group.last.value is None or source.last.value is None or group.last.value <= source.last.value:
        return False
    return source.last.per is not None or any(lexeme.lower in ("each", "every", "per") for lexeme in between)


def runs_to(lexemes: Sequence[Lexeme], source: Group, group: Group) -> bool:
    """Whether the number says how long or large the whole is that ``source`` is of: "replaced 2.6 miles of pipe in a
    system that runs to 118"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    long = source.last.kind in (Kind.LENGTH, Kind.AREA) and closes(lexemes, group.last.end)
    if not long or k < _FEWEST_TO_SYSTEM or lexemes[k].lower != "to" or lexemes[k - 1].lower not in _RUNNING:
        return False
    return any(word.lower in _SYSTEMS for word in lexemes[k - _FEWEST_TO_SYSTEM : k - 1])
