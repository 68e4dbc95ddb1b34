"""Makes one preposition of several words: "on top of the £9 million spent last year"."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extraction.context.trees import Tree


def join_prepositions(tree: "Tree") -> None:
    """Repairs ``tree`` in place, before the repairs that look at the prepositions of amounts."""
    for token in range(1, len(tree.words) - 2):
        if tree.lower[token] == "top" and tree.lower[token - 1] == "on" and tree.lower[token + 1] == "of":
            _on_top_of(tree, token)


def _on_top_of(tree: "Tree", top: int) -> None:
    """As in "a levy of 3 cents on top of the 5 cents they pay": what is added to is no part of a top."""
    on, of = top - 1, top + 1
    noun, above = tree.heads[of], tree.heads[top]
    if noun <= of or tree.heads[noun] != top or tree.heads[on] != top or tree.amount_at[noun] < 0 or above == top:
        return
    if above > noun:  # "on top of the £25 million agreed": the participle describes the amount
        participle, above = above, tree.heads[above]
        if tree.fine[participle] != "VBN" or participle == above or above > top:
            return
        tree.heads[participle], tree.relations[participle] = noun, "acl"
        for token, head in enumerate(tree.heads):
            if head == participle and token < on:
                tree.heads[token] = noun
    tree.heads[noun], tree.relations[noun] = above, "nmod" if tree.tags[above] in {"NOUN", "PROPN"} else "obl"
    tree.heads[on], tree.relations[on] = noun, "case"
    tree.heads[top], tree.relations[top] = on, "fixed"
    tree.heads[of], tree.relations[of] = on, "fixed"
    tree.tags[top], tree.fine[top] = "ADP", "IN"
