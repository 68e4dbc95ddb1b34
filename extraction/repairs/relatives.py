"""Finds the clause behind an amount that describes it: "the $215m analysts had expected", "400 of whom worked"."""

from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.tree import Tree


def find_relative(tree: Tree, top: int, first: int, last: int) -> None:
    """Repairs ``tree`` in place around the amount at ``first:last``, for which the token ``top`` stands."""
    if tree.lower[last] == "of":
        _of_whom(tree, top, first, last)
    if first > 0 and tree.lower[first - 1] == "the" and _has_sign(tree, first, last):
        _of_bare_relative(tree, top, first, last)
        _of_participle(tree, top, last)


def find_bare_relative(tree: Tree, noun: int) -> None:
    """Makes a clause without a pronoun describe its noun, the subject: "The average fee parents pay is $300"."""
    verb = noun + 1
    while verb < len(tree.words) and (tree.tags[verb] in {"ADV", "PART"} or tree.base(verb) == "aux"):
        verb += 1
    if verb >= len(tree.words) or tree.fine[verb] not in _DOING:
        return
    above = tree.heads[verb] if tree.heads[noun] == verb else tree.heads[noun]
    if above <= verb:
        return
    own = [at for at in range(noun) if tree.heads[at] == noun]
    if len(own) == 1:  # "The top fine Ofcom can impose"
        own = [*(at for at in range(own[0]) if tree.heads[at] == own[0]), *own]
    if len(own) < 2 or tree.lower[own[0]] not in _KNOWN:
        return
    article = next((at for at in own[1:] if tree.base(at) == "det"), noun)
    thing = article - 1
    if thing not in own[1:] or tree.tags[thing] not in {"NOUN", "ADJ"}:
        return
    if any(at < own[0] for at in tree.own(verb, "mark")):
        return  # "after the last guest checked out, the hotel burned down"
    if any(verb < at < above for at in tree.own(verb, "obj")):
        return  # "the average fund held a share for four years"
    single = any(tree.fine[at] == "JJS" or tree.lower[at] in word_set("syntax", "singled_out") for at in own[1:])
    if not single or tree.base(verb) not in {"nsubj", "csubj", "acl", "advcl"} or "," in tree.words[own[0] : verb]:
        return
    tree.heads[thing], tree.relations[thing], tree.tags[thing] = above, "nsubj", "NOUN"
    for at in own:
        if at < thing:
            tree.heads[at] = thing
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
    tree.heads[verb], tree.relations[verb] = thing, "acl:relcl"


_KNOWN = frozenset(("the", "their", "its", "his", "her"))
_DOING = frozenset(("VB", "VBP", "VBD", "VBZ"))


