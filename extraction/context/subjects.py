"""The subject of a verb: its own, that of a verb it is joined to, or the noun that it describes."""

from extraction.context.controllers import controller, done_by_object, is_pared, opens_with_to
from extraction.context.parts import is_plain_noun
from extraction.context.relatives import antecedent
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set
from extraction.trees.labels import FINITE
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import MOST_STEPS, Tree

_CLAUSES = frozenset({"xcomp", "conj", "advcl", "aux", "dep", "parataxis", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_WHEN = word_set("syntax", "before_verbless_times")


def subject_of(tree: Tree, verb: int) -> int | None:
    """The noun that is the subject of ``verb``: its own, that of the verb it is joined to, or what it describes."""
    for _ in range(MOST_STEPS):
        if any(tree.relations[child] == "expl" and tree.lower[child] == "there" for child in tree.children[verb]):
            return None
        own = _own_subject(tree, verb)
        if own is not None:
            return _meant_by(tree, own, verb)
        head, nearest = tree.heads[verb], _in_front(tree, verb)
        if nearest is not None or head == verb:
            return nearest
        above = _verb_with_same_subject(tree, verb)
        if above is not None:
            verb = above
            continue
        given = _given_by_head(tree, verb)
        if given is not None:
            return given
        put_in, relation = _is_put_in(tree, head), tree.base(verb)
        if relation not in _CLAUSES and tree.tags[verb] == "VERB":
            return None
        if relation == "ccomp" and not put_in and (_is_finite(tree, verb) or _is_quoted(tree, verb, head)):
            return None
        verb = tree.heads[head] if put_in and tree.lower[verb] not in word_set("syntax", "citing") else head
    return None


def _own_subject(tree: Tree, verb: int) -> int | None:
    """The subject that hangs on ``verb`` itself, of several the one that is no aside, or the one of "of them"."""
    own = [c for c in tree.children[verb] if tree.base(c) in _SUBJECTS and _does(tree, c, verb)]
    objects = [] if own else tree.below(verb, "obj")
    if objects and objects[0] < verb and (len(objects) > 1 or _is_finite(tree, verb)):
        # "cuts that it says will save $2m", "a figure which it said could rise to $2m"
        own = [child for child in objects[:1] if tree.lower[child] in RELATIVES]
    if len(own) > 1:  # "The planet, called Tarvos, takes 19 hours"
        own = [child for child in own if tree.base(child) == "nsubj"] or own
    if len(own) > 1:  # "The pensioners would each receive"
        own = [child for child in own if tree.lower[child] not in {"each", "all", "both"}] or own
    if len(own) > 1:  # "The climbers, most of them students, were", "who swindled savers out of $3m was"
        own = [child for child in own if not _is_aside(tree, child)] or own
    own = own or _of_them(tree, verb)
    return next((child for child in reversed(own) if child < verb), own[0]) if own else None


def _meant_by(tree: Tree, subject: int, verb: int) -> int | None:
    """What a relative pronoun stands for; any other subject is meant itself."""
    if tree.lower[subject] not in RELATIVES:
        return subject
    if tree.fine[subject] == "DT":  # "That was $4m"
        return _meant_by_that(tree, subject, verb)
    return antecedent(tree, subject, verb)


def _verb_with_same_subject(tree: Tree, verb: int) -> int | None:
    """The word above ``verb`` whose subject is that of ``verb`` too, where none stands between the two."""
    head = tree.heads[verb]
    of_noun = _describes_noun(tree, verb)
    if of_noun and is_time(tree, head):  # "in the first half, up from 12 per cent"
        return head
    if of_noun and tree.amount_at[head] >= 0 and opens_with_to(tree, verb):  # "needed $5m to feed 900 people"
        return tree.heads[head]
    if head < verb and is_pared(tree, head, verb) and not tree.below(head, "det", "nmod"):
        return tree.heads[head]  # "rallied to $71 before paring gains to settle at $69.30"
    state = tree.base(verb) == "acl" and tree.below(head, "cop") and _is_state(tree, head, verb)
    return head if state and not _is_intended(tree, verb) else None


def _given_by_head(tree: Tree, verb: int) -> int | None:
    """The subject that the word above gives: the noun that is described, who intends, who is made to do it."""
    head, relation = tree.heads[verb], tree.base(verb)
    if _is_intended(tree, verb):
        owner = _who_intends(tree, head)
        return head if owner is None else owner
    if relation == "acl" or (_describes_noun(tree, verb) and relation != "advcl" and tree.amount_at[head] < 0):
        return head
    made = controller(tree, verb, head) if relation == "xcomp" else None
    if made is not None:
        return made
    noun = _behind_with(tree, verb, head)
    return done_by_object(tree, verb, head) if noun is None else noun


def _describes_noun(tree: Tree, verb: int) -> bool:
    """Whether ``verb`` hangs on a noun in front that is no predicate."""
    head = tree.heads[verb]
    return tree.is_nominal(head) and head < verb and not tree.below(head, "cop", "nsubj")


def _is_intended(tree: Tree, verb: int) -> bool:
    """Whether the verb tells what the noun of an intention is about: "its plan to hire 40 people"."""
    head = tree.heads[verb]
    if tree.base(verb) != "acl" or tree.lower[head] not in word_set("syntax", "intentions"):
        return False
    return bool(_describes_noun(tree, verb) or tree.below(head, "cop")) and opens_with_to(tree, verb)


def _does(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun that the tree takes for the subject of ``verb`` is no time, nor set apart behind it."""
    if _only_when(tree, noun):
        return False
    # "It took her nine years to save the sum"
    return noun < verb or (tree.base(noun) == "nsubj" and not _set_apart(tree, noun))


def opens_clause(tree: Tree, token: int) -> bool:
    """Whether nothing of its clause stands in front of ``token``."""
    return token == 0 or tree.tags[token - 1] in {"PUNCT", "SCONJ", "CCONJ"}


def _behind_with(tree: Tree, verb: int, head: int) -> int | None:
    """The noun of an opening "with" that does it, or None: "With rain in the first weeks of May falling short"."""
    if tree.fine[verb] not in {"VBG", "VBN"} or tree.base(verb) != "advcl" or verb > head or tree.below(verb, "mark"):
        return None
    noun = next((child for child in tree.below(head, "obl") if child < verb and tree.case_of(child) == "with"), None)
    if noun is None or not opens_clause(tree, tree.lefts[noun]) or "," in tree.words[noun:verb]:
        return None
    return noun


def _meant_by_that(tree: Tree, that: int, verb: int) -> int | None:
    """What "that" stands for: "a backlog that has grown to 900 and that includes 70 murders".

    In an aside it is the noun in front, "A swing of 1.8 points, that's 34 people, would do"; no noun, but itself, in
    "assuming that returns average 5 per cent" and "is frozen, that is to a depth of 15cm".
    """
    first = _first_relative(tree, that, verb)
    if first is not None:
        return antecedent(tree, that, first)
    average = tree.tags[verb + 1 : verb + 2] == ["ADJ"] and tree.lower[verb + 1] in word_set("grammar", "amounts")
    if verb == that + 1 and average:
        return None
    is_ = tree.below(verb, "cop")
    if not that or not is_ or is_[0] != that + 1 or tree.tags[that - 1] not in {"PUNCT", "CCONJ"}:
        return that
    if tree.case_of(verb) == "to":
        return None
    end = tree.rights[verb] + 1
    aside = tree.amount_at[is_[0] + 1] >= 0 and "," in tree.words[end - 1 : end + 1] and end + 2 < len(tree.words)
    aside = aside and _VERBAL.isdisjoint(tree.tags[max(0, that - _FURTHEST) : that])
    return antecedent(tree, that, verb) if aside else that


def _first_relative(tree: Tree, that: int, verb: int) -> int | None:
    """The verb of the relative clause that "that" opens, or of the one in front of "and that"."""
    while tree.base(verb) == "conj" and tree.heads[verb] < verb:
        verb = tree.heads[verb]
    if tree.base(verb) == "acl" and tree.heads[verb] < that:
        return verb
    joined = that > 1 and tree.tags[that - 1] == "CCONJ" and tree.words[that - 2] != ","
    near = range(that - 2, max(0, that - _FURTHEST), -1) if joined else ()
    return next((at for at in near if tree.relations[at] == "acl:relcl" and tree.tags[at] == "VERB"), None)


def _is_aside(tree: Tree, noun: int) -> bool:
    """Whether it is put in, "The climbers, most of them students, were rescued", or is a sum behind "out of"."""
    among = tree.lower[noun + 1 : noun + 3] in _ASIDES and noun > 0 and tree.words[noun - 1] == ","
    return among or (tree.amount_at[noun] >= 0 and tree.case_of(noun) in {"out", "out of"})


def _of_them(tree: Tree, verb: int) -> list[int]:
    """The noun in front of "of them": "They sold three, the last of them, a seascape, fetching $90"; or none."""
    if tree.fine[verb] != "VBG" or tree.base(verb) != "advcl" or tree.words[verb - 1] != ",":
        return []
    for at in range(verb - 2, max(1, verb - _FURTHEST), -1):
        if tree.tags[at] in {"VERB", "AUX"}:
            break
        if tree.lower[at + 1 : at + 3] in _ASIDES and tree.lower[at - 1] == "the" and tree.words[at - 2] == ",":
            return [at]
    return []


_VERBAL = frozenset({"VERB", "AUX"})
_ASIDES = [["of", "them"], ["of", "whom"], ["of", "which"]]
_FURTHEST = 24  # tokens from "the last of them" to its participle


def _set_apart(tree: Tree, noun: int) -> bool:
    """Whether a comma keeps the noun from doing it: "drew hundreds to the town, one of the smallest in the county"."""
    first, verb = tree.lefts[noun], tree.heads[noun]
    return _behind_comma(tree, first) and any(verb < done < first for done in tree.below(verb, "obj"))


def _is_state(tree: Tree, noun: int, verb: int) -> bool:
    """Whether the participle is said of who is in the state in front: "Doe is on trial in Leeds, charged with"."""
    led = (tree.tags[noun] == "NOUN" or tree.fine[verb] == "VBG") and tree.case_of(noun) not in {"", "of"}
    led = led and not any(tree.relations[child] in {"det", "nmod:poss"} for child in tree.children[noun])
    return led and tree.fine[verb] in {"VBN", "VBD", "VBG"} and _behind_comma(tree, tree.lefts[verb])


def _behind_comma(tree: Tree, first: int) -> bool:
    return "," in tree.words[max(0, first - 1) : first + 1]


def _only_when(tree: Tree, noun: int) -> bool:
    """Whether the noun is only a time, and no subject of what has no verb: "the first half, up from 12 per cent".

    Nor is one behind a preposition: "and by the following Easter halved again".
    """
    if not is_time(tree, noun):
        return False
    head = tree.heads[noun]
    moved = tree.lower[head] in word_set("syntax", "moved") and not tree.below(head, "cop")
    return moved or tree.case_of(noun) in _WHEN


def _who_intends(tree: Tree, noun: int) -> int | None:
    """Who intends it, its owner or the subject around it, or None: "The bank announced plans to cut 500 jobs"."""
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
    """Whether others mean to do it: "Anger is growing over plans to", "Villagers protested against plans to"."""
    case = tree.case_of(noun)
    feelings = (tree.lower[child] in word_set("syntax", "reactions") for child in tree.below(verb, "nsubj"))
    return case == "against" or (case in {"over", "about", "at", "to"} and any(feelings))


def _is_finite(tree: Tree, verb: int) -> bool:
    return tree.fine[verb] in FINITE or any(tree.fine[token] in FINITE for token in tree.below(verb, "aux", "cop"))


def _is_quoted(tree: Tree, verb: int, head: int) -> bool:
    """Whether the verb only says what stands between quotes: "Ten years old, and still going," he said."""
    said = verb < head and tree.lower[head] in word_set("attribution", "say")
    return said and any(tree.words[at] in {'"', "”"} for at in range(verb, head))


def _is_put_in(tree: Tree, verb: int) -> bool:
    """Whether the verb is a report put in between, with no part in what is reported: "and, she conceded, had sunk"."""
    subject = next((child for child in tree.below(verb, "nsubj") if child < verb), None)
    if subject is None or tree.lower[verb] not in word_set("attribution", "say") or verb + 1 >= len(tree.words):
        return False
    first = tree.lefts[subject]
    return tree.words[verb + 1] == "," and first > 0 and tree.words[first - 1] == "," and tree.heads[verb] < first


def _in_front(tree: Tree, verb: int) -> int | None:
    """The noun right in front of a finite verb that the parser has given no subject."""
    finite = [child for child in tree.below(verb, "cop", "aux") if child < verb]
    first = min(finite, default=verb)
    if not finite and not (tree.tags[verb] == "VERB" and _is_finite(tree, verb)):
        return None
    at = first - 1
    while at >= 0 and tree.tags[at] == "ADV":
        at -= 1
    if at < 0 or tree.tags[at] not in {"NOUN", "PROPN", "PRON"}:
        return None
    carrier = _carrier(tree, at)
    if carrier is not None:
        return carrier
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


def _carrier(tree: Tree, noun: int) -> int | None:
    """The noun in front of the participle, or None: "a boat carrying 60 migrants and crew sank"."""
    first = tree.heads[noun] if tree.base(noun) == "conj" else noun
    doing = tree.heads[first]
    carried = tree.base(first) == "obj" and tree.fine[doing] == "VBG" and tree.base(doing) == "acl"
    return tree.heads[doing] if carried and tree.heads[doing] == doing - 1 and is_plain_noun(tree, doing - 1) else None
