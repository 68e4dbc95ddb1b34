"""Varies the trees of a treebank from epoch to epoch: amounts in the place of noun phrases, other currencies and
magnitudes, quotation marks and dashes, headlines and capitals, text as it is scraped. Attachments stay as annotated."""

from collections.abc import Callable

from extraction.training.alignment import Tree
from extraction.training.amounts import Node, Phrase, Rng, amount, money, number, number_word
from extraction.training.sentences import QUOTES, to_tree

_REPLACEABLE = frozenset("obj obl nmod nsubj nsubj:pass conj appos obl:unmarked root".split())
_PREMODIFIERS = frozenset("det amod compound nummod nmod:poss advmod det:predet".split())
_MAGNITUDES = frozenset("million billion trillion thousand m bn b mn tn".split())
_OTHER_MAGNITUDES = "million billion m bn mn tn k trillion thousand".split()
_MARKS = "$ $ £ € NZ$ US$ A$ ¥ $US EUR Rs".split()
_CLITICS = frozenset("n't n’t 's ’s 've ’ve 're ’re 'm ’m 'll ’ll 'd ’d".split())
_DASHES = ("-", "--", "—", "–")


def varied(tree: Tree, rng: Rng) -> Tree:
    """The tree with some of the changes, or as it is."""
    nodes = _nodes(tree)
    for change, chance in _CHANGES:
        if rng.random() < chance:
            change(nodes, rng)
    return to_tree(nodes)


def _nodes(tree: Tree) -> list[Node]:
    nodes = [Node(*each) for each in zip(tree.tokens, tree.tags, tree.pos, strict=True)]
    for at, (node, head, relation) in enumerate(zip(nodes, tree.heads, tree.relations, strict=True)):
        node.head = None if head == at else nodes[head]
        node.relation = relation
    return nodes


def _chosen(nodes: list[Node], rng: Rng, fits: Callable[[int, Node], bool]) -> int | None:
    places = [at for at, node in enumerate(nodes) if fits(at, node)]
    return places[int(rng.integers(len(places)))] if places else None


def _phrase_start(nodes: list[Node], at: int) -> int | None:
    """Where the noun phrase with its head at ``at`` begins; None when more than plain words before it belong to it.

    Prepositions and conjunctions before it stay outside.
    """
    start = at
    while start > 0:
        before = nodes[start - 1]
        if before.head is not nodes[at] or before.relation not in _PREMODIFIERS:
            break
        start -= 1
    inner = {id(node) for node in nodes[start:at]}
    if any(node.head is not None and id(node.head) in inner for node in nodes):
        return None
    outer = [node for node in nodes[:start] if node.head is nodes[at]]
    return None if any(node.relation in _PREMODIFIERS for node in outer) else start


def _put_amount(nodes: list[Node], rng: Rng) -> None:
    """Puts an amount where a noun phrase was: "paid a lot for it" becomes "paid $5m for it"."""

    def fits(_: int, node: Node) -> bool:
        return node.pos in ("NOUN", "PROPN") and node.relation in _REPLACEABLE

    at = _chosen(nodes, rng, fits)
    start = None if at is None else _phrase_start(nodes, at)
    if at is None or start is None:
        return
    old = nodes[at]
    if any(node.head is old and node.relation in ("flat", "compound:prt", "cop", "fixed") for node in nodes):
        return
    _replace(nodes, start, at + 1, old, amount(rng))


def _replace(nodes: list[Node], start: int, end: int, old: Node, phrase: Phrase) -> None:
    for node in nodes:
        if node.head is old:
            node.head = phrase.head
    phrase.head.head, phrase.head.relation = old.head, old.relation
    for node in phrase.nodes:
        if node is not phrase.head and node.head is old:
            node.head = phrase.head
    nodes[start:end] = phrase.nodes


def _put_compound(nodes: list[Node], rng: Rng) -> None:
    """Puts an amount behind an article: "a plan" becomes "a $5m plan"."""

    def fits(at: int, node: Node) -> bool:
        return (
            node.relation == "det"
            and node.token.lower() in ("a", "an", "the", "its", "this", "another")
            and node.head in nodes[at + 1 : at + 4]
            and node.head.pos == "NOUN"
        )

    at = _chosen(nodes, rng, fits)
    if at is None:
        return
    phrase = money(rng) if rng.random() < 0.7 else amount(rng)
    phrase.head.head, phrase.head.relation = nodes[at].head, "compound"
    nodes[at + 1 : at + 1] = phrase.nodes


