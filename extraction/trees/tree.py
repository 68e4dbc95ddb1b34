"""The dependency tree of one sentence in plain lists.

Relations are those of Universal Dependencies. Reading a token of spaCy costs more than reading a list, and many claims
share a sentence, so the tree is read once. Positions count from the first token of the sentence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from operator import add

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from extraction.trees.labels import BASES

Range = tuple[int, int]
Repair = Callable[["Tree", list[int]], None]

DEEPEST = 200  # more than a parsed piece has tokens
MOST_STEPS = 12  # of a climb through a tree
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))


@dataclass(slots=True)
class Tree:
    """A parsed sentence; the head of a root is the root itself.

    ``tags`` are universal parts of speech, ``fine`` Penn Treebank tags, ``starts`` and ``ends`` characters of the text.
    Most rules need a word that most sentences lack: ``vocabulary`` holds the words of ``lower``, to ask for it first.
    ``repair`` mends it in place, given the tokens that stand for its amounts, in text order.
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
    repair: InitVar[Repair | None] = None
    amount_at: list[int] = field(init=False)
    children: list[list[int]] = field(init=False)
    lefts: list[int] = field(init=False)
    rights: list[int] = field(init=False)
    vocabulary: frozenset[str] = field(init=False)

    def __post_init__(self, repair: Repair | None) -> None:
        size = len(self.words)
        self.vocabulary = frozenset(self.lower)
        tops = self._contract_amounts()
        if repair is not None:
            repair(self, tops)
        self.children = [[] for _ in range(size)]
        for token, head in enumerate(self.heads):
            if head != token:
                self.children[head].append(token)
        self._find_edges()

    def _contract_amounts(self) -> list[int]:
        """Makes each amount one node: what hung on any token of it hangs on the one that the others hang on.

        Gives those tokens.
        """
        self.amount_at = [-1] * len(self.words)
        for number, span in enumerate(self.amounts):
            self.amount_at[span[0] : span[1]] = [number] * (span[1] - span[0])
        tops = [self.top(span) for span in self.amounts]
        for (first, last), top in zip(self.amounts, tops, strict=True):
            if last - first == 1 and self.heads[top] != top:
                continue
            if any(self.heads[token] == token for token in range(first, last)):
                self.heads[top], self.relations[top] = top, "ROOT"
            elif self.leads_into(self.heads[top], (first, last)):
                # Where the way up from one token of the amount leads back into it, another one leads out.
                outside = [token for token in range(first, last) if not first <= self.heads[token] < last]
                out = [token for token in outside if not self.leads_into(self.heads[token], (first, last))] or outside
                if out and top not in out:
                    self.heads[top], self.relations[top] = self.heads[out[0]], self.relations[out[0]]
            for token in range(first, last):
                if token != top:
                    self.heads[token], self.relations[token] = top, "amount"
        for token, head in enumerate(self.heads):
            number = self.amount_at[head]
            if number >= 0 and number != self.amount_at[token]:
                self.heads[token] = tops[number]
        return tops

    def leads_into(self, token: int, span: Range) -> bool:
        """Whether the way up from ``token`` leads through ``span``."""
        for _ in range(DEEPEST):
            if span[0] <= token < span[1] or self.heads[token] == token:
                break
            token = self.heads[token]
        return span[0] <= token < span[1]

    def hang(self, token: int, head: int, relation: str) -> None:
        """Gives ``token`` a new head; when that one hung below it, they change places. Only for repairs."""
        above = head
        for _ in range(DEEPEST):
            if self.heads[above] == above or above == token:
                break
            above = self.heads[above]
        if above == token:
            old = self.heads[token]
            self.heads[head], self.relations[head] = (head if old == token else old), self.relations[token]
        self.heads[token], self.relations[token] = head, relation

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
        return BASES[self.relations[token]]

    def own(self, head: int, *relations: str) -> list[int]:
        """What hangs on ``head`` with one of the relations, subtypes left out of account, while repairs go on.

        Of a finished tree ``below`` answers the same faster.
        """
        named = self.relations
        return [at for at, above in enumerate(self.heads) if above == head and BASES[named[at]] in relations]

    def compound_end(self, first: int) -> int:
        """Where the words end that each only describe the next: from "benefit" in "benefit fraud charges" the last."""
        noun = first
        while noun + 1 < len(self.words) and self.heads[noun] == noun + 1 and self.base(noun) in {"compound", "amod"}:
            noun += 1
        return noun

    def below(self, token: int, *relations: str) -> list[int]:
        """The children of ``token`` with one of the relations, subtypes left out of account."""
        return [child for child in self.children[token] if BASES[self.relations[child]] in relations]

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
        if chosen == span[0]:
            return chosen
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


def trees_of(
    doc: Doc, text: str, amounts: Mapping[Sentence, Sequence[Range]], repair: Repair | None = None
) -> dict[Sentence, Tree]:
    """The trees of the sentences of ``doc`` that were parsed, by their first token and the one behind their last.

    ``text`` is that of the document; ``amounts`` gives for each sentence wanted the characters of the amounts in it;
    each becomes one node. ``repair`` mends each tree before it is finished.
    """
    rows = doc.to_array(["HEAD", "DEP", "POS", "TAG", "IDX", "LENGTH"]).astype(np.int64)
    strings = doc.vocab.strings
    return {
        (first, last): _tree(text, rows[first:last].T.tolist(), strings, spans, repair)
        for (first, last), spans in amounts.items()
        if first < last and rows[first, 1]
    }


# The names of labels by spaCy's hashes, read as signed numbers: the same in every vocabulary, and few.
_LABELS: dict[int, str] = {}


def _names(labels: list[int], strings: StringStore) -> list[str]:
    try:
        return list(map(_LABELS.__getitem__, labels))
    except KeyError:
        _LABELS.update((label, str(strings[label % 2**64])) for label in labels)
    return list(map(_LABELS.__getitem__, labels))


def _tree(
    text: str,
    columns: Sequence[list[int]],
    strings: StringStore,
    amounts: Sequence[Range],
    repair: Repair | None,
) -> Tree:
    offsets, relations, tags, fine, starts, lengths = columns
    size = len(starts)
    ends = list(map(add, starts, lengths))
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    spans = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in amounts]
    return Tree(
        words=words,
        lower=list(map(str.lower, words)),
        tags=_names(tags, strings),
        fine=_names(fine, strings),
        relations=_names(relations, strings),
        heads=[token + offset if 0 <= token + offset < size else token for token, offset in enumerate(offsets)],
        starts=starts,
        ends=ends,
        amounts=[span for span in spans if span[0] < span[1]],
        repair=repair,
    )