def _of_whom(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes the amount the subject of the clause behind it: "praised the nurses, 400 of whom worked unpaid"."""
    if tree.lower[last + 1 : last + 2] not in (["whom"], ["which"]):
        return
    nouns = {top, tree.heads[top]} if tree.heads[top] < first else {top}
    clause = range(last + 2, len(tree.words))
    verb = next((at for at in clause if tree.heads[at] in nouns and tree.base(at) == "acl"), None)
    if verb is None or any(at in clause for at in tree.own(verb, "nsubj")):
        return
    noun = tree.heads[top] if tree.heads[top] < first else top
    if noun != top:
        tree.heads[verb], tree.relations[verb] = noun, "acl:relcl"
        tree.hang(top, verb, "nsubj")


def _of_bare_relative(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes the noun behind an amount the subject of a clause on it: "short of the $215m analysts had expected"."""
    _of_compared(tree, top, first, last)
    noun = tree.heads[top]
    if noun == last and tree.base(top) == "compound" and _expect(tree, noun):
        _of_whole_relative(tree, top, first, noun)  # "short of the £215m analysts had pencilled in"
        return
    if (
        noun > last and tree.tags[noun] == "VERB" and tree.tags[last] == "DET"
    ):  # "the $1bn the treasury had budgeted for"
        noun = next((at for at in range(last, noun) if tree.heads[at] == noun and tree.base(at) == "nsubj"), noun)
    while tree.heads[noun] == noun + 1 and tree.base(noun) == "compound":
        noun += 1
    if noun > last and tree.tags[last] != "DET" and tree.tags[noun - 1] == "NOUN" and _expect(tree, noun):
        _of_whole_relative(tree, noun - 1, first, noun)  # "missing the 3% growth analysts had forecast"
        tree.heads[top], tree.relations[top] = noun - 1, "compound"
        return
    if (noun > last and tree.tags[last] == "DET") or _expect(tree, noun):
        _of_whole_relative(tree, top, first, noun)
        return
    if noun < last or tree.tags[noun] not in NAMING or any(tree.tags[at] not in NAMING for at in range(last, noun)):
        return
    verb, measured = _verb_behind(tree, noun), tree.heads[noun]
    if verb == measured or verb < 0:
        return
    if tree.heads[verb] != noun:
        return
    tree.heads[top], tree.relations[top] = (top if measured == noun else measured), tree.relations[noun]
    for token, head in enumerate(tree.heads):
        if head == noun and token < first and tree.base(token) in {"case", "det", "mark", "advmod"}:
            tree.heads[token] = top
    tree.heads[verb], tree.relations[verb] = top, "acl:relcl"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"


def _of_compared(tree: Tree, top: int, first: int, last: int) -> None:
    """Gives the second of two subjects the verb behind "than": "lower than the 1.4% analysts had expected"."""
    verb, than = tree.heads[top], first - 2
    if tree.base(top) != "nsubj" or than < 1 or tree.lower[than] != "than" or not verb > last:
        return
    if tree.heads[last] != verb or not _expect(tree, last):
        return
    tree.heads[top], tree.relations[top] = tree.heads[verb], "obl"
    tree.heads[than], tree.relations[than] = top, "case"
    tree.heads[verb], tree.relations[verb] = top, "acl:relcl"


def _of_whole_relative(tree: Tree, top: int, first: int, noun: int) -> None:
    """Hangs on an amount the clause of the noun behind: "below the $1.1 billion the treasury had budgeted for"."""
    verb = tree.heads[noun]
    if tree.base(noun) != "nsubj" or verb <= noun or tree.tags[verb] != "VERB":
        return
    main = tree.heads[verb]
    if main >= first:
        return
    for token, head in enumerate(tree.heads):
        if head == noun and token < first:
            tree.heads[token] = top
        elif head == verb and token < first:
            tree.heads[token] = main
    tree.heads[top], tree.relations[top] = main, "obl"
    tree.heads[verb], tree.relations[verb] = top, "acl:relcl"


def _expect(tree: Tree, noun: int) -> bool:
    """Whether a forecaster expected what stands in front: "beat the $3.2 billion analysts had expected"."""
    verb = tree.heads[noun]
    forecaster = tree.base(noun) == "nsubj" and tree.lower[noun] in word_set("cues", "forecasters")
    expected = forecaster and tree.lower[verb] in word_set("cues", "expected_by_others")
    return expected and not tree.own(verb, "obj")


def _verb_behind(tree: Tree, noun: int) -> int:
    """The finite verb without object that stands right behind ``noun``, and is not its predicate; else -1."""
    first = noun + 1
    verb = first
    while verb < len(tree.words) and tree.base(verb) in {"aux", "advmod"} and tree.heads[verb] > verb:
        verb += 1
    if verb >= len(tree.words) or tree.tags[verb] != "VERB" or tree.fine[first] not in FINITE:
        return -1
    if tree.heads[noun] == verb or tree.own(verb, "obj", "mark"):
        return -1
    return verb


def _has_sign(tree: Tree, first: int, last: int) -> bool:
    """Whether an amount is one of money, a share or one that others expected: what is counted has its own verb."""
    words = tree.words[first:last]
    return tree.lower[last] in word_set("cues", "forecasters") or any(
        word[0] in MONEY_SIGNS or word[-1] == "%" or word.lower() in {"cent", "percent"} for word in words
    )


def _of_participle(tree: Tree, top: int, last: int) -> None:
    """Hangs the clause behind an amount on it: "the $1.93 recorded a year before", "the $350m it had set aside"."""
    verb = tree.heads[top]
    if tree.base(top) != "nsubj" or tree.heads[verb] >= top:
        return
    owner = tree.tags[last] == "PRON" and tree.heads[last] == verb and tree.base(last) == "nsubj"
    if not owner and (verb != last or tree.fine[verb] not in {"VBN", "VBD"}):
        return
    above = tree.heads[verb]
    for token, head in enumerate(tree.heads):
        if head == verb and token < top:
            tree.heads[token] = above
    tree.heads[top], tree.relations[top] = above, "obl:unmarked"
    tree.heads[verb], tree.relations[verb] = top, "acl"
