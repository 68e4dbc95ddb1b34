"""Nouns that are quantities themselves: a price, a rate, debt. What has such a subject needs no other measure.

"Vacancy, after sitting at one per cent", "overtime could top $1 million": whatever the verb, the subject is measured.
And a multiple of such a noun is one of what it names: "double the proportion in 2021", "four times the size".
"""

from extraction.claims import Kind
from extraction.context.noun_phrases import bare, noun_phrase
from extraction.context.parts import UNMEASURED, Amount, Found
from extraction.context.trees import Tree
from extraction.text.nouns import is_quantity, singular
from extraction.text.words import word_set


def quantity_named(tree: Tree, amount: Amount, found: Found) -> None:
    """Takes the subject, or what is multiplied, as the measure where it is a quantity and no other was found."""
    if found.measure is not None or amount.kind in UNMEASURED or amount.kind is Kind.DURATION:
        return
    noun = None if found.subject is None else tree.top(found.subject)
    if noun is None or tree.amount_at[noun] >= 0 or not is_quantity(tree.lower[noun]):
        noun = _multiplied(tree, amount, found)
    if noun is not None:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False, without=amount.span))
        found.add("quantity_noun")


def _multiplied(tree: Tree, amount: Amount, found: Found) -> int | None:
    """As in "double the proportion", "halve emissions"; not in "$4m, twice its sales" and "19 times earnings"."""
    if amount.kind is not Kind.MULTIPLE or found.of is None or "context.going_on" in found.rules:
        return None
    noun = tree.top(found.of)
    if tree.amount_at[noun] >= 0:
        return None
    alike = singular(tree.lower[noun]) in word_set("syntax", "dimensions") | _RATES
    return noun if alike or (tree.tags[amount.top] == "VERB" and is_quantity(tree.lower[noun])) else None


_RATES = frozenset({"rate", "proportion", "share", "price", "ratio"})
