"""Reads the lines of fact boxes: "Adjusted EPS: $0.71", "Wind: NW 40 km/h", "$1.94: Average price of a dozen eggs".

The label is what is measured and whose number it is. It is told by tags and not by the tree, for such lines are no
sentences.
"""

from dataclasses import replace

from extraction.claims import SHARES, Kind
from extraction.context.parts import Amount, Found
from extraction.text.nouns import is_quantity
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.noun_phrases import bare, is_time
from extraction.trees.tree import Range, Tree

_COLONS = frozenset({":", "=", "):"})  # the last as the tokenizer cuts "Jo Li (Lab): 12,450"
_LONGEST_LABEL = 14  # tokens
_FARTHEST = 24  # tokens from the colon to a further amount of its line
_LONGEST_TIME = 6  # tokens of "(31 December 2025:"
_LISTING = word_set("syntax", "listing")
_OPENING = frozenset({"(", "[", '"', "“", "-", "–", "—", "•", "*"})
_DASHES = frozenset({"–", "—", "-"})
_STOPS = frozenset({",", ";", ".", ":", "(", ")", "—", "–", "?", "!", "|", "*"})
_RELATIVES = word_set("syntax", "openers_behind_labels")
_EDGES = frozenset({"ADP", "PUNCT", "CCONJ", "SPACE"})
_OF_EVENTS = frozenset({Kind.COUNT, Kind.DURATION})
_BEHIND_PARTICIPLE = word_set("syntax", "behind_passives")
_OF_SHARES = frozenset({"NNS", "NN", "IN"})
_SHADES = SHADES | word_set("syntax", "behind_labels")
_BEFORE_TIMES = word_set("syntax", "before_times")


