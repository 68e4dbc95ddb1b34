"""Carries the trees of a treebank over to Tally's own tokens.

Words that stand on one token become one node; a word that Tally cuts becomes a small tree of its pieces. No sentence is
dropped for its tokenization.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extraction.training.conllu import Sentence, Word

_CURRENCY = frozenset("$£€¥₹")


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence in Tally's tokens; ``heads`` are positions in the sentence, the root is its own head."""

    tokens: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def align(sentence: Sentence, make_doc: Callable[[str], Doc]) -> Tree | None:
    """The tree over Tally's tokens; None when merging words would close a circle."""
    doc = make_doc(sentence.text)
    tokens = [token for token in doc if not token.is_space]
    spans = [(token.idx, token.idx + len(token.text)) for token in tokens]
    nodes: list[tuple[str, str, str, tuple[str, int]]] = []  # tag, pos, relation, ("gold" word or "own" token)
    token_of = [-1] * len(sentence.words)
    for first_token, last_token, first_word, last_word in _groups(spans, sentence.words):
        words = sentence.words[first_word:last_word]
        top = _top(words, first_word)
        word = sentence.words[top]
        pieces = [token.text for token in tokens[first_token:last_token]]
        center = _center(pieces)
        for at in range(first_word, last_word):
            token_of[at] = first_token + center
        for place, piece in enumerate(pieces):
            if place == center:
                nodes.append((word.xpos, word.upos, word.relation, ("gold", word.head if word.head != top else -1)))
            else:
                tag, pos, relation = _piece(piece, word, before=place < center)
                nodes.append((tag, pos, relation, ("own", first_token + center)))
    heads = []
    for place, (_, _, _, (kind, target)) in enumerate(nodes):
        heads.append(place if target == -1 else target if kind == "own" else token_of[target])
    if not _is_tree(heads):
        return None
    return Tree(
        tuple(token.text for token in tokens),
        tuple(bool(token.whitespace_) for token in tokens),
        tuple(node[0] for node in nodes),
        tuple(node[1] for node in nodes),
        tuple(heads),
        tuple(node[2] for node in nodes),
    )


def _groups(spans: Sequence[tuple[int, int]], words: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """The smallest runs of tokens and of words that cover the same characters."""
    groups = []
    token = word = 0
    while token < len(spans) and word < len(words):
        first_token, first_word = token, word
        token_end, word_end = spans[token][1], words[word].end
        token, word = token + 1, word + 1
        while token_end != word_end or (word < len(words) and words[word].start < token_end):
            if word < len(words) and words[word].start < token_end:
                word_end = max(word_end, words[word].end)
                word += 1
            elif token < len(spans) and spans[token][0] < word_end:
                token_end = max(token_end, spans[token][1])
                token += 1
            else:
                break
        groups.append((first_token, token, first_word, word))
    return groups


def _top(words: Sequence[Word], first: int) -> int:
    """The word of a group that hangs on a word outside of it."""
    inside = range(first, first + len(words))
    outer = [at for at, word in zip(inside, words, strict=True) if word.head not in inside or word.head == at]
    return outer[0] if outer else first


def _center(pieces: list[str]) -> int:
    """The piece that stands for the whole: a currency sign, else the last piece with a letter or digit."""
    for place, piece in enumerate(pieces):
        if piece[-1] in _CURRENCY and any(other[0].isdigit() for other in pieces):
            return place
    return max((place for place, piece in enumerate(pieces) if any(map(str.isalnum, piece))), default=len(pieces) - 1)


def _piece(piece: str, word: Word, *, before: bool) -> tuple[str, str, str]:
    if piece[0].isdigit():
        return "CD", "NUM", "compound" if before and word.xpos == "CD" else "nummod"
    if not any(map(str.isalnum, piece)):
        hyphen = piece in ("-", "–", "‐", "‑")
        return ("HYPH" if hyphen else word.xpos if len(piece) > 1 else _mark(piece)), "PUNCT", "punct"
    return word.xpos, word.upos, "compound" if before else "flat"


def _mark(piece: str) -> str:
    if piece in ".!?":
        return "."
    if piece == ",":
        return ","
    return {"(": "-LRB-", ")": "-RRB-", "[": "-LRB-", "]": "-RRB-", '"': "''"}.get(piece, ":")


def _is_tree(heads: Sequence[int]) -> bool:
    roots = sum(head == place for place, head in enumerate(heads))
    if roots != 1:
        return False
    for place in range(len(heads)):
        steps, at = 0, place
        while heads[at] != at:
            at = heads[at]
            steps += 1
            if steps > len(heads):
                return False
    return True
