"""The subject of a verb: its own, that of a verb it is joined to, or the noun that it describes."""

from extraction.context.noun_phrases import is_time
from extraction.context.parts import MOST_STEPS, is_counted, is_plain_noun
from extraction.context.trees import Tree
from extraction.text.words import word_set

_CLAUSES = frozenset({"xcomp", "conj", "advcl", "aux", "dep", "parataxis", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_WHEN = frozenset({"by", "in", "on", "at", "since", "until", "during"})


def subject_of(tree: Tree, verb: int) -> int | None:
    """The noun that is the subject of ``verb``: its own, that of the verb it is joined to, or what it describes."""
    for _ in range(MOST_STEPS):
        own = [child for child in tree.children[verb] if tree.base(child) in _SUBJECTS and not _only_when(tree, child)]
        # "It took her nine years to save the sum"
        own = [child for child in own if child < verb or (tree.base(child) == "nsubj" and not _set_apart(tree, child))]
        if not own and len(objects := tree.below(verb, "obj")) > 1 and objects[0] < verb:
            # "cuts that it says will save $2m"
            own = [child for child in objects[:1] if tree.lower[child] in {"who", "which", "that"}]
        if any(tree.relations[c] == "expl" and tree.lower[c] == "there" for c in tree.children[verb]):
            return None
        if len(own) > 1:  # "The planet, called Tarvos, takes 19 hours"
            own = [child for child in own if tree.base(child) == "nsubj"] or own
        if len(own) > 1:  # "The pensioners would each receive"
            own = [child for child in own if tree.lower[child] not in {"each", "all", "both"}] or own
        if own:
            subject = next((child for child in reversed(own) if child < verb), own[0])
            relative = tree.lower[subject] in {"who", "which", "that"}
            relative = relative and (tree.fine[subject] != "DT" or tree.base(verb) == "acl")  # not "That was $4m"
            return antecedent(tree, subject, verb) if relative else subject
        relation, head = tree.base(verb), tree.heads[verb]
        nearest = _in_front(tree, verb)
        if nearest is not None:
            return nearest
        if head == verb:
            return None
        of_noun = tree.is_nominal(head) and head < verb and not tree.below(head, "cop", "nsubj")
        if of_noun and is_time(tree, head):  # "in the first half, up from 12 per cent"
            verb = head
            continue
        if of_noun and tree.amount_at[head] >= 0 and _opens_with_to(tree, verb):  # "needed $5m to feed 900 people"
            verb = tree.heads[head]
            continue
        if head < verb and _is_pared(tree, head, verb) and not tree.below(head, "det", "nmod"):
            verb = tree.heads[head]  # "rallied to $71 before paring gains to settle at $69.30"
            continue
        meant = of_noun or tree.below(head, "cop")
        intends = meant and relation == "acl" and tree.lower[head] in word_set("syntax", "intentions")
        if intends and _opens_with_to(tree, verb):
            owner = _who_intends(tree, head)
            return head if owner is None else owner
        if relation == "acl" and tree.below(head, "cop") and _is_state(tree, head, verb):
            verb = head
            continue
        if relation == "acl" or (of_noun and relation != "advcl" and tree.amount_at[head] < 0):
            return head
        if relation == "xcomp":
            controller = _controller(tree, verb, head)
            if controller is not None:
                return controller
        done_by = _done_by_object(tree, verb, head)
        if done_by is not None:
            return done_by
        if relation not in _CLAUSES and tree.tags[verb] == "VERB":
            return None
        if relation == "ccomp" and _is_finite(tree, verb) and not _is_put_in(tree, head):
            return None
        if _is_put_in(tree, head) and tree.lower[verb] not in word_set("syntax", "citing"):
            head = tree.heads[head]
        verb = head
    return None


def _set_apart(tree: Tree, noun: int) -> bool:
    """As in "drew hundreds to the town, one of the smallest in the county": behind a comma no noun does it."""
    first, verb = tree.lefts[noun], tree.heads[noun]
    return _behind_comma(tree, first) and any(verb < done < first for done in tree.below(verb, "obj"))


def _is_state(tree: Tree, noun: int, verb: int) -> bool:
    """As in "Doe is on trial in Leeds, charged with": behind a comma the participle is said of who is in the state."""
    led = (tree.tags[noun] == "NOUN" or tree.fine[verb] == "VBG") and tree.case_of(noun) not in {"", "of"}
    led = led and not any(tree.relations[child] in {"det", "nmod:poss"} for child in tree.children[noun])
    return led and tree.fine[verb] in {"VBN", "VBD", "VBG"} and _behind_comma(tree, tree.lefts[verb])


def _behind_comma(tree: Tree, first: int) -> bool:
    return "," in tree.words[max(0, first - 1) : first + 1]


def _controller(tree: Tree, verb: int, head: int) -> int | None:
    """As in "forced the firm to pay", "called on ministers to spend": whoever is made to do it does it."""
    if tree.lower[head] in word_set("syntax", "moves_things") or tree.lower[head] in word_set("syntax", "vows"):
        return None
    made = [child for child in tree.below(head, "obj", "iobj") if not _is_pared(tree, child, verb)]
    if tree.lower[head] in word_set("syntax", "calls_on"):
        made += [child for child in tree.below(head, "obl") if tree.case_of(child) in {"on", "upon"}]
    return next((child for child in made if head < child < verb and tree.amount_at[child] < 0), None)


def _is_pared(tree: Tree, noun: int, verb: int) -> bool:
    """As in "trimming losses to close at $112": what is given up does not come to the amount."""
    return tree.lower[noun] in word_set("syntax", "gains") and _opens_with_to(tree, verb)


def _only_when(tree: Tree, noun: int) -> bool:
    """As in "the first half, up from 12 per cent": a time is no subject of what has no verb.

    Nor is one behind a preposition: "and by the following Easter halved again".
    """
    head = tree.heads[noun]
    if is_time(tree, noun) and tree.case_of(noun) in _WHEN:
        return True
    return is_time(tree, noun) and tree.lower[head] in word_set("syntax", "moved") and not tree.below(head, "cop")


def _opens_with_to(tree: Tree, verb: int) -> bool:
    return any(tree.lower[mark] == "to" for mark in tree.below(verb, "mark"))


def _who_intends(tree: Tree, noun: int) -> int | None:
    """As in "The bank announced plans to cut 500 jobs": its owner or the subject around it does so."""
    owner = next((child for child in tree.children[noun] if tree.relations[child] == "nmod:poss"), None)
    if owner is not None and tree.tags[owner] != "PRON":
        return owner
    verb = tree.heads[noun]
    while tree.base(noun) in {"conj", "nmod"} and tree.is_nominal(verb) and tree.heads[verb] != verb:
        noun, verb = verb, tree.heads[verb]
    own = [child for child in tree.below(noun, "nsubj") if tree.below(noun, "cop")]
    if own:
        return own[0]  # "Volta is in talks to raise $5m"
    if _is_resented(tree, noun, verb):
        return None
    if tree.base(noun) not in {"obj", "obl"} or tree.tags[verb] not in {"VERB", "AUX"}:
        return None
    given = [child for child in tree.below(verb, "iobj") if is_plain_noun(tree, child)]
    return given[0] if given else subject_of(tree, verb)


def _is_resented(tree: Tree, noun: int, verb: int) -> bool:
    """As in "Anger is growing over plans to", "Villagers protested against plans to": others mean to do it."""
    case = tree.case_of(noun)
    feelings = (tree.lower[child] in word_set("syntax", "reactions") for child in tree.below(verb, "nsubj"))
    return case == "against" or (case in {"over", "about", "at", "to"} and any(feelings))


def _done_by_object(tree: Tree, verb: int, head: int) -> int | None:
    """As in "convicted him of stealing $3m", "fined the firm for dumping": who is accused of it did it."""
    if tree.fine[verb] != "VBG" or tree.lower[head] not in word_set("syntax", "blames") or head > verb:
        return None
    if not any(tree.lower[mark] in word_set("syntax", "object_does") for mark in tree.below(verb, "mark", "case")):
        return None
    objects = [child for child in tree.below(head, "obj", "iobj") if head < child < verb]
    if any(
        tree.relations[child] == "nsubj:pass" for child in tree.children[head]
    ):  # "was charged a fee for using 3 GB"
        return None
    return objects[0] if objects and is_plain_noun(tree, objects[0]) else None


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


_EACH = frozenset(("a", "an", "per", "each", "every"))


def antecedent(tree: Tree, pronoun: int, verb: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    if (tree.words[pronoun - 1] != "," and pronoun > 0 and tree.is_nominal(pronoun - 1)) or tree.base(verb) == "acl":
        head = tree.heads[verb] if tree.base(verb) == "acl" else pronoun - 1
        if tree.tags[head] == "ADJ" and tree.base(head) == "amod" and tree.heads[head] < head:
            head = tree.heads[head]  # "a shield 11cm thick that can withstand"
        if tree.base(head) == "appos" and head > 0 and tree.words[head - 1] == "(":
            head = tree.heads[head]  # "Ford (F) which has"
        if _describes_name(tree, head, pronoun):
            head = tree.heads[head]
        near = pronoun - 2 if tree.words[pronoun - 1] == "," else pronoun - 1
        if near != pronoun - 1 and _is_meant(tree, near, head, verb):
            return near
        if not _agrees(tree, head, verb) and head < near and tree.tags[near] in {"NOUN", "PROPN"}:
            return near if _agrees(tree, near, verb) else head
        return head if tree.is_nominal(head) or tree.amount_at[head] >= 0 else None  # "The 27-year-old, who"
    at = pronoun - 1
    while at >= 0 and (not tree.is_nominal(at) or (at > 0 and tree.words[at - 1] == "(")):
        at -= 1
    while at >= 0 and tree.base(at) in {"flat", "compound", "nmod"} and tree.is_nominal(tree.heads[at]):
        if tree.heads[at] >= pronoun or (tree.base(at) == "nmod" and not _agrees(tree, tree.heads[at], verb)):
            break
        if _is_meant(tree, at, tree.heads[at], verb):
            break
        at = tree.heads[at]
    rated = at > 1 and tree.lower[at - 1] in _EACH and tree.amount_at[at - 2] >= 0  # "to $9 per kilo, which would add"
    return at if at >= 0 and not rated else None


def _is_meant(tree: Tree, near: int, head: int, verb: int) -> bool:
    """As in "There were 12 arrests at the match, which drew 40,000": what is counted does nothing further.

    Nor does the first name of a list: "Britain closed three sites, France, which has 12, two".
    """
    finite = min([verb, *tree.below(verb, "aux", "cop")])
    if tree.heads[near] == head < near and tree.base(near) == "nmod":
        placed = tree.case_of(near) == "at" and tree.tags[near] == "NOUN" and is_counted(tree, head)
        return placed and tree.fine[finite] == "VBD" and "who" not in tree.lower[near + 1 : near + 3]
    listed = (
        tree.tags[near] == "PROPN" and tree.base(near) in {"conj", "appos"} and tree.words[near - 1] in {",", "and"}
    )
    return listed and near > head and tree.fine[finite] == "VBZ"


def _describes_name(tree: Tree, noun: int, pronoun: int) -> bool:
    """As "manager" in "Omar Haddad, the manager, who expects": an apposition behind a comma.

    Without a comma behind it as well: "Omar Haddad, a manager who", "Acme, a firm that".
    """
    name = tree.heads[noun]
    near = tree.words[pronoun - 1] == "," if tree.lower[pronoun] == "who" else False
    near = near or noun == pronoun - 1
    named = tree.tags[noun] == "NOUN" and tree.tags[name] == "PROPN" and name < noun
    return near and named and tree.base(noun) == "appos" and "," in tree.words[name:noun]


def _agrees(tree: Tree, noun: int, verb: int) -> bool:
    """As in "Exports to China, which buys a third": a plural has no verb in the third person singular."""
    finite = min([verb, *tree.below(verb, "aux", "cop")])
    singular = tree.fine[finite] == "VBZ" or tree.lower[finite] in {"was", "is", "has", "does"}
    return not (singular and tree.fine[noun] in {"NNS", "NNPS"})
