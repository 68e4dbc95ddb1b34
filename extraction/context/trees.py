"""The dependency tree of one sentence in plain lists, and the noun phrases in it.

Relations are those of Universal Dependencies. Reading a token of spaCy costs more than reading a list, and many claims
share a sentence, so the tree is read once. Positions count from the first token of the sentence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extraction.context.tree_repairs import repair
from extraction.words import word_set

Range = tuple[int, int]

_INSIDE = frozenset(
    ("det", "amod", "compound", "nummod", "flat", "fixed", "goeswith", "advmod", "nmod", "det:predet", "cc:preconj")
)
_CONTINUES = frozenset(("flat", "fixed", "compound", "goeswith", "nummod"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))
_OWNERS = frozenset(("PRON", "DET"))
_ASKING = frozenset(("WP", "WDT"))  # they open a clause: "an increase over what it got"


class _Bases(dict[str, str]):
    """Relations without their subtypes, each cut once."""

    def __missing__(self, relation: str) -> str:
        self[relation] = base = relation.partition(":")[0]
        return base


_BASES = _Bases()


@dataclass(slots=True)
class Tree:
    """A parsed sentence; the head of a root is the root itself.

    ``tags`` are universal parts of speech, ``fine`` Penn Treebank tags, ``starts`` and ``ends`` characters of the text.
    """

    words: list[str]
    lower: list[str]
    tags: list[str]
    fine: list[str]
    relations: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    amounts: list[Range] = field(default_factory=list)
    amount_at: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    lefts: list[int] = field(default_factory=list)
    rights: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = len(self.words)
        self._contract_amounts()
        self.children = [[] for _ in range(size)]
        for token, head in enumerate(self.heads):
            if head != token:
                self.children[head].append(token)
        self._find_edges()

    def _contract_amounts(self) -> None:
        """Makes each amount one node: what hung on any token of it hangs on the one that the others hang on."""
        self.amount_at = [-1] * len(self.words)
        for number, span in enumerate(self.amounts):
            self.amount_at[span[0] : span[1]] = [number] * (span[1] - span[0])
        tops = [self.top(span) for span in self.amounts]
        for (first, last), top in zip(self.amounts, tops, strict=True):
            outside = [token for token in range(first, last) if not first <= self.heads[token] < last]
            if any(self.heads[token] == token for token in range(first, last)):
                self.heads[top], self.relations[top] = top, "ROOT"
            elif top not in outside and outside:
                self.heads[top], self.relations[top] = self.heads[outside[0]], self.relations[outside[0]]
            for token in range(first, last):
                if token != top:
                    self.heads[token], self.relations[token] = top, "amount"
        for token, head in enumerate(self.heads):
            number = self.amount_at[head]
            if number >= 0 and number != self.amount_at[token]:
                self.heads[token] = tops[number]
        repair(self, tops)

    def _find_edges(self) -> None:
        """The first and last token below each token; what stands deepest is settled first."""
        self.lefts, self.rights = lefts, rights = list(range(len(self.words))), list(range(len(self.words)))
        order = [token for token, head in enumerate(self.heads) if head == token]
        for token in order:
            order.extend(self.children[token])
        for token in reversed(order):
            head = self.heads[token]
            if lefts[token] < lefts[head]:
                lefts[head] = lefts[token]
            if rights[token] > rights[head]:
                rights[head] = rights[token]

    def base(self, token: int) -> str:
        """The relation of ``token`` without its subtype: "nsubj" for "nsubj:pass"."""
        return _BASES[self.relations[token]]

    def below(self, token: int, *relations: str) -> list[int]:
        """The children of ``token`` with one of the relations, subtypes left out of account."""
        return [child for child in self.children[token] if _BASES[self.relations[child]] in relations]

    def case_of(self, token: int) -> str:
        """The preposition of a noun, with what is fixed to it ("up to", "because of"); "" when there is none."""
        for child in self.children[token]:
            if child < token and self.relations[child] == "case":
                return " ".join(self.lower[part] for part in (child, *self.below(child, "fixed")))
        return ""

    def is_nominal(self, token: int) -> bool:
        """Whether a token can be the head of a noun phrase."""
        return self.tags[token] in _NOMINAL

    def tokens(self, start: int, end: int) -> Range:
        """The tokens that overlap the characters ``start`` to ``end``."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def top(self, span: Range) -> int:
        """The token of ``span`` that the rest of it hangs on; the last one when the tree does not say."""
        chosen = span[1] - 1
        if self.relations[chosen] in {"compound", "nummod"} and span[1] <= self.heads[chosen] < span[1] + 3:
            return chosen  # "a 5% to 10% improvement"
        for token in range(*span):
            outside = not span[0] <= self.heads[token] < span[1] or self.heads[token] == token
            if outside and self.base(token) not in {"punct", "case", "cc", "mark"}:
                chosen = token
                # Two amounts may hang on each other; the one that hangs on a word counts.
                if self.is_nominal(token) and (self.amount_at[self.heads[token]] < 0 or self.heads[token] == token):
                    break
        return chosen


