"""Subject, measure and predicate from the clause in which the amount or its noun stands."""

from extraction.claims import Kind
from extraction.context.amount_subjects import as_subject
from extraction.context.groups import group_of, is_group, is_of_other_part, sharers
from extraction.context.lasting import earlier_than, ended, spread
from extraction.context.levels import is_put_at, kept_at, polled_for
from extraction.context.measures import measure_of_verb
from extraction.context.parts import (
    UNMEASURED,
    Amount,
    Found,
    is_counted,
    measure_by_subject,
    set_subject,
)
from extraction.context.predicates import absolute, predicate, told_in_front
from extraction.context.standards import standard_behind_for
from extraction.context.subjects import subject_of
from extraction.context.with_amounts import object_with
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, noun_phrase
from extraction.trees.tree import Tree

_QUOTES = frozenset({'"', "”", "’", "''"})
_STEPS = frozenset({"to", "from", "by"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_COUNTED_OR_SHARED = frozenset({Kind.COUNT, Kind.PERCENT, Kind.FRACTION})
_TAKEN_FROM = frozenset({"out", "out of"})
_PLACED = frozenset({"from", "in", "at", "across"})
_CONDITIONED = frozenset({"in", "through"})
_SIZING = frozenset({"nummod", "compound", "amod"})


def clause(tree: Tree, amount: Amount, found: Found, node: int) -> None:
    """Fills subject, measure and predicate from the clause in which the noun or amount ``node`` stands."""
    if tree.base(node) == "nmod" and tree.lower[tree.heads[node]] in word_set("syntax", "wholes"):
        node = tree.heads[node]  # "each of the 43 forces would get"
    if _is_predicate_or_subject(tree, amount, found, node):
        return
    verb = _governing_verb(tree, node)
    if verb is None:
        return
    earlier = earlier_than(tree, node, verb) if amount.kind is Kind.DURATION else None
    if earlier is not None:
        _subject_of_verb(tree, amount, found, earlier)
        return
    found.predicate = predicate(tree, verb)
    if tree.case_of(node).startswith("according") or _has_participle(tree, amount, found, node):
        return
    if _said(tree, amount, found, node, verb) or _has_other_subject(tree, amount, found, node, verb):
        return
    _subject_of_verb(tree, amount, found, verb)
    _measured_by_clause(tree, amount, found, node, verb)


def _is_predicate_or_subject(tree: Tree, amount: Amount, found: Found, node: int) -> bool:
    """Fills what is found where the node is no object of its verb: "The fine is $3m", "a fine of $3m was imposed"."""
    relation, head = tree.base(node), tree.heads[node]
    copula = tree.below(node, "cop")
    if copula:
        found.predicate = (copula[0], copula[0] + 1)
        _subject_of_verb(tree, amount, found, node)
        based = amount.counted and amount.kind is Kind.COUNT and tree.case_of(amount.top) == "from"
        if found.subject is not None and tree.amount_at[node] >= 0 and not based:
            measure_by_subject(tree, amount, found)
            found.add("copula")
    elif relation == "conj" and amount.counted and tree.tags[head] == "VERB" and tree.is_nominal(node):
        found.add("amount_subject")  # "two were killed and five others hurt"
    elif relation in _SUBJECTS and tree.case_of(node) in _TAKEN_FROM:  # "who swindled savers out of $3m was jailed"
        _subject_of_verb(tree, amount, found, head)
    elif relation in _SUBJECTS:
        as_subject(tree, amount, found, node, head)
    else:
        return False
    return True


def _governing_verb(tree: Tree, node: int) -> int | None:
    """The verb that governs the node, or the node itself where a headline has none: "Shares down 5%"; else None."""
    head = tree.heads[node]
    if tree.below(node, "nsubj"):
        verb = node
    elif head == node or (tree.is_nominal(head) and not tree.below(head, "cop", "nsubj")):
        return None
    else:
        verb = head
    told = told_in_front(tree, node, verb)
    if told == verb:
        return None
    return verb if told is None else told


def _has_participle(tree: Tree, amount: Amount, found: Found, node: int) -> bool:
    """Whether the noun has a participle of its own, which becomes the predicate: "with 40 workers laid off"."""
    participle = absolute(tree, node) if amount.kind in _COUNTED_OR_SHARED else None
    if participle is None:
        return False
    found.predicate = (participle, participle + 1)
    found.add("amount_subject")
    return True


def _said(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Whether who reports is only the speaker and has no part in it; sets what is reported as the subject.

    As in "She announced an investment of $8m".
    """
    if tree.lower[verb] not in word_set("attribution", "say"):
        return False
    # "Thirty years old, and it still runs," he said
    quoted = tree.base(node) == "ccomp" and node < verb and not _QUOTES.isdisjoint(tree.words[node + 1 : verb])
    if quoted or _is_quoted_apart(tree, amount, verb):
        found.predicate = None
        return True
    # "declared a dividend of 8 cents, up from 7 cents"
    moves = tree.tags[node] == "ADV" and tree.lower[node] in word_set("syntax", "moved")
    noun = next((child for child in tree.below(verb, "obj") if child < node), node) if moves else node
    if not _is_reported(tree, amount, noun, verb):
        return False
    set_subject(tree, amount, found, noun, "reported")
    return True


def _has_other_subject(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Takes for the subject what has the amount in place of the subject of its verb; or whether nothing has it."""
    for rule, find in _OTHER_SUBJECTS:
        subject = find(tree, amount, node, verb)
        if subject is not None:
            set_subject(tree, amount, found, subject, rule)
            if rule == "kept":
                measure_by_subject(tree, amount, found)
            return True
    return _is_answer(tree, node, verb)


def _awaited(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """The noun that watchers await but do not have: "Analysts were looking for revenue of $3 billion"; or None."""
    watchers = word_set("syntax", "watchers")
    awaited = tree.case_of(node) == "for" and node != amount.top and tree.lower[verb] in word_set("syntax", "awaits")
    return node if awaited and any(tree.lower[child] in watchers for child in tree.below(verb, "nsubj")) else None


def _condition(tree: Tree, amount: Amount, node: int, _verb: int) -> int | None:
    """The noun of a condition that has the amount, or None: "The ferry sank in winds of 120 km/h"."""
    placed = tree.case_of(node) in _CONDITIONED and node != amount.top
    return node if placed and tree.lower[node] in word_set("syntax", "conditions") else None


def _given(tree: Tree, _amount: Amount, node: int, verb: int) -> int | None:
    """To whom a chance is given, for it is theirs, or None: "give the Swiss a 30 per cent chance"."""
    if tree.lower[node] not in word_set("syntax", "chances"):
        return None
    return next((child for child in tree.below(verb, "iobj") if tree.amount_at[child] < 0), None)


# By the names of their rules, in the order in which they are asked: "The poll put Labour on 38 per cent".
_OTHER_SUBJECTS = (
    ("with_amount", object_with),
    ("awaited", _awaited),
    ("condition", _condition),
    ("kept", kept_at),
    ("polled", polled_for),
    ("given", _given),
)


def _is_answer(tree: Tree, node: int, verb: int) -> bool:
    """Whether the share that said so has moved: "66 per cent said the country was on the wrong track, up from 58".

    What they said has no part in it.
    """
    says = tree.heads[verb]
    moved = tree.lower[node] in word_set("syntax", "moved") and tree.base(verb) == "ccomp" and says < verb
    return moved and any(tree.amount_at[child] >= 0 for child in tree.below(says, "nsubj"))


def _measured_by_clause(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> None:
    """Fills the measure by the verb or its subject where the clause and not a noun says what is measured."""
    if amount.kind is Kind.DURATION and tree.case_of(node) and _is_gerund(tree, verb):
        if found.measure is None:
            found.measure = (verb, verb + 1)  # "after charging in under 20 minutes"
            found.add("gerund")
    elif verb == amount.top or (verb == node and tree.amount_at[verb] >= 0):  # "doubled", "is estimated at $4bn"
        measure_by_subject(tree, amount, found)
    elif ended(tree, amount, found, node, verb) or spread(tree, amount, found, node, verb):
        return
    elif verb != node and "context.age_noun" not in found.rules and _is_measured(tree, amount, node, verb):
        measure_of_verb(tree, amount, found, node, verb)


def _is_gerund(tree: Tree, verb: int) -> bool:
    """Whether the verb is a gerund behind a preposition, without a subject or a helping verb.

    As in "after charging", but not in "knowing that the firm has been losing money for six years".
    """
    return tree.fine[verb] == "VBG" and bool(tree.below(verb, "mark")) and not tree.below(verb, "aux", "nsubj")


def _is_quoted_apart(tree: Tree, amount: Amount, verb: int) -> bool:
    """Whether a quotation without a verb has the amount, so that the verb has no part in it.

    As in "For 20 minutes off the journey," she said: what is quoted has no verb, and who says it no part in it.
    """
    between = range(amount.span[1], verb)
    return any(tree.words[at] in _QUOTES for at in between) and not any(tree.tags[at] == "VERB" for at in between)


def _is_reported(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """Whether what is announced has the amount, not who announces it: "She announced an investment of $8m".

    What is counted, has its verb.
    """
    behind = node < amount.span[0] and tree.amount_at[node] < 0
    behind = behind and tree.base(node) != "obl"  # "The firm announced a new plant, at a cost of $40m"
    if tree.lower[verb] in word_set("syntax", "own_results"):
        return False  # "Acme reported a profit of $5m": it is Acme's own
    if tree.lower[verb] in word_set("attribution", "declares"):
        behind = behind and tree.lower[node] not in word_set("attribution", "declared_sums")
    return behind and amount.kind is not Kind.COUNT and not is_counted(tree, node) and not tree.below(verb, "xcomp")


def _is_measured(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """Counts measure nothing beside what they count, and a length of time behind a preposition only says when."""
    if amount.kind is Kind.DURATION:
        return _is_measured_in_time(tree, amount, node, verb)
    if amount.kind is Kind.AGE:
        return tree.lower[verb] in change_words().verbs  # "raised the retirement age to 62"
    if amount.kind not in UNMEASURED or not amount.counted:
        return True
    # "cut their net position by 21,400 contracts", "The population fell to 900 people"
    return amount.kind is Kind.COUNT and tree.lower[verb] in change_words().verbs and tree.case_of(node) in _STEPS


def _is_measured_in_time(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    case = tree.case_of(node)
    if case in _STEPS:
        # "cut journey times from 90 minutes to 55", "stretched to 40 minutes"
        levels = word_set("grammar", "amounts") if case == "to" else frozenset()
        if tree.lower[verb] in change_words().verbs or tree.lower[verb] in levels:
            return True
        if case == "by" and tree.lower[verb] in word_set("cues", "lengthening", "delaying"):
            return True  # "extended the talks by 72 hours"
    if tree.lower[max(0, amount.span[0] - 1)] == "within":
        return False  # "came within 12 minutes"
    cases = {case, tree.case_of(amount.top)}
    return (cases <= {"", "for"} and tree.tags[node] != "ADV") or (cases == {"at"} and is_put_at(tree, verb))


def _subject_of_verb(tree: Tree, amount: Amount, found: Found, verb: int) -> None:
    subject = subject_of(tree, verb)
    if subject is not None and tree.fine[verb] == "JJS" and tree.lower[subject] in word_set("syntax", "owners"):
        above = tree.heads[verb]
        subject = subject_of(tree, above) if above < subject else subject  # "slipped to $1.21, its lowest in two years"
    if subject is None:
        _moved_existence(tree, amount, found, verb)
        return
    standard = standard_behind_for(tree, amount) if tree.tags[subject] == "PRON" else None
    if standard is not None and found.subject is None:
        found.subject = standard
        found.add("standard")
        return
    set_subject(tree, amount, found, subject, "subject", parts=not is_of_other_part(tree, amount, subject))
    if found.subject is None and tree.amount_at[subject] >= 0:
        group = is_group(tree, amount, subject, verb)
        found.subject = group_of(tree, subject) if group else sharers(tree, amount, found, subject, verb)
        found.add("subject")


def _moved_existence(tree: Tree, amount: Amount, found: Found, verb: int) -> None:
    """Sets what there is as the measure of its change: "There were 1,150 homes for sale, down 5.7% from June"."""
    there = any(tree.relations[child] == "expl" for child in tree.children[verb])
    node = amount.top if tree.heads[amount.top] == verb else tree.heads[amount.top]
    if not there or found.measure is not None or tree.lower[node] not in word_set("syntax", "moved"):
        return
    pivot = next((child for child in tree.below(verb, "nsubj") if child < amount.span[0]), None)
    if pivot is not None and amount.kind not in UNMEASURED:
        found.measure = bare(tree, noun_phrase(tree, pivot, parts=False))
        found.add("existential")
