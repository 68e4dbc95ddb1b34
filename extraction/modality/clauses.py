"""Tells from the tree which hedges and negations stand in a clause that does not hold the number.

As in "The pact, under which it was to send 4,000 people, sent four": the relative clause is over, and "four" is told.
"""

from extraction.claims import TextSpan
from extraction.modality.hedges import class_of
from extraction.modality.outcomes import befell, came_of, is_known, way_up
from extraction.text.words import word_set
from extraction.trees.tree import Range, Tree

_CLAUSES = frozenset(("acl:relcl", "advcl"))
_PAST = frozenset(("VBN", "VBD"))
_RELATIVES = frozenset(("WDT", "WP", "WP$", "WRB"))


def is_apart(tree: Tree, cue: TextSpan, amount: TextSpan) -> bool:
    """Whether a cue stands in a clause that is over before the amount, or that begins behind it."""
    hedge, number = tree.tokens(cue.start, cue.end), tree.tokens(amount.start, amount.end)
    if hedge[0] >= hedge[1] or number[0] >= number[1]:
        return False
    if hedge[1] <= number[0]:
        apart = _is_over(tree, hedge, number) or _is_left(tree, hedge, number) or _is_reason(tree, hedge, number)
        known = (came_of, is_known, befell)
        return apart or (_foresees(tree, hedge) and any(tells(tree, hedge, number) for tells in known))
    return number[1] <= hedge[0] and _begins_behind(tree, hedge[0], number)


def _foresees(tree: Tree, hedge: Range) -> bool:
    words = " ".join(tree.lower[hedge[0] : hedge[1]])
    return class_of(words) in {"hypothetical", "projected"} and words not in word_set("modality", "conditions")


