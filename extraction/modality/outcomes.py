"""Tells from the tree what came of a thing foreseen, and what was there: "the plan drew 40 letters"."""

from extraction.claims import Change, TextSpan
from extraction.modality.hedges import class_of
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.tree import DEEPEST, Range, Tree


def way_up(tree: Tree, token: int) -> list[int]:
    """The token and what it hangs on, up to the root."""
    way = [token]
    while tree.heads[way[-1]] != way[-1] and len(way) < DEEPEST:
        way.append(tree.heads[way[-1]])
    return way


def came_of(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether the number tells what a plan has done, or who is for or against it.

    As in "A plan to merge the banks has cost $3m", "The planned dam was opposed by 40 villages".
    The plan is foreseen; what it has done, and who is for or against it, is told.
    """
    way = way_up(tree, number[0])
    verb = next((at for at in way if _holds_hedge(tree, at, hedge)), None)
    if verb is None or tree.tags[hedge[0]] == "AUX" or any(tree.fine[at] == "MD" for at in tree.below(verb, "aux")):
        return False
    word = tree.lower[verb]
    if tree.fine[verb] == "VBN" and any(tree.case_of(at) == "by" and at in way for at in tree.below(verb, "obl")):
        return word not in change_words().verbs
    if not any(at in way for at in tree.below(verb, "obj", "iobj")):
        return False
    if tree.fine[verb] == "VBD":
        return word in word_set("modality", "effects")
    perfect = any(tree.lower[at] in word_set("grammar", "have") for at in tree.below(verb, "aux"))
    return perfect and word not in word_set("attribution", "show")


def _holds_hedge(tree: Tree, verb: int, hedge: Range) -> bool:
    """Whether the hedge stands in the subject of a verb, or is the noun that its participle describes."""
    if tree.relations[verb] == "acl":
        return hedge[0] <= tree.heads[verb] < hedge[1]
    return any(tree.lefts[at] <= hedge[0] and hedge[1] - 1 <= tree.rights[at] for at in tree.below(verb, "nsubj"))


def is_known(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether a relative clause behind the number tells what there is already.

    As in "wants to add eight pens to the six it has run since 2006".
    Not in "cut its forecast from the 2% on which the budget was based".
    """
    if tree.lower[hedge[0]] in word_set("modality", "beaten") or tree.lower[number[0] - 1] not in _KNOWN:
        return False
    return any(
        tree.relations[clause] == "acl:relcl"
        and clause >= number[1]
        and (_tells_past(tree, clause) or tree.lower[clause] in {"has", "have"})
        for noun in way_up(tree, number[0])[:2]
        if tree.lefts[noun] <= number[0] and noun < number[1] + _NOUN
        for clause in tree.below(noun, "acl")
    )


def befell(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether the number stands in what has been so, or is so, of a thing that a plan is for.

    As in "plans to mend roads damaged by two floods", "will sell a mine it bought for $4m".
    So it is in "will close a mine that employs 300".
    """
    for at in way_up(tree, number[0]):
        if hedge[1] <= tree.heads[at] < at and (tree.tags[at] == "VERB" or tree.relations[at] == "acl:relcl"):
            done = tree.fine[at] in {"VBN", "VBD"} and tree.lower[at] in word_set("modality", "happened")
            if tree.relations[at] == "acl":
                return done
            return tree.relations[at] == "acl:relcl" and (_tells_past(tree, at) or _tells_what_is(tree, at))
    return False


_KNOWN = frozenset({"the", "those", "these"})
_NOUN = 3  # tokens of "the 40 old jets"


def _tells_what_is(tree: Tree, clause: int) -> bool:
    """Whether the clause tells the present of a thing before something is done to it.

    As in "close a plant that employs 300".
    """
    noun = tree.heads[clause]
    done = tree.base(noun) in {"obj", "nmod", "conj"} and tree.lower[tree.heads[noun]] in word_set(
        "modality", "undoing"
    )
    helps = tree.below(clause, "aux", "xcomp")
    present = {tree.fine[at] for at in (clause, *tree.below(clause, "cop"))} & {"VBZ", "VBP"}
    foreseen = class_of(tree.lower[clause]) is not None or class_of(tree.lower[noun]) is not None
    return done and bool(present) and not helps and not foreseen


def _tells_past(tree: Tree, clause: int) -> bool:
    helps = {tree.fine[at] for at in tree.below(clause, "aux")}
    past = tree.fine[clause] == "VBD" or (
        tree.fine[clause] == "VBN" and (not helps or not helps.isdisjoint({"VBD", "VBZ", "VBP"}))
    )
    word = tree.lower[clause]
    foreseen = class_of(word) is not None or word in word_set("modality", "wishes") or tree.below(clause, "xcomp")
    modal = any(tree.fine[at] == "MD" for at in range(tree.lefts[clause], tree.rights[clause] + 1))
    return past and not modal and not foreseen


def is_fact_of_change(text: str, hedge: TextSpan, change: Change | None, start: int) -> bool:
    """Whether the amount at ``start`` tells what was before a change: "will rise to 5% from 4%".

    So it does behind "by" where a forecast itself is moved: "cut its forecast by 2 points".
    """
    words = hedge.text.lower()
    if change is None or hedge.end > start or class_of(words) not in {"projected", "hypothetical"}:
        return False
    foretold, between = words in word_set("modality", "beaten"), text[hedge.end : start].split()
    if change.role == "by":
        return foretold and between[:1] == ["by"]
    near = len(between) < 2  # "to 3% from a projected 4%"
    return change.role == "from" and not (foretold or near or words in word_set("modality", "conditions"))
