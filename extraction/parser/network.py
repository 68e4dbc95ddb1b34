"""The parser's network at run time: scores of tags, heads and relations for many sentences at once, in NumPy.

The layers are simple recurrent units in both directions (Lei et al., 2018): all matrix products are made for the whole
batch, and only an elementwise update follows the order of the words. Heads are scored by a biaffine form (Dozat and
Manning, 2017) with a bias for the distance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Weights = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network; ``hidden`` is that of one direction."""

    words: int
    affixes: int
    tags: int
    pos: int
    relations: int
    vector: int = 128
    affix: int = 64
    hidden: int = 128
    layers: int = 3
    arc: int = 128
    label: int = 96
    distance: int = 16

    def steps(self, longest: int) -> Array:
        """Which distance bias the pair (token, head) takes; the root column takes the last one."""
        return _steps(longest, self.distance)


@lru_cache(maxsize=512)
def _steps(longest: int, distance: int) -> Array:
    tokens = np.arange(longest)
    steps = np.empty((longest, longest + 1), np.int64)
    steps[:, 0] = 2 * distance + 1
    steps[:, 1:] = np.clip(tokens[None, :] - tokens[:, None], -distance, distance) + distance
    return steps


@dataclass(frozen=True, slots=True)
class Packing:
    """Where the tokens of a batch of sentences, given in falling length, stand among the packed rows.

    The rows of all first tokens come before those of all second tokens, so that no row is padding and a recurrent step
    touches one block of rows.
    """

    sentences: int
    blocks: tuple[tuple[int, int], ...]  # for each place in the sentence: first row, number of rows
    padded: Array  # [sentence, token]: the row, 0 where there is no token
    present: Array  # the same shape: 1 where there is a token
    sentence: Array  # the sentence of each row


def pack(lengths: Sequence[int]) -> Packing:
    """The packing for sentences of these lengths, which must fall."""
    sizes = np.asarray(lengths)
    longest = int(sizes[0])
    present = np.arange(longest)[None, :] < sizes[:, None]
    counts = present.sum(axis=0)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    padded = np.where(present, starts[None, :] + np.arange(len(sizes))[:, None], 0)
    blocks = tuple((int(start), int(count)) for start, count in zip(starts, counts, strict=True))
    sentence = np.concatenate([np.arange(count) for count in counts])
    return Packing(len(sizes), blocks, padded, present.astype("f"), sentence)


