"""The whole of a stake or share: "a 26% stake in the mine" is one of the mine."""

from extraction.claims import Kind
from extraction.context.noun_phrases import noun_phrase
from extraction.context.parts import Amount, Found, noun_behind
from extraction.context.trees import Tree
from extraction.text.words import word_set

_SHARES = frozenset({Kind.PERCENT, Kind.FRACTION})


def staked(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "holds a 26% stake in the mine", "Its share of the market fell to 3%": what stands behind is the whole."""
    if amount.kind not in _SHARES or found.of is not None or found.measure is None:
        return
    stake = tree.top(found.measure)
    if tree.lower[stake] not in word_set("syntax", "stakes"):
        return
    own = tree.heads[amount.top] == stake and amount.top < stake
    linked = tree.lower[stake + 1 : stake + 2]
    if linked != (["in"] if own else ["of"]) and not (own and linked == ["of"]):
        return  # "Interest in the vote rose 5%"
    part = noun_behind(tree, stake + 2)
    if part is not None and tree.amount_at[part] < 0:
        found.of = noun_phrase(tree, part, parts=False)
        found.add("stake_in")
