"""Nouns that are quantities themselves: a price, a rate, debt. What has such a subject needs no other measure.

"Vacancy, after sitting at one per cent", "overtime could top $1 million": whatever the verb, the subject is measured.
And a multiple of such a noun is one of what it names: "double the proportion in 2021", "four times the size".
"""

from extraction.claims import Kind
from extraction.context.noun_phrases import bare, noun_phrase
from extraction.context.parts import UNMEASURED, Amount, Found
from extraction.context.trees import Tree
from extraction.text.nouns import singular
from extraction.text.words import word_set


def quantity_named(tree: Tree, amount: Amount, found: Found) -> None:
    """Takes the subject, or what is multiplied, as the measure where it is a quantity and no other was found."""
    if found.measure is not None or amount.kind in UNMEASURED or amount.kind is Kind.DURATION:
        return
    times = amount.kind is Kind.MULTIPLE and "context.going_on" not in found.rules  # not "$4m, twice its sales"
    for phrase in (found.subject, found.of if times else None):
        noun = None if phrase is None else tree.top(phrase)
        if noun is not None and tree.amount_at[noun] < 0 and is_quantity(tree.lower[noun]):
            found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
            found.add("quantity_noun")
            return


def is_quantity(noun: str) -> bool:
    """Whether a noun names a quantity: "price", "rates"."""
    return noun in word_set("syntax", "quantities") or singular(noun) in word_set("syntax", "quantities")
