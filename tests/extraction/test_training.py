"""How the parser is trained: treebanks in, trees in Tally's tokens, a model out, its figures."""

import json
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import spacy

from extraction.parser.model import shipped_model, unpack
from extraction.parser.network import Sizes, pack
from extraction.parser.parsing import Parser
from extraction.text.tokens import fit_tokenizer
from extraction.training import network
from extraction.training.alignment import Tree, align
from extraction.training.amounts import PHRASES
from extraction.training.augment import varied
from extraction.training.conllu import TreebankError, read_conllu
from extraction.training.evaluate import evaluate
from extraction.training.network import Batch, Dropout
from extraction.training.sentences import PatternError, fill, own_sentence, to_tree
from extraction.training.train import OWN_TREES, Options, read_trees, train
from extraction.training.vectors import WordPieces

TREEBANK = Path(__file__).with_name("treebank.conllu")


def _edges(tree: Tree) -> dict[str, tuple[str, str]]:
    return {
        token: (relation, tree.tokens[head])
        for token, relation, head in zip(tree.tokens, tree.relations, tree.heads, strict=True)
    }


def _is_tree(tree: Tree) -> bool:
    for place in range(len(tree.heads)):
        seen = set()
        while tree.heads[place] != place:
            if place in seen:
                return False
            seen.add(place)
            place = tree.heads[place]
    return sum(head == place for place, head in enumerate(tree.heads)) == 1


@pytest.fixture(scope="module")
def trees() -> list[Tree]:
    return read_trees(TREEBANK)


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    """A tiny encoder's input embeddings, in the format of the real one."""
    names = ["[PAD]", "the", "bank", "paid", "for", "they", "sail", "rose", "said", "port", "fare", "##s", "boat"]
    table = np.random.default_rng(3).standard_normal((len(names), 12)).astype("<f4")
    entry = {"dtype": "F32", "shape": list(table.shape), "data_offsets": [0, table.nbytes]}
    header = json.dumps({"embeddings.word_embeddings.weight": entry}).encode()
    (tmp_path / "vocab.txt").write_text("\n".join(names))
    (tmp_path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + table.tobytes())
    return WordPieces(tmp_path, 8)


def test_the_text_is_put_together_with_its_spaces() -> None:
    sentences = read_conllu(TREEBANK)
    assert [sentence.text for sentence in sentences] == [
        line.removeprefix("# text = ") for line in TREEBANK.read_text("utf-8").splitlines() if line.startswith("# text")
    ]
    assert [sentence.opens for sentence in sentences] == ["document", "", "paragraph", ""]
    words = [sentences[1].text[word.start : word.end] for word in sentences[1].words]
    assert words == ["They", "do", "n't", "sail", "."]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\tIt\tit\tPRON\tPRP\t_\t0\troot\t_", "9 columns instead of 10"),
        ("1\tIt\tit\tPRON\tPRP\t_\t5\tnsubj\t_\t_", "a head outside of the sentence"),
        ("1\tIt\tit\tPRON\tPRP\t_\tx\tnsubj\t_\t_", "invalid literal"),
    ],
)
def test_a_line_that_is_no_conllu_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text(f"# a comment\n{line}\n\n")
    with pytest.raises(TreebankError, match=f"bad.conllu, sentence that starts in line 1: {message}"):
        read_conllu(path)


def test_our_own_sentences_are_as_many_trees_as_the_card_says_with_labels_of_the_model() -> None:
    sentences = read_conllu(OWN_TREES)
    labels = shipped_model().labels
    card = files("extraction.en.model").joinpath("README.md").read_text(encoding="utf-8")
    told = re.search(r"([\d,]+) sentences of our own", card)
    assert told is not None
    assert len({sentence.text for sentence in sentences}) == len(sentences) == int(told[1].replace(",", ""))
    for sentence in sentences:
        words = sentence.words
        assert sum(word.head == place for place, word in enumerate(words)) == 1, sentence.text
        assert {word.xpos for word in words} <= set(labels.tags)
        assert {word.upos for word in words} <= set(labels.pos)
        assert {word.relation for word in words} <= set(labels.relations)


def test_every_sentence_is_kept_and_stays_a_tree(trees: list[Tree]) -> None:
    assert len(trees) == 4
    assert all(_is_tree(tree) for tree in trees)


def test_words_that_tally_cuts_become_small_trees(trees: list[Tree]) -> None:
    money, percent = _edges(trees[0]), _edges(trees[2])
    assert (money["$"], money["m"]) == (("obj", "paid"), ("nummod", "$"))
    assert money["5"][1] == "m"
    assert (percent["pc"], percent["5"][1]) == (("obl:unmarked", "rose"), "pc")


