"""Whose level or share it is that a verb keeps, puts or foresees at an amount; who does so has no part in it."""

from bisect import bisect_left

from extraction.claims import Kind
from extraction.context.antecedents import same_unit
from extraction.context.parts import Amount, Found, is_plain_noun
from extraction.context.subjects import subject_of
from extraction.text.change_words import change_words
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, noun_phrase
from extraction.trees.tree import Tree

_BOUNDS = frozenset({"below", "under", "above"})
_POLLED = frozenset({Kind.PERCENT, Kind.INDEX})
_UP_OR_DOWN = frozenset({"up", "down"})


def polled_for(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """Whose share a poll tells, which is not the poll's; or None.

    As in "A survey placed him at 13 per cent", "The poll gave Doe 43 per cent".
    """
    if amount.kind not in _POLLED or tree.case_of(node) not in {"", "at", "on"}:
        return None
    if not any(tree.lower[child] in word_set("syntax", "polls") for child in tree.below(verb, "nsubj")):
        return None
    who = (child for child in tree.below(verb, "obj", "iobj") if verb < child < node and is_plain_noun(tree, child))
    return next((child for child in who if tree.tags[child] in {"PROPN", "PRON"} or is_person(tree.lower[child])), None)


def kept_at(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """What is kept or put at a level, or None: "steps needed to keep inflation below 3 per cent".

    What is needed for it is not at that level.
    """
    start = amount.span[0]
    if tree.lower[verb] not in word_set("syntax", "puts_at"):
        return None
    if node != amount.top and start < node and tree.case_of(node) == "at":
        # "The drought left reservoirs at 35 per cent capacity"
        return next((child for child in tree.below(verb, "obj") if verb < child < start), None)
    meant = tree.lower[tree.heads[verb]] in word_set("syntax", "meant_to") and tree.fine[verb] in {"VB", "VBG"}
    held = meant and not tree.below(verb, "nsubj")
    if not held or word_set("syntax", "levels").isdisjoint(tree.lower[start - 1 : start + 1]):
        return None
    return next((child for child in tree.below(verb, "obj") if verb < child <= node), None)


def is_put_at(tree: Tree, verb: int) -> bool:
    """Whether the verb says how high something is: "The average wait stood at 26 weeks", "was put at 26 weeks".

    Not in "left at 40 minutes".
    """
    put = tree.lower[verb] in word_set("syntax", "puts_at") and bool(tree.below(verb, "obj", "aux"))
    return put or tree.lower[verb] in word_set("syntax", "tallied")


def is_change(tree: Tree, verb: int) -> bool:
    """Whether the verb tells of a rise or a fall: "rose 5%", "inched up 5%", "had gone up by 5%"."""
    if tree.lower[verb] in change_words().verbs:
        return True
    goes = tree.lower[verb] in word_set("cues", "gentle_motions")
    return goes and not _UP_OR_DOWN.isdisjoint(tree.lower[verb + 1 : verb + 2])


def _is_brought(tree: Tree, amount: Amount, verb: int) -> bool:
    """Whether a passive verb is followed by a bound, or by "up to" or "down to".

    As in "was brought below 60 per cent", "has been kept under 3 per cent", "were brought down to 8 per cent".
    """
    if tree.fine[verb] != "VBN" or "aux:pass" not in [tree.relations[at] for at in tree.below(verb, "aux")]:
        return False
    near = tree.lower[max(0, amount.span[0] - 2) : amount.span[0] + 1]
    return not _BOUNDS.isdisjoint(near[-2:]) or (near[1:2] == ["to"] and near[0] in _UP_OR_DOWN)


def share_moved(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> None:
    """Sets the subject as the measure of a percentage that it moves to, is brought to or reaches.

    As in "The deficit widened to 6 per cent of GDP", "Stocks hit 90 per cent of capacity", "Debt was brought below 60
    per cent of GDP".
    """
    things = [child for child in tree.below(verb, "obj") if child != node]
    if amount.kind is not Kind.PERCENT or found.subject is None or things:
        return
    noun, case = tree.top(found.subject), tree.case_of(node)
    moved = (case in {"to", "from"} and is_change(tree, verb)) or _is_brought(tree, amount, verb)
    comma = amount.span[0] - 2  # "the deficit, at 1.3 per cent of GDP, was small"
    moved = moved or (case == "at" and tree.words[comma] == "," and found.subject[1] == comma)
    if not moved and found.of is not None and case in {"", "at"}:  # not "reached 40% of its members", "of homes"
        part = tree.top(found.of)
        level = tree.fine[part] != "NNS" or tree.lower[part] in word_set("cues", "sums_of_money") | {"levels"}
        level = level and tree.lower[found.of[0]] not in word_set("syntax", "owners")
        reaches = tree.lower[verb] in word_set("syntax", "tallied") - word_set("syntax", "puts_at") - {"passed"}
        moved = level and reaches  # not "put up 4% of the money", "passed on 38% of the rise"
    if moved and tree.tags[noun] == "NOUN" and is_plain_noun(tree, noun) and not is_person(tree.lower[noun]):
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("subject_verb_amount")


def steps_from_counted(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether what the subject counts has grown or shrunk by the amount; sets that as the measure.

    As in "Some 4,300 cars were sold in May, 9 per cent more than in April".
    """
    if amount.kind is not Kind.PERCENT or found.subject is None:
        return False
    comma = amount.span[0] - 1 - (tree.lower[amount.span[0] - 1] in word_set("syntax", "moved"))
    if comma < 2 or tree.words[comma] != ",":
        return False
    noun = tree.top(found.subject)
    step = comma + 1 < amount.span[0] or tree.fine[amount.span[1] : amount.span[1] + 1] in (["JJR"], ["RBR"])
    counts = [child for child in tree.below(noun, "nummod") if tree.amount_at[child] >= 0]
    if not step or not counts or tree.base(noun) != "nsubj" or tree.fine[noun] != "NNS":
        return False
    found.measure = (tree.amounts[tree.amount_at[counts[-1]]][1], noun + 1)
    found.add("counted_subject")
    return True


_REACH_OF_FORECASTS = 10  # tokens between the two amounts
_FORESEEN = frozenset({Kind.INDEX, Kind.PERCENT, Kind.MONEY})


def foreseen(tree: Tree, amount: Amount, found: Found) -> None:
    """Gives a bare amount that forecasters foresee what the amount before it measures."""
    verb = tree.heads[amount.top]
    if amount.kind not in _FORESEEN or verb != amount.span[0] - 1 or tree.base(amount.top) != "obj":
        return
    if tree.lower[verb] not in word_set("syntax", "minds"):
        return
    at = bisect_left(tree.amounts, (amount.span[0], 0)) - 1
    forecasters = any(tree.lower[child] in word_set("cues", "forecasters") for child in tree.below(verb, "nsubj"))
    if at < 0 or not forecasters:
        return
    before = tree.amounts[at]
    moved = tree.heads[tree.top(before)]
    near = (
        before[1] < verb <= before[1] + _REACH_OF_FORECASTS
        and moved < before[0]
        and tree.lower[moved] in change_words().verbs
    )
    if not near or not (amount.kind is Kind.INDEX or same_unit(tree, before, amount.span)):
        return
    noun = subject_of(tree, moved)
    if noun is not None and is_plain_noun(tree, noun) and tree.tags[noun] != "PRON":
        found.subject = noun_phrase(tree, noun)
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("foreseen")