def _is_over(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether a clause around the hedge ends before the number and says nothing of the clause around it."""
    over = [clause for clause in way_up(tree, hedge[0]) if tree.rights[clause] < number[0]]
    return any(_describes_noun(tree, clause, hedge, number) for clause in over) or any(
        tree.relations[clause] in _CLAUSES
        and tree.fine[clause] != "MD"
        and not _is_condition(tree, clause, hedge)
        and not _is_report(tree, clause)
        and not _names_amount(tree, clause, number)
        for clause in over
    )


def _describes_noun(tree: Tree, clause: int, hedge: Range, number: Range) -> bool:
    """Whether a past participle with the hedge in front describes a noun and not what is told of the number.

    As in "half of the number envisaged, and 23 of them", "A man accused of theft was jailed for 12 years".
    In "The fire, thought to have begun in a loft, took 12 floors" commas enclose it. What is "expected to rise" may
    have its number behind the verb: "Those expected to come include 40 nurses".
    """
    if tree.relations[clause] != "acl" or tree.lefts[clause] != hedge[0] or tree.fine[clause] not in _PAST:
        return False
    words = " ".join(tree.lower[hedge[0] : hedge[1]])
    alone = tree.rights[clause] == hedge[1] - 1 and words in word_set("modality", "foreseen_behind")
    said = not word_set("modality", "saying").isdisjoint(tree.lower[clause : number[0]])
    accused = words in word_set("modality", "accusing") and not said
    behind = tree.rights[clause] + 1
    enclosed = "," == tree.words[hedge[0] - 1] == tree.words[behind] and hedge[0] > 0
    return (alone or accused or enclosed) and tree.heads[clause] not in way_up(tree, number[0])


def _is_condition(tree: Tree, clause: int, hedge: Range) -> bool:
    """Whether the clause tells when the main one holds: "If they agree, it costs $3m", "Should they agree"."""
    if tree.relations[clause] != "advcl":
        return False
    words = " ".join(tree.lower[hedge[0] : hedge[1]])
    if words in word_set("modality", "conditions"):
        return True
    return tree.lefts[clause] == hedge[0] and words in word_set("modality", "hypothetical")


def _is_report(tree: Tree, clause: int) -> bool:
    """Whether the clause says who tells the rest.

    As in "As he expects, it cost $3m", "tenants, experts have estimated, get $3m".
    """
    if tree.relations[clause] == "advcl":
        return any(tree.lower[at] == "as" for at in tree.below(clause, "mark"))
    opening = range(tree.lefts[clause], clause + 1)
    return "," in tree.words[tree.heads[clause] : clause] and not any(tree.fine[at] in _RELATIVES for at in opening)


def _names_amount(tree: Tree, clause: int, number: Range) -> bool:
    """Whether the clause, without commas, says what the amount is: "The sum that it hopes to raise is $3m"."""
    if tree.relations[clause] != "acl:relcl" or "," in tree.words[tree.heads[clause] : clause]:
        return False
    return any(
        tree.lower[at] in {"is", "are"} and tree.relations[at] == "cop" and tree.heads[at] in way_up(tree, number[0])
        for at in range(tree.rights[clause] + 1, number[0])
    )


def _is_left(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether "and" goes on with a finite verb: "The carrier denied cutting jobs and was fined $3m"."""
    helps = tree.base(hedge[0]) == "aux"
    verb = tree.heads[hedge[0]] if helps else hedge[0]
    if _is_told_apart(tree, verb, number):
        return True
    joined = next((at for at in way_up(tree, number[0]) if tree.base(at) == "conj" and tree.heads[at] == verb), None)
    if joined is None or not tree.below(joined, "cc") or tree.below(verb, "ccomp"):
        return False
    if tree.lower[joined] in word_set("attribution", "say", "mind", "show"):
        return False  # "would cost $3m and then, officials reckon, $7m"
    subject = not helps and bool(tree.below(joined, "nsubj", "csubj", "expl"))
    perfect = any(tree.lower[at] == "have" for at in tree.below(verb, "aux"))  # "would have raised fees and increased"
    past = tree.fine[hedge[0]] == "MD" and tree.fine[joined] == "VBD" and tree.lower[joined].endswith("ed")
    past = past and not perfect
    return subject or past or tree.fine[joined] == "VBZ" or bool(tree.below(joined, "aux", "cop"))


def _is_told_apart(tree: Tree, verb: int, number: Range) -> bool:
    """Whether the number stands in the clause of a second report.

    As in "She says she hopes to win, and admits that 40 voters left".
    """
    way = way_up(tree, number[0])
    says = word_set("attribution", "say")
    joined = next((at for at in way if tree.base(at) == "conj" and tree.lower[at] in says), None)
    if joined is None or joined < verb or tree.heads[joined] not in way_up(tree, verb):
        return False
    told = any(at in way and tree.below(at, "mark") for at in tree.below(joined, "ccomp"))
    return told and tree.fine[joined] in {"VBZ", "VBD"} and bool(tree.below(joined, "cc"))


def _is_reason(tree: Tree, hedge: Range, number: Range) -> bool:
    """Whether the number stands in what has happened and is the reason of what may happen.

    As in "Food may run out, as 40 lorries have turned back".
    """
    reason = next((at for at in way_up(tree, number[0]) if tree.relations[at] == "advcl"), None)
    if (
        reason is None
        or not _foresees(tree, hedge)
        or tree.lefts[reason] < hedge[1]
        or tree.tags[tree.heads[reason]] != "VERB"
    ):
        return False
    if not any(tree.lower[at] == "as" for at in tree.below(reason, "mark")):
        return False
    finite = {tree.fine[at] for at in (reason, *tree.below(reason, "aux", "cop"))}
    done = "VBD" in finite or bool(tree.below(reason, "cop")) or (tree.fine[reason] == "VBN" and "MD" not in finite)
    return done and "MD" not in finite


def _begins_behind(tree: Tree, hedge: int, number: Range) -> bool:
    """Whether the clause of the hedge begins behind the number and says nothing of what is counted.

    As in "three more than it should have been", "six occasions on which a nurse could have raised the alarm".
    In "the 300 jobs that it could cut" the clause says something of the jobs themselves.
    """
    clause = next((at for at in way_up(tree, hedge) if tree.relations[at] in _CLAUSES), None)
    if clause is None or tree.lefts[clause] < number[1]:
        return False
    noun = tree.heads[clause]
    if tree.relations[clause] == "advcl":
        return bool(tree.below(clause, "mark"))
    if any(tree.fine[at] in _RELATIVES and tree.case_of(at) for at in range(tree.lefts[clause], clause)):
        return True
    way = way_up(tree, number[0])
    return noun not in way and not any(tree.lefts[at] <= noun <= tree.rights[at] for at in range(*number))