def test_words_that_tally_keeps_whole_become_one() -> None:
    nlp = spacy.blank("en")
    fit_tokenizer(nlp)
    sentence = read_conllu(TREEBANK)[3]
    # A tokenizer that leaves the compound whole.
    tree = align(
        sentence,
        lambda _: spacy.tokens.Doc(nlp.vocab, "It is a U.S.-style port .".split(), [True] * 4 + [False] * 2),
    )
    assert tree is not None
    assert _edges(tree)["U.S.-style"] == ("compound", "port")


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_phrases_are_trees_with_labels_of_the_treebanks(name: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(100):
        _check_own(to_tree(fill(f"It/PRP/nsubj/2 took/VBD/root/0 {{{name}}}/obj/2 ././punct/2", rng)))


def test_own_sentences_are_trees_with_labels_of_the_treebanks() -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        _check_own(to_tree(own_sentence(rng)))


def _check_own(tree: Tree) -> None:
    labels = shipped_model().labels
    assert _is_tree(tree), tree
    assert set(tree.tags) <= set(labels.tags)
    assert set(tree.pos) <= set(labels.pos)
    assert set(tree.relations) <= set(labels.relations)


def test_a_pattern_with_a_wrong_head_is_refused() -> None:
    with pytest.raises(PatternError, match="no head 9"):
        fill("It/PRP/nsubj/9 rose/VBD/root/0", np.random.default_rng(1))


def test_varied_trees_stay_trees_and_vary(trees: list[Tree]) -> None:
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(200):
        tree = varied(trees[0], rng)
        assert _is_tree(tree)
        seen.add(tree.tokens)
    assert len(seen) > 50
    assert any("NZ$" in tokens for tokens in seen)


def test_text_as_it_is_scraped_has_no_apostrophes_and_no_commas() -> None:
    rng, scraped = np.random.default_rng(5), 0
    for tree in read_trees(OWN_TREES)[:4000]:
        each = varied(tree, rng)
        assert _is_tree(each), each
        if "'s" in tree.tokens:
            owner = tree.tokens[tree.tokens.index("'s") - 1]
            scraped += f"{owner}s" in each.tokens and "," not in each.tokens
    assert scraped


def test_the_gradients_are_those_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    sizes = Sizes(10, 20, 5, 4, 6, vector=6, affix=4, hidden=5, layers=3, arc=7, label=6, distance=3)
    weights = network.initial(sizes, rng)
    weights = {name: value.astype("d") + 0.1 * rng.standard_normal(value.shape) for name, value in weights.items()}
    vectors = rng.standard_normal((10, 6))
    lengths = [6, 4, 4, 1]
    heads, relations = np.zeros((4, 6), int), rng.integers(0, 6, (4, 6))
    for row, length in enumerate(lengths):
        for place in range(length):
            heads[row, place] = rng.choice([head for head in range(length + 1) if head != place + 1])
    count = sum(lengths)
    batch = Batch(
        pack(lengths), np.arange(1, 9), rng.integers(1, 20, (8, 3)), rng.integers(0, 8, count),
        rng.integers(0, 5, count), rng.integers(0, 4, count), heads, relations,
    )  # fmt: skip

    def step(changed: network.Weights) -> tuple[network.Weights, float]:
        grads, parts = network.step(changed, sizes, vectors, batch, Dropout(), np.random.default_rng(5))
        return grads, parts["arc"] + parts["label"] + 0.3 * parts["tag"] + 0.2 * parts["pos"]

    grads, _ = step(weights)
    for name, value in weights.items():
        cell = tuple(
            int(rng.integers(1 if name in ("delta", "affix") and not axis else 0, size))
            for axis, size in enumerate(value.shape)
        )
        losses = []
        for change in (1e-4, -1e-4):
            moved = value.copy()
            moved[cell] += change
            losses.append(step({**weights, name: moved})[1])
        assert grads[name][cell] == pytest.approx((losses[0] - losses[1]) / 2e-4, rel=0.02, abs=1e-4), name


def test_a_model_learns_a_tiny_treebank_and_the_same_seed_gives_the_same_file(
    trees: list[Tree], pieces: WordPieces
) -> None:
    options = Options(
        epochs=60, warm_up=5, vector=8, affix=16, hidden=16, layers=2, varied=0, own=0, rate=0.02, average=0.9
    )
    file = train(trees, pieces, options)
    figures = evaluate(Parser(unpack(file)), read_conllu(TREEBANK))
    assert figures["LAS"] > 80
    assert figures["sentences"] == 100
    assert (figures["money"], figures["claims"]) == (2, 6)  # of which "$5m" has three and "5pc" two
    assert figures["number heads"] > 80
    assert train(trees, pieces, options) == file
