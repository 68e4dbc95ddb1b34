"""What forecasters foresee: in "The PMI fell to 48.3; analysts had forecast 49.1" both levels are those of the PMI."""

from bisect import bisect_left

from extraction.changes.words import change_words
from extraction.claims import Kind
from extraction.context.antecedents import same_unit
from extraction.context.noun_phrases import bare, noun_phrase
from extraction.context.parts import Amount, Found, is_plain_noun
from extraction.context.subjects import subject_of
from extraction.context.trees import Tree
from extraction.text.words import word_set

_REACH = 10  # tokens between the two amounts
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
    near = before[1] < verb <= before[1] + _REACH and moved < before[0] and tree.lower[moved] in change_words().verbs
    if not near or not (amount.kind is Kind.INDEX or same_unit(tree, before, amount.span)):
        return
    noun = subject_of(tree, moved)
    if noun is not None and is_plain_noun(tree, noun) and tree.tags[noun] != "PRON":
        found.subject = noun_phrase(tree, noun)
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("foreseen")
