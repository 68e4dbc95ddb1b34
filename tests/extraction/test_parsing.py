"""The parser that comes with Tally: its file, its trees on documents, and other pipelines in its place."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from extraction import SourceArticle, load
from extraction.parser.parsing import LONGEST, Parser, shipped_parser
from extraction.parser.spanning import best_tree, best_trees
from extraction.text.sentences import mark_sentences

_NEWS = (
    "The company paid $5 million for the plant.",
    "Profit fell 38 per cent, Mary Smith said.",
    "It rained.",
    "More than 3,000 workers at the port of Aarhus, which opened in 1845, went on strike on Tuesday over their pay.",
)


def _doc(text: str) -> Doc:
    doc = load().nlp.make_doc(text)
    mark_sentences(doc, text)
    return doc


def _tree(doc: Doc) -> list[tuple[str, str, str, int]]:
    return [(token.tag_, token.pos_, token.dep_, token.head.i) for token in doc]


def test_the_model_is_small_and_carries_its_licence() -> None:
    folder = files("extraction") / "en" / "model"
    assert len((folder / "parser.npz").read_bytes()) <= 8_000_000
    assert "Attribution-ShareAlike 4.0" in (folder / "LICENSE").read_text("utf-8")
    assert "English Web Treebank" in (folder / "NOTICE").read_text("utf-8")


def test_a_sentence_gets_tags_and_a_tree() -> None:
    doc = _doc(_NEWS[0])
    shipped_parser().annotate([(doc, list(doc.sents))])
    by_text = {token.text: token for token in doc}
    assert (by_text["company"].dep_, by_text["company"].head.text) == ("nsubj", "paid")
    assert (by_text["paid"].dep_, by_text["paid"].tag_, by_text["paid"].pos_) == ("ROOT", "VBD", "VERB")
    assert (by_text["$"].dep_, by_text["$"].head.text) == ("obj", "paid")
    assert [token.text for token in by_text["plant"].subtree] == ["for", "the", "plant"]
    assert doc.has_annotation("DEP")


def test_other_sentences_and_all_sentence_starts_stay_as_they_are() -> None:
    doc = _doc("It rained. The company paid $5 million.\n\n  It rained again.\n")
    before = [token.is_sent_start for token in doc]
    sentences = list(doc.sents)
    shipped_parser().annotate([(doc, [sentences[1]])])
    assert [token.is_sent_start for token in doc] == before
    assert [(sent.start, sent.end) for sent in doc.sents] == [(sent.start, sent.end) for sent in sentences]
    for sent in (sentences[0], sentences[2]):
        assert {(token.dep_, token.tag_, token.head.i - token.i) for token in sent} == {("", "", 0)}
    parsed = list(sentences[1])
    assert all(token.head in parsed for token in parsed)
    assert [token.dep_ for token in parsed if token.is_space] == ["dep"]
    assert sum(token.dep_ == "ROOT" for token in parsed) == 1


def test_a_batch_gives_what_each_sentence_alone_gives() -> None:
    together = [_doc(text) for text in _NEWS]
    shipped_parser().annotate((doc, list(doc.sents)) for doc in together)
    for text, doc in zip(_NEWS, together, strict=True):
        alone = _doc(text)
        shipped_parser().annotate([(alone, list(alone.sents))])
        assert _tree(alone) == _tree(doc)


def test_a_new_parser_gives_the_same_again() -> None:
    first, second = _doc(" ".join(_NEWS)), _doc(" ".join(_NEWS))
    shipped_parser().annotate([(first, list(first.sents))])
    Parser(shipped_parser().model).annotate([(second, list(second.sents))])
    assert _tree(first) == _tree(second)


def test_a_sentence_without_end_is_parsed_in_pieces() -> None:
    doc = _doc("price 5 and " * LONGEST)
    shipped_parser().annotate([(doc, list(doc.sents))])
    assert len(list(doc.sents)) == 1
    assert all(token.dep_ for token in doc)
    assert all(token.head.i // LONGEST == token.i // LONGEST for token in doc)


def test_white_space_alone_is_no_sentence_to_parse() -> None:
    doc = _doc("\n\n")
    shipped_parser().annotate([(doc, list(doc.sents))])
    assert [token.dep_ for token in doc] == ["dep"] * len(doc)


@pytest.mark.parametrize("seed", range(30))
def test_the_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 5
    scores = rng.standard_normal((size, size + 1))
    scores[np.arange(size), np.arange(size) + 1] = -1e9
    scores[rng.integers(size), 0] += 5  # as a trained model is: one token is the root and it knows which

    def is_tree(heads: tuple[int, ...]) -> bool:
        reached = {0}
        for _ in heads:
            reached |= {place for place, head in enumerate(heads, start=1) if head in reached}
        return len(reached) == size + 1 and heads.count(0) == 1

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[place, head] for place, head in enumerate(heads)))

    best = max(filter(is_tree, itertools.product(range(size + 1), repeat=size)), key=total)
    assert tuple(best_tree(scores)) == best
    assert tuple(best_trees(scores[None], np.array([size]))[0]) == best


def test_only_sentences_with_a_claim_are_parsed() -> None:
    doc = load().nlp("It rained. The company paid $5 million.")
    first, second = doc.sents
    assert {token.dep_ for token in first} == {""}
    assert "" not in {token.dep_ for token in second}


def test_many_articles_give_what_each_gives_alone() -> None:
    extractor = load()
    articles = [SourceArticle(text, id=str(number)) for number, text in enumerate(_NEWS * 40)]
    assert list(extractor.extract_many(articles)) == [extractor.extract(article) for article in articles]


def test_threads_may_share_an_extractor() -> None:
    extractor = load()
    texts = [" ".join((*_NEWS[at:], *_NEWS[:at])) * 20 for at in range(len(_NEWS))]
    articles = [SourceArticle(text, id=str(number)) for number, text in enumerate(texts * 4)]
    alone = [extractor.extract(article) for article in articles]
    with ThreadPoolExecutor(len(texts)) as threads:
        assert list(threads.map(extractor.extract, articles)) == alone


def test_articles_of_a_stream_are_not_all_kept() -> None:
    taken = 0

    def stream() -> Iterator[SourceArticle]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield SourceArticle("It cost $5.")

    next(iter(load().extract_many(stream())))
    assert taken < 200


def test_the_parser_is_a_component_of_its_own() -> None:
    config = {
        "nlp": {"lang": "en", "pipeline": ["tally_parser", "tally"]},
        "components": {name: {"factory": name} for name in ("tally_parser", "tally")},
    }
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    first, second = nlp.pipe(["It rained all day. The company paid $5 million.", ""])
    assert [token.dep_ for token in first].count("ROOT") == 2
    assert first[0].head.text == "rained"
    assert [claim.text for claim in first._.claims] == ["$5 million"]
    assert len(second) == 0


def test_an_installed_pipeline_takes_its_place(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    text = "The company paid 5 dollars. It fell."
    gold = {
        "tags": ["DT", "NN", "VBD", "CD", "NNS", ".", "PRP", "VBD", "."],
        "heads": [1, 2, 2, 4, 2, 2, 7, 7, 7],
        "deps": "det nsubj ROOT nummod obj punct nsubj ROOT punct".split(),
    }
    examples = [Example.from_dict(nlp.make_doc(text), gold)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(tmp_path / "other")

    extractor = load(parser=str(tmp_path / "other"))
    (claim,) = extractor.extract(SourceArticle(text))
    assert (claim.text, claim.unit) == ("5 dollars", "USD")
    assert extractor.nlp.pipe_names == ["tally_sentences", "tagger", "parser", "tally"]
    doc = extractor.nlp(text)
    assert [token.tag_ for token in doc] == gold["tags"]
    assert [token.dep_ for token in doc] == gold["deps"]


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(OSError, match="en_no_such_pipeline"):
        load(parser="en_no_such_pipeline")
