"""Rules that deal the nouns of a list out to the amounts of a list."""

from extraction.claims import Kind
from extraction.context.parts import UNMEASURED, Amount, Found, is_plain_noun, noun_behind, set_subject
from extraction.context.subjects import subject_of
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase, trimmed
from extraction.trees.tree import MOST_STEPS, Range, Tree

_LISTED = frozenset(("NOUN", "PROPN", "ADJ"))
_APART = 3  # tokens between two amounts of one list


def dealt(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun that "respectively" gives the amount as subject: "Sales and profit rose 4% and 12%, respectively".

    The subject of the verb is the measure.
    """
    noun = _noun_dealt(tree, amount.span)
    if noun is None:
        return
    found.subject, first = noun
    found.add("respectively")
    if amount.kind in UNMEASURED:
        return
    node = amount.top
    while tree.amount_at[tree.heads[node]] >= 0 and tree.heads[node] != node:
        node = tree.heads[node]
    subject = subject_of(tree, tree.heads[node])
    own = subject is None or subject == first
    found.measure = bare(tree, found.subject if own or subject is None else noun_phrase(tree, subject, parts=False))


def _noun_dealt(tree: Tree, span: Range) -> tuple[Range, int] | None:
    """The noun phrase that "respectively" gives to the amount at ``span``, and the first noun of its list.

    None without that word or such a list.
    """
    if len(tree.amounts) < 2 or word_set("syntax", "respectively").isdisjoint(tree.lower):
        return None
    amounts, place = list_around(tree, span)
    if len(amounts) < 2:
        return None
    first, last = amounts[0][0], amounts[-1][1]
    lists = [items for items in _noun_lists(tree) if len(items) == len(amounts)]
    apart = [items for items in lists if items[-1] < first or items[0] >= last]
    if not apart:
        return None
    items = min(apart, key=lambda items: min(abs(first - items[-1]), abs(items[0] - last)))
    item = items[place]
    if tree.tags[item] == "ADJ":
        return (item, item + 1), items[0]
    end = tree.lefts[items[place + 1]] if place + 1 < len(items) else len(tree.words)
    phrase = noun_phrase(tree, item, parts=False)
    phrase = None if phrase is None else trimmed(tree, (phrase[0], max(item + 1, min(phrase[1], end))))
    return None if phrase is None else (phrase, items[0])


def list_around(tree: Tree, span: Range) -> tuple[list[Range], int]:
    """The amounts joined by commas and conjunctions around the one at ``span``, and its place among them."""
    own = next((at for at, other in enumerate(tree.amounts) if other[0] < span[1] and span[0] < other[1]), None)
    if own is None:
        return [], 0
    first, last = own, own
    while first > 0 and _joined(tree, tree.amounts[first - 1], tree.amounts[first]):
        first -= 1
    while last + 1 < len(tree.amounts) and _joined(tree, tree.amounts[last], tree.amounts[last + 1]):
        last += 1
    return tree.amounts[first : last + 1], own - first


def _joined(tree: Tree, left: Range, right: Range) -> bool:
    between = range(left[1], right[0])
    joins = any(tree.words[at] == "," or tree.tags[at] == "CCONJ" for at in between)
    return joins and len(between) <= _APART and not any(tree.tags[at] in {"VERB", "AUX"} for at in between)


def _noun_lists(tree: Tree) -> list[list[int]]:
    """The coordinations of nouns or adjectives, the conjuncts of each in text order."""
    joined: dict[int, list[int]] = {}
    for token, head in enumerate(tree.heads):
        if tree.base(token) != "conj" or tree.tags[token] not in _LISTED or tree.amount_at[token] >= 0:
            continue
        if tree.tags[head] in _LISTED and tree.amount_at[head] < 0:
            listed = joined.setdefault(head, [head])
            beside = range(listed[-1] + 1, token) if tree.tags[head] == "ADJ" else ()
            listed += [at for at in beside if tree.heads[at] == tree.heads[head] and tree.tags[at] == "ADJ"]
            listed.append(token)  # "the basic, regular and large boxes"
    return [sorted(items) for items in joined.values()]


def contrasted(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the group behind the amount as its subject, and the noun or the subject in front of all as the measure.

    As in "Unemployment was 5% for men and 6% for women": each group has its amount.
    """
    own = None if amount.kind in UNMEASURED else _group_behind(tree, amount.span[1])
    if own is None:
        return
    at = next((at for at, span in enumerate(tree.amounts) if span[0] < amount.span[1] and amount.span[0] < span[1]), -1)
    if at < 0:
        return
    first, last = at, at
    while first > 0 and _is_set_against(tree, tree.amounts[first - 1], tree.amounts[first]):
        first -= 1
    while last + 1 < len(tree.amounts) and _is_set_against(tree, tree.amounts[last], tree.amounts[last + 1]):
        last += 1
    node = tree.top(tree.amounts[first])
    lasting = tree.tags[tree.heads[node]] == "VERB" and tree.case_of(node) in {"", "for"}
    lasting = lasting and amount.kind is Kind.DURATION
    dealt_out = amount.kind is Kind.MONEY and tree.base(node) == "obl" and not tree.case_of(node)
    dealt_out = dealt_out and tree.lower[tree.heads[node]] not in word_set("grammar", "amounts")  # "includes $4m for A"
    # "waited 19 weeks for a scan and 11 weeks for surgery"
    if first == last or tree.base(node) == "obj" or lasting or dealt_out:
        return
    head = tree.heads[node]
    if tree.base(node) == "nmod" and tree.amount_at[head] < 0:  # "a fine of $3m for A and $2m for B"
        found.measure = bare(tree, noun_phrase(tree, head, parts=False))
    else:
        subject = subject_of(tree, node if tree.below(node, "cop", "nsubj") else head)
        asked = tree.lower[head] in word_set("attribution", "find")  # "A poll found 44 per cent for it, against 40 for"
        if subject is not None and tree.amount_at[subject] < 0 and not asked:
            found.measure = bare(tree, noun_phrase(tree, subject, parts=False))
            # "Turnout was 51 per cent in Wales and 60 in Kent", but "It was 19 degrees in Leeds and 28 in Kent"
            own = subject if tree.lower[amount.span[1]] == "in" and tree.lower[subject] != "it" else own
    set_subject(tree, amount, found, own, "contrasted", parts=False)


def compared(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets whose the amount compared is, behind it, as the subject: "raised $4m, compared with $3m for her rival"."""
    if not tree.case_of(amount.top).startswith(_AGAINST):
        _against_middle(tree, amount, found)
        return
    own = _group_behind(tree, amount.span[1])
    if own is not None and tree.lower[own] != "those":
        set_subject(tree, amount, found, own, "compared", parts=False)


def _against_middle(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what has the average behind "against" as the subject: "has a ratio of 14, against a sector median of 19"."""
    middle = tree.heads[amount.top]
    named = tree.lower[middle] in word_set("syntax", "middles") and tree.case_of(middle).startswith(_AGAINST)
    if named and any(is_plain_noun(tree, child) for child in tree.below(middle, "compound")):
        set_subject(tree, amount, found, middle, "compared", parts=False)


_AGAINST = ("compared", "against", "versus", "vs")


def _group_behind(tree: Tree, last: int) -> int | None:
    if last == len(tree.lower) or tree.lower[last] not in word_set("syntax", "contrasts"):
        return None
    group = noun_behind(tree, last + 1)
    if group is None or tree.lower[group] in word_set("syntax", "no_groups"):
        return None
    earlier = any(tree.lower[child] in word_set("syntax", "earlier_ones") for child in tree.below(group, "amod"))
    owners = [child for child in tree.children[group] if tree.relations[child] == "nmod:poss"]
    if earlier or any(is_time(tree, child) for child in owners if tree.tags[child] == "NOUN"):
        return None  # "19% in the last election", "58% in last summer's exams"
    return group if is_plain_noun(tree, group) else None


def _is_set_against(tree: Tree, left: Range, right: Range) -> bool:
    """Whether the same preposition stands behind both amounts, and only a conjunction between the groups."""
    first, second = _group_behind(tree, left[1]), _group_behind(tree, right[1])
    if first is None or second is None or tree.lower[left[1]] != tree.lower[right[1]]:
        return False
    between = range(first + 1, right[0])
    joins = any(tree.tags[at] == "CCONJ" or tree.words[at] == "," for at in between)
    return joins and len(between) <= MOST_STEPS and not any(tree.tags[at] in {"VERB", "AUX"} for at in between)
