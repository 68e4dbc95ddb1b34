"""Units that a number carries on from the amount told last: "The wait is 14 weeks. A year ago it was nine".

The amount told last is weighed against the clause of the number: a pronoun that stands for it ("it is now 55"), its
verb again ("would take 50 years. It took ten"), a wish about it ("sought no more than six"), a comparison.
"""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.context.number_roles import first_conjunct, stem
from extraction.context.same_measures import MEASURES, comparable
from extraction.context.told import Told
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.tree import Range, Sentence, Tree

_CARRIED = MEASURES | {Kind.AREA, Kind.VOLUME, Kind.POWER, Kind.ENERGY, Kind.DATA}
_PRONOUNS = frozenset({"it", "that", "this"})
_DID = word_set("context", "did_so")
_APART = 4  # tokens that are not parsed between two sentences
_ENDS = frozenset({"to", "at", "below", "above", "under", "over"})
_BACK = 12  # tokens from a number in a row to the time it counts


def carried(tree: Tree, span: Range, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> Told | None:
    """The amount told last, if the number says again how much the same thing is."""
    source = told[-1] if told else None
    if source is None or sentence[0] - source.sentence[1] > _APART or not comparable(quantity, source.quantity):
        return None
    top, same = tree.top(span), source.sentence == sentence
    if tree.base(top) in {"nummod", "compound", "amod"} and tree.heads[top] > top:
        return None
    lead = first_conjunct(tree, top)
    rivals = any(
        other.sentence == source.sentence
        and other.quantity.unit != source.quantity.unit
        and comparable(quantity, other.quantity)
        for other in told
    )
    counted = source.quantity.kind is Kind.COUNT
    if not quantity.whole or rivals or same if counted else source.quantity.kind not in _CARRIED:
        return None
    goes_on = _beside(tree, span, lead, source, rivals) if same else _again(tree, span, top, source)
    if not goes_on and not counted:
        goes_on = not same and _moved_again(tree, span, lead, quantity, source)
        goes_on = goes_on or (not rivals and _done_again(tree, lead, source, same))
    return source if goes_on else None


def _beside(tree: Tree, span: Range, lead: int, source: Told, rivals: bool) -> bool:
    """Whether the number is another guess beside the amount told last, or what that is compared with.

    As in "another six weeks, perhaps eight", "20 litres, against the 50 that the law promises".
    """
    before = max(0, tree.amount_at[tree.top(span)] - 1)
    if tree.tokens(source.quantity.start, source.quantity.end)[0] not in range(*tree.amounts[before]):
        return False  # "lost 2% to trade at 18.7, against 17"
    shade = word_set("syntax", "perhaps").intersection(tree.lower[span[0] - 1 : span[0]])
    compared = not rivals and tree.case_of(lead) in {"against", "versus"} and tree.base(lead) in {"obl", "nmod"}
    return compared or (bool(shade) and tree.lower[span[0] - 2] in {",", "or"})


def _again(tree: Tree, span: Range, top: int, source: Told) -> bool:
    """Whether the number is said of a pronoun or a noun that stands for the amount told last.

    As in "40% of sales. It is now 55", "38 per cent. In Lisbon the figure is closer to 60".
    """
    near = tree.lower[tree.heads[top]] in {"closer", "nearer"}
    node = tree.heads[top] if near else top
    subjects = tree.below(node, "nsubj")
    lasted = source.quantity.kind is Kind.DURATION and source.case
    if _steps(source.quantity) or lasted or "then" in tree.lower or tree.lower[span[1] : span[1] + 1] == ["and"]:
        return False  # "It rained for 20 days", "By then it was 11", "It was 31 and humid"
    if not tree.below(node, "cop") or len(subjects) != 1:
        return False
    if tree.case_of(node) == "at" and source.quantity.kind is Kind.PERCENT:
        return tree.lower[subjects[0]] in {"it", "we", "they"}  # "We're at 19"
    parts = [tree.lower[child] for child in tree.children[subjects[0]]]
    figure = tree.lower[subjects[0]] in word_set("syntax", "figures_again") and parts in (["the"], ["that"])
    if not (figure or tree.lower[subjects[0]] in _PRONOUNS) or (tree.case_of(node) and not near):
        return False
    beside = [child for child in tree.children[node] if tree.base(child) in {"obl", "advmod"}]
    return near or any(child < subjects[0] or tree.lower[child] in word_set("syntax", "nowadays") for child in beside)


def _moved_again(tree: Tree, span: Range, lead: int, quantity: Quantity, source: Told) -> bool:
    """Whether a pronoun that stands for the amount told last moves to the number, or what moved moves again by it.

    As in "22 per cent. That has risen to 41", "$260 a tonne. If it gets back up to 320", "went up by 60 per cent.
    They've come down maybe six".
    """
    verb = tree.heads[lead]
    subjects = [tree.lower[subject] for subject in tree.below(verb, "nsubj")]
    if _steps(quantity):
        return _steps(source.quantity) and subjects in (["it"], ["they"]) and tree.base(lead) in {"obj", "obl"}
    moves = tree.lower[verb] in change_words().verbs or tree.lower[max(0, span[0] - 2) : span[0]] == ["up", "to"]
    moves = moves and tree.lower[max(0, span[0] - 1)] in _ENDS
    return moves and not _steps(source.quantity) and len(subjects) == 1 and subjects[0] in _PRONOUNS


def _steps(quantity: Quantity) -> bool:
    return quantity.change is not None and quantity.change.role == "by"


def _done_again(tree: Tree, lead: int, source: Told, same: bool) -> bool:
    """Whether the verb of the number repeats that of the amount told last, or wishes for, foresees or adds to it.

    As in "would take 50 years. It took ten", "asked for 8 per cent. The company offered three".
    """
    verb = tree.heads[lead]
    word, parts = tree.lower[verb], {tree.lower[child]: child for child in tree.children[lead]}
    if source.quantity.kind is Kind.DURATION and "another" in parts:
        return tree.base(lead) in {"obj", "obl"} and word in word_set("syntax", "lasting_on")
    if source.quantity.kind is Kind.DURATION and tree.case_of(lead) == "for":  # "asked for 12, the defence for six"
        return not word_set("context", "asking_for").isdisjoint(tree.lower[:lead])
    if tree.base(lead) != "obj" or parts.get("more", 0) > lead or tree.below(verb, "compound"):
        return False  # "three more", "took in 40"
    if word in word_set("syntax", "foreseeing"):
        return source.quantity.kind not in {Kind.MONEY, Kind.DURATION} and not _steps(source.quantity)
    wished = word in word_set("context", "seeking") or word in word_set("syntax", "wishing")
    again = stem(word) == source.verb or (word in _DID and bool(tree.below(verb, "nsubj")) and source.role != "nsubj")
    if word in _DID and not same and source.quantity.kind not in {Kind.MONEY, Kind.PERCENT}:
        return again  # "I've been here 26 years. My dad did 31"
    if same:  # "goes 320 miles; the cheaper one manages 230"
        again = word in word_set("cues", "proverbs") and bool(tree.below(verb, "nsubj"))
    again = again and not source.case and source.verb != "have" != stem(word)
    return again or (wished and not _steps(source.quantity))


def in_row(tree: Tree, span: Range) -> str | None:
    """The word for the times that a number in a row counts, which stands in front behind an ordinal; None without one.

    As in "6% in the first year and 5% in each of the next two", "its third bad year out of the past four".
    """
    front = tree.lower[max(0, span[0] - _BACK) : span[0]]
    if len(front) < 2 or front[-1] not in word_set("syntax", "in_row"):
        return None
    at = next((at for at in range(len(front) - 1, 0, -1) if front[at] in word_set("syntax", "times_in_row")), 0)
    return None if word_set("syntax", "ordinals").isdisjoint(front[max(0, at - 3) : at]) else front[at]