def recur(packing: Packing, forget: Array, value: Array, hidden: int) -> Array:
    """The states ``c[t] = forget[t] * c[t-1] + value[t]``, the second half of the columns from the end backwards.

    They take the place of ``value``.
    """
    states = value
    blocks = packing.blocks
    for t in range(1, len(blocks)):
        start, size = blocks[t]
        before = blocks[t - 1][0]
        states[start : start + size, :hidden] += (
            forget[start : start + size, :hidden] * states[before : before + size, :hidden]
        )
    for t in range(len(blocks) - 2, -1, -1):
        start = blocks[t][0]
        after, fewer = blocks[t + 1]
        states[start : start + fewer, hidden:] += (
            forget[start : start + fewer, hidden:] * states[after : after + fewer, hidden:]
        )
    return states


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network finds best, as numbers of labels: by packed row, ``heads`` by [sentence, token].

    A head of 0 is the root, k the k-th token. ``scores`` are those of the heads, [sentence, token, head].
    """

    tags: Array
    pos: Array
    scores: Array
    edges: Array  # what `relations` needs, by packed row


def embed(weights: Weights, sizes: Sizes, words: Array, affixes: Array) -> Array:
    """What the first layer makes of distinct words, whatever stands around them: its input and its three gates.

    ``words`` are rows of the embedding "word", ``affixes`` rows of "affix", several to a word. The result is
    [part, word, state]: each part lies in one piece of memory, where NumPy is twice as fast as on columns.
    """
    parts = np.concatenate([words, affixes.sum(axis=1)], axis=1)
    embedded = np.empty((4, len(words), 2 * sizes.hidden), "f")
    embedded[0] = np.tanh(parts @ weights["in.W"] + weights["in.b"])
    _gates(weights, 0, embedded[0], embedded[1:])
    return embedded


def _gates(weights: Weights, layer: int, x: Array, gates: Array) -> None:
    """Puts new value, forget gate and reset gate of a layer into ``gates``, from the states ``x`` below it."""
    matrix, bias = weights[f"rnn{layer}.W"], weights[f"rnn{layer}.b"]
    width = x.shape[1]
    for part, gate in enumerate(gates):
        columns = slice(part * width, (part + 1) * width)
        np.matmul(x, matrix[:, columns], out=gate)
        gate += bias[columns]
        np.tanh(gate, out=gate)  # the gates' weights are halved when loaded: sigmoid(2x) = (1 + tanh x) / 2
    value, forget, reset = gates
    for gate in (forget, reset):
        gate *= 0.5
        gate += 0.5
    value *= 1 - forget


def read(weights: Weights, sizes: Sizes, packing: Packing, embedded: Array, spare: Array) -> Reading:
    """Reads a batch; ``embedded`` holds what ``embed`` gives for the word of each packed row.

    It is used up, and so is ``spare``, room of any content for three parts more.
    """
    below = x = embedded[0]
    rooms = embedded[1:], spare
    for layer in range(sizes.layers):
        below = x
        gates = rooms[layer % 2]  # the other one holds the states below
        if layer:
            _gates(weights, layer, x, gates)
        value, forget, reset = gates
        state = recur(packing, forget, value, sizes.hidden)
        state -= x
        state *= reset
        state += x
        x = state
    tags = (below @ weights["tag.W"] + weights["tag.b"]).argmax(axis=1)
    pos = (below @ weights["pos.W"] + weights["pos.b"]).argmax(axis=1)
    edges = x @ weights["mlp.W"]
    edges += weights["mlp.b"]
    np.maximum(edges, 0, out=edges)
    return Reading(tags, pos, _head_scores(weights, sizes, packing, edges), edges)


def _head_scores(weights: Weights, sizes: Sizes, packing: Packing, edges: Array) -> Array:
    arc = sizes.arc
    longest = len(packing.blocks)
    turned = (edges[:, :arc] @ weights["arc.U"])[packing.padded]
    heads = np.empty((packing.sentences, longest + 1, arc), "f")
    heads[:, 0] = weights["root.arc"]
    heads[:, 1:] = edges[:, arc : 2 * arc][packing.padded]
    scores: Array = turned @ heads.transpose(0, 2, 1)
    scores += (heads @ weights["arc.h"])[:, None, :]
    scores += weights["arc.distance"][sizes.steps(longest)]
    scores[:, :, 1:] -= 1e9 * (1 - packing.present)[:, None, :]
    scores[:, np.arange(longest), np.arange(longest) + 1] = -1e9
    return scores


def relations(weights: Weights, sizes: Sizes, packing: Packing, edges: Array, heads: Array) -> Array:
    """The best relation of each packed row to its head; ``heads`` by [sentence, token]."""
    arc, label = sizes.arc, sizes.label
    present = packing.present.astype(bool)
    own = packing.padded[present]
    sentence, token = np.nonzero(present)
    head = heads[present]
    from_root = head == 0
    governor = packing.padded[sentence, np.maximum(head - 1, 0)]
    side = np.where(from_root, 0, np.where(head - 1 > token, 1, 2))
    summed = edges[own, 2 * arc : 2 * arc + label] + weights["label.side"][side]
    summed += np.where(from_root[:, None], weights["root.label"], edges[governor, 2 * arc + label :])
    np.maximum(summed, 0, out=summed)
    found = np.empty(len(own), np.int64)
    found[own] = (summed @ weights["label.W"] + weights["label.b"]).argmax(axis=1)
    return found
