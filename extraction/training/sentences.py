"""Makes trees from the patterns of ``sentences.txt``, so that money and percentages are not rare in training."""

from functools import cache
from importlib.resources import files

from extraction.training.alignment import Tree
from extraction.training.amounts import PHRASES, Node, Rng

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "DT": "DET", "PRP": "PRON", "PRP$": "PRON",
    "WDT": "PRON", "EX": "PRON", "CD": "NUM", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV",
    "IN": "ADP", "TO": "PART", "MD": "AUX", "CC": "CCONJ", "POS": "PART", "RP": "ADP", "VB": "VERB", "VBD": "VERB",
    "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", ",": "PUNCT", ".": "PUNCT",
    "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("``", "''"))


class PatternError(Exception):
    """A line of ``sentences.txt`` cannot be read."""


def own_sentence(rng: Rng) -> list[Node]:
    """One of the patterns, chosen at random, with its phrases filled in."""
    patterns = _patterns()
    return fill(patterns[int(rng.integers(len(patterns)))], rng)


def fill(pattern: str, rng: Rng) -> list[Node]:
    """The sentence of a pattern, see ``sentences.txt``; raises ``PatternError`` when it is no tree."""
    opening, closing = QUOTES[int(rng.integers(len(QUOTES)))]
    places: list[Node] = []
    nodes: list[Node] = []
    heads: list[int] = []
    for field in pattern.split():
        if field.startswith("{"):
            name, relation, governor = field.rsplit("/", 2)
            phrase = PHRASES[name.strip("{}")](rng)
            marked = any(node.relation == "case" and node.head is phrase.head for node in phrase.nodes)
            if relation in ("obl", "obl:unmarked") and name == "{when}":
                relation = "obl" if marked else "obl:unmarked"
            nodes += phrase.nodes
            places.append(phrase.head)
        else:
            token, tag, relation, governor = field.rsplit("/", 3)
            places.append(Node({"``": opening, "''": closing}.get(token, token), tag, _part_of_speech(tag, relation)))
            nodes.append(places[-1])
        places[-1].relation = relation
        heads.append(int(governor))
    for node, head in zip(places, heads, strict=True):
        if not 0 <= head <= len(places):
            raise PatternError(f"no head {head} in: {pattern}")
        node.head = places[head - 1] if head else None
    if nodes[0].token[0].islower():
        nodes[0].token = nodes[0].token[0].upper() + nodes[0].token[1:]
    return nodes


def _part_of_speech(tag: str, relation: str) -> str:
    if tag.startswith("VB") and relation in ("aux", "aux:pass", "cop"):
        return "AUX"
    if tag == "IN" and relation == "mark":
        return "SCONJ"
    if tag == "DT" and relation.startswith("nsubj"):
        return "PRON"
    return _POS[tag]


def to_tree(nodes: list[Node]) -> Tree:
    """The tree of nodes in their order."""
    place = {id(node): at for at, node in enumerate(nodes)}
    return Tree(
        tuple(node.token for node in nodes),
        (True,) * len(nodes),
        tuple(node.tag for node in nodes),
        tuple(node.pos for node in nodes),
        tuple(at if node.head is None else place[id(node.head)] for at, node in enumerate(nodes)),
        tuple(node.relation for node in nodes),
    )


@cache
def _patterns() -> list[str]:
    text = (files("extraction") / "training" / "sentences.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
