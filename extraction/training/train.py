"""Trains the parser: ``python -m extraction.training TREEBANKS --vectors FOLDER --out FILE``.

docs/explanation/parser.md tells where the treebanks and the vectors come from.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import spacy
from thinc.api import Adam

from extraction.parser.model import Labels, pack_model, unpack
from extraction.parser.network import Array, Sizes, pack
from extraction.parser.parsing import Parser
from extraction.parser.wordforms import AFFIXES
from extraction.text.tokens import fit_tokenizer
from extraction.training import network
from extraction.training.alignment import Tree, align
from extraction.training.augment import varied
from extraction.training.conllu import read_conllu
from extraction.training.evaluate import table
from extraction.training.lexicon import Lexicon
from extraction.training.network import Batch, Dropout
from extraction.training.sentences import own_sentence, to_tree
from extraction.training.vectors import WordPieces

# The file, and what the names of its sentences begin with: the news half of PUD is held out, and so are the test parts.
TRAINING_FILES = (("ewt-train", ""), ("gum-train", ""), ("pud", "w"), ("ewt-dev", ""), ("gum-dev", ""))
# Sentences of Tally's own, with trees that a larger parser made; docs/explanation/parser.md tells how.
OWN_TREES = Path(__file__).with_name("news.conllu.xz")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How to train; the defaults made the model that Tally ships."""

    epochs: int = 18
    seed: int = 1
    batch: int = 1500
    rate: float = 3e-3
    warm_up: int = 200
    decay: float = 0.8
    average: float = 0.998
    largest_step: float = 5.0
    vector: int = 128
    affix: int = 64
    hidden: int = 160
    layers: int = 3
    varied: float = 0.75  # share of the sentences that are varied, in each epoch anew
    own: float = 0.07  # sentences made from patterns, as a share of all others


def read_trees(path: Path, prefix: str = "") -> list[Tree]:
    """The trees of a treebank's sentences, in Tally's tokens, whose names begin with ``prefix``."""
    nlp = spacy.blank("en")
    fit_tokenizer(nlp)
    trees = [align(sentence, nlp.make_doc) for sentence in read_conllu(path) if sentence.name.startswith(prefix)]
    return [tree for tree in trees if tree is not None]


def train(trees: Sequence[Tree], pieces: WordPieces, options: Options) -> bytes:
    """The file of a model trained on ``trees``; its progress goes to standard error."""
    rng = np.random.default_rng(options.seed)
    trees = [tree for tree in trees if len(tree.tokens) <= _LONGEST]
    labels = Labels(*(tuple(sorted({x for tree in trees for x in getattr(tree, name)})) for name in _FIELDS))
    index = {name: {label: at for at, label in enumerate(getattr(labels, name))} for name in _FIELDS}
    lexicon = Lexicon(trees, pieces, options.vector)
    sizes = Sizes(
        len(lexicon.vectors), len(lexicon.affix_keys) + 1, len(labels.tags), len(labels.pos), len(labels.relations),
        vector=options.vector, affix=options.affix, hidden=options.hidden, layers=options.layers,
    )  # fmt: skip
    weights = network.initial(sizes, rng)
    average = {name: value.copy() for name, value in weights.items()}
    optimizer = Adam(0.0, beta2=0.98, L2=0.0, grad_clip=0.0, use_averages=False)
    steps = options.epochs * sum(1 for _ in batches(_epoch(trees, options, rng), options.batch, rng))
    done, started = 0, time.monotonic()
    for epoch in range(options.epochs):
        losses: Counter[str] = Counter()
        for chunk in batches(_epoch(trees, options, rng), options.batch, rng):
            batch = make_batch(chunk, lexicon, index)
            grads, parts = network.step(weights, sizes, lexicon.vectors, batch, Dropout(), rng)
            grads["delta"][~lexicon.trained] = 0
            norm = float(np.sqrt(sum(float((grad * grad).sum()) for grad in grads.values())))
            left = max(0.0, 1 - done / steps)
            optimizer.learn_rate = options.rate * min(1.0, (done + 1) / options.warm_up) * left**options.decay
            for position, (name, grad) in enumerate(sorted(grads.items())):
                grad *= min(1.0, options.largest_step / norm)
                optimizer((position, name), weights[name], grad.astype("f"))
            done += 1
            kept = min(options.average, done / (done + 20))
            for name, value in weights.items():
                average[name] *= kept
                average[name] += (1 - kept) * value
            losses.update(parts)
            losses["steps"] += 1
        shown = " ".join(f"{name} {total / losses['steps']:.3f}" for name, total in losses.items() if name != "steps")
        print(f"epoch {epoch + 1} {time.monotonic() - started:.0f}s {shown}", file=sys.stderr, flush=True)
    average["word"] = lexicon.vectors + average.pop("delta")
    return pack_model(sizes, labels, lexicon.word_keys, lexicon.affix_keys, average)


