"""The parser's network with its gradients, for training; ``extraction.parser.network`` holds the run-time half.

Everything is float32 NumPy. A batch of sentences is *packed*: sentences in falling length, and the rows of all first
tokens before those of all second tokens, so that no row is padding and a recurrent step touches one block of rows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extraction.parser.network import Packing, Sizes, recur

Array = NDArray[Any]
Weights = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Batch:
    """Packed sentences: distinct ``words`` (rows: word id, affix ids), which of them each row is, and what is right."""

    packing: Packing
    words: Array
    affixes: Array
    word_of: Array
    tags: Array
    pos: Array
    heads: Array  # padded [sentence, token]: 0 is the root, k the k-th token
    relations: Array


@dataclass(frozen=True, slots=True)
class Dropout:
    """How much is left out while training."""

    inputs: float = 0.2
    words: float = 0.1
    layers: float = 0.2
    heads: float = 0.2


def initial(sizes: Sizes, rng: np.random.Generator) -> Weights:
    """Weights before training; "delta" is what is added to the fixed vectors of words, row 0 is the unknown word."""

    def matrix(rows: int, columns: int, scale: float = 1.0) -> Array:
        values: Array = (rng.standard_normal((rows, columns)) * scale / np.sqrt(rows)).astype("f")
        return values

    width = 2 * sizes.hidden
    weights: Weights = {
        "delta": np.zeros((sizes.words, sizes.vector), "f"),
        "affix": (rng.standard_normal((sizes.affixes, sizes.affix)) * 0.3).astype("f"),
        "in.W": matrix(sizes.vector + sizes.affix, width, 1.0),
        "in.b": np.zeros(width, "f"),
        "tag.W": matrix(width, sizes.tags, 0.5),
        "tag.b": np.zeros(sizes.tags, "f"),
        "pos.W": matrix(width, sizes.pos, 0.5),
        "pos.b": np.zeros(sizes.pos, "f"),
        "mlp.W": matrix(width, 2 * sizes.arc + 2 * sizes.label),
        "mlp.b": np.zeros(2 * sizes.arc + 2 * sizes.label, "f"),
        "root.arc": (rng.standard_normal(sizes.arc) * 0.3).astype("f"),
        "root.label": np.zeros(sizes.label, "f"),
        "arc.U": matrix(sizes.arc, sizes.arc, 1.0),
        "arc.h": np.zeros(sizes.arc, "f"),
        "arc.distance": np.zeros(2 * sizes.distance + 2, "f"),
        "label.side": np.zeros((3, sizes.label), "f"),
        "label.W": matrix(sizes.label, sizes.relations),
        "label.b": np.zeros(sizes.relations, "f"),
    }
    weights["affix"][0] = 0
    for layer in range(sizes.layers):
        weights[f"rnn{layer}.W"] = matrix(width, 3 * width)
        bias = np.zeros(3 * width, "f")
        bias[width : 2 * width] = np.repeat(rng.uniform(-1, 3, width), 1)
        bias[2 * width :] = 0.0
        weights[f"rnn{layer}.b"] = bias
    return weights


def _mask(rng: np.random.Generator, shape: tuple[int, ...], rate: float) -> Array:
    mask: Array = ((rng.random(shape, dtype="f") >= rate) / (1 - rate)).astype("f")
    return mask


def _softmax(scores: Array) -> Array:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def step(
    weights: Weights, sizes: Sizes, vectors: Array, batch: Batch, dropout: Dropout, rng: np.random.Generator
) -> tuple[Weights, dict[str, float]]:
    """Gradients of the loss over a batch, and its parts."""
    pack = batch.packing
    width, hidden = 2 * sizes.hidden, sizes.hidden
    grads: Weights = {}
    # Inputs, once for each distinct word.
    keep_word = (rng.random(len(batch.words), dtype="f") >= dropout.words).astype("f")[:, None]
    keep_delta = (rng.random(len(batch.words), dtype="f") >= dropout.words).astype("f")[:, None] * keep_word
    word = vectors[batch.words] * keep_word + weights["delta"][batch.words] * keep_delta
    affix = weights["affix"][batch.affixes].sum(axis=1)
    inputs = np.concatenate([word, affix], axis=1)
    input_mask = _mask(rng, inputs.shape, dropout.inputs)
    inputs = inputs * input_mask
    base = np.tanh(inputs @ weights["in.W"] + weights["in.b"])
    x = base[batch.word_of]
    sentence_of = pack.sentence
    tape: list[tuple[Array, ...]] = []
    layers = [x]
    for layer in range(sizes.layers):
        mask = _mask(rng, (pack.sentences, width), dropout.layers)[sentence_of]
        dropped = x * mask
        gates = dropped @ weights[f"rnn{layer}.W"] + weights[f"rnn{layer}.b"]
        candidate = np.tanh(gates[:, :width])
        rest = 0.5 * (1 + np.tanh(0.5 * gates[:, width:]))
        forget, reset = np.ascontiguousarray(rest[:, :width]), rest[:, width:]
        state = recur(pack, forget, (1 - forget) * candidate, hidden)
        out = reset * state + (1 - reset) * x
        tape.append((x, mask, dropped, candidate, forget, reset, state))
        layers.append(out)
        x = out
    # Tags and parts of speech from the layer below the last.
    below = layers[-2]
    tag_mask = _mask(rng, (pack.sentences, width), dropout.heads)[sentence_of]
    tag_in = below * tag_mask
    count = len(x)
    losses = {}
    d_tag_in = np.zeros_like(tag_in)
    for name, gold, weight in (("tag", batch.tags, 0.3), ("pos", batch.pos, 0.2)):
        probabilities = _softmax(tag_in @ weights[f"{name}.W"] + weights[f"{name}.b"])
        losses[name] = float(-np.log(probabilities[np.arange(count), gold] + 1e-9).mean())
        probabilities[np.arange(count), gold] -= 1
        probabilities *= weight / count
        grads[f"{name}.W"] = tag_in.T @ probabilities
        grads[f"{name}.b"] = probabilities.sum(axis=0)
        d_tag_in += probabilities @ weights[f"{name}.W"].T
    d_below = d_tag_in * tag_mask
    # Heads and relations.
    top_mask = _mask(rng, (pack.sentences, width), dropout.heads)[sentence_of]
    top_in = x * top_mask
    hidden_out = np.maximum(top_in @ weights["mlp.W"] + weights["mlp.b"], 0)
    mlp_mask = _mask(rng, (pack.sentences, hidden_out.shape[1]), dropout.heads)[sentence_of]
    mlp = hidden_out * mlp_mask
    d_mlp, parts = _scores(weights, sizes, batch, mlp, grads)
    losses.update(parts)
    d_hidden = d_mlp * mlp_mask * (hidden_out > 0)
    grads["mlp.W"] = top_in.T @ d_hidden
    grads["mlp.b"] = d_hidden.sum(axis=0)
    dx = (d_hidden @ weights["mlp.W"].T) * top_mask
    # Back through the layers.
    for layer in reversed(range(sizes.layers)):
        if layer == sizes.layers - 2:
            dx = dx + d_below
        x_in, mask, dropped, candidate, forget, reset, state = tape[layer]
        d_gates = np.empty((count, 3 * width), "f")
        d_gates[:, 2 * width :] = dx * (state - x_in) * reset * (1 - reset)
        d_forget, d_value = _recur_back(pack, forget, state, dx * reset, hidden)
        d_gates[:, :width] = d_value * (1 - forget) * (1 - candidate * candidate)
        d_gates[:, width : 2 * width] = (d_forget - d_value * candidate) * forget * (1 - forget)
        grads[f"rnn{layer}.W"] = dropped.T @ d_gates
        grads[f"rnn{layer}.b"] = d_gates.sum(axis=0)
        dx = dx * (1 - reset) + (d_gates @ weights[f"rnn{layer}.W"].T) * mask
    if sizes.layers == 1:
        dx = dx + d_below
    d_base = np.zeros_like(base)
    np.add.at(d_base, batch.word_of, dx)
    d_base *= 1 - base * base
    grads["in.W"] = inputs.T @ d_base
    grads["in.b"] = d_base.sum(axis=0)
    d_inputs = (d_base @ weights["in.W"].T) * input_mask
    grads["delta"] = np.zeros_like(weights["delta"])
    np.add.at(grads["delta"], batch.words, d_inputs[:, : sizes.vector] * keep_delta)
    grads["delta"][0] = 0
    grads["affix"] = np.zeros_like(weights["affix"])
    for column in range(batch.affixes.shape[1]):
        np.add.at(grads["affix"], batch.affixes[:, column], d_inputs[:, sizes.vector :])
    grads["affix"][0] = 0
    return grads, losses


def _recur_back(pack: Packing, forget: Array, state: Array, d_state: Array, hidden: int) -> tuple[Array, Array]:
    """Gradients for the gate and for the value that is added, from those of the state."""
    d_value = d_state.copy()
    d_forget = np.zeros_like(d_state)
    blocks = pack.blocks
    for t in range(len(blocks) - 1, -1, -1):  # forwards in time: a state flows into the next token
        start, size = blocks[t]
        if t + 1 < len(blocks):
            after, fewer = blocks[t + 1]
            d_value[start : start + fewer, :hidden] += (
                d_value[after : after + fewer, :hidden] * forget[after : after + fewer, :hidden]
            )
        if t > 0:
            before = blocks[t - 1][0]
            d_forget[start : start + size, :hidden] = (
                d_value[start : start + size, :hidden] * state[before : before + size, :hidden]
            )
    for t in range(len(blocks)):  # backwards in time
        start, size = blocks[t]
        if t > 0:
            before = blocks[t - 1][0]
            d_value[start : start + size, hidden:] += (
                d_value[before : before + size, hidden:] * forget[before : before + size, hidden:]
            )
        if t + 1 < len(blocks):
            after, fewer = blocks[t + 1]
            d_forget[start : start + fewer, hidden:] = (
                d_value[start : start + fewer, hidden:] * state[after : after + fewer, hidden:]
            )
    return d_forget, d_value


def _scores(weights: Weights, sizes: Sizes, batch: Batch, mlp: Array, grads: Weights) -> tuple[Array, dict[str, float]]:
    """Losses of heads and relations and their gradient with respect to ``mlp``."""
    pack = batch.packing
    arc, label = sizes.arc, sizes.label
    longest = len(pack.blocks)
    sentences = pack.sentences
    rows, mask = pack.padded, pack.present  # [sentence, token]
    padded = mlp[rows] * mask[:, :, None]
    dep, head = padded[:, :, :arc], np.empty((sentences, longest + 1, arc), "f")
    head[:, 0] = weights["root.arc"]
    head[:, 1:] = padded[:, :, arc : 2 * arc]
    turned = dep @ weights["arc.U"]
    scores = turned @ head.transpose(0, 2, 1)
    scores += (head @ weights["arc.h"])[:, None, :]
    steps = sizes.steps(longest)
    scores += weights["arc.distance"][steps]
    scores[:, :, 1:] -= 1e9 * (1 - mask)[:, None, :]
    scores[:, np.arange(longest), np.arange(longest) + 1] = -1e9
    probabilities = _softmax(scores)
    gold, total = batch.heads, mask.sum()
    index = (np.arange(sentences)[:, None], np.arange(longest)[None, :], gold)
    loss = float((-np.log(probabilities[index] + 1e-9) * mask).sum() / total)
    d_scores = probabilities
    d_scores[index] -= 1
    d_scores *= (mask / total)[:, :, None]
    grads["arc.distance"] = np.bincount(
        np.broadcast_to(steps, d_scores.shape).ravel(), d_scores.ravel(), len(weights["arc.distance"])
    ).astype("f")
    d_turned = d_scores @ head
    d_head = d_scores.transpose(0, 2, 1) @ turned
    column = d_scores.sum(axis=1)
    d_head += column[:, :, None] * weights["arc.h"]
    grads["arc.h"] = np.tensordot(column, head, axes=((0, 1), (0, 1)))
    grads["arc.U"] = dep.reshape(-1, arc).T @ d_turned.reshape(-1, arc)
    grads["root.arc"] = d_head[:, 0].sum(axis=0)
    d_padded = np.zeros_like(padded)
    d_padded[:, :, :arc] = d_turned @ weights["arc.U"].T
    d_padded[:, :, arc : 2 * arc] = d_head[:, 1:]
    d_mlp = np.zeros_like(mlp)
    present = mask.astype(bool)
    d_mlp[rows[present]] = d_padded[present]
    # Relations, with the right heads.
    heads = gold[present]
    own = rows[present]
    sentence, token = np.nonzero(present)
    governor = rows[sentence, np.maximum(heads - 1, 0)]
    from_root = heads == 0
    side = np.where(from_root, 0, np.where(heads - 1 > token, 1, 2))
    left = mlp[own, 2 * arc : 2 * arc + label]
    right = np.where(from_root[:, None], weights["root.label"], mlp[governor, 2 * arc + label :])
    summed = left + right + weights["label.side"][side]
    z = np.maximum(summed, 0)
    gold_relations = batch.relations[present]
    probabilities = _softmax(z @ weights["label.W"] + weights["label.b"])
    count = len(own)
    label_loss = float(-np.log(probabilities[np.arange(count), gold_relations] + 1e-9).mean())
    probabilities[np.arange(count), gold_relations] -= 1
    probabilities /= count
    grads["label.W"] = z.T @ probabilities
    grads["label.b"] = probabilities.sum(axis=0)
    dz = (probabilities @ weights["label.W"].T) * (summed > 0)
    d_mlp[own, 2 * arc : 2 * arc + label] += dz
    inner = ~from_root
    np.add.at(d_mlp[:, 2 * arc + label :], governor[inner], dz[inner])
    grads["root.label"] = dz[from_root].sum(axis=0)
    grads["label.side"] = np.stack([dz[side == which].sum(axis=0) for which in range(3)])
    return d_mlp, {"arc": loss, "label": label_loss}
