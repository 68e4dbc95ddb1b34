"""The subject of a verb: its own, that of a verb it is joined to, or the noun that it describes."""

from extraction.context.noun_phrases import is_time
from extraction.context.parts import MOST_STEPS
from extraction.context.trees import Tree
from extraction.words import word_set

_CLAUSES = frozenset({"xcomp", "conj", "advcl", "aux", "dep", "parataxis", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "csubj"})


def subject_of(tree: Tree, verb: int) -> int | None:
    """The noun that is the subject of ``verb``: its own, that of the verb it is joined to, or what it describes."""
    for _ in range(MOST_STEPS):
        own = [child for child in tree.children[verb] if tree.base(child) in _SUBJECTS]
        if not own and len(objects := tree.below(verb, "obj")) > 1 and objects[0] < verb:
            # "cuts that it says will save $2m"
            own = [child for child in objects[:1] if tree.lower[child] in {"who", "which", "that"}]
        if any(tree.relations[c] == "expl" and tree.lower[c] == "there" for c in tree.children[verb]):
            return None
        if own:
            subject = next((child for child in reversed(own) if child < verb), own[0])
            return _antecedent(tree, subject, verb) if tree.lower[subject] in {"who", "which", "that"} else subject
        relation, head = tree.base(verb), tree.heads[verb]
        nearest = _in_front(tree, verb)
        if nearest is not None:
            return nearest
        if head == verb:
            return None
        of_noun = tree.is_nominal(head) and head < verb and not tree.below(head, "cop", "nsubj")
        if relation == "acl" or (of_noun and relation != "advcl" and tree.amount_at[head] < 0):
            return head
        if relation == "xcomp":
            controller = [child for child in tree.below(head, "obj") if child < verb]
            if controller:
                return controller[0]
        if relation not in _CLAUSES and tree.tags[verb] == "VERB":
            return None
        if relation == "ccomp" and _is_finite(tree, verb) and not _is_put_in(tree, head):
            return None
        if _is_put_in(tree, head):
            head = tree.heads[head]
        verb = head
    return None


def _is_finite(tree: Tree, verb: int) -> bool:
    forms = {tree.fine[token] for token in (verb, *tree.below(verb, "aux", "cop"))}
    return bool(forms & {"VBD", "VBZ", "VBP", "MD"})


def _is_put_in(tree: Tree, verb: int) -> bool:
    """As in "and, she conceded, had sunk": who reports in between has no part in what is reported."""
    subject = next((child for child in tree.below(verb, "nsubj") if child < verb), None)
    if subject is None or tree.lower[verb] not in word_set("attribution", "say") or verb + 1 >= len(tree.words):
        return False
    first = tree.lefts[subject]
    return tree.words[verb + 1] == "," and first > 0 and tree.words[first - 1] == "," and tree.heads[verb] < first


def _in_front(tree: Tree, verb: int) -> int | None:
    """The noun right in front of a finite verb that the parser has given no subject."""
    finite = [child for child in tree.children[verb] if tree.base(child) in {"cop", "aux"} and child < verb]
    first = min(finite, default=verb)
    if not finite and not (tree.tags[verb] == "VERB" and _is_finite(tree, verb)):
        return None
    at = first - 1
    while at >= 0 and tree.tags[at] == "ADV":
        at -= 1
    if at < 0 or tree.tags[at] not in {"NOUN", "PROPN", "PRON"}:
        return None
    while tree.heads[at] < min(at, first) and tree.is_nominal(tree.heads[at]):
        between = tree.base(at) == "conj" and tree.case_of(tree.heads[at]) == "between"
        if not between and tree.base(at) not in {"nmod", "compound", "flat"}:
            break
        if any(tree.base(between) == "punct" for between in range(tree.heads[at], at)):
            break
        at = tree.heads[at]
    if tree.amount_at[at] >= 0 or is_time(tree, at) or tree.base(at) in {"obl", "obj"}:
        return None
    return at


def _antecedent(tree: Tree, pronoun: int, verb: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    if (tree.words[pronoun - 1] != "," and pronoun > 0 and tree.is_nominal(pronoun - 1)) or tree.base(verb) == "acl":
        head = tree.heads[verb] if tree.base(verb) == "acl" else pronoun - 1
        if tree.base(head) == "appos" and head > 0 and tree.words[head - 1] == "(":
            head = tree.heads[head]  # "Ford (F) which has"
        return head if tree.is_nominal(head) else None
    at = pronoun - 1
    while at >= 0 and (not tree.is_nominal(at) or (at > 0 and tree.words[at - 1] == "(")):
        at -= 1
    while at >= 0 and tree.base(at) in {"flat", "compound", "nmod"} and tree.is_nominal(tree.heads[at]):
        if tree.heads[at] >= pronoun:
            break
        at = tree.heads[at]
    return at if at >= 0 else None