def _put_number(nodes: list[Node], rng: Rng) -> None:
    """Counts a plural: "companies" becomes "3,000 companies"."""

    def fits(_: int, node: Node) -> bool:
        return node.tag == "NNS" and not any(
            each.head is node and each.relation in ("nummod", "compound", "det") for each in nodes
        )

    at = _chosen(nodes, rng, fits)
    start = None if at is None else _phrase_start(nodes, at)
    if at is None or start is None:
        return
    phrase = number(rng)
    phrase.head.head, phrase.head.relation = nodes[at], "nummod"
    nodes[start:start] = phrase.nodes


def _other_amounts(nodes: list[Node], rng: Rng) -> None:
    for node in nodes:
        if node.tag == "$" and rng.random() < 0.7:
            node.token = _MARKS[int(rng.integers(len(_MARKS)))]
        elif node.token.lower() in _MAGNITUDES and node.tag == "CD":
            node.token = _OTHER_MAGNITUDES[int(rng.integers(len(_OTHER_MAGNITUDES)))]
        elif node.token in ("%", "percent") and node.tag == "NN" and rng.random() < 0.5:
            node.token = ("%", "percent", "pc", "pct")[int(rng.integers(4))]
        elif node.tag == "CD" and node.token.isdigit() and not 1800 < int(node.token) < 2100 and rng.random() < 0.4:
            node.token = number_word(rng)


def _other_marks(nodes: list[Node], rng: Rng) -> None:
    quotes, dash = QUOTES[int(rng.integers(len(QUOTES)))], _DASHES[int(rng.integers(len(_DASHES)))]
    for node in nodes:
        if node.tag == "``" and node.pos == "PUNCT":
            node.token = quotes[0]
        elif node.tag == "''" and node.pos == "PUNCT":
            node.token = quotes[1]
        elif node.token in _DASHES and node.tag in (":", ",") and node.pos == "PUNCT":
            node.token = dash
        elif "'" in node.token and len(node.token) > 1:
            node.token = node.token.replace("'", "’")


def _headline(nodes: list[Node], rng: Rng) -> None:
    """All in capitals, or with capitals on each word."""
    loud = rng.random() < 0.5
    for node in nodes:
        if node.tag != "$":
            node.token = node.token.upper() if loud else node.token[:1].upper() + node.token[1:]


def _no_stop(nodes: list[Node], _: Rng) -> None:
    if len(nodes) > 3 and nodes[-1].token in (".", "!", "?") and not any(node.head is nodes[-1] for node in nodes):
        nodes.pop()


def _untidy(nodes: list[Node], rng: Rng) -> None:
    """As text looks that was scraped: without apostrophes and commas, and now and then without capitals."""
    for at in range(len(nodes) - 1, 0, -1):
        node, before = nodes[at], nodes[at - 1]
        if node.tag == "POS" and node.head is before and _is_leaf(nodes, node):
            before.token += node.token.strip("'’")
            nodes.pop(at)
        elif node.token in _CLITICS and (node.token[0] == "n" or before.pos == "PRON"):
            node.token = node.token.replace("'", "").replace("’", "")
        elif node.token == "," and _is_leaf(nodes, node):
            nodes.pop(at)
    if rng.random() < 0.5:
        for node in nodes:
            node.token = node.token.lower()


def _is_leaf(nodes: list[Node], node: Node) -> bool:
    return node.head is not None and not any(each.head is node for each in nodes)


_CHANGES: tuple[tuple[Callable[[list[Node], Rng], None], float], ...] = (
    (_other_amounts, 0.5),
    (_other_marks, 0.4),
    (_put_amount, 0.2),
    (_put_compound, 0.08),
    (_put_number, 0.1),
    (_headline, 0.03),
    (_no_stop, 0.08),
    (_untidy, 0.08),
)
