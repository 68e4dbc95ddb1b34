"""Whose time or money it is behind "it" that stands for an infinitive: "It took the company three years to"."""

from extraction.context.parts import Amount, Found
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import noun_phrase, trimmed
from extraction.trees.tree import Range, Tree

_PAYER = 9  # tokens from the verb to its amount
_HELPERS = frozenset({"AUX", "ADV", "PART"})
_REACH = 10  # tokens from the amount to the infinitive: "three years and $40m to"
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"})
_PAYS = frozenset({"NOUN", "PROPN", "PRON"})
_IN_PAYER = _NAMING | {"PART", "CCONJ"}
_SHADES = SHADES | word_set("syntax", "shades_of_taken")


def taken(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether "it" stands for an infinitive that takes so much; sets who pays, or nobody, as the subject.

    As in "It took the company three years to get a permit", "It cost $3m to repair the bridge". False for "It took two
    seats", "It cost $3m to build" and the like, where "it" is a thing.
    """
    verb = _verb_of_it(tree, amount.span[0])
    if verb is None:
        return False
    if _counts_payer(tree, amount):
        found.subject, found.predicate = _payer(tree, verb + 1, amount.span[1]), (verb, verb + 1)
        found.add("expletive")
        return True
    payer = _payer(tree, verb + 1, _first_taken(tree, amount.span[0]))
    to = _infinitive(tree, amount.span[1])
    if to is None:
        return False
    if payer is None and tree.lower[amount.span[1]] == "for":
        payer = _payer(tree, amount.span[1] + 1, to)  # "It took three years for the firm to recover"
    if payer is None and not _has_object(tree, to + 1):
        return False
    if payer is None and tree.lower[verb].startswith("cost"):
        thing = next(iter(tree.below(to + 1, "obj")), None)  # "It cost $3m to repair the bridge"
        payer = None if thing is None or tree.amount_at[thing] >= 0 else noun_phrase(tree, thing, parts=False)
    found.subject, found.predicate = payer, (verb, verb + 1)
    found.add("expletive")
    return True


def _first_taken(tree: Tree, first: int) -> int:
    """Where the first of two amounts begins: "It took us six attempts and 18 months to"."""
    if first < 1 or tree.lower[first - 1] != "and":
        return first
    before = next((other for other in reversed(tree.amounts) if other[1] < first), None)
    joined = before is not None and all(tree.tags[at] in _IN_PAYER for at in range(before[1], first))
    return before[0] if before is not None and joined else first


def _verb_of_it(tree: Tree, first: int) -> int | None:
    """The verb between "it" and the amount that starts at ``first``."""
    takes, last = word_set("syntax", "takes"), max(0, first - 1 - _PAYER)
    if takes.isdisjoint(tree.lower[last:first]):
        return None
    verb = next((at for at in range(first - 1, last, -1) if tree.lower[at] in takes), None)
    if verb is None:
        return None
    it = verb - 1
    while it > 0 and tree.tags[it] in _HELPERS:
        it -= 1
    return verb if tree.lower[it] == "it" else None


def _counts_payer(tree: Tree, amount: Amount) -> bool:
    """Whether the amount counts those whose time it took: "It took a crew of six men nine hours to lift it"."""
    behind = amount.span[1]
    while behind < len(tree.words) and (tree.lower[behind] in _SHADES or tree.tags[behind] == "ADV"):
        behind += 1
    of = amount.counted and tree.lower[amount.span[0] - 1] == "of"
    return of and behind < len(tree.words) and tree.amount_at[behind] >= 0


def _payer(tree: Tree, start: int, end: int) -> Range | None:
    while end > start and (tree.lower[end - 1] in _SHADES or tree.tags[end - 1] == "ADV"):
        end -= 1
    plain = all(tree.tags[at] in _IN_PAYER or tree.lower[at] == "of" for at in range(start, end))
    of = next((at for at in range(start, end) if tree.lower[at] == "of"), end)
    if of + 1 < end and tree.amount_at[of + 1] >= 0 and tree.tags[end - 1] in _PAYS:
        end = of  # "a crew of six men"
    return trimmed(tree, (start, end)) if start < end and plain and tree.tags[end - 1] in _PAYS else None


def _infinitive(tree: Tree, last: int) -> int | None:
    """The "to" of the infinitive behind an amount that ends at ``last``."""
    for at in range(last, min(last + _REACH, len(tree.words) - 1)):
        if tree.lower[at] == "to" and tree.fine[at + 1] == "VB":
            return at
        if tree.tags[at] in {"PUNCT", "VERB", "AUX"}:
            return None
    return None


def _has_object(tree: Tree, verb: int) -> bool:
    behind = verb + 1
    if tree.relations[behind : behind + 1] == ["compound:prt"]:
        behind += 1  # "to bail out its banks"
    return behind < len(tree.words) and tree.tags[behind] in _NAMING
