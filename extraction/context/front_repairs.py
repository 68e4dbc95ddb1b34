"""Sets the phrase that opens a sentence apart from its subject: "By June 30 customers had lost $40 million"."""

from typing import TYPE_CHECKING

from extraction.text.words import word_data

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_NAMING = frozenset(("NOUN", "PROPN"))
_BASIS = 9  # tokens of "On a like-for-like basis"
_DAY = 2  # digits of a day
_MONTHS = frozenset(names[0] for names in word_data("times")["months"])


def set_front_apart(tree: "Tree") -> None:
    """Repairs ``tree`` in place: the noun behind a date or behind "On an annual basis" is the subject alone."""
    found = _date(tree) or _basis(tree)
    if found is None:
        return
    top, end = found
    noun = next((tree.heads[at] for at in range(end) if tree.heads[at] >= end), end)
    if noun >= len(tree.words) or tree.base(noun) != "nsubj" or tree.tags[noun] not in _NAMING:
        return
    for token in range(end):
        if tree.heads[token] >= end:
            tree.heads[token] = top
            tree.relations[token] = "case" if token == 0 else tree.relations[token]
    tree.heads[top], tree.relations[top] = tree.heads[noun], "obl"


def _date(tree: "Tree") -> tuple[int, int] | None:
    """The month and the end of "By June 30", "On July 4 2021" in front of a noun."""
    if len(tree.words) < 5 or tree.tags[0] != "ADP" or tree.lower[1] not in _MONTHS:
        return None
    end = 2
    while end < 4 and tree.words[end].isdigit() and tree.amount_at[end] < 0:
        end += 1
    day = len(tree.words[2]) <= _DAY
    return (1, end) if end > 2 and day and tree.tags[end] in _NAMING else None


def _basis(tree: "Tree") -> tuple[int, int] | None:
    """The noun and the end of "On a constant currency basis"."""
    if tree.lower[:1] != ["on"]:
        return None
    top = next((at for at in range(1, min(_BASIS, len(tree.words) - 1)) if tree.lower[at] == "basis"), None)
    if top is None or "AUX" in tree.tags[:top] or "," in tree.words[:top]:
        return None
    return (top, top + 1)
