"""Hangs words that the parser put on a neighbour where they belong, whatever stands around the amounts."""

from collections.abc import Callable, Mapping

from extraction.repairs.infinitives import expected_to, for_to
from extraction.repairs.names import keep_names
from extraction.repairs.participles import gerund_as_subject, participle_between_commas
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.labels import CLAUSES, NAMING
from extraction.trees.tree import Tree

_AUXILIARY = frozenset(("aux", "cop"))
_TAKEN_FOR = frozenset(("VBZ", "VBP", "VBD", "VB", "VBN", "RB"))
_MAY_ACT = _TAKEN_FOR | {"VBG"}


def _those_asked(tree: Tree, token: int) -> None:
    """Hangs a participle on "those", and "those" on the share as its whole: "Half of those polled said"."""
    asked = token + 1
    if tree.fine[asked] != "VBN" or tree.heads[token] != asked:
        return
    share = tree.heads[asked]
    if not tree.relations[asked].startswith("acl") or share >= token:
        return
    tree.heads[token], tree.relations[token] = share, "nmod"
    tree.heads[asked] = token


def _joined_to_unit(tree: Tree, token: int) -> None:
    """Joins what has an amount to a thing, not to the amount of that: "Rain of 40mm and winds of 110 km/h"."""
    amount = tree.heads[token]
    if tree.relations[token] != "conj" or tree.tags[token] not in NAMING or tree.amount_at[amount] < 0:
        return
    thing = tree.heads[amount]
    describes = tree.base(amount) == "nmod" and thing < amount < token and tree.tags[thing] in NAMING
    if describes and any(tree.amount_at[at] >= 0 for at in tree.own(token, "nmod")):
        tree.heads[token] = thing


def _on_preposition(tree: Tree, token: int) -> None:
    """Hangs what describes a noun on that, not on the preposition behind: "a 22 percent fall in profit"."""
    case = tree.heads[token]
    if tree.relations[case] != "case" or tree.relations[token] not in _DESCRIBES or case <= token + 1:
        return
    if tree.tags[case - 1] in NAMING and case - 1 != token:
        tree.heads[token] = case - 1


_DESCRIBES = frozenset(("det", "amod", "compound", "nummod"))


def _plural_form(tree: Tree, token: int) -> None:
    """Sets the form of a verb without "s" to that of a plural subject: "Shops in Perth, which buy 900 loaves"."""
    if tree.tags[token] == "VERB" and not tree.lower[token].endswith("s"):
        tree.fine[token] = "VBP"


def _subject_of_noun(tree: Tree, token: int) -> None:
    """Makes the subject of a subject describe it: "Expansion plans to build 40 homes were approved"."""
    noun = tree.heads[token]
    if tree.fine[noun] in {"NN", "NNS", "VBZ"} and tree.base(token) == tree.base(noun) == "nsubj" and noun == token + 1:
        tree.relations[token] = "compound"


def _off_auxiliary(tree: Tree, token: int) -> None:
    """Moves a subject from the auxiliary to its verb: "Its price has more than doubled"."""
    head, above = tree.heads[token], tree.heads[tree.heads[token]]
    degree = tree.relations[head] == "advmod" and token < head < above  # "Its price is more or less equal to"
    if (degree or tree.base(head) in _AUXILIARY) and above not in (head, token):
        tree.heads[token] = above


