"""Gives a verb its object back where a report stands between them: "The hotel has, the owner tells me, 46 rooms"."""

from typing import TYPE_CHECKING

from extraction.text.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_LONGEST = 9  # tokens of what stands between the commas
_REPORTS = word_set("attribution", "say", "either", "mind", "show")
_REPORTING = _REPORTS | {"according"}
_HEARERS = word_set("grammar", "object_pronouns")
_LEFT = frozenset(("nsubj", "expl"))
_ALIEN = frozenset(("obj", "obl", "ccomp", "conj", "xcomp", "nmod", "dep", "appos", "parataxis", "nsubj"))
_NAMED_VERBS = word_set("syntax", "verbs_in_front_of_comments")


def place_behind_comments(tree: "Tree") -> None:
    """As in "She owns, friends say, 300 pairs of shoes", "The stand holds, according to the club, 8,000 fans"."""
    if _REPORTING.isdisjoint(tree.vocabulary):
        return
    for span in tree.amounts:
        close = _comma_before(tree, span[0])
        if close < 3:
            continue
        opening = next((at for at in range(close - 2, max(0, close - 1 - _LONGEST), -1) if tree.words[at] == ","), 0)
        report = _report(tree, opening, close) if opening else 0
        if report and _acts(tree, opening - 1):
            _give_back(tree, opening - 1, report, close)


def _comma_before(tree: "Tree", first: int) -> int:
    """The comma that an amount opens behind, past "about", "more than" and the like; 0 when there is none."""
    for at in range(first - 1, max(0, first - 1 - _SHADES), -1):
        if tree.words[at] == ",":
            return at
        if tree.tags[at] not in _SHADING:
            return 0
    return 0


_SHADES = 4
_SHADING = frozenset(("ADV", "ADJ", "ADP", "DET"))


def _report(tree: "Tree", opening: int, close: int) -> int:
    """The verb that reports between two commas, or what "according to" names there; 0 when nobody reports."""
    if tree.lower[opening + 1 : opening + 3] == ["according", "to"]:
        return next((at for at in range(close - 1, opening + 2, -1) if tree.is_nominal(at)), 0)
    verb = close - 2 if tree.lower[close - 1] in _HEARERS else close - 1
    told = verb > opening + 1 and tree.lower[verb] in _REPORTS
    return verb if told and any(_is_subject(tree, at, verb) for at in range(opening + 1, verb)) else 0


def _is_subject(tree: "Tree", token: int, verb: int) -> bool:
    return tree.heads[token] == verb and tree.base(token) == "nsubj"


def _acts(tree: "Tree", verb: int) -> bool:
    """Whether a verb with its subject stands in front of the first comma."""
    known = tree.tags[verb] in {"VERB", "AUX"} or tree.lower[verb] in _NAMED_VERBS
    before = range(max(0, verb - _REACH), verb)
    return known and any(tree.base(at) in _LEFT and tree.heads[at] >= verb for at in before)


_REACH = 12


def _give_back(tree: "Tree", verb: int, report: int, close: int) -> None:
    """Hangs what opens behind the comment on the verb in front of it."""
    inside = range(verb + 2, close)
    for token in range(close + 1, min(close + 1 + _LONGEST, len(tree.words))):
        if tree.heads[token] not in inside or tree.base(token) not in _ALIEN or not tree.is_nominal(token):
            continue
        tree.tags[verb] = "VERB"
        if tree.heads[report] != verb and tree.base(report) != "nmod":
            tree.hang(report, verb, "parataxis" if tree.tags[report] in {"VERB", "AUX"} else "obl")
        tree.hang(token, verb, "obj")
        return