def labelled(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether a label stands in front of the amount or behind it; sets it as the subject and the measure, or the whole.

    As in "Net sales: $1.84 billion, up 2.1%" and "4.1%: Unemployment rate in August"; what is counted has its noun.
    Not so what somebody says, "Police: 40% were drunk", nor a time, "March: 4.1%".
    """
    if amount.counted or not amount.span[0] < len(tree.words):
        return False
    if (item := _item_behind(tree, amount)) is not None:
        found.subject, found.measure = item
        found.add("label")
        return True
    label = _in_front(tree, amount) or _behind(tree, amount)
    if label is None:
        return False
    if amount.kind in SHARES and label[0] >= amount.span[1] and _are_many(tree, label):
        found.of = label  # "62%: Voters who back the plan"
    else:
        found.subject = label
        found.measure = bare(tree, label) or label
    found.add("label")
    return True


def _item_behind(tree: Tree, amount: Amount) -> tuple[Range, Range] | None:
    """The label and the own noun of an item of "Leeds BS: 4.28% two-year fix, £999 fee, 60% LTV"."""
    start, end = amount.span
    last = end
    while last < len(tree.words) and tree.tags[last] in NAMING and tree.amount_at[last] < 0:
        last += 1
    closed = last >= len(tree.words) or tree.words[last] in _STOPS
    if start < 2 or tree.words[start - 1] != "," or not end < last <= end + _LONGEST_ITEM or not closed:
        return None
    near = range(start - 2, max(0, start - _FARTHEST), -1)
    colon = next((at for at in near if tree.words[at] in _COLONS or tree.words[at] in _ENDS_OF_LISTS), 0)
    if tree.words[colon] not in _COLONS or not any(tree.amount_at[at] >= 0 for at in range(colon + 1, start)):
        return None
    if any(tree.tags[at] == "AUX" or tree.fine[at] in FINITE for at in range(colon, last)):
        return None
    label = _label(tree, amount, _item_of(tree, colon), colon)
    return None if label is None else (label, (end, last))


_ENDS_OF_LISTS = frozenset({";", ".", "?", "!", "|"})
_LONGEST_ITEM = 3  # tokens of "minimum monthly deposit"


def _are_many(tree: Tree, label: Range) -> bool:
    """Whether the label up to its first preposition names things or people: "Households" of "Households in debt"."""
    first, last = label
    end = next((at for at in range(first + 1, last) if tree.tags[at] == "ADP"), last)
    return any(tree.fine[at] in {"NNS", "NNPS"} and not is_quantity(tree.lower[at]) for at in range(first, end))


def told_before(tree: Tree, amount: Amount) -> Amount | None:
    """The £218m of "Revenue up 6.4% to £218m (H1 2025: £205m)": a time in the bracket, and the same again."""
    colon = amount.span[0] - 1
    while colon > 0 and tree.lower[colon] in _SHADES:
        colon -= 1
    opening = _opening_of(tree, colon)
    timed = opening > 0 and (_is_time(tree, colon - 1) or _is_day(tree, (opening + 1, colon)))
    if tree.words[colon] != ":" or not timed:
        return None
    adjective = tree.tags[opening - 1] == "ADJ" and opening > 1  # "31% full (May 18: 47%)"
    at = tree.amount_at[opening - 1 - adjective]
    if at < 0 or any(tree.tags[token] in {"VERB", "AUX"} for token in range(opening, colon)):
        return None
    span = tree.amounts[at]
    return replace(amount, span=span, top=tree.top(span))


def _opening_of(tree: Tree, colon: int) -> int:
    """The bracket right in front of the few words before the colon; 0 without one."""
    near = range(colon - (tree.words[colon] != "):"), max(0, colon - _LONGEST_TIME), -1)
    at = next((at for at in near if tree.words[at] in {"(", "[", ")", "]", "):"}), 0)
    return at if tree.words[at] in {"(", "["} else 0  # not in "Jo Li (Lab): 12,450"


def _item_of(tree: Tree, colon: int) -> int:
    """Where the item of the colon starts in "Adult: £12; child: £6", "Beds: 3 | Baths: 2"."""
    near = range(colon - 1, max(0, colon - _LONGEST_LABEL), -1)
    return next((at + 1 for at in near if tree.words[at] in {";", "|"}), 0)


def _in_front(tree: Tree, amount: Amount) -> Range | None:
    """The label and the colon in front of the amount, or the "Low" of "Tonight: Low -19 C"."""
    colon = amount.span[0] - 1
    further = False
    limit = max(0, colon - _FARTHEST)
    while (
        colon > limit and tree.words[colon] not in _COLONS and (_passes(tree, colon) or tree.words[colon] in _LISTING)
    ):
        further = further or tree.amount_at[colon] >= 0
        colon -= 1
    marked = tree.words[colon] in _COLONS or (not further and _is_dash(tree, colon) and _ends(tree, amount))
    if colon < 1 or not marked or is_clause(tree, amount.span[1]):
        return None
    first = max(_opening_of(tree, colon), _item_of(tree, colon))
    while first < colon and tree.words[first] in _OPENING:
        first += 1
    if colon - first > _LONGEST_LABEL:
        return None
    between = range(colon + 1, amount.span[0])
    names = [at for at in between if _names(tree, at) and tree.amount_at[at] < 0 and tree.lower[at] not in _SHADES]
    if names:  # the "Low" of "Tonight: Low -19 C"; "Asia: Kospi +1.2% Topix -0.4%" is a list
        return None if further or names[-1] - names[0] >= len(names) else (names[0], names[-1] + 1)
    return _label(tree, amount, first, colon) if further or not _lists(tree, between) else None


def _label(tree: Tree, amount: Amount, first: int, colon: int) -> Range | None:
    """The label in front of the ``colon``, where that is neither a clause, nor a time, nor holds another amount."""
    in_jail = amount.kind is Kind.DURATION and tree.lower[amount.span[1] : amount.span[1] + 1] == ["in"]
    if amount.kind in _OF_EVENTS and not (_ends(tree, amount) or in_jail):
        return None  # "Portugal: 30 dead in forest fires", "CHERNOBYL: TEN YEARS ON"
    label = first, _label_end(tree, first, colon)
    nominal = label[0] < label[1] and any(_names(tree, at) for at in range(*label))
    said = any(tree.tags[at] == "AUX" or tree.fine[at] in FINITE for at in range(first, colon))
    numbered = any(tree.amount_at[at] >= 0 for at in range(first + 1, label[1])) and tree.amount_at[first] < 0
    if not nominal or said or numbered or ":" in tree.words[first:colon]:
        return None
    return None if _is_time(tree, label[1] - 1) or _is_day(tree, label) else label


def _is_day(tree: Tree, label: Range) -> bool:
    """Whether a label is nothing but a time with its numbers: "(May 18: 47%)"."""
    return is_time(tree, label[0]) and all(tree.tags[at] in {"NUM", "PUNCT"} for at in range(label[0] + 1, label[1]))


def _ends(tree: Tree, amount: Amount) -> bool:
    """Whether the amount ends its line or a mark stands behind it, and no verb follows."""
    end = amount.span[1]
    closed = end >= len(tree.words) or tree.tags[end] in {"PUNCT", "SPACE"} or tree.amount_at[end] >= 0
    return closed and FINITE.isdisjoint(tree.fine[end:])


def _lists(tree: Tree, between: range) -> bool:
    """Whether marks of a list stand there: only further amounts have them in front, "Revenue: $4m, +6%"."""
    return any(tree.words[at] in _LISTING for at in between)


def _is_dash(tree: Tree, at: int) -> bool:
    """Whether a dash with a space on both sides stands there: "Reform – 19%"."""
    spaced = at > 0 and tree.ends[at - 1] < tree.starts[at] and at + 1 < len(tree.words)
    return spaced and tree.words[at] in _DASHES and tree.ends[at] < tree.starts[at + 1]


def _is_time(tree: Tree, at: int) -> bool:
    return is_time(tree, at) and tree.lower[at] != "time"


def _passes(tree: Tree, at: int) -> bool:
    """Whether a token may stand between the colon and the amount: "about", "plus or minus", "NW", another amount."""
    shade = tree.lower[at] in _SHADES or tree.words[at] in {"$", "~"}
    return tree.amount_at[at] >= 0 or shade or _names(tree, at)


def _names(tree: Tree, at: int) -> bool:
    """A noun, or the "Low" and "High" that a forecast has alone."""
    return tree.tags[at] in NAMING or (tree.tags[at] == "ADJ" and tree.words[at].istitle())


def is_clause(tree: Tree, end: int) -> bool:
    """Whether a verb follows with the amount as its subject: "Police: 40% were drunk", "Poll: 40% of voters are"."""
    behind = tree.fine[end] if end < len(tree.words) else ""
    return behind in FINITE or (behind in _OF_SHARES and not FINITE.isdisjoint(tree.fine[end:]))


def _label_end(tree: Tree, first: int, last: int) -> int:
    """Where the label ends that starts at ``first``: in front of a bracket, a clause or a time."""
    end = first
    while end < last and not _ends_label(tree, first, end):
        end += 1
    while end - 1 > first and (tree.tags[end - 1] in _EDGES or tree.lower[end - 1] in _BEFORE_TIMES):
        end -= 1
    return end


def _ends_label(tree: Tree, first: int, at: int) -> bool:
    if tree.words[at] in _STOPS or tree.words[at].isspace() or tree.lower[at] in _RELATIVES:
        return True
    if at == first:
        return False
    named = tree.tags[at - 1] in NAMING
    if tree.fine[at] in {"VBN", "VBG", "VBD"}:
        return named
    if tree.tags[at] in {"DET", "PRON"} and named:
        return True  # "Time the average patient waited"
    if tree.tags[at] == "PROPN" and tree.tags[at - 1] == "NOUN" and _does(tree, at):
        return True
    if tree.tags[at] == "ADP" and at + 1 < len(tree.words) and tree.lower[at + 1] in _RELATIVES:
        return True
    return is_time(tree, at) and tree.lower[at] not in {"time", "quarter"} and (not named or tree.tags[at] == "PROPN")


def _does(tree: Tree, at: int) -> bool:
    """Whether the name that begins there has its verb right behind it: "Amount Kenneth Lay earned"."""
    while at < len(tree.words) and tree.tags[at] == "PROPN":
        at += 1
    return at < len(tree.words) and tree.fine[at] in FINITE


def _behind(tree: Tree, amount: Amount) -> Range | None:
    """The label behind an amount that opens its line and a colon or a dash."""
    first, end = amount.span
    while first > 0 and (tree.lower[first - 1] in _SHADES or tree.words[first - 1] in _OPENING | {"$", "~"}):
        first -= 1
    if first > 0 or end + 1 >= len(tree.words) or tree.words[end] not in _DASHES | {":"}:
        return None
    if tree.words[end] != ":" and tree.ends[end - 1] == tree.starts[end]:
        return None  # "a 4%-a-year rise"
    start = end + 1
    label = start, _label_end(tree, start, min(len(tree.words), start + _LONGEST_LABEL))
    if label[0] >= label[1] or not any(tree.tags[at] in NAMING for at in range(*label)):
        return None
    return None if _has_verb(tree, label) or tree.tags[start] in {"PRON", "ADV", "SCONJ", "SYM"} else label


def _has_verb(tree: Tree, label: Range) -> bool:
    """Whether it is a clause: "$4m: Smith paid it"; not "1,200: Jobs cut by the company"."""
    first, end = label
    verb = next((at for at in range(first, end) if tree.fine[at] in FINITE), None)
    if verb is not None:
        return True
    if end < len(tree.words) and tree.fine[end] == "VBD" and tree.tags[end - 1] in NAMING:
        return tree.lower[end + 1 : end + 2] == [] or tree.lower[end + 1] not in _BEHIND_PARTICIPLE
    return end < len(tree.words) and tree.fine[end] in FINITE and tree.fine[end] != "VBD"
