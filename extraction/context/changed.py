"""What a noun of change tells of: "a 22 per cent rise in net profit to Rs 1,840 crore" measures net profit, twice."""

from bisect import bisect_left

from extraction.claims import Kind
from extraction.context.lists import list_around
from extraction.context.parts import Amount, Found, is_counted, is_plain_noun, noun_behind, set_subject
from extraction.context.subjects import subject_of
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, noun_phrase
from extraction.trees.tree import Range, Tree

_REACH = 8  # tokens from the amount to its noun of change: "a 9% year-on-year drop"
_LONGEST_NOUN = 8  # tokens
_SHADES = SHADES - {"to"}
_STEPS = frozenset({"to", "from"})
_BEFORE_CHANGES = frozenset({"NOUN", "ADJ", "ADV", "ADP", "PUNCT"})


def changed_to(tree: Tree, amount: Amount, found: Found) -> None:
    """Gives both amounts of "a 9% drop in sales to 412,000 vehicles" what has changed for their measure."""
    if found.measure is not None or found.of is not None or len(tree.amounts) < 2:
        return
    at = bisect_left(tree.amounts, (amount.span[0], 0))
    step = amount.span[0] - 1
    if step > 0 and tree.lower[step] in _STEPS and tree.amount_at[step - 1] >= 0:
        at -= 1  # "a 4% drop in profit from $50m to $40m"
    if amount.kind is Kind.MONEY and (level := _level(tree, step, at)) >= 0:
        _came_in_at(tree, found, level)
        return
    phrase = _changed(tree, at)
    phrase = _changed(tree, at - 1) if phrase is None else phrase
    if phrase is not None:
        found.measure = bare(tree, phrase)
        found.add("changed_to")


def _level(tree: Tree, step: int, at: int) -> int:
    """Which amount the money at ``at`` is told with: itself in "at Rs 4,307 crore", the one before in ", against"."""
    if tree.lower[step] == "at":
        return at
    behind = step - (tree.lower[step] == "with" and tree.lower[step - 1] == "compared")
    compared = tree.lower[behind] in {"against", "compared"} and behind > 0 and tree.words[behind - 1] == ","
    return at - 1 if compared and at > 0 and behind - tree.amounts[at - 1][1] < _REACH else -1


def _came_in_at(tree: Tree, found: Found, level: int) -> None:
    """Sets what has changed as the measure of its level, and who tells so as the subject.

    As in "HCL reported a 9 per cent rise in net profit at Rs 4,307 crore, against Rs 3,986 crore".
    """
    phrase = _changed(tree, level - 1, _STEPS | {"at"})
    if phrase is None:
        return
    found.measure = bare(tree, phrase)
    found.add("changed_to")
    change = phrase[0] - 2
    subject = subject_of(tree, tree.heads[change]) if tree.base(change) == "obj" else None
    if subject is not None and is_plain_noun(tree, subject):
        found.subject = noun_phrase(tree, subject)


def _changed(tree: Tree, at: int, steps: frozenset[str] = _STEPS) -> Range | None:
    """What has changed by the amount number ``at`` to the next one."""
    if not 0 <= at < len(tree.amounts) - 1:
        return None
    last, following = tree.amounts[at][1], tree.amounts[at + 1][0]
    change = _noun_of_change(tree, last)
    if change is None or following - change > _LONGEST_NOUN + 4:
        return None
    step = following - 1
    while step > change and tree.lower[step] in _SHADES - steps:
        step -= 1
    noun = noun_behind(tree, change + 2)
    if tree.lower[step] not in steps or noun is None or not change + 1 < noun < step or not is_plain_noun(tree, noun):
        return None
    phrase = noun_phrase(tree, noun, parts=False)
    return (change + 2, phrase[1]) if phrase is not None and noun < phrase[1] <= step else None


def _noun_of_change(tree: Tree, last: int) -> int | None:
    """The noun of change, with "in" behind it, of the amount that ends at ``last``."""
    for at in range(last, min(last + _REACH, len(tree.words) - 2)):
        if tree.lower[at + 1] == "in" and tree.lower[at] in word_set("grammar", "change_nouns"):
            return at
        if tree.tags[at] not in _BEFORE_CHANGES or tree.words[at] in {",", ";", "."}:
            return None
    return None


def thing_moved(tree: Tree, noun: int) -> int | None:
    """The "price" of "a drop in the price of petrol on the market to $78.40"."""
    if tree.lower[noun] not in word_set("grammar", "change_nouns"):
        return None
    return next((child for child in tree.below(noun, "nmod") if noun < child and tree.case_of(child) == "in"), None)


def change_in(tree: Tree, amount: Amount, found: Found, noun: int) -> None:
    """Sets what stands behind the noun of change as the subject: "a 4% rise in exports", "a rise of 4% in exports"."""
    at = noun + 1 if noun > amount.span[0] else _behind_list(tree, amount.span)
    if at >= len(tree.words) or tree.lower[at] not in {"in", "of", "for", "on"}:
        return
    changed = noun_behind(tree, at + 1)
    if changed is None or not is_plain_noun(tree, changed) or is_counted(tree, changed):
        return
    if any(tree.amount_at[child] >= 0 for child in tree.below(changed, "nmod")):
        return  # "losses of $4m on sales of $9m"
    if amount.kind is Kind.COUNT and tree.tags[changed] == "PROPN":
        return  # "cuts of 300 jobs in Leeds"
    if noun < amount.span[0] and tree.lower[at] == "of" and amount.kind is not Kind.PERCENT:
        return  # "the loss of 900 hours of work"
    phrase = noun_phrase(tree, changed)
    if phrase is None:
        return
    set_subject(tree, amount, found, changed, "change_in")
    if found.measure is not None and found.measure[1] == at == noun + 1:
        found.measure = (found.measure[0], phrase[1])


def _behind_list(tree: Tree, span: Range) -> int:
    """Where the text goes on behind an amount and those joined to it: "a rise of 600 jobs or 4% in"."""
    amounts, _ = list_around(tree, span)
    return max([span[1], *(last for _, last in amounts)])
