"""Whether the object of a verb has the amount behind "with" or "to", and not who does it: "left the club with $38m"."""

from extraction.claims import Kind
from extraction.context.parts import Amount, is_counted, is_far_from_name, is_plain_noun, spans_levels
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Tree

_RESULTS = frozenset({Kind.MONEY, Kind.PERCENT})


def object_with(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """The object that has it, as in "She left the club with $38m in the bank", "keep warming to a 2 degree range"."""
    case = tree.case_of(node) if node > verb else ""
    owned = case == "to" and node != amount.top and amount.kind is not Kind.COUNT and not spans_levels(tree, node)
    if case != "with" and not owned:
        return None
    owner = next((child for child in tree.below(verb, "obj") if is_plain_noun(tree, child)), None)
    if owner is None or owner >= node:
        return None
    shared = (
        tree.lower[verb] in word_set("syntax", "hits_with")
        or tree.lower[owner] in word_set("grammar", "reflexives")
        or tree.lower[node] in word_set("syntax", "manner_with")
        or tree.lower[owner] in word_set("syntax", "shared_with")
        or (case == "to" and is_counted(tree, owner))
        or (amount.kind is Kind.COUNT and _is_left(tree, verb, owner))
        or (amount.kind in _RESULTS and _is_own_result(tree, amount, node, verb))
        or _is_behind_insertion(tree, owner, node, verb)
        or "together" in (tree.lower[at] for at in tree.below(node, "advmod"))
        or _is_far(tree, owner, node)
        or takes_part(tree, amount, owner, node)
        or wins_with(tree, amount, node, owner)
    )
    return None if shared else owner


def takes_part(tree: Tree, amount: Amount, thing: int, node: int) -> bool:
    """Whether the amount is not the thing's own: "runs the farm with her two sons".

    So too "runs 40 routes with 30 drivers".
    """
    if tree.base(thing) == "obj" and tree.lower[thing] in word_set("syntax", "shared_with"):
        return True
    if amount.kind is not Kind.COUNT or tree.base(thing) != "obj" or tree.case_of(node) != "with":
        return False
    if "," in tree.words[max(0, tree.lefts[node] - 1) : tree.lefts[node] + 1]:
        return False
    theirs = any(tree.relations[child] == "nmod:poss" and tree.fine[child] == "PRP$" for child in tree.children[node])
    helped = theirs and not is_person(tree.lower[thing]) and tree.tags[thing] != "PRON"
    return is_person(tree.lower[node]) and (helped or is_counted(tree, thing))


def wins_with(tree: Tree, amount: Amount, node: int, thing: int) -> bool:
    """Whether the amount is a result that something is won with: "passed the test with a mark of 72".

    So too "kept first place in the exam with a mean score of 9.1".
    """
    if (
        amount.counted
        or tree.case_of(node) != "with"
        or tree.lower[node] not in word_set("syntax", "results_of_contests")
    ):
        return False
    for _ in range(_LONGEST_CLIMB):
        if tree.base(thing) in {"obj", "obl"}:
            return tree.lower[tree.heads[thing]] in word_set("syntax", "winning")
        if tree.base(thing) not in {"nmod", "compound", "conj"}:
            return False
        thing = tree.heads[thing]
    return False


_LONGEST_CLIMB = 4  # nouns


def _is_far(tree: Tree, owner: int, node: int) -> bool:
    """Whether a time or place between them says that the verb takes both along.

    As in "left the port at noon with 40 passengers".
    """
    between = [at for at in tree.below(tree.heads[owner], "obl") if owner < at < node]
    return is_far_from_name(tree, owner, node) or any(is_time(tree, at) or tree.case_of(at) == "at" for at in between)


def _is_behind_insertion(tree: Tree, name: int, node: int, verb: int) -> bool:
    """Whether the name stands in a participle that is put in between commas, and has nothing.

    As in "The winner was Sand, starring Ida Moss, with 3m viewers".
    """
    inserted = tree.base(verb) in {"acl", "advcl"} and tree.fine[verb] == "VBG" and tree.words[verb - 1] == ","
    return inserted and tree.tags[name] == "PROPN" and "," in tree.words[name : tree.lefts[node] + 1]


def _is_own_result(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """Whether both amounts are the subject's: "Acme reported revenue of $64m, with earnings of $2.90 a share"."""
    apart = "," in tree.words[max(0, tree.lefts[node] - 1) : tree.lefts[node] + 1]
    return apart and node != amount.top and tree.lower[verb] in word_set("syntax", "own_results")


def _is_left(tree: Tree, verb: int, place: int) -> bool:
    """Whether who goes takes them along: "fled Syria with his three brothers".

    So too "The boat left Libya with 80 migrants".
    """
    if tree.lower[verb] in word_set("syntax", "flees"):
        return True
    goes = any(tree.lower[child] in word_set("syntax", "travellers") for child in tree.below(verb, "nsubj"))
    return goes and tree.lower[verb] in word_set("syntax", "leaves") and tree.tags[place] == "PROPN"
