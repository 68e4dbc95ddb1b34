"""Sets the phrase that opens a sentence apart from its subject: "By June 30 customers had lost $40 million"."""

from extraction.text.words import word_data, word_set
from extraction.trees.labels import FINITE, NAMING, SUBJECTS
from extraction.trees.tree import Tree

_BEFORE = frozenset(("but", "and", '"', "“"))
_LONGEST = 9  # tokens of "On a like-for-like basis", "In the city centre shops"
_DAY = 2  # digits of a day
_MONTHS = frozenset(names[0] for names in word_data("times")["months"])
_CLAUSES = frozenset(("advcl", "acl"))
_NO_PHRASE = frozenset(("VERB", "AUX", "CCONJ", "SCONJ", "PUNCT", "ADP"))


def set_front_apart(tree: Tree) -> None:
    """Repairs ``tree`` in place: the noun behind a date, a basis or a place without a comma is the subject alone."""
    start = 1 if tree.lower[:1] and tree.lower[0] in _BEFORE else 0
    if start + 4 > len(tree.words):
        return
    if tree.tags[start] == "ADP":
        _bare_noun(tree, start)
        _month_reached(tree, start)
    found = _period(tree, start) or _date(tree, start) or _basis(tree, start) or _place(tree, start)
    if found is None:
        return
    top, end = found
    noun = next((tree.heads[at] for at in range(start, end) if tree.heads[at] >= end), end)
    if tree.tags[noun] not in NAMING:
        noun = next((tree.heads[at] for at in range(start + 1, end) if tree.heads[at] >= end), end)
    if noun >= len(tree.words) or tree.tags[noun] not in NAMING or not _may_be_subject(tree, noun):
        return
    for token in range(start, end):
        if tree.heads[token] >= end:
            tree.heads[token] = top
            tree.relations[token] = "case" if token == start and tree.tags[token] == "ADP" else tree.relations[token]
    tree.heads[top], tree.relations[top] = tree.heads[noun], "obl"
    tree.relations[noun] = "nsubj"


def _bare_noun(tree: Tree, start: int) -> None:
    """Makes the bare noun behind the opening phrase the subject: "In three of them legislatures took a decade"."""
    front = tree.heads[start]
    verb = tree.heads[front]
    if tree.base(front) != "obl" or not front < verb:
        return
    first = min([verb, *(at for at, head in enumerate(tree.heads) if head == verb and front < at)])
    noun = first - 1
    if noun <= front or tree.tags[noun] not in NAMING or tree.amount_at[noun] >= 0 or "," in tree.words[start:noun]:
        return
    plain = tree.base(noun) in {"nmod", "obl"} and not tree.own(noun, "case", "cc", "mark")
    if plain and _lacks_subject(tree, noun, verb):
        tree.hang(noun, verb, "nsubj")


def _month_reached(tree: Tree, start: int) -> None:
    """Hangs the month on its period and not on the noun behind: "In the three months to June sales rose 12%"."""
    for month in range(start + 3, min(len(tree.words) - 1, start + _LONGEST)):
        period, last = month - 2, month + tree.words[month + 1].isdecimal()
        ends = tree.lower[month - 1] == "to" and tree.lower[month] in _MONTHS
        timed = tree.lower[period].removesuffix("s") in word_set("times", "periods")
        free = tree.amount_at[last] < 0 and tree.heads[last] > last and tree.base(last) in {"compound", "nummod"}
        if ends and timed and free:
            tree.hang(month, period, "nmod")
            if last > month:
                tree.hang(last, month, "nummod")  # "to September 30 sales"


def _may_be_subject(tree: Tree, noun: int) -> bool:
    """Whether a noun is taken for a subject, or stands right in front of a verb that has none."""
    verb = tree.heads[noun]
    if tree.base(noun) != "obl":
        return tree.base(noun) == "nsubj"
    return tree.fine[noun] == "NNS" and _lacks_subject(tree, noun, verb)


def _lacks_subject(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a finite verb without a subject, with its auxiliaries, stands right behind a noun."""
    helpers = [at for at in tree.own(verb, "aux", "cop", "advmod") if noun < at < verb]
    if tree.own(verb, *SUBJECTS) or verb - noun - 1 != len(helpers):
        return False
    return tree.fine[noun + 1] in FINITE


def _period(tree: Tree, start: int) -> tuple[int, int] | None:
    """The noun and the end of "Last fall" in "Last fall workers at five stores voted"."""
    if tree.lower[start] not in _POINTING or tree.lower[start + 1] not in word_set("times", "periods"):
        return None
    noun = tree.heads[start + 1]
    joined = tree.base(start + 1) in {"compound", "nmod", "obl"} and noun > start + 1
    many = joined and (tree.fine[noun] == "NNS" or tree.tags[noun] == "PROPN")
    many = many or (joined and tree.lower[noun] in word_set("times", "counted"))
    return (start + 1, start + 2) if many and tree.lower[start + 1] != "season" else None


_POINTING = frozenset(("last", "next", "this"))


def _date(tree: Tree, start: int) -> tuple[int, int] | None:
    """The month and the end of "By June 30", "On July 4 2021" in front of a noun."""
    if tree.tags[start] != "ADP" or tree.lower[start + 1] not in _MONTHS:
        return None
    end = start + 2
    while end < min(start + 4, len(tree.words) - 1) and tree.words[end].isdigit() and tree.amount_at[end] < 0:
        end += 1
    day = len(tree.words[start + 2]) <= _DAY
    return (start + 1, end) if end > start + 2 and day and tree.tags[end] in NAMING else None


def _basis(tree: Tree, start: int) -> tuple[int, int] | None:
    """The noun and the end of "On a constant currency basis", "On average", "As a result"."""
    last = _LAST.get(tree.lower[start])
    if last is None:
        return None
    near = range(start + 1, min(start + _LONGEST, len(tree.words) - 1))
    top = next((at for at in near if tree.lower[at] in last), None)
    if top is None or "AUX" in tree.tags[:top] or "," in tree.words[:top]:
        return None
    return (top, top + 1)


_LAST = {"on": frozenset(("basis", "average")), "as": frozenset(("result", "consequence"))}


def _place(tree: Tree, start: int) -> tuple[int, int] | None:
    """The noun and the end of "In Britain" in "In Britain customers spent", of "Under the plan ministers will"."""
    if tree.lower[start] not in word_set("syntax", "fronting") or _opens_clause(tree, start):
        return None
    for noun in range(start + 2, min(start + _LONGEST, len(tree.words) - 1)):
        if tree.tags[noun] in _NO_PHRASE or tree.amount_at[noun] >= 0:
            return None
        if tree.tags[noun] == "NOUN" and tree.heads[noun] > noun and tree.base(noun) in {"nsubj", "obl"}:
            if tree.heads[noun - 1] != noun or tree.tags[noun - 1] not in NAMING:
                return None
            end = noun
            names = [at for at in range(start + 1, noun) if tree.tags[at] == "PROPN"]
            if names and all(tree.tags[at] in {"NOUN", "ADJ"} for at in range(names[-1] + 1, noun)):
                end = names[-1] + 1  # "In the UK house prices rose"
            return (end - 1, end) if tree.heads[start] >= end - 1 else None
    return None


def _opens_clause(tree: Tree, start: int) -> bool:
    """Whether the first word opens a clause: "With power prices set to rise", "Since its wage bill ate up 79%"."""
    clause = tree.heads[start]
    return tree.base(start) == "mark" and tree.base(clause) in _CLAUSES and tree.tags[clause] == "VERB"
