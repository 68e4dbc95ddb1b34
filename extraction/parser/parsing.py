"""Tags and parses sentences with Tally's own model: ``token.tag_``, ``pos_``, ``head`` and ``dep_``.

Only the sentences asked for are parsed, and those of many documents together, for that is where a network is fast.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extraction.parser import network
from extraction.parser.model import Labels, ParserModel, shipped_model
from extraction.parser.spanning import best_trees
from extraction.parser.wordforms import affix_keys, word_key

Array = NDArray[Any]

# Longer sentences are tables or hostile; they are parsed in pieces, so that time stays linear in their length.
LONGEST = 160
_BATCH_TOKENS = 2000
_KNOWN_WORDS = 5_500
# spaCy's own names for white space and for the relation of the root.
_SPACE_TAG, _SPACE_POS, _SPACE_RELATION = "_SP", "SPACE", "dep"
_ROOT = {"root": "ROOT"}
_ON_TOKEN_BEFORE = 2**64 - 1  # -1, as spaCy has it


@dataclass(frozen=True, slots=True)
class Analysis:
    """A parsed sentence, as numbers of the model's labels; a head is a place in the sentence, the root is its own."""

    tags: Array
    pos: Array
    heads: Array
    relations: Array


# Batches are computed in room that is kept, one at a time: asking the system for it anew takes a tenth of the time.
_ONE_BATCH = Lock()


class Parser:
    """A parser over a model. It keeps what it computed for frequent words."""

    def __init__(self, model: ParserModel) -> None:
        self.model = model
        self._rows: dict[int, int] = {}
        width = 2 * model.sizes.hidden
        self._embedded = np.empty((4, _KNOWN_WORDS, width), "f")
        self._batch_room = np.empty((4, _BATCH_TOKENS, width), "f")
        self._layer_room = np.empty((3, _BATCH_TOKENS, width), "f")

    def analyse(self, sentences: Sequence[Sequence[int]], strings: StringStore) -> list[Analysis]:
        """The analysis of each sentence, given as the hashes of its words; an empty sentence has an empty one."""
        nothing = np.empty(0, np.int64)
        found = [Analysis(nothing, nothing, nothing, nothing)] * len(sentences)
        for places in self._batches(sentences):
            with _ONE_BATCH:
                analyses = self._batch([sentences[at] for at in places], strings)
            for place, analysis in zip(places, analyses, strict=True):
                found[place] = analysis
        return found

    def annotate(self, selected: Iterable[tuple[Doc, Sequence[Span]]]) -> None:
        """Puts tags and trees on the given sentences of each document; the rest of it stays without.

        Sentence starts stay as they are. White space hangs on the token before it.
        """
        by_vocab: dict[Vocab, list[tuple[Doc, Sequence[Span]]]] = {}
        for doc, sentences in selected:
            by_vocab.setdefault(doc.vocab, []).append((doc, sentences))
        for vocab, documents in by_vocab.items():
            hashes = _hashes(self.model.labels, vocab)
            targets = [_Target(doc, sentences, hashes) for doc, sentences in documents]
            pieces = [(target, places) for target in targets for places in target.pieces()]
            words = [target.words[places].tolist() for target, places in pieces]
            for (target, places), analysis in zip(pieces, self.analyse(words, vocab.strings), strict=True):
                target.put(places, analysis)
            for target in targets:
                target.write()

    def _batches(self, sentences: Sequence[Sequence[int]]) -> Iterable[list[int]]:
        """Places of sentences, in falling length, in groups of bounded size."""
        order = sorted((at for at in range(len(sentences)) if sentences[at]), key=lambda at: -len(sentences[at]))
        group: list[int] = []
        for at in order:
            if group and (len(group) + 1) * len(sentences[group[0]]) > _BATCH_TOKENS:
                yield group
                group = []
            group.append(at)
        if group:
            yield group

    def _batch(self, sentences: Sequence[Sequence[int]], strings: StringStore) -> list[Analysis]:
        weights, sizes = self.model.weights, self.model.sizes
        lengths = [len(sentence) for sentence in sentences]
        packing = network.pack(lengths)
        words = [word for sentence in sentences for word in sentence]
        known = self._known(dict.fromkeys(words), strings)
        rows = np.empty(len(words), np.int64)
        rows[packing.padded[packing.present.astype(bool)]] = [known[word] for word in words]
        embedded, spare = self._batch_room[:, : len(rows)], self._layer_room[:, : len(rows)]
        for known_part, part in zip(self._embedded, embedded, strict=True):
            known_part.take(rows, axis=0, out=part, mode="clip")  # "raise" would make a copy first
        reading = network.read(weights, sizes, packing, embedded, spare)
        heads = best_trees(reading.scores, np.array(lengths))
        relations = network.relations(weights, sizes, packing, reading.edges, heads)
        # From here on by [sentence, token], and the root is its own head.
        tags, pos, relations = reading.tags[packing.padded], reading.pos[packing.padded], relations[packing.padded]
        heads = np.where(heads == 0, np.arange(heads.shape[1]), heads - 1)
        return [
            Analysis(tags[row, :size], pos[row, :size], heads[row, :size], relations[row, :size])
            for row, size in enumerate(lengths)
        ]

    def _known(self, words: Collection[int], strings: StringStore) -> dict[int, int]:
        """The rows of the words in what is embedded; new ones are embedded."""
        if len(self._rows) + len(words) > _KNOWN_WORDS:
            self._rows.clear()
        new = [word for word in words if word not in self._rows]
        if new:
            forms = [strings[word] for word in new]
            first = len(self._rows)
            rows, affixes = self.model.word_rows, self.model.affix_rows
            weights = self.model.weights
            of_words = weights["word"][[rows.get(word_key(word), 0) for word in forms]]
            of_affixes = weights["affix"][[[affixes.get(key, 0) for key in affix_keys(word)] for word in forms]]
            embedded = network.embed(weights, self.model.sizes, of_words, of_affixes)
            self._embedded[:, first : first + len(new)] = embedded
            self._rows.update({word: row for row, word in enumerate(new, start=first)})
        return self._rows


