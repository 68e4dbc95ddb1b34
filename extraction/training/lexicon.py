"""Numbers the words and the word edges that a model knows."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extraction.parser.network import Array
from extraction.parser.wordforms import affix_keys, word_key
from extraction.training.alignment import Tree
from extraction.training.amounts import vocabulary
from extraction.training.vectors import WordPieces

_FREQUENT_WORD = 2
_FREQUENT_AFFIX = 3


class Lexicon:
    """The rows of words and affixes: those of the encoder, and those seen often enough in the treebanks.

    Row 0 stands for what is unknown. ``trained`` marks the words whose vector may move while training.
    """

    def __init__(self, trees: Sequence[Tree], pieces: WordPieces, width: int) -> None:
        tokens = [token for tree in trees for token in tree.tokens]
        tokens += [token for token in vocabulary() for _ in range(max(_FREQUENT_WORD, _FREQUENT_AFFIX))]
        seen = Counter(word_key(token) for token in tokens)
        spelling = {word_key(token): token for token in tokens}
        edges = Counter(key for token in tokens for key in affix_keys(token))
        vectors: dict[int, Array] = {}
        for word in pieces.words():
            vector = pieces.vector(word)
            if vector is not None:
                vectors[word_key(word)] = vector
        for key, count in seen.items():
            if key not in vectors and count >= _FREQUENT_WORD:
                vector = pieces.vector(spelling[key])
                vectors[key] = np.zeros(width, "f") if vector is None else vector
        self.word_keys = np.array(sorted(vectors), np.uint32)
        self.affix_keys = np.array(sorted(key for key, count in edges.items() if count >= _FREQUENT_AFFIX), np.uint32)
        self.vectors: Array = np.vstack(
            [np.zeros((1, width), "f"), *(vectors[int(key)][None] for key in self.word_keys)]
        )
        self.trained = np.array([False, *(seen[int(key)] >= _FREQUENT_WORD for key in self.word_keys)])
        self._words = {int(key): row for row, key in enumerate(self.word_keys, start=1)}
        self._affixes = {int(key): row for row, key in enumerate(self.affix_keys, start=1)}
        self._rows: dict[str, tuple[int, list[int]]] = {}

    def rows(self, token: str) -> tuple[int, list[int]]:
        """The row of a word and those of its edges."""
        found = self._rows.get(token)
        if found is None:
            edges = [self._affixes.get(key, 0) for key in affix_keys(token)]
            found = self._rows[token] = self._words.get(word_key(token), 0), edges
        return found
