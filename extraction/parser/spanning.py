"""Makes trees out of the scores of heads: the best head of each token where those form a tree, else the best tree."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def best_trees(scores: Array, lengths: Array) -> Array:
    """The heads of each sentence, [sentence, token]: 0 is the root, which has one child, k the k-th token."""
    heads: Array = scores.argmax(axis=2)
    longest = heads.shape[1]
    present = np.arange(longest)[None, :] < lengths[:, None]
    heads[~present] = 0
    reached = np.concatenate([np.zeros((len(heads), 1), heads.dtype), heads], axis=1)
    for _ in range(longest.bit_length()):
        reached = np.take_along_axis(reached, reached, axis=1)
    roots = ((heads == 0) & present).sum(axis=1)
    for which in np.nonzero((roots != 1) | reached.any(axis=1))[0]:
        size = int(lengths[which])
        heads[which, :size] = best_tree(scores[which, :size, : size + 1])
    return heads


def best_tree(scores: Array) -> Array:
    """The tree of the highest sum, [token, head], with one token under the root."""
    size = len(scores)
    weights = np.full((size + 1, size + 1), -np.inf)
    weights[1:] = scores
    candidates = np.nonzero(scores.argmax(axis=1) == 0)[0]
    if len(candidates) == 0:
        candidates = np.array([int(scores[:, 0].argmax())])
    best, best_sum = np.zeros(size, np.int64), -np.inf
    for root in candidates:
        alone = weights.copy()
        alone[:, 0] = -np.inf
        alone[root + 1] = -np.inf
        alone[root + 1, 0] = weights[root + 1, 0]
        heads = _arborescence(alone)[1:]
        total = float(scores[np.arange(size), heads].sum())
        if total > best_sum:
            best, best_sum = heads, total
    return best


def _arborescence(weights: Array) -> Array:
    """The best heads by Chu and Liu (1965) and Edmonds (1967); ``weights`` are [node, head] and node 0 is the root."""
    heads: Array = weights.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(weights), bool)
    inside[cycle] = True
    outside = np.nonzero(~inside)[0]
    # The cycle becomes one node, the last; each edge into it costs the edge that it breaks.
    kept = weights[cycle, heads[cycle]]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = weights[np.ix_(outside, outside)]
    out_of = weights[np.ix_(outside, cycle)]
    smaller[:-1, -1] = out_of.max(axis=1)
    leave_by = cycle[out_of.argmax(axis=1)]
    into = weights[np.ix_(cycle, outside)] - kept[:, None]
    smaller[-1, :-1] = into.max(axis=0)
    enter_at = cycle[into.argmax(axis=0)]
    found = _arborescence(smaller)
    for place, node in enumerate(outside):
        if node:
            heads[node] = leave_by[place] if found[place] == len(outside) else outside[found[place]]
    heads[enter_at[found[-1]]] = outside[found[-1]]
    return heads


def _cycle(heads: Array) -> Array | None:
    """The nodes of a cycle that does not hold node 0, or None."""
    state = [0] * len(heads)
    for first in range(1, len(heads)):
        path = []
        node = first
        while node and not state[node]:
            state[node] = first
            path.append(node)
            node = int(heads[node])
        if node and state[node] == first and node in path:
            return np.array(path[path.index(node) :])
    return None
