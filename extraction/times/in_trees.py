"""Which time an amount has over the dependency tree of its sentence.

Where the words around an amount leave a time apart from it, the tree ties them: "Up to 900 people, among them 30
children, will be there by Christmas". And it takes a time from an amount that only describes somebody or something.
"""

import re

from extraction.claims import Kind, TextSpan, TimeReference
from extraction.quantity.quantity import Quantity
from extraction.text.words import word_set
from extraction.times.mention import TimeMention, Times
from extraction.times.standing_trees import only_describes
from extraction.trees.tree import MOST_STEPS, Range, Tree

_CLAUSES = frozenset(("advcl", "ccomp", "acl", "csubj", "parataxis"))
_BASES = word_set("times", "before_bases")
_MARKS = frozenset((",", ";", ":", "–", "—", "-", "(", "or"))
_APART = frozenset(("against", "versus", "vs", "than", "compared", "following", "”", '"', "’’"))
_EVENTS = frozenset(("in", "during", "at", "on"))
_PLAIN = _EVENTS | {"since", "by"}
_TELLING = word_set("attribution", "say", "show") | word_set("times", "tells", "told", "deciding")
_WHOLES = frozenset(("them", "whom", "which"))
_LASTING = frozenset((Kind.DURATION, Kind.AGE))
_WEEKDAY = re.compile(r"(?:to|yester|mon|tues|wednes|thurs|fri|satur|sun)day|night", re.IGNORECASE)
_OPENING = frozenset(("as", "once", "while", "after"))  # "While talks went on last week, five men were shot"
_MOST_CLAUSES = 3


def time_in_tree(tree: Tree | None, quantity: Quantity, times: Times) -> TimeReference | None:
    """The time of a quantity out of those that the text offers; without a tree the words alone decide."""
    chosen = times.chosen
    if tree is not None and (times.parted or chosen is not None):
        amount = tree.tokens(quantity.start, quantity.end)
        if amount[0] < amount[1]:
            if chosen is None and quantity.kind not in _LASTING:
                chosen = _tied(tree, amount, _reaching(tree, amount, times.parted))
            if chosen is not None and only_describes(tree, amount, tree.tokens(chosen.start, chosen.end)):
                chosen = None
            if chosen is not None and quantity.kind is Kind.AGE and _in_brackets(tree, amount):
                chosen = None
            if chosen is not None and _of_part(tree, amount, tree.tokens(chosen.start, chosen.end)):
                chosen = None
    return None if chosen is None else TimeReference(TextSpan(chosen.text, chosen.start, chosen.end), chosen.iso)


def _in_brackets(tree: Tree, amount: Range) -> bool:
    """Whether the amount stands alone in brackets: "A man (34) was arrested on Friday"."""
    first, end = amount
    return tree.words[max(0, first - 1)] == "(" and tree.words[end : end + 1] == [")"]


def _of_part(tree: Tree, amount: Range, span: Range) -> bool:
    """Whether the time is that of a clause that only describes another noun: "owns half of the team he bought in 1989".

    Not in "cut the 40 jobs it added in 2020", nor in "received 12% of what it needed last year".
    """
    if span[0] >= span[1] or span[0] < amount[1]:
        return False
    verb = tree.heads[tree.top(span)]
    if tree.relations[verb] != "acl:relcl" or not any(tree.tags[at] == "PRON" for at in tree.below(verb, "nsubj")):
        return False
    top, noun = tree.top(amount), tree.heads[verb]
    contact = all(tree.lower[at] not in _RELATIVE for at in range(tree.lefts[verb], verb))
    inside = tree.lefts[verb] <= top <= tree.rights[verb]
    has_own = any(tree.amount_at[at] >= 0 for at in range(verb, span[0]))
    stands = has_own or _tense(tree, clause_of(tree, top)) in {"VBZ", "VBP"}
    return contact and stands and not inside and noun not in {top, tree.heads[top]}


_RELATIVE = frozenset(("who", "which", "that", "whom", "whose", "where", "when"))


