"""Subjects of clauses whose verb is left out: "Prices rose 5%, rents by 3%", "X gained four seats, Y two"."""

from extraction.claims import Kind
from extraction.context.parts import Amount, Found, is_plain_noun, measure_by_subject, set_subject
from extraction.text.shades import FILLERS
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import MOST_STEPS, Range, Tree


def gapped(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun in front of an amount whose verb is left out as subject and measure: "rose 5%, Acme by 3%"."""
    # "put $500m into the cargo and crew project over five years", but "has 480 days of leave, Norway 343"
    when = amount.kind is Kind.DURATION and amount.span[1] - amount.span[0] > 1
    phrase = (
        None if when else _gapped_noun(tree, _first_of_pair(tree, _in_front_of_brackets(tree, amount.span)), MOST_STEPS)
    )
    if phrase is not None:
        found.subject = phrase
        found.add("gapped")
        if not _is_ordinal(tree, phrase[1] - 1) and tree.fine[phrase[1] - 1] != "JJS":
            measure_by_subject(tree, amount, found)
        return
    by = _first_of_list(tree, amount.span[0]) - 1
    if by < 2 or tree.lower[by] not in {"by", "to", "at", "from", "between"} or not is_plain_noun(tree, by - 1):
        return
    noun = by - 1
    while tree.base(noun) in {"compound", "flat"} and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    relation, head = tree.base(noun), tree.heads[noun]
    joined = relation in {"conj", "appos", "parataxis"} and not tree.is_nominal(head)
    if relation in {"conj", "appos"} and tree.amount_at[head] >= 0:
        joined = True
    if joined and not tree.below(noun, "cop", "nsubj"):
        set_subject(tree, amount, found, noun, "gapped")
        measure_by_subject(tree, amount, found)
        _with_its_pair(tree, found)


def accompanied(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether the amount is a later one of a list behind "with": "with the DA on 21.8, the EFF on nine".

    Sets as its subject what stands behind "with", here or in a list: "The ANC stood at 40%, with the DA on 21.8".
    """
    phrase = _accompanied_noun(tree, amount.span[0], MOST_STEPS)
    if phrase is None:
        return False
    noun = phrase[1] - 1
    if not is_plain_noun(tree, noun) or (amount.counted and tree.tags[noun] != "PROPN"):
        return False  # "with protests at 40 sites"
    found.subject = phrase
    found.add("accompanied")
    if not (amount.kind is Kind.INDEX and tree.tags[noun] == "PROPN"):  # "with Lee on 28 points"
        measure_by_subject(tree, amount, found)
    return tree.lower[phrase[0] - 1] != "with"


def _accompanied_noun(tree: Tree, first: int, steps: int) -> Range | None:
    """The noun phrase behind "with" and in front of "on" and the amount that starts at ``first``."""
    at = _first_of_list(tree, first) - 1
    while at > 0 and (tree.lower[at] in _SHADES or tree.tags[at] == "ADV"):
        at -= 1
    if at < _LEAST_ACCOMPANIED or tree.lower[at] not in _LEVEL_CASES:
        return None
    end = at
    while tree.tags[end - 1] == "ADV":
        end -= 1  # "with inflation still at 5%"
    start = end - 1
    while start > 0 and end - start <= _LONGEST_NOUN and _may_stand_in_name(tree, start):
        start -= 1
    if start < 1 or start + 1 >= end:
        return None
    if tree.lower[start] == "with" and tree.words[start - 1] == ",":
        return (start + 1, end)
    last = start - 1 if tree.lower[start - 1] == "," else start  # ", and"
    joined = steps and tree.lower[start] in {",", "and"} and tree.amount_at[last - 1] >= 0
    before = tree.amounts[tree.amount_at[last - 1]][0] if joined else 0
    same = before > 0 and tree.lower[before - 1] == tree.lower[at]
    return (start + 1, end) if same and _accompanied_noun(tree, before, steps - 1) is not None else None


_LEVEL_CASES = frozenset(("at", "on"))
_LEAST_ACCOMPANIED = 3  # tokens of ", with Acme"


def _gapped_noun(tree: Tree, span: Range, steps: int) -> Range | None:
    """The noun phrase of "X gained four seats, Y two" and "X accounts for 44%, Y for 51%"; None in other places."""
    behind = tree.lower[span[1] : span[1] + 1]
    paired = bool(behind) and behind[0] in _PAIRED and tree.amount_at[span[1] + 1 : span[1] + 2] not in ([], [-1])
    if not steps or (behind and behind[0] not in _ENDS_OF_ITEMS and not paired):
        return None
    first = span[0]
    while first > 0 and tree.lower[first - 1] in _SHADES:
        first -= 1
    if first > 1 and tree.lower[first - 1] == "than":
        first -= (
            3 if tree.lower[first - 3 : first - 2] in (["no"], ["not"]) else 2
        )  # "the defence for no more than six"
    case = _case_before(tree, first)
    end = start = first - len(case)
    while start > 0 and end - start <= _LONGEST_NOUN and _may_stand_in_name(tree, start - 1):
        start -= 1
    noun = end - 1
    if start == 0 or start == end:
        return None
    proper = tree.fine[noun] in _PROPER  # "National 32", taken for an adjective
    named = (is_plain_noun(tree, noun) or (proper and tree.amount_at[noun] < 0)) and not is_time(tree, noun)
    if not (named or _is_ordinal(tree, noun) or _is_adjective(tree, start, noun)):
        return None
    if tree.lower[start - 1] not in _JOINTS:
        return None
    earlier = (other for other in reversed(tree.amounts) if other[1] <= start - 1 and not _in_brackets(tree, other))
    before = next(earlier, None)
    if before is None or any(tree.tags[at] in {"VERB", "AUX"} for at in range(before[1], start)):
        return None
    before = _first_of_pair(tree, before)
    verb = before[0] - 1
    while verb > 0 and tree.tags[verb] in {"ADV", "ADP"}:
        verb -= 1
    plain = tree.tags[verb] in {"VERB", "AUX"} and _case_before(tree, before[0]) == case
    plain = plain or (proper and _is_given(tree, before))
    return (start, end) if plain or _gapped_noun(tree, before, steps - 1) is not None else None


def _is_given(tree: Tree, span: Range) -> bool:
    """Whether behind a verb of giving stands who gets the first: "The poll gave Labour 34 per cent, National 32"."""
    start = span[0]
    while start > 0 and span[0] - start < _LONGEST_NOUN and _may_stand_in_name(tree, start - 1):
        start -= 1
    verb = tree.lower[start - 1 : start]
    return start < span[0] and tree.fine[span[0] - 1] in _PROPER and verb != [] and verb[0] in _GIVING


def _first_of_pair(tree: Tree, span: Range) -> Range:
    """The amount that says by how much, in front of where to and where from, or ``span``: "nickel 0.8% to $15,200"."""
    for _ in range(2):
        last = span[0] - 1
        if last < 1 or tree.lower[last] not in _PAIRED or tree.amount_at[last - 1] < 0:
            break
        span = tree.amounts[tree.amount_at[last - 1]]
    return span


def _in_brackets(tree: Tree, span: Range) -> bool:
    """Whether a bracket opens in front of the amount or a word before it: "on 19% (-2)", "at 24 per cent (up one)"."""
    at = span[0]
    return (at > 0 and tree.words[at - 1] == "(") or (at > 1 and tree.words[at - 2] == "(")


def _in_front_of_brackets(tree: Tree, span: Range) -> Range:
    """The amount that the one in brackets right behind it tells more of; without brackets the amount itself."""
    if not _in_brackets(tree, span):
        return span
    before = next((other for other in reversed(tree.amounts) if other[1] <= span[0] - 1), span)
    return before if tree.words[before[1] : before[1] + 1] == ["("] else span


def _is_ordinal(tree: Tree, at: int) -> bool:
    """Whether an ordinal with "the" stands for its noun: "the first prize was $500, the second $200"."""
    return at > 0 and tree.lower[at - 1] == "the" and tree.lower[at] in word_set("syntax", "counterparts")


def _is_adjective(tree: Tree, start: int, at: int) -> bool:
    """Whether "the" and one adjective stand for a noun.

    As in "The limit is 50; the fine $300", "The lowest bid was $2m; the highest $9m".
    """
    return tree.tags[at] == "ADJ" and start == at - 1 and tree.lower[start] == "the"


_GIVING = word_set("cues", "verbs_of_giving")
_SHADES = FILLERS | {"the", "remaining", "other", "another"}
_ENDS_OF_ITEMS = frozenset((",", ";", ".", "and", "of", ")", "("))
_PAIRED = frozenset(("to", "from"))
_JOINTS = frozenset((",", ";", "and", "while", "but"))
_LONGEST_NOUN = 5
_PROPER = frozenset(("NNP", "NNPS"))
_IN_NAMES = frozenset(("NOUN", "PROPN", "ADJ", "DET"))


def _case_before(tree: Tree, start: int) -> list[str]:
    return tree.lower[start - 1 : start] if start and tree.lower[start - 1] in _GAPPED_CASES else []


_GAPPED_CASES = frozenset(("by", "to", "at", "from", "for", "on"))


def _may_stand_in_name(tree: Tree, at: int) -> bool:
    hyphen = "-" in tree.words[max(0, at - 1) : at + 2] and tree.words[at] != ","  # "gas-fired plants"
    named = tree.tags[at] in _IN_NAMES or (tree.fine[at] == "VBG" and tree.base(at) in {"amod", "compound"})
    return tree.amount_at[at] < 0 and (named or hyphen)  # "operating profit"


def _first_of_list(tree: Tree, start: int) -> int:
    """Where the list begins whose next amount starts at ``start``: "by 5 and 7 per cent"."""
    if start == 0 or tree.tags[start - 1] not in _JOINING:
        return start
    for first, last in reversed(tree.amounts):
        if last < start and _JOINING.issuperset(tree.tags[last:start]):
            start = first
    return start


_JOINING = frozenset(("CCONJ", "PUNCT"))


def _with_its_pair(tree: Tree, found: Found) -> None:
    """Adds to the subject the noun that a second conjunction joins to it: "and eggs and butter by 6%"."""
    if found.subject is None:
        return
    first = found.subject[0] - 2
    if first > 0 and tree.tags[first + 1] == tree.tags[first - 1] == "CCONJ" and is_plain_noun(tree, first):
        found.subject = (first, found.subject[1])
        found.measure = found.subject if found.measure is not None else None
