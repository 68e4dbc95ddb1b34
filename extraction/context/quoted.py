"""Reads quotes that write a sign for the verb: "gold -$5 to $1,932", "alu $2,212 (+0.2%)", "Nasdaq -0.1%".

The name in front of the sign, or of the level that it stands behind, is what moved. It is told by tags and not by the
tree, for such lines are no sentences.
"""

from extraction.context.parts import Amount, Found
from extraction.text.words import word_set
from extraction.trees.labels import FINITE
from extraction.trees.noun_phrases import bare
from extraction.trees.tree import Range, Tree

_SIGNS = ("-", "−", "–", "+")
_JOINTS = word_set("syntax", "between_quotes")
_STOPS = frozenset({",", ";", ":", "(", ")", "|", "—", "–", "•", "*"}) | _JOINTS
_BESIDE: tuple[list[str], ...] = (["("], [","], [])
_OR = (["or"], [",", "or"])
_TO_LEVEL = frozenset({"to", "at", "@"})
_ADVERBS = frozenset({"up", "down"})  # of lines without a verb: "Straits Times Index down 12.45 points or 0.4%"
_OPENING = frozenset({"+", "("}) | _ADVERBS
_TICKER = 3  # tokens of "(ACM)"
_NAMELESS = frozenset({"ADP", "ADV", "PRON", "AUX", "PART", "PUNCT", "NUM"})
_MOVES = _ADVERBS | {"+"}
_LONGEST_NAME = 8  # tokens
_FARTHEST = 20  # tokens to the verb of "Labour was on 19% (-2) and Reform on 6% (+1)"
_MOST_BESIDE = 3  # amounts of "Dow -120 (-0.3%) at 35,430"


def quoted(text: str, tree: Tree, amount: Amount, found: Found) -> bool:
    """Sets the name in front of a signed step and its level as the subject, and tells whether there is one.

    As in "Sasol -3.4% to R212.34", "alu $2,212 (+0.2%)".
    """
    at = tree.amount_at[amount.span[0]]
    if amount.counted or at < 0:
        return False
    first = _first_of_quote(text, tree, at)
    if first is None:
        return False
    name = _name_before(tree, tree.amounts[first][0])
    if name is None:
        return False
    found.subject, found.measure = name, _measure(tree, name)
    adverb = tree.amounts[first][0] - 1
    if adverb > 0 and tree.lower[adverb] in _ADVERBS:
        found.predicate = (adverb, adverb + 1)
    found.add("quoted")
    return True


def _measure(tree: Tree, name: Range) -> Range:
    """The name without what only places it: the sales of "Sales at stores"."""
    end = next((at for at in range(name[0] + 1, name[1]) if tree.tags[at] == "ADP"), name[1])
    return bare(tree, (name[0], end)) or name


def _first_of_quote(text: str, tree: Tree, at: int) -> int | None:
    """The first amount of the quote that the amount ``at`` is a part of; None where no sign is written."""
    signed = _is_signed(text, tree, at)
    if not signed and at + 1 < len(tree.amounts):
        signed = _is_signed(text, tree, at + 1) and _without_plus(tree, at) in _BESIDE
    first = at
    while first > 0 and at - first < _MOST_BESIDE:
        between = _without_plus(tree, first - 1)
        beside = between in _BESIDE and _is_signed(text, tree, first)
        if not (beside or (_is_step(text, tree, first - 1) and (between in _OR or _leads_on(between)))):
            break
        first, signed = first - 1, True
    return first if signed else None


def _leads_on(between: list[str]) -> bool:
    """Whether the words between lead from a step to its level: "-$5 to $1,932", "-120 (-0.3%) at 35,430"."""
    return between[-1:] != [] and between[-1] in _TO_LEVEL and between[:-1] in ([], [")"])


def _is_step(text: str, tree: Tree, at: int) -> bool:
    """Whether an amount has its sign, or is told again with "or": "down 0.5% or 31.2 pts"."""
    return _is_signed(text, tree, at) or (
        at > 0 and _without_plus(tree, at - 1) in _OR and _is_signed(text, tree, at - 1)
    )


def _between(tree: Tree, at: int) -> list[str]:
    """The words between an amount and the next, without the "/oz" of a price."""
    words = tree.lower[tree.amounts[at][1] : tree.amounts[at + 1][0]]
    return words[2:] if words[:1] == ["/"] else words


def _without_plus(tree: Tree, at: int) -> list[str]:
    return [word for word in _between(tree, at) if word not in _MOVES]


def _is_signed(text: str, tree: Tree, at: int) -> bool:
    first = tree.amounts[at][0]
    if first > 0 and tree.lower[first - 1] in _ADVERBS:
        return not _says(tree, _item(tree, first))
    start = tree.starts[first]
    return text[start : start + 1] in _SIGNS or (start > 0 and text[start - 1] == "+")


def _name_before(tree: Tree, end: int) -> Range | None:
    """The name of what is quoted: "Shanghai Comp", "LME copper", "Shares in Acme"; None where a clause stands there."""
    while end > 0 and (tree.lower[end - 1] in _OPENING or tree.tags[end - 1] == "ADP"):
        end -= 1
    if end > _TICKER and tree.words[end - 1] == ")" and tree.words[end - _TICKER] == "(":
        end -= _TICKER  # "Acme (ACM) +12%"
    first = end
    while first > 0 and end - first < _LONGEST_NAME and not _stops(tree, first - 1):
        first -= 1
    named = any(tree.tags[at] not in _NAMELESS and tree.words[at][:1].isalpha() for at in range(first, end))
    said = _says(tree, range(first, end))
    whole = first == 0 or _stops(tree, first - 1)
    joined = first > 0 and tree.lower[first - 1] in _JOINTS
    said = said or (joined and _says(tree, range(max(0, first - _FARTHEST), first)))
    return (first, end) if named and whole and not said else None


def _item(tree: Tree, at: int) -> range:
    """The tokens around ``at`` up to the next semicolons."""
    first, last = max(0, at - _FARTHEST), min(len(tree.words), at + _FARTHEST)
    start = next((left + 1 for left in range(at - 1, first, -1) if tree.words[left] == ";"), first)
    return range(start, next((right for right in range(at, last) if tree.words[right] == ";"), last))


def _says(tree: Tree, tokens: range) -> bool:
    """Whether a verb stands there."""
    return any(tree.tags[at] == "AUX" or tree.fine[at] in FINITE for at in tokens)


def _stops(tree: Tree, at: int) -> bool:
    if tree.amount_at[at] >= 0:
        written = "".join(tree.words[slice(*tree.amounts[tree.amount_at[at]])])
        return not ("-" in written[1:] and written[-1].isalpha())  # not the "10-yr" of "US 10-yr yield +4 bps"
    return tree.lower[at] in _STOPS or tree.words[at].isspace()
