"""Tells from the tree what somebody has resolved, wished or promised to do: "voted to close two of the pools"."""

from functools import cache

from extraction.claims import TextSpan
from extraction.modality.outcomes import befell, way_up
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.tree import Tree

Willed = tuple[str, TextSpan]  # the modality, and the word that gives it
_INFINITIVES = frozenset(("xcomp", "advcl", "acl", "ccomp"))
_OF_THE_DEED = frozenset(("for", "by", "at"))


def willed(tree: Tree, amount: TextSpan) -> Willed | None:
    """The word whose infinitive or object says what will be, if the amount stands in it.

    As in "its pledge to plant 400 trees", "agreed on Monday to pay $4m", "urged ministers to hire 40 nurses", "plan a
    two-day strike"; not in "kept its pledge to plant 400 trees", "agreed to free the 40 hostages".
    """
    if tree.vocabulary.isdisjoint(_WORDS):
        return None
    first, last = tree.tokens(amount.start, amount.end)
    if first >= last or _is_timed(tree, first, last):
        return None
    if _is_definite(tree, first) or _is_set_apart(tree, first):
        return None
    hedge = _willing(tree, first, way_up(tree, first))
    if hedge is None or befell(tree, (hedge, hedge + 1), (first, last)):
        return None
    name = "hypothetical" if tree.lower[hedge] in _THREATENED else "projected"
    return name, TextSpan(tree.words[hedge], tree.starts[hedge], tree.ends[hedge])


def _willing(tree: Tree, first: int, way: list[int]) -> int | None:
    """The word of will above an amount; ``way`` leads up from its first token."""
    for at in way:
        head, relation = tree.heads[at], tree.base(at)
        if at == head or _tells_what_is(tree, at):
            return None
        if relation == "obj" and tree.tags[head] == "VERB" and tree.lower[head] in _PLAN | _THREATENED:
            return head if tree.lower[head] in _PLAN or _sizes(tree, first, at) else None
        if relation == "obl" and tree.case_of(at) in _OF_THE_DEED and _has_deed(tree, head, at):
            return head if tree.lower[head] in _RESOLVED else None
        if relation not in _INFINITIVES:
            continue
        to = next((mark for mark in tree.below(at, "mark") if tree.lower[mark] == "to" and mark < first), None)
        if to is not None:
            noun = next((noun for noun in (head, to - 1) if _promises(tree, noun, to)), None)
            if noun is not None:
                return None if tree.lower[tree.heads[noun]] in _KEEPING else noun
            if head < to and _wills(tree, head):
                if tree.lower[head] == "determined" and tree.lower[to + 1 : to + 2] in (["be"], ["have"]):
                    return None  # "The price was determined to be $40"
                return None if _is_undone(tree, at, first) else head
            if relation != "xcomp":
                return None  # "agreed to pay $4m to settle claims by 300 workers"
        if tree.below(at, "nsubj"):
            return None
    return None


def _sizes(tree: Tree, first: int, thing: int) -> bool:
    """Whether the amount only gives the size of the thing behind it.

    As in "a 25 per cent tariff", "a two-day strike"; not in "threatened 40 homes".
    """
    return thing > first and any(tree.base(at) in {"compound", "amod"} for at in way_up(tree, first)[:2])


def _promises(tree: Tree, noun: int, to: int) -> bool:
    return noun < to and tree.tags[noun] == "NOUN" and tree.lower[noun] in _PROMISES


def _wills(tree: Tree, verb: int) -> bool:
    """Whether the word is a verb or an adjective of will.

    As in "voted to", "is willing to", "urged ministers to"; not in "the agreed limits".
    """
    return tree.lower[verb] in _RESOLVED | _WISHED and tree.tags[verb] in {"VERB", "ADJ"}


def _has_deed(tree: Tree, verb: int, end: int) -> bool:
    """Whether the verb has an infinitive for its deed in front of ``end``.

    As in "voted to strike for three days", where the days hang on the vote.
    """
    deeds = tree.below(verb, "xcomp", "advcl")
    return any(verb < at < end and "to" in tree.lower[tree.lefts[at] : at] for at in deeds)


def _is_set_apart(tree: Tree, first: int) -> bool:
    """Whether a comma stands in front of the amount and it is no item of a list.

    As in "voted to expel him, 311 to 114", "agreed to buy it for $3bn, a 40% premium"; not in "40 nurses, 12 doctors".
    """
    at = first - 1
    if at > 2 and tree.lower[at] == "to":  # "311 to 114", "by 57 votes to 43"
        other = tree.amount_at[at - 1] if tree.amount_at[at - 1] >= 0 else tree.amount_at[at - 2]
        at = tree.amounts[other][0] - 1 if other >= 0 else at
        if other >= 0 and tree.lower[at] == "by":
            return tree.lower[first - 2] == "votes" or _moving().isdisjoint(
                tree.lower[each] for each in way_up(tree, first)
            )
    while at > 0 and (tree.lower[at] in word_set("modality", "shading") or tree.tags[at] == "DET"):
        at -= 1
    if at < 1 or tree.words[at] != ",":
        return False
    return not any(tree.base(each) in {"conj", "list"} for each in way_up(tree, first)[:3])


def _is_timed(tree: Tree, first: int, last: int) -> bool:
    """Whether the amount says when it was: "agreed to buy it 10 years ago", "agreed to talk two weeks after it"."""
    behind = tree.lower[last] if last < len(tree.words) else ""
    return behind in _EARLIER or (behind in _BESIDE and tree.tags[first - 1] != "ADP")


_EARLIER, _BESIDE = frozenset(("ago", "later", "earlier")), frozenset(("before", "after"))