Sentence = tuple[int, int]


def trees_of(doc: Doc, text: str, amounts: Mapping[Sentence, Sequence[Range]]) -> dict[Sentence, Tree]:
    """The trees of the sentences of ``doc`` that were parsed, by their first token and the one behind their last.

    ``text`` is that of the document; ``amounts`` gives for each sentence wanted the characters of the amounts in it;
    each becomes one node.
    """
    rows = doc.to_array(["HEAD", "DEP", "POS", "TAG", "IDX", "LENGTH"]).astype(np.int64)
    labels = _labels(doc.vocab)
    return {
        (first, last): _tree(text, rows[first:last].T.tolist(), labels, spans)
        for (first, last), spans in amounts.items()
        if first < last and rows[first, 1]
    }


class _Labels(dict[int, str]):
    """The strings of labels by spaCy's hashes, read as signed numbers."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._strings = vocab.strings

    def __missing__(self, key: int) -> str:
        self[key] = label = str(self._strings[key % 2**64])
        return label


@lru_cache(maxsize=16)
def _labels(vocab: Vocab) -> _Labels:
    return _Labels(vocab)


def _tree(text: str, columns: Sequence[list[int]], labels: _Labels, amounts: Sequence[Range]) -> Tree:
    offsets, relations, tags, fine, starts, lengths = columns
    size = len(starts)
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    spans = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in amounts]
    return Tree(
        words=words,
        lower=[word.lower() for word in words],
        tags=[labels[key] for key in tags],
        fine=[labels[key] for key in fine],
        relations=[labels[key] for key in relations],
        heads=[token + offset if 0 <= token + offset < size else token for token, offset in enumerate(offsets)],
        starts=starts,
        ends=ends,
        amounts=[span for span in spans if span[0] < span[1]],
    )


# Noun phrases -------------------------------------------------------------------------------------------------------


def noun_phrase(tree: Tree, head: int, *, parts: bool = True, without: Range | None = None) -> Range | None:
    """The noun phrase of ``head`` without relative clauses, appositions, times and the amount ``without``.

    ``parts`` takes every prepositional phrase of the noun along, else "of" alone. None where nothing is left.
    """
    start, end = _left(tree, head), _right(tree, head, parts=parts, without=without)
    if without is not None and start < without[1] and without[0] < end:
        start, end = (without[1], end) if without[0] <= head else (start, without[0])
    if without is not None and start == without[1]:
        start = _past_size(tree, start, head)
    return trimmed(tree, (start, end))


def _past_size(tree: Tree, start: int, head: int) -> int:
    """As in "an 8km-long glacier", "a 300-strong crowd": what kind of size it is belongs to the amount."""
    while start < head and (tree.words[start] == "-" or tree.lower[start] in word_set("syntax", "sizes")):
        start += 1
    return start


def trimmed(tree: Tree, span: Range) -> Range | None:
    """A range without a dateline and without punctuation, prepositions and conjunctions at its ends, or None."""
    start, end = span
    start = next((at + 1 for at in range(end - 2, start, -1) if _is_dash(tree, at)), start)
    while start < end and _opens_nothing(tree, start, end):
        start += 1
    while end > start and tree.base(end - 1) in {"punct", "case", "cc", "mark"}:
        end -= 1
    words = tree.words[start:end]
    if ")" in words and "(" not in words:  # "a $3,500 (U.S.) grant"
        start += words.index(")") + 1
    return (start, end) if start < end else None


def _opens_nothing(tree: Tree, start: int, end: int) -> bool:
    if tree.base(start) == "advmod" and tree.tags[start] == "ADV":
        return start + 1 < end
    return tree.base(start) in {"punct", "case", "cc", "mark"} and tree.words[start] not in "$£€¥"


def bare(tree: Tree, span: Range | None) -> Range | None:
    """A noun phrase without its determiner, its owner and a place behind it; None for a pronoun."""
    if span is None or (span[1] - span[0] == 1 and tree.tags[span[0]] in _OWNERS):
        return None
    start, end = span
    head = tree.top(span)
    for child in tree.children[head]:
        if start <= tree.lefts[child] < head and (tree.base(child) == "nummod" or tree.relations[child] == "nmod:poss"):
            start = tree.rights[child] + 1
    while start < end - 1 and tree.base(start) == "det" and tree.ends[start] < tree.starts[start + 1]:
        start += 1
    for at in range(head + 1, end):
        if tree.lower[at] in {"in", "at", "near"} and "PROPN" in tree.tags[at + 1 : end]:
            end = at
            break
    return trimmed(tree, (start, end))


def _left(tree: Tree, head: int) -> int:
    start = head
    for child in reversed([child for child in tree.children[head] if child < head]):
        relation = tree.relations[child]
        if relation == "punct":
            continue
        inside = tree.base(child) in _INSIDE and not (relation in {"nmod", "nummod"} and tree.case_of(child))
        if not inside or tree.rights[child] + 2 < start or any(_is_dash(tree, at) for at in range(child + 1, start)):
            break
        glued = tree.words[tree.rights[child] + 1 : tree.rights[child] + 2] == ["-"]
        if tree.amount_at[child] >= 0 and tree.base(child) == "compound" and not glued:
            break  # of "a 5 per cent penalty" the penalty
        start = min(start, tree.lefts[child])
    return start


def _is_dash(tree: Tree, at: int) -> bool:
    """Whether a token is a dash with room in front, as behind a dateline."""
    return tree.words[at] in {"-", "–", "—"} and at > 0 and tree.starts[at] > tree.ends[at - 1]


def _right(tree: Tree, head: int, *, parts: bool, without: Range | None) -> int:
    end = head + 1
    for child in tree.children[head]:
        if child <= head or tree.base(child) in {"punct", "cc"}:
            continue
        if any(tree.amount_at[token] >= 0 for token in range(tree.lefts[child], tree.rights[child] + 1)):
            plain = not any(tree.amount_at[token] >= 0 for token in range(tree.lefts[child], child + 1))
            if plain and tree.relations[child] == "nmod" and _is_part(tree, child, end, parts=parts):
                end = child + 1  # "employment for women aged 25 to 54"
            break
        if tree.base(child) in _CONTINUES and tree.lefts[child] == end:
            end = max(end, tree.rights[child] + 1)
        elif (tree.relations[child] in {"nmod", "nmod:desc", "obl"} and _is_part(tree, child, end, parts=parts)) or (
            tree.base(child) == "conj"
            and _joins(tree, head, child, end)
            and not (without is not None and without[1] <= head and tree.below(child, "det"))  # "a 5% fee and the rest"
        ):
            end = _right(tree, child, parts=parts, without=without if tree.base(child) == "conj" else None)
        else:
            break
    while end < len(tree.words) and tree.tags[end] == tree.tags[end - 1] == "PROPN" and tree.amount_at[end] < 0:
        end += 1
    if tree.lower[head] == "those" and end < len(tree.words) and tree.fine[end] == "VBN" and tree.heads[end] == head:
        return end + 1  # "those asked"
    return _before_verb(tree, head, end, parts=parts) if tree.base(head) == "nsubj" else end


def _before_verb(tree: Tree, head: int, end: int, *, parts: bool) -> int:
    """As in "A flat in the centre costs": what stands between a subject and its verb belongs to the subject."""
    verb = tree.heads[head]
    for child in tree.children[verb]:
        if tree.relations[child] == "obl" and head < child < verb and _is_part(tree, child, end, parts=parts):
            return tree.rights[child] + 1
    return end


def _is_part(tree: Tree, child: int, end: int, *, parts: bool) -> bool:
    """Whether a noun with its preposition belongs to the phrase that has reached ``end``."""
    case = tree.case_of(child)
    if not case or tree.lefts[child] != end or not tree.is_nominal(child) or tree.fine[child] in _ASKING:
        return False
    if case in {"of", "before"}:
        return True
    return parts and case in word_set("syntax", "part_prepositions") and not is_time(tree, child)


def _joins(tree: Tree, head: int, child: int, end: int) -> bool:
    """As in "fats and oils": the second noun right behind the conjunction."""
    joined = tree.tags[child] in {"NOUN", "PROPN"} and tree.tags[head] in {"NOUN", "PROPN"}
    conjunction = tree.below(child, "cc")
    listed = any(tree.words[at] == "," for at in tree.below(child, "punct"))
    if not joined or not (conjunction or listed) or tree.below(child, "nsubj", "cop", "case"):
        return False
    return _left(tree, child) <= end + 2 and tree.lower[conjunction[0] if conjunction else child] != "but"


def is_time(tree: Tree, token: int) -> bool:
    """Whether a noun names a time: "2019", "the third quarter", "Monday"."""
    if tree.lower[token].rstrip(".") in word_set("syntax", "times"):
        return True
    return tree.tags[token] == "NUM" and tree.words[token].isdigit() and len(tree.words[token]) == 4
