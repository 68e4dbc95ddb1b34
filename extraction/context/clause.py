"""Subject, measure and predicate from the clause in which the amount or its noun stands."""

from extraction.claims import Kind
from extraction.context.groups import group_of, is_group, is_of_other_part, sharers
from extraction.context.lasting import earlier_than, ended, spread
from extraction.context.levels import is_put_at, kept_at, polled_for
from extraction.context.measures import measure_of_verb
from extraction.context.parts import (
    UNMEASURED,
    Amount,
    Found,
    is_counted,
    is_one_of,
    is_plain_noun,
    measure_by_subject,
    set_subject,
)
from extraction.context.predicates import absolute, predicate, told_in_front
from extraction.context.stakes import spent_on
from extraction.context.standards import standard_behind_for
from extraction.context.subjects import subject_of
from extraction.context.with_amounts import object_with
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import Tree

_QUOTES = frozenset({'"', "”", "’", "''"})
_STEPS = frozenset({"to", "from", "by"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_COUNTED_OR_SHARED = frozenset({Kind.COUNT, Kind.PERCENT, Kind.FRACTION})
_TAKEN_FROM = frozenset({"out", "out of"})
_PLACED = frozenset({"from", "in", "at", "across"})
_SIZING = frozenset({"nummod", "compound", "amod"})


def clause(tree: Tree, amount: Amount, found: Found, node: int) -> None:
    """Fills subject, measure and predicate from the clause in which the noun or amount ``node`` stands."""
    relation, head = tree.base(node), tree.heads[node]
    if relation == "nmod" and tree.lower[head] in word_set("syntax", "wholes"):  # "each of the 43 forces would get"
        node, relation, head = head, tree.base(head), tree.heads[head]
    copula = tree.below(node, "cop")
    if copula:
        found.predicate = (copula[0], copula[0] + 1)
        _subject_of_verb(tree, amount, found, node)
        based = amount.counted and amount.kind is Kind.COUNT and tree.case_of(amount.top) == "from"
        if found.subject is not None and tree.amount_at[node] >= 0 and not based:
            measure_by_subject(tree, amount, found)
            found.add("copula")
        return
    if relation == "conj" and amount.counted and tree.tags[head] == "VERB" and tree.is_nominal(node):
        found.add("amount_subject")  # "two were killed and five others hurt"
        return
    if relation in _SUBJECTS and tree.case_of(node) in _TAKEN_FROM:  # "who swindled savers out of $3m was jailed"
        _subject_of_verb(tree, amount, found, head)
        return
    if relation in _SUBJECTS:
        _as_subject(tree, amount, found, node, head)
        return
    if tree.below(node, "nsubj"):  # a headline without its verb: "Shares down 5%"
        verb = node
    elif head == node or (tree.is_nominal(head) and not tree.below(head, "cop", "nsubj")):
        return
    else:
        verb = head
    told = told_in_front(tree, node, verb)
    if told is not None and told == verb:
        return
    verb = verb if told is None else told
    earlier = earlier_than(tree, node, verb) if amount.kind is Kind.DURATION else None
    if earlier is not None:
        _subject_of_verb(tree, amount, found, earlier)
        return
    found.predicate = predicate(tree, verb)
    if tree.case_of(node).startswith("according"):
        return
    participle = absolute(tree, node) if amount.kind in _COUNTED_OR_SHARED else None
    if participle is not None:
        found.predicate = (participle, participle + 1)
        found.add("amount_subject")
        return
    if tree.lower[verb] in word_set("attribution", "say"):
        # "Thirty years old, and it still runs," he said
        quoted = relation == "ccomp" and node < verb and not _QUOTES.isdisjoint(tree.words[node + 1 : verb])
        if quoted or _is_quoted_apart(tree, amount, verb):
            found.predicate = None
            return
        # "declared a dividend of 8 cents, up from 7 cents"
        moves = tree.tags[node] == "ADV" and tree.lower[node] in word_set("syntax", "moved")
        noun = next((child for child in tree.below(verb, "obj") if child < node), node) if moves else node
        if _is_reported(tree, amount, noun, verb):
            # "She announced an investment of $8m": who reports is the speaker.
            set_subject(tree, amount, found, noun, "reported")
            return
    case = tree.case_of(node)
    owner = object_with(tree, amount, node, verb)
    if owner is not None:
        set_subject(tree, amount, found, owner, "with_amount")
        return
    if case == "for" and node != amount.top and _is_awaited(tree, verb):
        set_subject(tree, amount, found, node, "awaited")
        return
    if case in {"in", "through"} and node != amount.top and tree.lower[node] in word_set("syntax", "conditions"):
        set_subject(tree, amount, found, node, "condition")  # "The ferry sank in winds of 120 km/h"
        return
    kept = kept_at(tree, amount, node, verb)
    if kept is not None:
        set_subject(tree, amount, found, kept, "kept")
        measure_by_subject(tree, amount, found)
        return
    polled = polled_for(tree, amount, node, verb)
    if polled is not None:
        set_subject(tree, amount, found, polled, "polled")  # "The poll put Labour on 38 per cent"
        return
    if _is_answer(tree, node, verb):
        return
    if tree.lower[node] in word_set("syntax", "chances"):
        given = next((child for child in tree.below(verb, "iobj") if tree.amount_at[child] < 0), None)
        if given is not None:
            set_subject(tree, amount, found, given, "given")  # "give the Swiss a 30 per cent chance"
            return
    _subject_of_verb(tree, amount, found, verb)
    if amount.kind is Kind.DURATION and case and _is_gerund(tree, verb):
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
    """As in "after charging", but not in "knowing that the firm has been losing money for six years"."""
    return tree.fine[verb] == "VBG" and bool(tree.below(verb, "mark")) and not tree.below(verb, "aux", "nsubj")


def _is_awaited(tree: Tree, verb: int) -> bool:
    """As in "Analysts were looking for revenue of $3 billion": who awaits it does not have it."""
    watchers = word_set("syntax", "watchers")
    return tree.lower[verb] in word_set("syntax", "awaits") and any(
        tree.lower[child] in watchers for child in tree.below(verb, "nsubj")
    )


def _is_answer(tree: Tree, node: int, verb: int) -> bool:
    """As in "66 per cent said the country was on the wrong track, up from 58": more of them said it."""
    says = tree.heads[verb]
    moved = tree.lower[node] in word_set("syntax", "moved") and tree.base(verb) == "ccomp" and says < verb
    return moved and any(tree.amount_at[child] >= 0 for child in tree.below(says, "nsubj"))


def _is_quoted_apart(tree: Tree, amount: Amount, verb: int) -> bool:
    """As in "For 20 minutes off the journey," she said: what is quoted has no verb, and who says it no part in it."""
    between = range(amount.span[1], verb)
    return any(tree.words[at] in _QUOTES for at in between) and not any(tree.tags[at] == "VERB" for at in between)


def _is_reported(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """As in "She announced an investment of $8m": what is announced has the amount; what is counted, has its verb."""
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


def _as_subject(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> None:
    """The noun of the amount is itself the subject: "an investment of $8m was announced"."""
    found.predicate = predicate(tree, verb)
    if any(tree.relations[child] == "expl" for child in tree.children[verb]):
        found.add("existential")
        return
    agent = next((c for c in tree.children[verb] if tree.relations[c] == "obl:agent"), None)
    itself = amount.kind is not Kind.COUNT and amount.span[0] <= node < amount.span[1]
    had = tree.lower[verb] in word_set("syntax", "had_by")
    if (
        agent is not None
        and itself
        and had
        and not any(is_time(tree, at) for at in (agent, *tree.below(agent, "nmod")))
    ):
        set_subject(tree, amount, found, agent, "agent")
        return
    place = spent_on(tree, verb) if amount.kind is Kind.MONEY else None
    if place is not None:
        set_subject(tree, amount, found, place, "relative")
        return
    first = amount.top
    while tree.base(first) == "conj" and tree.heads[first] < first:
        first = tree.heads[first]
    # "a girl and two boys", but not "The jury of seven women and five men"
    joined = amount.kind is Kind.COUNT and amount.counted and first == node != amount.top
    # "Each of the 120 houses", "$1m worth of cigarettes was destroyed"
    joined = joined or tree.lower[node] in word_set("syntax", "wholes") or tree.lower[node] == "worth"
    joined = joined or is_one_of(tree, amount, node)  # "when the first of the 119 voters arrived"
    averaged = amount.kind is Kind.COUNT and tree.lower[node] in word_set("syntax", "of_amounts")
    beside = tree.base(amount.top) == "nmod" and tree.heads[amount.top] == node and node < amount.span[0]
    if amount.counted and beside and is_counted(tree, node) and tree.case_of(amount.top) in _PLACED:
        set_subject(tree, amount, found, node, "noun_subject")  # "9,000 workers from 16 states were"
        return
    # "A league of 400 members of the nobility met"
    of_whole = found.of is not None and not (beside and tree.case_of(amount.top) == "of" and amount.counted)
    if amount.span[0] <= node < amount.span[1] or of_whole or is_counted(tree, node) or averaged or joined:
        found.add("amount_subject")
        return
    own = tree.heads[amount.top]
    inside = own != node and tree.base(amount.top) in _SIZING and tree.base(own) == "nmod" and is_plain_noun(tree, own)
    inside = inside and tree.lower[own] not in word_set("syntax", "scales")  # "The quake, of magnitude 6.8,"
    inside = inside or (tree.base(own) == "conj" and tree.heads[own] == node and is_plain_noun(tree, own))
    # "Construction of the 42km tunnel is late": the tunnel has the length
    set_subject(tree, amount, found, own if inside else node, "noun_subject")


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
    """As in "There were 1,150 homes for sale, down 5.7% from June": what there is has moved."""
    there = any(tree.relations[child] == "expl" for child in tree.children[verb])
    node = amount.top if tree.heads[amount.top] == verb else tree.heads[amount.top]
    if not there or found.measure is not None or tree.lower[node] not in word_set("syntax", "moved"):
        return
    pivot = next((child for child in tree.below(verb, "nsubj") if child < amount.span[0]), None)
    if pivot is not None and amount.kind not in UNMEASURED:
        found.measure = bare(tree, noun_phrase(tree, pivot, parts=False))
        found.add("existential")