_FIELDS = ("tags", "pos", "relations")


def _epoch(trees: Sequence[Tree], options: Options, rng: np.random.Generator) -> list[Tree]:
    """The sentences of one epoch: all of ``trees``, most of them varied, and some made from patterns."""
    chosen = [varied(tree, rng) if rng.random() < options.varied else tree for tree in trees]
    return chosen + [to_tree(own_sentence(rng)) for _ in range(int(options.own * len(trees)))]


def batches(trees: Sequence[Tree], size: int, rng: np.random.Generator) -> Iterator[list[Tree]]:
    """Shuffled batches of about ``size`` tokens, of sentences of similar length."""
    order = sorted(range(len(trees)), key=lambda at: len(trees[at].tokens) * rng.uniform(0.8, 1.25))
    chunks: list[list[Tree]] = [[]]
    count = 0
    for at in order:
        if count + len(trees[at].tokens) > size and chunks[-1]:
            chunks.append([])
            count = 0
        chunks[-1].append(trees[at])
        count += len(trees[at].tokens)
    for at in rng.permutation(len(chunks)):
        yield chunks[at]


def make_batch(trees: Sequence[Tree], lexicon: Lexicon, index: dict[str, dict[str, int]]) -> Batch:
    """The trees as the network takes them; ``index`` numbers the labels."""
    trees = sorted(trees, key=lambda tree: -len(tree.tokens))
    packing = pack([len(tree.tokens) for tree in trees])
    longest = len(packing.blocks)
    number: dict[str, int] = {}
    padded = np.zeros((4, len(trees), longest), np.int64)
    heads = np.zeros((len(trees), longest), np.int64)
    for row, tree in enumerate(trees):
        size = len(tree.tokens)
        padded[0, row, :size] = [number.setdefault(token, len(number)) for token in tree.tokens]
        for field, name in enumerate(_FIELDS, start=1):
            padded[field, row, :size] = [index[name][label] for label in getattr(tree, name)]
        heads[row, :size] = [0 if head == place else head + 1 for place, head in enumerate(tree.heads)]
    present = packing.present.astype(bool)
    flat = np.empty((3, int(present.sum())), np.int64)
    flat[:, packing.padded[present]] = padded[:3, present]
    rows = [lexicon.rows(token) for token in number]
    words: Array = np.array([row for row, _ in rows])
    affixes: Array = np.array([row for _, row in rows]).reshape(-1, AFFIXES)
    return Batch(packing, words, affixes, flat[0], flat[1], flat[2], heads, padded[3])


def main() -> None:
    """Trains, writes the model and prints its figures on the held-out files."""
    parser = argparse.ArgumentParser(prog="python -m extraction.training", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder with ewt-train.conllu, ewt-dev.conllu, pud.conllu, ...")
    parser.add_argument("--vectors", type=Path, required=True, help="folder with vocab.txt and model.safetensors")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    for name, value in asdict(Options()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value, help=f"default: {value}")
    given = vars(parser.parse_args())
    treebanks, vectors, out = (given.pop(name) for name in ("treebanks", "vectors", "out"))
    options = Options(**given)
    trees = [tree for file, prefix in TRAINING_FILES for tree in read_trees(treebanks / f"{file}.conllu", prefix)]
    trees += read_trees(OWN_TREES)
    model = train(trees, WordPieces(vectors, options.vector), options)
    out.write_bytes(model)
    print(table(Parser(unpack(model)), treebanks))
