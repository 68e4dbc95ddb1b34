"""What a length of time measures: a record that has stood so long, a term that is served, what ended after it."""

from extraction.claims import Kind
from extraction.context.parts import (
    Amount,
    Found,
    is_counted,
    is_plain_noun,
    measure_by_subject,
    noun_behind,
    set_subject,
)
from extraction.context.subjects import opens_clause
from extraction.text.nouns import is_person
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import MOST_STEPS, Tree

_OWN = word_set("grammar", "articles")
_RECORDS = frozenset({"in", "for"})
_SUPERLATIVES = frozenset({"JJS", "RBS"})
_NO_RECORDS = frozenset({"latest", "most", "least"})
_BIT_BY_BIT = SHADES | {"over", "of", "between"}
_ENDS_WITH = {"called": ("off",), "cut": ("short", "off"), "broke": ("down", "off", "up"), "broken": ("off", "up")}
_SERVED = frozenset({"in", "behind", "on"})


def fronted(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets who did it for so long as the subject.

    As in "Eleven years we've been waiting for it", "in the ten years he served".
    """
    who = amount.span[1]
    if amount.kind is not Kind.DURATION or tree.fine[who : who + 1] != ["PRP"] or tree.base(who) != "nsubj":
        return
    if tree.lower[who] == "it":
        return  # "the two years it took to build it"
    verb = tree.heads[who]
    opens = opens_clause(tree, amount.span[0]) or tree.heads[verb] == amount.top
    if opens and verb > who and tree.lower[verb] not in word_set("attribution", "say"):
        set_subject(tree, amount, found, who, "fronted")


def record(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what there has not been for so long as the measure: "their worst session in almost three years"."""
    if amount.kind is not Kind.DURATION or found.measure is not None:
        return
    at = amount.span[0] - 1
    while at > 0 and (tree.tags[at] == "ADV" or tree.lower[at] in SHADES):
        at -= 1
    if at < 2 or tree.lower[at] not in _RECORDS:
        return
    noun = at - 1
    if noun > 1 and tree.fine[noun] == "VBG" and tree.fine[noun - 1] in _SUPERLATIVES and tree.lower[noun - 2] in _OWN:
        found.measure = (noun - 1, noun + 1)  # "its worst showing in two years"
        found.add("record")
        return
    for _ in range(MOST_STEPS):
        if tree.tags[noun] not in NAMING or tree.amount_at[noun] >= 0:
            return
        if _is_record(tree, noun):
            found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
            found.add("record")
            return
        if tree.base(noun) not in {"nmod", "compound", "conj", "flat"} or tree.heads[noun] > noun:
            return
        noun = tree.heads[noun]


def _is_record(tree: Tree, noun: int) -> bool:
    """Whether a superlative or an ordinal describes the noun: "the biggest increase", "its third fall".

    Of a time only the best or the worst: "its best day".
    """
    for child in tree.below(noun, "amod"):
        if tree.lower[child] in _NO_RECORDS:
            continue
        if child < noun and (tree.fine[child] in _SUPERLATIVES or _is_most(tree, child)):
            return True
        if tree.lower[child] in word_set("syntax", "ordinals") and not is_time(tree, noun):
            return True
    return False


def _is_most(tree: Tree, adjective: int) -> bool:
    """Whether "most" or "least" raises the adjective: "the most expensive purchase"."""
    return any(tree.lower[child] in {"most", "least"} for child in tree.below(adjective, "advmod"))


def served(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets where time is spent as measure: "sentenced to seven years in prison", "after three weeks in hospital"."""
    at = amount.span[1]
    if found.measure is not None or at == len(tree.lower):
        return
    if tree.case_of(amount.top) == "of" and tree.amount_at[tree.heads[amount.top]] >= 0:
        return  # "spent 23 of his 58 years in jail"
    noun = noun_behind(tree, at + 1) if tree.lower[at] in _SERVED and at + 1 < len(tree.words) else None
    if noun is not None and tree.lower[noun] in word_set("syntax", "confinements"):
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("served")


def earlier_than(tree: Tree, time: int, verb: int) -> int | None:
    """The verb in front, so long before the one behind, or None: "The wall was built six years before she was born".

    ``time`` is the noun of time, ``verb`` what it hangs on: "before" itself or the verb behind it.
    """
    if tree.lower[time + 1 : time + 2] not in (["before"], ["after"]) or time > verb:
        return None
    clause = tree.heads[verb] if tree.base(verb) == "mark" else verb
    above = tree.heads[clause]
    return above if above < time and tree.base(clause) == "advcl" and tree.tags[above] == "VERB" else None


def ended(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Whether an event had lasted so long, which becomes the measure: "The strike ended after six weeks"."""
    if amount.kind is not Kind.DURATION or found.subject is None or node != amount.top:
        return False
    if tree.case_of(node) != "after" or tree.lower[verb] not in word_set("syntax", "ends"):
        return False
    if tree.lower[verb] in _ENDS_WITH and tree.lower[verb + 1] not in _ENDS_WITH[tree.lower[verb]]:
        return False
    subject = tree.top(found.subject)
    event = tree.tags[subject] == "NOUN" and not is_person(tree.lower[subject]) and is_plain_noun(tree, subject)
    return event and measure_by_subject(tree, amount, found)


def spread(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Whether the time is that of what is done bit by bit, which becomes the measure.

    As in "phase out diesel buses over eight years", but not in what "the past eight years" saw.
    """
    if amount.kind is not Kind.DURATION or found.measure is not None or node != amount.top:
        return False
    if tree.lower[amount.span[0] - 1] not in _BIT_BY_BIT or tree.case_of(node) != "over":
        return False
    if tree.lower[verb] not in word_set("syntax", "spreads"):
        return False
    objects = [child for child in tree.below(verb, "obj") if verb < child < node and is_plain_noun(tree, child)]
    if not objects or tree.tags[objects[-1]] == "PRON" or is_counted(tree, objects[-1]):
        return False
    found.measure = bare(tree, noun_phrase(tree, objects[-1], parts=False))
    found.add("spread")
    return found.measure is not None
