"""Gives a clause the subject that the parser hung elsewhere: on the verb of speech, on a preposition, on an amount."""

from typing import TYPE_CHECKING

from extraction.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NAMING = frozenset(("NOUN", "PROPN"))
_OBJECTS = frozenset(("obj", "iobj"))


def find_subjects(tree: "Tree", tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        _of_bare_relative(tree, top, first, last)
    _of_hyphened(tree)
    for verb, relation in enumerate(tree.relations):
        if relation == "ccomp":
            _taken_by_say(tree, verb)
        elif relation == "advcl":
            _behind_conjunction(tree, verb)
    _join_subjects(tree)


def _of_hyphened(tree: "Tree") -> None:
    """As in "Dublin-based Acme", "the clean-up at $45m": what a hyphen joins stays together."""
    for at in [at for at, word in enumerate(tree.words[:-1]) if word == "-" and at]:
        if tree.ends[at - 1] != tree.starts[at] or tree.ends[at] != tree.starts[at + 1]:
            continue
        front, behind = at - 1, at + 1
        described = tree.heads[behind] > behind and tree.base(behind) == "amod" and tree.fine[behind] == "VBN"
        if described and tree.base(front) == "nsubj" and tree.amount_at[front] < 0:
            tree.hang(front, behind, "compound")
        below = [token for token, head in enumerate(tree.heads) if head == behind and token != behind]
        noun = min(below, default=0) - 1
        taken = tree.base(behind) in {"case", "advmod"} and front in below and noun >= 0
        if taken and tree.relations[below[-1]] == "fixed" and tree.tags[noun] in _NAMING:
            tree.heads[below[-1]], tree.relations[below[-1]] = tree.heads[behind], "case"
            tree.heads[behind], tree.relations[behind], tree.tags[behind] = noun, "nmod", "NOUN"


def _of_bare_relative(tree: "Tree", top: int, first: int, last: int) -> None:
    """As in "short of the $215m analysts had expected": the noun behind is the subject of what describes the amount."""
    if first < 1 or tree.lower[first - 1] != "the" or last >= len(tree.words) or not _has_sign(tree.words[first:last]):
        return
    noun = tree.heads[top]
    while tree.heads[noun] == noun + 1 and tree.base(noun) == "compound":
        noun += 1
    if noun < last or tree.tags[noun] not in _NAMING or any(tree.tags[at] not in _NAMING for at in range(last, noun)):
        return
    verb, measured = _verb_behind(tree, noun), tree.heads[noun]
    if verb == measured or verb < 0:
        return
    if measured < first and tree.heads[measured] == verb:  # "short" was the subject
        if tree.tags[measured] not in {"ADJ", "ADV"}:
            return
        above = tree.heads[verb]
        tree.heads[measured], tree.relations[measured] = (measured, "ROOT") if above == verb else (above, "advcl")
    elif tree.heads[verb] != noun:
        return
    tree.heads[top], tree.relations[top] = (top if measured == noun else measured), tree.relations[noun]
    for token, head in enumerate(tree.heads):
        if head == noun and token < first and tree.base(token) in {"case", "det", "mark", "advmod"}:
            tree.heads[token] = top
    tree.heads[verb], tree.relations[verb] = top, "acl:relcl"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"


def _verb_behind(tree: "Tree", noun: int) -> int:
    """The finite verb without object that stands right behind ``noun``, and is not its predicate; else -1."""
    first = noun + 1
    verb = first
    while verb < len(tree.words) and tree.base(verb) in {"aux", "advmod"} and tree.heads[verb] > verb:
        verb += 1
    if verb >= len(tree.words) or tree.tags[verb] != "VERB" or tree.fine[first] not in _FINITE:
        return -1
    own = [token for token, head in enumerate(tree.heads) if head == verb and token != verb]
    if tree.heads[noun] == verb or any(tree.base(token) in {"obj", "mark"} for token in own):
        return -1
    return verb


def _has_sign(words: list[str]) -> bool:
    """Whether an amount is one of money or a share: what is counted has its own verb behind it."""
    return any(word[0] in "$£€¥" or word[-1] == "%" or word.lower() in {"cent", "percent"} for word in words)


def _taken_by_say(tree: "Tree", verb: int) -> None:
    """As in "said the planet, 124 light-years away, is": a clause that is said has a subject of its own."""
    say = tree.heads[verb]
    if say > verb or tree.lower[say] not in word_set("attribution", "say") or not _is_finite(tree, verb):
        return
    if any(head == verb and tree.base(token) in {"nsubj", "expl", "csubj"} for token, head in enumerate(tree.heads)):
        return
    taken = [at for at in range(say + 1, verb) if tree.heads[at] == say and tree.base(at) in _OBJECTS]
    if len(taken) == 1 and tree.tags[taken[0]] in _NAMING and tree.amount_at[taken[0]] < 0:
        tree.heads[taken[0]], tree.relations[taken[0]] = verb, "nsubj"


def _behind_conjunction(tree: "Tree", verb: int) -> None:
    """As in "after winds of 130km/h brought down lines": a finite verb has a subject, and it opens the clause."""
    if not _is_finite(tree, verb):
        return
    own = [token for token, head in enumerate(tree.heads) if head == verb and token < verb]
    if any(tree.base(token) in {"nsubj", "expl", "csubj", "mark"} for token in own):
        return
    above = tree.heads[verb]
    beside = [token for token in range(above + 1, verb) if tree.heads[token] == above and tree.base(token) == "obl"]
    noun = min([token for token in own if tree.base(token) == "obl"] or beside[-1:], default=-1)
    case = next((at for at in range(noun) if tree.heads[at] == noun and tree.base(at) == "case"), None)
    if case is None or tree.lower[case] not in word_set("syntax", "conjunctions_like_prepositions"):
        return
    if (
        "," in tree.words[case:verb]
        or tree.tags[noun] not in _NAMING | {"PRON"}
        or tree.lower[noun] in word_set("syntax", "times")
    ):
        return
    tree.heads[case], tree.relations[case] = verb, "mark"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"


def _is_finite(tree: "Tree", verb: int) -> bool:
    helpers = [at for at, head in enumerate(tree.heads) if head == verb and tree.base(at) in {"aux", "cop"}]
    return tree.fine[min(helpers, default=verb)] in _FINITE


def _join_subjects(tree: "Tree") -> None:
    """A verb in front of which two nouns claim to be its subject: they are one name, or joined by "and"."""
    subject = -1
    for token, relation in enumerate(tree.relations):
        if relation not in {"nsubj", "nsubj:pass"} or tree.tags[token] == "PRON":
            continue
        if tree.fine[token] == "VBZ":  # "Costs rose": no verb is a subject
            tree.tags[token], tree.fine[token] = "NOUN", "NNS"
        head = tree.heads[token]
        if subject >= 0 and tree.heads[subject] == head > token:
            first = next((at for at in range(subject + 1, token + 1) if tree.heads[at] in {token, head}), token)
            if first == token == subject + 1 and tree.fine[subject] in {"NN", "NNP", "NNPS"}:
                tree.hang(subject, token, "compound")
            elif tree.base(first) == "cc" or (first > 0 and tree.base(first - 1) == "cc"):
                tree.heads[token], tree.relations[token] = _noun_before(tree, first, subject), "conj"
                continue
        subject = token


def _noun_before(tree: "Tree", at: int, subject: int) -> int:
    """The noun in front of the conjunction before ``at`` that the next one is joined to; within the first subject."""
    while at > subject and (tree.tags[at] not in _NAMING or tree.heads[at] > at):
        at -= 1
    return at
