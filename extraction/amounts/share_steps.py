"""Steps of shares that the text does not call points: "Sinn Féin (24%, up 1)", "at 19 per cent (down three)"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.ranges import Group
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import is_plural
from extraction.text.words import word_set

_WAYS = ("up", "down")
_OPENERS = ("(", ",")
_PERCENT = word_set("cues", "percent_words")
_BEFORE_LEVELS = ("on", "at", "to")
_LARGEST = 100
_MEASURED = frozenset((Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE, Kind.SPEED, Kind.VOLUME, Kind.PRESSURE))
_RAISED = (["(", "+"], [",", "+"], [";", "+"])
_LOWERED = (["("], [","], [";"])


def settle_step_of_share(lexemes: Sequence[Lexeme], share: Group, group: Group) -> None:
    """Makes points of a bare number right behind a percentage: "19% (-2)", "6% (+1)", "24 per cent, up three.".

    In brackets the two may stand together: "Smith (Lab) 12,345 (45.2%, +3.1)".
    """
    amount = group.last
    if share.last.kind in _MEASURED:
        _settle_measured_step(lexemes, share, group)
        return
    if (
        share.last.unit not in ("percent", "percentage_point")
        or share.is_range
        or group.is_range
        or amount.value is None
    ):
        return
    gap = [lexeme.lower for lexeme in lexemes[share.last.end : amount.start]]
    moved = len(gap) == 2 and gap[0] in _OPENERS and gap[1] in _WAYS
    signed = gap in _RAISED or (gap in _LOWERED and amount.value < 0)
    if not (moved or signed) or abs(amount.value) >= _LARGEST:
        return
    inside = at(lexemes, amount.end) == ")"
    behind = (
        moved and gap[0] == "," and at(lexemes, amount.end) in _ENDS and not moves_right_before(lexemes, share.first)
    )
    if inside or behind:
        amount.settle(Kind.PERCENT, "percentage_point", "percent.step")


def _settle_measured_step(lexemes: Sequence[Lexeme], level: Group, group: Group) -> None:
    """As in "31.2 feet, up 0.4; flood stage 18": by how much what was measured moved."""
    gap = [lexeme.lower for lexeme in lexemes[level.last.end : group.first.start]]
    moved = gap in ([",", "up"], [",", "down"]) and not (level.is_range or group.is_range)
    if moved and at(lexemes, group.last.end) in _ENDS and level.last.kind is not None:
        group.last.settle(level.last.kind, level.last.unit, "measure.step")


def with_share(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """As in "compared with 51 (6.2%) on placebo", "112 (17 per cent)": a count with its share behind it."""
    if at(lexemes, amount.end) != "(" or amount.end + 2 >= len(lexemes) or not lexemes[amount.end + 1].is_number:
        return False
    unit = at(lexemes, amount.end + 2)
    return unit in _PERCENT or [unit, at(lexemes, amount.end + 3)] == ["per", "cent"]


def is_step_of_share(amount: Amount) -> bool:
    """Whether the amount says by how much the share in front moved; what follows goes on with that."""
    return "percent.step" in amount.rules


_ENDS = ("", ".", ",", ";", "!")


def is_step_in_brackets(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the word at lexemes ``start:end`` says by how much what stands before moved: "30 seats (up one)"."""
    if start < 3 or at(lexemes, end) != ")" or at(lexemes, start - 1) not in _WAYS:
        return False
    noun = lexemes[start - 3]
    level = noun.is_number and at(lexemes, start - 4) in _BEFORE_LEVELS  # "the Greens on 14 (down one)"
    return lexemes[start - 2].text in _OPENERS and (noun.lower in _PERCENT or is_plural(noun.text) or level)