def _reaching(tree: Tree, amount: Range, parted: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
    """The times that may be said of an amount: of an aside none, of what "and" adds that which closes the sentence."""
    top = tree.top(amount)
    if not parted or not _is_aside(tree, top):
        return parted
    spans = [(mention, tree.tokens(mention.start, mention.end)) for mention in parted]
    closing = tuple(mention for mention, span in spans if amount[1] <= span[0] < span[1] and _is_last(tree, span))
    return closing if closing and not _is_aside(tree, top, listed=True) else ()


def _tied(tree: Tree, amount: Range, parted: tuple[TimeMention, ...]) -> TimeMention | None:
    """The time nearest to the amount of those that the tree ties to its clause."""
    start = tree.starts[amount[0]]
    for mention in sorted(parted, key=lambda one: (abs(one.start - start), one.start)):
        span = tree.tokens(mention.start, mention.end)
        vague = mention.text.lower() in word_set("times", "vague")
        if span[0] < span[1] and not vague and _ties(tree, tree.top(amount), span, mention):
            return mention
    return None


def _is_aside(tree: Tree, top: int, *, listed: bool = False) -> bool:
    """Whether the number is told by the way: "ten" in "Some 40 people, ten of them children, were hurt on Monday".

    With ``listed`` what "and" puts beside another amount is none.
    """
    clause = clause_of(tree, top)
    if any(tree.lower[part] in _WHOLES for part in tree.below(top, "nmod")):
        return True
    for _ in range(MOST_STEPS):
        if top == clause or tree.base(top) in {"nsubj", "ROOT"}:
            break
        if listed and _is_listed(tree, top):
            top = tree.heads[top]
            continue
        first = tree.lefts[top]
        marked = tree.base(top) != "nummod" and not _MARKS.isdisjoint(tree.words[max(0, first - 1) : first + 1])
        fronted = tree.base(top) == "obl" and top < clause and "," in tree.words[top:clause]
        if marked or fronted or tree.base(top) in {"appos", "list", "dep"}:
            return True
        top = tree.heads[top]
    return False


def _is_listed(tree: Tree, noun: int) -> bool:
    """Whether "and" puts the noun beside what is counted too: the vans of "It sold 40 cars, and 12 vans, last year"."""
    head = tree.heads[noun]
    joined = tree.base(noun) == "conj" and any(tree.lower[at] in _JOINING for at in tree.below(noun, "cc"))
    return joined and any(tree.amount_at[at] >= 0 for at in (head, *tree.below(head, "nummod")))


_JOINING = frozenset(("and", "or"))


def _is_last(tree: Tree, span: Range) -> bool:
    """Whether a time closes its sentence behind a comma, as in "for $180 a person, and up to $900, from tomorrow"."""
    behind = tree.words[span[1] :]
    first = span[0] - 1
    while first > 0 and span[0] - first <= _LONGEST_LEAD and tree.tags[first] in {"ADP", "DET", "ADV", "VERB"}:
        first -= 1
    return first > 0 and tree.words[first] == "," and all(word in _ENDS for word in behind)


_LONGEST_LEAD = 3  # tokens of "starting from the"
_ENDS = frozenset((".", "!", "”", '"', "’", ";"))


def _ties(tree: Tree, top: int, span: Range, mention: TimeMention) -> bool:
    time = tree.top(span)
    adjunct = _adjunct(tree, time)
    if adjunct is None or tree.lower[tree.heads[adjunct]] in _TELLING:
        return False  # "the inquest heard on Monday"
    closes = _is_last(tree, span)
    cases = {tree.case_of(at).split(" ")[0] for at in (time, adjunct)}
    if not cases.isdisjoint(_BASES) and not (closes and "from" in cases):
        return False  # "to $40, against $38 last week"
    own, other = clause_of(tree, top), clause_of(tree, adjunct)
    before = span[1] <= top
    since = tree.case_of(adjunct) == "since"
    if adjunct != time and not since and not (tree.case_of(adjunct) in _EVENTS and _tense(tree, own) == "VBD"):
        return False
    if own == other:
        taken = _is_of_next_amount(tree, top, span[0], -1 if before else top)
        return not taken and (adjunct < own if before else not _described(tree, top))
    if tree.relations[other] == "advcl":
        return _is_while(tree, own, other, mention, before=before)
    if tree.base(other) == "acl" and before and tree.lower[0] == "of" and "," in tree.words[span[1] : top]:
        return _tense(tree, own) == "VBD"  # "Of those killed last year, 14 were under 18"
    return not (before or since) and _is_of_both(tree, own, other, closes=closes)


def _adjunct(tree: Tree, time: int) -> int | None:
    """The word of a verb that a time is or stands in: "by Christmas", "since its launch in 2016"."""
    for _ in range(_MOST_CLAUSES):
        if tree.base(time) in {"obl", "advmod"}:
            verbal = not tree.is_nominal(tree.heads[time]) or _has_subject(tree, tree.heads[time])
            return time if verbal else None
        if tree.base(time) != "nmod" or tree.relations[time] == "nmod:poss":
            return None
        if tree.case_of(time) in _PLAIN and "," in tree.words[tree.lefts[time] - 1 : tree.lefts[time] + 1]:
            return time  # "confirmed 83 cases, including 31 deaths, since May"
        time = tree.heads[time]
        if tree.amount_at[time] >= 0:
            return None
    return None


def clause_of(tree: Tree, token: int) -> int:
    """The head of the clause around a token; what hangs on a verb without a subject of its own goes with it."""
    for _ in range(MOST_STEPS):
        if tree.heads[token] == token or tree.base(token) in _CLAUSES:
            break
        if tree.base(token) == "conj" and (tree.tags[token] in {"VERB", "AUX"} or _has_subject(tree, token)):
            break
        token = tree.heads[token]
    return token


def _has_subject(tree: Tree, token: int) -> bool:
    return bool(tree.below(token, "nsubj", "cop"))


def _described(tree: Tree, top: int) -> bool:
    """Whether a relative clause stands between the amount and the time.

    As in "The 14 men who fled are due in court on Friday".
    """
    return any(tree.relations[at] == "acl:relcl" for noun in (top, tree.heads[top]) for at in tree.children[noun])


def _is_of_next_amount(tree: Tree, top: int, time: int, first: int) -> bool:
    """Whether another amount, behind the last comma, has the time for itself: "40 died in Mali, 30 in Chad in May"."""
    for token in range(time - 1, first, -1):
        if tree.words[token] in {",", ";", ":", "–", "—"}:
            return False
        other = tree.amount_at[token] >= 0 and tree.amount_at[token] != tree.amount_at[top]
        if other or tree.lower[token] in _APART:
            return True
    return False


def _is_while(tree: Tree, own: int, clause: int, mention: TimeMention, *, before: bool) -> bool:
    """Whether the amount came since, when or after what the clause of the time tells.

    As in "Since the war began in 2023, 40 have died", "Four were held after police raided a flat on Thursday".
    """
    if before and tree.relations[own] == "conj":  # "When the bridge fell in 2001, 40 died and 30 were hurt"
        own = clause_of(tree, tree.heads[own])
    if own != tree.heads[clause] or tree.lower[tree.lefts[clause] - 1] == "than":
        return False  # "fewer than when it opened in 2010"
    marks = {tree.lower[at] for at in (*tree.below(clause, "mark"), *tree.below(clause, "advmod"))}
    if "since" in marks:
        return True
    if _tense(tree, own) != "VBD":
        return False
    if before:
        return "when" in marks or not marks.isdisjoint(_OPENING)
    return "when" in marks or ("after" in marks and _WEEKDAY.search(mention.text) is not None)


def _is_of_both(tree: Tree, own: int, other: int, *, closes: bool) -> bool:
    """Whether the time of one clause is that of the clause joined to it too.

    As in "Two people died and nine were hurt in a crash on Sunday".
    So it does where a time ``closes`` the sentence: "Fares rise to $3, and passes to $90, from July".
    """
    if tree.relations[other] != "conj" or clause_of(tree, tree.heads[other]) != own:
        return False
    joined = any(tree.lower[at] == "and" for at in tree.below(other, "cc"))
    if closes and joined and not tree.below(other, "aux", "cop"):
        return True
    subjects = tree.below(other, "nsubj")
    counted = any(tree.amount_at[at] >= 0 for subject in subjects for at in (subject, *tree.children[subject]))
    tense = _tense(tree, own)
    return joined and counted and tense in {"VBD", "MD"} and tense == _tense(tree, other)


def _tense(tree: Tree, clause: int) -> str:
    """The form of the verb of a clause or of its first helping verb; "VBD" in "fell", "were hurt"."""
    return tree.fine[next((at for at in tree.children[clause] if tree.base(at) in {"aux", "cop"}), clause)]