class _Target:
    """A document with the annotation it is going to get; tokens that no sentence covers keep none.

    White space hangs on the token before it.
    """

    def __init__(self, doc: Doc, sentences: Iterable[Span], hashes: "_Hashes") -> None:
        self._doc, self._hashes = doc, hashes
        columns = doc.to_array(["ORTH", "IS_SPACE", "SENT_START"])
        self.words = columns[:, 0]
        self._starts = columns[:, 2:]
        # Tag, part of speech, relation and how far behind the token its head stands.
        self._annotation = np.zeros((len(doc), 4), np.uint64)
        spaces = columns[:, 1].nonzero()[0]
        self._sentences: list[Array] = []
        for sentence in sentences:
            places = np.arange(sentence.start, sentence.end)
            if len(spaces):
                is_space = columns[places, 1] != 0
                self._annotation[places[is_space]] = hashes.space
                self._annotation[sentence.start, 3] = 0
                places = places[~is_space]
            self._sentences.append(places)

    def pieces(self) -> Iterator[Array]:
        """The places of the words of each sentence, cut where it is too long."""
        for places in self._sentences:
            for first in range(0, len(places), LONGEST):
                yield places[first : first + LONGEST]

    def put(self, places: Array, analysis: Analysis) -> None:
        """Notes the analysis of the tokens at ``places``."""
        annotation, hashes = self._annotation, self._hashes
        annotation[places, 0] = hashes.tags[analysis.tags]
        annotation[places, 1] = hashes.pos[analysis.pos]
        annotation[places, 2] = hashes.relations[analysis.relations]
        annotation[places, 3] = (places[analysis.heads] - places).astype(np.uint64)

    def write(self) -> None:
        """Sets tags and heads of the whole document at once, and its sentence starts again."""
        # Any: spaCy's stub names an array type of thinc that plain NumPy arrays do not match.
        annotation: Any = self._annotation
        starts: Any = self._starts
        self._doc.from_array(["TAG", "POS", "DEP", "HEAD"], annotation)
        self._doc.from_array(["SENT_START"], starts)


@dataclass(frozen=True, slots=True)
class _Hashes:
    """What spaCy keeps in place of labels; ``space`` is the whole annotation of white space."""

    tags: Array
    pos: Array
    relations: Array
    space: Array


def _hashes(labels: Labels, vocab: Vocab) -> _Hashes:
    """The hashes of the labels, which stay in the vocabulary also when a memory zone of spaCy's ends.

    Not cached: a cache would keep vocabularies that nobody else uses, and the words in them.
    """
    strings: Any = vocab.strings  # spaCy's stub does not know of memory zones

    def add(label: str) -> int:
        return int(strings.add(label, allow_transient=False))

    return _Hashes(
        np.array([add(tag) for tag in labels.tags], np.uint64),
        np.array([add(pos) for pos in labels.pos], np.uint64),
        np.array([add(_ROOT.get(relation, relation)) for relation in labels.relations], np.uint64),
        np.array([add(_SPACE_TAG), add(_SPACE_POS), add(_SPACE_RELATION), _ON_TOKEN_BEFORE], np.uint64),
    )


@cache
def shipped_parser() -> Parser:
    """The parser with the model that comes with Tally; loaded once in a process."""
    return Parser(shipped_model())