def _object_for_verb(tree: Tree, token: int) -> None:
    """Makes a plural object of a supposed verb behind the verb that acts on it: "The law caps rents at $3,000".

    So is the noun in "Norvik lifts bid to £875m", "Acme cuts profit 14%", where the amount is hung on the verb as well.
    """
    verb, form = tree.heads[token], tree.fine[token]
    moves = verb == token - 1 and tree.lower[verb] in _MOVING and tree.lower[token] not in _MOVED
    if not moves and (verb >= token or form not in _MAY_ACT or tree.relations[token] != "obj"):
        return
    own = [at for at, head in enumerate(tree.heads) if head == token and at != token]
    moved = any(tree.amount_at[at] >= 0 and at > token for at in own)
    doing = form == "VBG" and tree.lower[token] in word_set("syntax", "quantities")  # "cut spending by 3%"
    held = {"nsubj", "aux", "mark"} | (set() if moves or moved else {"obj"})
    plural = form == "VBZ" and (moves or not _opens_amount(tree, token + 1))
    taken = plural or doing or (moved and form != "VBZ" and (moves or form in _TAKEN_FOR))
    taken = taken and (tree.relations[token] == "obj" or (moved and form in _TAKEN_FOR))
    if not taken or any(tree.base(at) in held for at in own):
        return
    if tree.tags[token] not in {"NOUN", "PROPN"}:
        tree.tags[token], tree.fine[token] = "NOUN", "NNS" if form == "VBZ" else "NN"
    tree.relations[token] = "obj"
    for at in own:
        if at > token and (tree.base(at) in {"obl", "advcl", "xcomp"} or (tree.base(at) == "obj" and moved)):
            tree.heads[at] = verb
            tree.relations[at] = "obl:unmarked" if tree.relations[at] == "obj" else tree.relations[at]


_MOVING = word_set("syntax", "cuts", "cut", "lifting")
_MOVED = word_set("syntax", "moved", "particles")


def _opens_amount(tree: Tree, at: int) -> bool:
    return at < len(tree.words) and tree.amount_at[at] >= 0


def _first_of_pair(tree: Tree, token: int) -> None:
    """Hangs the first noun of a pair on the last, which has the preposition: "Half of all sheep and beef farms"."""
    case = tree.heads[token] if tree.relations[token] == "case" else -1
    above = tree.heads[case]
    if token < above < case and tree.relations[case] == "conj" and tree.tags[above] in NAMING:
        tree.heads[case], tree.relations[case] = tree.heads[above], tree.relations[above]
        above = tree.heads[case]  # "a third of all goat and cattle herds"
    for noun in range(token + 1, case):
        if tree.heads[noun] == above and tree.relations[noun] == tree.relations[case] and tree.tags[noun] in NAMING:
            tree.heads[noun], tree.relations[noun] = case, "compound"
            for at in range(noun + 1, case):
                if tree.heads[at] == case and tree.base(at) == "cc":
                    tree.heads[at] = noun
            return


def _period_ended(tree: Tree, token: int) -> None:
    """Hangs "ended" on its period, the rest on the verb behind: "Revenue for the quarter ended March 31 rose 5%"."""
    dated = tree.tags[token + 1] == "PROPN" or tree.words[token + 1][0].isdigit()
    if not dated or tree.lower[token - 1] not in word_set("syntax", "times"):
        return
    above = tree.heads[token]
    subjects = [at for at in tree.own(token, "nsubj") if at < token]
    clauses = [at for at in range(token + 2, len(tree.words)) if tree.heads[at] in {token, above}]
    clauses = [at for at in clauses if tree.base(at) in CLAUSES or at == above]
    if above > token:
        clauses = [at for at in clauses if at < above] or [above]
    if not subjects or not clauses:
        return
    verb = clauses[0]
    if verb != above:
        tree.heads[verb], tree.relations[verb] = (verb if above == token else above), tree.relations[token]
    for at, head in enumerate(tree.heads):
        if head == token and (at > verb or (at < token and tree.base(at) in {"nsubj", "mark", "punct"})):
            tree.heads[at] = verb
    tree.heads[token], tree.relations[token], tree.fine[token] = token - 1, "acl", "VBN"


def _at_age(tree: Tree, token: int) -> None:
    """Hangs "aged" on the verb of who was of that age, not on the object in front: "She joined the Sea Org aged 14"."""
    noun = tree.heads[token]
    if tree.base(token) not in {"acl", "amod"} or noun != token - 1:
        return
    verb = tree.heads[noun]
    subject = [at for at in tree.own(verb, "nsubj") if at < noun]
    acts = (
        tree.base(noun) in {"obj", "obl"}
        and subject
        and (tree.lower[subject[-1]] in _PERSONAL or tree.tags[subject[-1]] == "PROPN")
    )
    if acts and not is_person(tree.lower[noun]):
        tree.heads[token], tree.relations[token] = verb, "advcl"
        for at, head in enumerate(tree.heads):
            if head == token and tree.relations[at] == "obl":
                tree.heads[at] = verb


