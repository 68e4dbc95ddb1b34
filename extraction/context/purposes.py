"""What money is for: "spent $3m on roads", "$4 billion would go to schools", "$40,000 for a boat"."""

from extraction.context.antecedents import same_unit
from extraction.context.parts import Amount, Found, is_plain_noun, noun_behind
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, noun_phrase
from extraction.trees.tree import Tree

_LISTED = frozenset({"", "including", "like"})
_WHOLE_COINS = frozenset({"dollar", "pound", "euro"})


def purpose_of(tree: Tree, amount: Amount, found: Found, node: int, verb: int, cases: frozenset[str]) -> bool:
    """Sets what the money is for, behind one of ``cases``, as the measure, and tells whether it is named.

    As in "spent $3m on roads".
    """
    if tree.lower[verb] in change_words().verbs:
        cases = cases - {"on"}  # "Oil climbs $1.35 to $78.20 a barrel on storm worries"
    nouns = [*tree.below(node, "nmod"), *tree.below(verb, "obl")]
    if tree.lower[verb] not in word_set("syntax", "spends"):
        nouns = [noun for noun in nouns if not _is_reached_on(tree, noun)]
    purpose = next((child for child in nouns if _is_purpose(tree, child, amount, cases)), None)
    if purpose is None:
        return False
    found.measure = bare(tree, noun_phrase(tree, purpose))
    found.add("purpose")
    return True


def named_purpose(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what each amount of a list says that it is for as its measure.

    As in "including $40,000 for a boat and $3,000 on meals".
    """
    at = amount.span[1]
    if found.measure is not None or found.of is not None or at + 1 >= len(tree.words):
        return
    listed = tree.base(amount.top) in {"conj", "nmod", "appos", "orphan"}
    verb = tree.lower[tree.heads[amount.top]]
    moves = verb in word_set("grammar", "amounts") or verb in change_words().verbs
    # "includes $4 million for buses, $2 million for trains", but not "rose $4 for a third day"
    listed = listed or (tree.relations[amount.top] == "obl" and tree.lower[at] == "for" and not moves)
    listed = listed and tree.case_of(amount.top) in _LISTED
    noun = noun_behind(tree, at + 1) if listed and tree.lower[at] in {"for", "on"} else None
    if noun is not None and _is_purpose(tree, noun, amount, frozenset({tree.lower[at]})):
        found.measure = bare(tree, noun_phrase(tree, noun))
        found.add("purpose")


def purpose_of_subject(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what the money is for as the measure where it stands in front of its verb.

    As in "$4 billion would go to schools", "the £9m set aside for drains".
    """
    if found.measure is not None:
        return
    verb = tree.heads[amount.top] if tree.base(amount.top) == "nsubj" else next(iter(tree.below(amount.top, "acl")), -1)
    if verb <= amount.top or tree.lower[verb] not in word_set("syntax", "destines"):
        return
    # "£2bn of which went to farmers" says who got it
    cases = _FOR_WHAT if found.of is not None else _FOR_WHAT | {"to"}
    purpose_of(tree, amount, found, amount.top, verb, cases)


_FOR_WHAT = frozenset({"for", "on", "into", "towards", "toward"})


def _is_reached_on(tree: Tree, noun: int) -> bool:
    """Whether the noun behind "on" is bare and has an amount of its own, so that it is no purpose.

    As in "Sales hit $50 million on volumes of 6 million tonnes".
    """
    own = any(tree.amount_at[child] >= 0 and tree.case_of(child) == "of" for child in tree.below(noun, "nmod"))
    return own and tree.case_of(noun) == "on" and not tree.below(noun, "det")


def _is_purpose(tree: Tree, noun: int, amount: Amount, cases: frozenset[str]) -> bool:
    case = tree.case_of(noun)
    place = case in {"in", "to"} and tree.tags[noun] == "PROPN"
    place = place or (case == "on" and tree.lower[noun] in _WHOLE_COINS)  # "15 cents on the dollar"
    # Behind another amount it is that one's: "raised $4m, compared with $2m for her rival".
    between = any(amount.span[1] <= first and last <= tree.lefts[noun] for first, last in tree.amounts)
    if tree.lower[noun] in word_set("syntax", "no_purposes") and not tree.below(noun, "det"):
        return False
    if tree.lower[noun] in word_set("syntax", "no_measures") or tree.tags[noun] == "NUM":  # "on behalf of", "on 1 May"
        return False
    last = noun + 2
    other = tree.amount_at[last] if last < len(tree.words) and tree.lower[last - 1] == "of" else -1
    if other >= 0 and same_unit(tree, tree.amounts[other], amount.span):  # "earned $2m on revenue of $9m"
        return False
    if any(tree.lower[child] in {"each", "every"} for child in tree.below(noun, "det")):  # "$20 for every bag"
        return False
    named = is_plain_noun(tree, noun) or (tree.lower[noun] == "best" and bool(tree.below(noun, "nmod")))
    return noun >= amount.span[1] and case in cases and named and not place and not between