def _tells_how_voted(tree: Tree, at: int) -> bool:
    """Whether a phrase above the amount tells how many were for it and not how much will change.

    As in "voted to reject the deal by 149 votes", "voted to leave, with 62% in favour"; not in "to raise taxes by 4%".
    """
    if tree.base(at) not in {"obl", "nmod"} or tree.case_of(at) not in _TALLYING:
        return False
    return tree.case_of(at) == "with" or tree.lower[tree.heads[at]] not in _moving()


_TALLYING = frozenset(("by", "with"))


@cache
def _moving() -> frozenset[str]:
    """Verbs that move something by an amount: "raise taxes by 4%", "extend talks by 72 hours"."""
    return word_set("cues", "lengthening", "delaying") | change_words().verbs.keys()


def _tells_what_is(tree: Tree, at: int) -> bool:
    """Whether what hangs above the amount tells what there is, and no deed that somebody wants.

    As in "claims brought by 300 workers", "after two years of talks", "how to spend $4m", ", ending 14 weeks of".
    So do "on a turnout of 71%", "the man who lost $4m" and "three of 11 libraries".
    """
    if tree.relations[at] == "acl:relcl" or tree.case_of(at) in _APART or tree.lower[at] in _APART:
        return True
    if any(tree.lower[mark] in _APART for mark in tree.below(at, "mark")) or _tells_how_voted(tree, at):
        return True  # "voted to strike after being offered a 4% rise"
    if tree.base(at) == "conj" and tree.fine[at] == "VBD":
        return True  # "agreed to sell him and got $40 million"
    if tree.case_of(at) == "at" and tree.lower[tree.heads[at]] in _HELD:
        return True  # "voted to hold rates at 4.5%"
    if tree.case_of(at) == "over" and tree.lower[at] not in word_set("syntax", "times"):
        return True  # "voted to strike over a 3% pay offer"
    if any(tree.fine[each] in _QUESTIONS for each in tree.below(at, "advmod", "obj")):
        return True
    if tree.fine[at] == "VBG" and tree.words[at - 1] == "," and tree.lower[at] in _UNDOING:
        return True
    if tree.amount_at[at] >= 0 and tree.amount_at[tree.heads[at]] not in (-1, tree.amount_at[at]):
        return tree.case_of(at) == "of"
    agent = tree.base(at) == "obl" and tree.case_of(at) == "by" and tree.fine[tree.heads[at]] == "VBN"
    return agent and tree.relations[tree.heads[at]] == "acl"


def _is_undone(tree: Tree, verb: int, first: int) -> bool:
    """Whether the amount describes what is ended and so is there.

    As in "voted to end a four-week strike", "to shut a plant employing 300", "asked to choose between three parties".
    """
    if tree.lower[verb] in _OF_WHAT_IS:
        return True
    if tree.lower[verb] not in _UNDOING:
        return False
    within = way_up(tree, first)
    within = within[: within.index(verb)]
    if any(tree.relations[at] == "acl" for at in within):
        return True
    described = any(tree.base(at) in {"compound", "amod"} for at in within)
    return described and "-" in tree.words[first : within[-1] + 1]


def _is_definite(tree: Tree, first: int) -> bool:
    """Whether a definite word stands in front of the amount, so that there are so many whatever becomes of them.

    As in "agreed to free the last 40 hostages".
    """
    at = first - 1
    while at > 0 and tree.lower[at] in word_set("modality", "shading"):
        at -= 1
    return at >= 0 and (tree.lower[at] in word_set("grammar", "definites") or tree.fine[at] == "POS")


_RESOLVED, _WISHED = word_set("modality", "resolved"), word_set("modality", "wished")
_PROMISES, _KEEPING = word_set("modality", "promises"), word_set("modality", "keeping")
_THREATENED = word_set("modality", "threatened_things")
_PLAN, _APART = word_set("modality", "planned_things"), word_set("modality", "apart")
_UNDOING, _OF_WHAT_IS = word_set("modality", "undoing"), word_set("modality", "of_what_is")
_HELD = frozenset(("hold", "keep", "leave", "maintain"))
_QUESTIONS = frozenset(("WRB", "WP"))
_WORDS = _RESOLVED | _WISHED | _PROMISES | _PLAN | _THREATENED


def awaited(tree: Tree, amount: TextSpan) -> Willed | None:
    """The "if" of what is still to be decided: "He faces 14 years if convicted", "If passed, the bill bans 40"."""
    if tree.vocabulary.isdisjoint(_IF):
        return None
    first, last = tree.tokens(amount.start, amount.end)
    way = way_up(tree, first) if first < last else []
    verb = next((at for at in way if tree.tags[at] == "VERB"), None)
    if verb is None or tree.below(verb, "aux") or any(tree.base(at) == "nsubj" for at in way[: way.index(verb)]):
        return None  # "Three men face jail if convicted"
    faces = tree.lower[verb] in word_set("modality", "facing")
    laid = not word_set("modality", "laid").isdisjoint(tree.lower[first : last + 2])  # "faces two counts of fraud"
    if (laid and faces) or (not faces and "-" in tree.words[first : last + 1]):  # "replaces a 12-year-old law"
        return None
    for clause in tree.below(verb, "advcl") if faces or tree.fine[verb] in _PRESENT else ():
        mark = next((at for at in tree.below(clause, "mark") if tree.lower[at] in _IF), None)
        decided = tree.lower[clause] in word_set("modality", "decided") and not tree.below(clause, "nsubj")
        if mark is not None and clause not in way and (faces or decided):
            return "hypothetical", TextSpan(tree.words[mark], tree.starts[mark], tree.ends[mark])
    return None


_IF = frozenset(("if", "unless"))
_PRESENT = frozenset(("VBZ", "VBP"))
