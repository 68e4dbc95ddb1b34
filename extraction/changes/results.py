"""Results that change from one kind to another: "went from a $22m loss to a $14m profit" is up, the sums aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.changes.gapped import Placed
from extraction.claims import Change, Kind
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import nouns
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set

_GOOD, _BAD = word_set("changes", "good_results"), word_set("changes", "bad_results")
_KINDS = frozenset((Kind.MONEY, Kind.PERCENT, Kind.NUMBER))
_ROLES = {"from": "from", "to": "to", "into": "to"}
_FILLERS = word_set("changes", "end_bounds") | word_set("cues", "level_fillers")
_ARTICLES = word_set("grammar", "articles")
_KINDS_OF_RESULTS = word_set("changes", "kinds_of_results")
_FURTHEST = 3  # amounts behind the first, as in "to a profit of $3m, or 5 cents a share, from a loss of $5m"
_LONGEST_NAME, _LONGEST_GAP = 5, 20  # lexemes of "net loss before tax"; between the amounts


@dataclass(frozen=True, slots=True)
class _End:
    """One end of the change: whether the result is good, and the word in front of it."""

    good: bool
    leader: str


def settle_results(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives the two results of a change its direction, and ties them; a loss is below any profit.

    As in "swung from a profit of $3m to a loss of $5m", "returned to a surplus of $1bn from a deficit of $4bn",
    "turned a $9m loss into a $4m profit".
    """
    for position, (group, first) in enumerate(placed[:-1]):
        if first.kind not in _KINDS or (opened := _end_of_change(lexemes, group)) is None:
            continue
        for other in range(position + 1, min(position + 1 + _FURTHEST, len(placed))):
            second_group, second = placed[other]
            if second.kind is not first.kind or not _reaches(lexemes, group, second_group):
                continue
            closed = _end_of_change(lexemes, second_group)
            if closed is not None:
                _settle(placed, position, other, opened, closed)
                break


def _settle(placed: Sequence[Placed], position: int, other: int, opened: _End, closed: _End) -> None:
    first, second = placed[position][1], placed[other][1]
    roles = _roles(opened, closed)
    stepped = any(one.change is not None and one.change.role == "by" for one in (first, second))
    if roles is None or stepped or first.unit != second.unit:
        return
    was, now = (opened, closed) if roles[0] == "from" else (closed, opened)
    direction = "up" if now.good else "down"
    if was.good is now.good:
        values = (first.value, second.value) if roles[0] == "from" else (second.value, first.value)
        if values[0] is None or values[1] is None or values[0] == values[1]:
            return
        direction = "up" if values[1] > values[0] else "down"
    first.change, second.change = Change(direction, roles[0]), Change(direction, roles[1])
    first.counterpart, second.counterpart = other, position


def _roles(opened: _End, closed: _End) -> tuple[str, str] | None:
    """Which of the two was and which is: ("from", "to") in "from a loss to a profit", "turned a loss into a profit"."""
    roles = _ROLES.get(opened.leader), _ROLES.get(closed.leader)
    if closed.leader == "into" and (opened.leader in word_set("changes", "turning_round") or roles[0] == "from"):
        return "from", "to"
    return ("from", "to") if roles == ("from", "to") else ("to", "from") if roles == ("to", "from") else None


def _reaches(lexemes: Sequence[Lexeme], first: Group, second: Group) -> bool:
    """Whether both stand in one clause."""
    between = lexemes[first.last.end : second.first.start]
    return len(between) <= _LONGEST_GAP and not any(
        word.type is LexemeType.BREAK or word.text in ".;:" for word in between
    )


def _end_of_change(lexemes: Sequence[Lexeme], group: Group) -> _End | None:
    """The result that the amount is: "a $22m net loss", "a net loss of some $22m"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _FILLERS and lexemes[k].lower != "of":
        k -= 1
    behind = _result_behind(lexemes, group.last.end)
    if behind is not None:
        return _End(behind, at(lexemes, k))
    name = at(lexemes, k - 1)
    if at(lexemes, k) != "of" or (name not in _GOOD and name not in _BAD):
        return None
    good, last = name in _GOOD, k - 1
    k -= 2
    while k > 0 and last - k < _LONGEST_NAME and _describes(lexemes[k]):
        k -= 1
        if lexemes[k + 1].lower in _ARTICLES:
            return _End(good, at(lexemes, k))
    plain = all(word.text in HYPHENS or word.lower in _KINDS_OF_RESULTS for word in lexemes[k + 1 : last])
    return _End(good, at(lexemes, k)) if plain else None  # not "to cover losses of $2m"


def _result_behind(lexemes: Sequence[Lexeme], end: int) -> bool | None:
    """Whether the result right behind an amount that ends at lexeme ``end`` is a good one; None if none is there."""
    for word in lexemes[end : end + _LONGEST_NAME]:
        if word.lower in _GOOD or word.lower in _BAD:
            return word.lower in _GOOD
        if word.lower in _ROLES or not _describes(word):
            return None
    return None


def _describes(word: Lexeme) -> bool:
    """Whether the word can describe a result behind it: "net", "pre-tax", and its article."""
    if word.text in HYPHENS or word.lower in _ARTICLES:
        return True
    return word.type is LexemeType.WORD and word.lower not in nouns()["stops"]
