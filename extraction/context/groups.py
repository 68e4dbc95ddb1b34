"""Of how many or which part a clause tells: "More than half earned $9", "Prices in London rose 5%, in Leeds 3%"."""

from extraction.claims import SHARES, Kind
from extraction.context.parts import Amount, Found, is_plain_noun
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set
from extraction.trees.noun_phrases import noun_phrase
from extraction.trees.tree import Range, Tree

_FARTHEST = 9  # tokens of "in the rest of the country by"
_LONGEST = 12  # tokens of the phrase of a subject that are looked at
_NEXT = 2  # tokens of ", and"
_KNOWN = frozenset({"the", "these", "those", "all"})
_LATER = [[word] for word in sorted(word_set("syntax", "later"))]


def is_group(tree: Tree, amount: Amount, subject: int, verb: int) -> bool:
    """Whether so many did it: "More than half earned less than $9,000", "Twelve waited over four hours".

    But not in "fewer than 100 reached the river, 30 kilometres to the west": nothing else stands in between.
    """
    own = tree.amount_at[amount.top]
    start = amount.span[0] if own < 0 else tree.amounts[own][0]
    is_ = amount.kind is Kind.AGE and verb == amount.top  # "14 were under 18"
    if tree.heads[subject] != verb or not (subject < verb < start or (is_ and subject < start)):
        return False
    first, last = tree.amounts[tree.amount_at[subject]]
    between = range(last, start)
    if any(tree.amount_at[at] >= 0 or is_plain_noun(tree, at) or tree.tags[at] == "PUNCT" for at in between):
        return False
    if amount.kind is Kind.DURATION and tree.lower[amount.span[1] : amount.span[1] + 1] in _LATER:
        return False  # "the 860,000 recorded a year earlier"
    known = any(tree.lower[child] in _KNOWN for child in tree.below(subject, "det"))  # "The three had 40 percent"
    part = amount.kind in {Kind.PERCENT, Kind.FRACTION, Kind.NUMBER}
    if (part and not known) or (amount.kind is Kind.COUNT and not amount.counted):
        return False  # "87% voted to strike on a turnout of 71%"
    money = any(word[0] in MONEY_SIGNS for word in tree.words[first:last])
    said = (
        tree.tags[last - 1] == "NUM"
        or tree.lower[last - 1] in word_set("syntax", "shares")
        or tree.lower[last - 1] in vocabulary()["vague"]
    )
    acts = tree.relations[subject] == "nsubj" and (is_ or not tree.below(verb, "cop"))
    return acts and said and not money and not tree.below(subject, "nmod")


def group_of(tree: Tree, subject: int) -> Range:
    """The words of an amount that did something, with what stands in front of them: "the other two"."""
    first, last = tree.amounts[tree.amount_at[subject]]
    while first and tree.base(first - 1) in {"det", "amod"} and tree.heads[first - 1] == subject:
        first -= 1
    return first, last


def sharers(tree: Tree, amount: Amount, found: Found, subject: int, verb: int) -> Range | None:
    """The part that has a share, with the whole it is of, or None: "ten of them accounted for 90% of the debt"."""
    share = amount.kind in SHARES and found.of is not None and found.of[0] >= amount.span[1]
    if not share or tree.heads[subject] != verb or not subject < verb < amount.span[0]:
        return None
    if (tree.base(amount.top) != "obj" and tree.case_of(amount.top) != "for") or "," in tree.words[
        verb : amount.span[0]
    ]:
        return None  # "A third of it is wasted, a quarter of it by shops"
    first, last = tree.amounts[tree.amount_at[subject]]
    whole = next((child for child in tree.below(subject, "nmod") if tree.case_of(child) == "of"), None)
    phrase = None if whole is None else noun_phrase(tree, whole, parts=False)
    if phrase is None or tree.lower[last] != "of" or phrase[1] > verb or tree.lower[phrase[0]] in {"which", "whom"}:
        return None
    return first, phrase[1]


def is_of_other_part(tree: Tree, amount: Amount, subject: int) -> bool:
    """Whether the amount is not of the part that the subject names: "Prices in London rose 5%, in Leeds 3%"."""
    end = min(tree.heads[subject], subject + _LONGEST)
    if "case" not in tree.relations[subject + 1 : end]:
        return False
    placed = (at for at in range(subject + 1, end) if tree.base(at) == "case" and tree.base(tree.heads[at]) == "nmod")
    cases = {tree.lower[at] for at in placed} - {"of"}
    step = amount.span[0] - 1
    for at in range(step - 1, max(subject, step - _FARTHEST), -1) if cases else ():
        opens = tree.words[at - 1] in {",", ";"} or tree.tags[at - 1] == "CCONJ"
        if opens and tree.lower[at] in cases:
            return any(last <= at <= last + _NEXT and first > subject for first, last in tree.amounts)
        if tree.tags[at] in {"VERB", "AUX", "CCONJ"} or tree.words[at] in {",", ";", ":", "."}:
            return False
        if tree.tags[at] == "ADP":
            return False  # "Rents in Wales rose 5%, in line with inflation"
    return False
