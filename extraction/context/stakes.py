"""The whole of a stake or share, "a 26% stake in the mine" is one of the mine, and who has a sum or is to have it."""

from extraction.claims import SHARES, Kind
from extraction.context.parts import Amount, Found, is_plain_noun, noun_behind, set_subject
from extraction.context.relatives import antecedent
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time, noun_phrase
from extraction.trees.tree import Tree


def staked(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what stands behind a stake as the whole that it is of.

    As in "holds a 26% stake in the mine", "Its share of the market fell to 3%".
    """
    if amount.kind not in SHARES or found.of is not None or found.measure is None:
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


def held_by(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets who has the sum, or has it to pay, as the subject.

    As in "half the $4m raised by members", "the $300m that farmers owe".
    """
    last = amount.span[1]
    if amount.kind not in _SUMS or amount.counted or last >= len(tree.words):
        return
    verb = next((child for child in tree.below(amount.top, "acl") if last <= child < last + _FURTHEST), None)
    if verb is None:
        return
    if verb == last:
        doer = next((child for child in tree.below(verb, "obl") if tree.case_of(child) == "by"), None)
        has = tree.lower[verb] in word_set("syntax", "had_by") and doer is not None and not is_time(tree, doer)
    else:
        doer = next((child for child in tree.below(verb, "nsubj") if last < child < verb), None)
        judges = word_set("attribution", "say", "find", "show") | word_set("syntax", "awaits", "minds", "watchers")
        has = tree.lower[last] in _RELATIVES and judges.isdisjoint(tree.lower[last + 1 : verb + 1])
    if has and doer is not None and is_plain_noun(tree, doer):
        set_subject(tree, amount, found, doer, "held_by")


_SUMS = frozenset({Kind.MONEY, Kind.PERCENT})
_RELATIVES = frozenset(("that", "which"))
_FURTHEST = 16  # tokens from the amount to the verb of its clause


def spent_on(tree: Tree, verb: int) -> int | None:
    """The noun that a clause with "on which" describes, or None: "a bridge, on which $40m was spent"."""
    if tree.base(verb) != "acl" or tree.tags[tree.heads[verb]] not in {"NOUN", "PROPN"}:
        return None
    which = next((child for child in tree.below(verb, "obl") if tree.lower[child] == "which"), None)
    return antecedent(tree, which, verb) if which is not None and tree.case_of(which) in _SPENT_ON else None


_SPENT_ON = frozenset({"on", "for", "into"})