_PERSONAL = frozenset(("he", "she", "i", "we", "they", "who"))


def _relative_in_report(tree: Tree, token: int) -> None:
    """Makes "that" the subject of what is said of it: "cuts that it says will save $16 million"."""
    verb = tree.heads[token]
    if tree.lower[token] != "that" or tree.relations[token] != "mark" or tree.relations[verb] != "ccomp":
        return
    report = tree.heads[verb]
    reports = tree.relations[report] == "acl:relcl" and token < report < verb and tree.heads[report] == token - 1
    if reports and not tree.own(verb, "nsubj"):
        tree.relations[token], tree.fine[token] = "nsubj", "WDT"


def _joined_behind(tree: Tree, token: int) -> None:
    """Joins past a noun with a preposition that stands in between: "dull and in the end an hour longer"."""
    between = tree.heads[token]
    if tree.relations[between] != "conj" or not tree.heads[between] < between < token:
        return
    joint = tree.own(token, "cc")[:1]
    case = tree.own(between, "case")[:1] if joint else []
    if case and joint[0] < case[0] < between:
        tree.heads[token], tree.relations[token] = tree.heads[between], "conj"
        tree.heads[between], tree.relations[between] = token, "obl"


# What a repair looks for in a token: its word, its fine tag, its relation, or the relation of its head. Most tokens
# have nothing of it, and then no repair is tried.
_Repair = Callable[[Tree, int], None]
_Repairs = Mapping[str, tuple[_Repair, ...]]
_FIRST_BY_RELATION: _Repairs = {
    "nsubj": (_off_auxiliary, _subject_of_noun),
    "nsubj:pass": (_off_auxiliary, _subject_of_noun),
    "nsubj:outer": (_off_auxiliary, _subject_of_noun),
    "obj": (_object_for_verb,),
    "xcomp": (_object_for_verb,),
    "advmod": (_object_for_verb,),
    "case": (_first_of_pair,),
}
_BY_WORD: Mapping[str, _Repair] = {"ended": _period_ended, "aged": _at_age, "those": _those_asked}
_BY_TAG: _Repairs = {"VBG": (gerund_as_subject,), "VB": (for_to, expected_to)}
_BY_RELATION: _Repairs = {
    "ROOT": (participle_between_commas,),
    "mark": (_relative_in_report,),
    "conj": (_joined_to_unit,),
}
_BY_RELATION_OF_HEAD: Mapping[str, _Repair] = {"conj": _joined_behind, "case": _on_preposition}


def attach(tree: Tree) -> None:
    """Repairs ``tree`` in place, before the repairs that rely on subjects and prepositions."""
    keep_names(tree)
    heads, relations, fine, lower = tree.heads, tree.relations, tree.fine, tree.lower
    for token, relation in enumerate(relations):
        if fine[token] == "VBZ":
            _plural_form(tree, token)
        if relation in _FIRST_BY_RELATION:
            for mend in _FIRST_BY_RELATION[relation]:
                mend(tree, token)
    known = not _BY_WORD.keys().isdisjoint(tree.vocabulary)
    for token in range(1, len(lower) - 1):
        tag, relation, above = fine[token], relations[token], relations[heads[token]]
        if known and lower[token] in _BY_WORD:
            _BY_WORD[lower[token]](tree, token)
        if tag in _BY_TAG:
            for mend in _BY_TAG[tag]:
                mend(tree, token)
        if relation in _BY_RELATION:
            for mend in _BY_RELATION[relation]:
                mend(tree, token)
        if above in _BY_RELATION_OF_HEAD:
            _BY_RELATION_OF_HEAD[above](tree, token)
