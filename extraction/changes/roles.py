"""Movements: whether a number says by how much, to what or from what something rose or fell."""

from collections.abc import Sequence

from extraction.bounds.moved_up import moves_up
from extraction.changes.adjuncts import past_range_opening
from extraction.changes.adverbs import compared_by, level_after, stands_up_from
from extraction.changes.objects import gets_from, grows_at, moves_forecast
from extraction.changes.signs import signed
from extraction.changes.sizes import size_of_movement
from extraction.changes.steps import step_after, step_before
from extraction.changes.still import describes_thing, is_still
from extraction.changes.time_moved import moves_time
from extraction.changes.trades import gives_up, moved_per_unit, puts_on, takes_off
from extraction.changes.verbs_before import brought_past, sent_to, verb_before
from extraction.claims import Change, Kind
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import counts_following, looks_past
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_NO_GOALS = word_set("changes", "no_goals")
_PARTICIPLES = word_set("grammar", "past")
_LEVEL_FILLERS = word_set("cues", "level_fillers")
_LONGEST_FILLER = 9
_WITHOUT_BOUND = frozenset((Kind.LENGTH, Kind.DURATION, Kind.AGE, Kind.COUNT))
_NOTHING, _FROM_NOTHING = ("nothing", "nil", "scratch"), ("from", "almost", "nearly", "virtually", "practically")


def change_of(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> Change | None:
    """The movement that the amount at lexemes ``start:end`` (qualifiers included) states; None when it states none."""
    if is_still(lexemes, start, end, kind) or at(lexemes, start + 1) == "every":  # "crashes about every 3 seconds"
        return None
    if (traded := _traded(lexemes, start, end, kind)) is not None:
        return traded
    if (size := size_of_movement(lexemes, start, end, kind)) is not None:
        return size
    role, position = _preposition(lexemes, start, end, kind)
    if (moved := moves_time(lexemes, position, role, kind)) is not None:
        return moved
    if role in ("agent", "closing"):
        return step_after(lexemes, end, kind)
    if (come := _come_to(lexemes, position, start, end, kind, role)) is not None:
        return come
    if role == "by" and lexemes[position - 1].lower in ("lose", "loses", "lost", "losing"):
        return None  # "lost by 84 runs"
    named = role == "to" and kind is Kind.COUNT and lexemes[start - 1].lower == "the"  # "to the 4 others"
    if role == "from" and gets_from(lexemes, position, end, kind):
        return None
    if role != "from" and (up_from := stands_up_from(lexemes, start)) > 0:
        return Change(change_words().verbs[lexemes[up_from - 1].lower], "from")
    if role in ("to", "from", "by") and not named:
        direction = compared_by(lexemes, position, role) or verb_before(lexemes, position, stepwise=role == "by")
        direction = direction or sent_to(lexemes, position, start, role, kind)
        if direction is not None or role != "by":
            return Change(direction, role) if direction is not None else None
    if kind not in _WITHOUT_BOUND and (past := brought_past(lexemes, start)) is not None:
        return Change(past, "to")
    if describes_thing(lexemes, start, end, kind):
        return None
    return signed(lexemes, start, kind) or step_before(lexemes, start, end, kind) or step_after(lexemes, end, kind)


def _traded(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> Change | None:
    """The step of what takes off, gives up or puts on the amount, or of what moves by it per unit; None without one."""
    if takes_off(lexemes, start, end, kind) or gives_up(lexemes, start, end, kind):
        return Change("down", "by")
    if puts_on(lexemes, start, end, kind):
        return Change("up", "by")
    if moved_per_unit(lexemes, start, end, kind):
        return Change("up" if change_words().verbs[lexemes[start - 1].lower] == "up" else "down", "by")
    return None


def _come_to(
    lexemes: Sequence[Lexeme], position: int, start: int, end: int, kind: Kind, role: str | None
) -> Change | None:
    """The movement behind a "to" that follows "from nothing", or behind an "at" of growth or of a level; else None."""
    if role == "to" and lexemes[position - 1].lower in _NOTHING and at(lexemes, position - 2) in _FROM_NOTHING:
        return Change("up", "to")  # "has gone from nothing to 40 per cent"
    if role == "at" and (grown := grows_at(lexemes, position, start, end, kind)):
        return Change(grown, "by")
    if role == "at" and (after := level_after(lexemes, position, start)) is not None:
        return Change(after, "to")  # "0.4% lower at 7,410"
    return None


def _preposition(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> tuple[str | None, int]:
    """The word that leads to the number, past words that only shade it, and its place.

    "agent" stands for "by" behind a passive, "closing" for "to close".
    """
    k = past_range_opening(lexemes, start - 1, end)
    while k > max(0, start - _LONGEST_FILLER) and lexemes[k].lower in _LEVEL_FILLERS:
        k -= 1
    if k >= 0 and lexemes[k].lower == "to" and k + 1 < start and lexemes[k + 1].lower == "close":
        return "closing", k  # "recovered to close 5.1% lower"
    if k > 0 and _leads_elsewhere(lexemes, k, end, kind):
        return ("agent" if lexemes[k].lower == "by" else None), k
    return (lexemes[k].lower if k >= 0 else None), k


def _leads_elsewhere(lexemes: Sequence[Lexeme], k: int, end: int, kind: Kind) -> bool:
    """Whether the "to" or "by" at ``k`` leads to no level and no step of a movement.

    As in "according to", and the agent of a passive: "a round led by two funds", "a plan opposed by 14 members".
    """
    word, before = lexemes[k].lower, lexemes[k - 1].lower
    if word == "to":
        return before in _NO_GOALS and not (before == "up" and k > 1 and moves_up(lexemes, k - 1))
    if (
        word != "by"
        or before in change_words().verbs
        or before in change_words().nouns
        or moves_forecast(lexemes, k - 1)
    ):
        return False
    if k > 2 and in_class(lexemes[k - 2], "determiners") and lexemes[k - 3].lower in change_words().verbs:
        return False  # "cut its forecast by $2m"
    if before in _PARTICIPLES or before in word_set("attribution", "sources"):
        return True  # "a study by 35 teams"
    counted = kind is Kind.COUNT and looks_past(before)
    return counted and (at(lexemes, end) == "of" or counts_following(lexemes, end))
