"""The words that spaCy keeps: an endless stream must not fill the memory, and forgetting changes no claim."""

import gc
import itertools
from collections.abc import Iterator

import pytest
import spacy
from spacy.vocab import Vocab

import extraction.pipeline
import seeds.load
from extraction import Claim, Extractor, SourceArticle, load

_LIMIT = 20_000
_NEW_WORDS = 300


def _ever_new(articles: int) -> Iterator[SourceArticle]:
    """Articles with words that no other has, and a claim in every tenth, as parsing takes more time than reading."""
    numbers = itertools.count()
    for article in range(articles):
        words = " ".join(f"word{next(numbers)}" for _ in range(_NEW_WORDS))
        yield SourceArticle(f"{words}. They cost $5." if article % 10 == 0 else f"{words}.")


def _words_in_memory() -> int:
    """In all vocabularies that anything still refers to."""
    gc.collect()
    return sum(len(each.strings) for each in gc.get_objects() if isinstance(each, Vocab))


def _claims(extractor: Extractor, articles: list[SourceArticle]) -> list[list[Claim]]:
    return list(extractor.extract_many(articles)) + [extractor.extract(article) for article in articles[:2]]


def test_an_endless_stream_does_not_fill_the_vocabulary() -> None:
    before = _words_in_memory()
    extractor = load()
    found = sum(len(claims) for claims in extractor.extract_many(_ever_new(170)))
    assert found == 17
    assert len(extractor.nlp.vocab.strings) <= _LIMIT + 2 * _NEW_WORDS
    # That of the last documents may be another than that of the next.
    assert _words_in_memory() - before <= 2 * (_LIMIT + 2 * _NEW_WORDS)


def test_forgetting_changes_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [SourceArticle(body["text"], country=body.get("country")) for body in seeds.load.articles()]
    expected = _claims(load(), articles)
    monkeypatch.setattr(extraction.pipeline, "_MOST_WORDS", 0)  # every article gets a vocabulary of its own
    forgetful = load()
    first = forgetful.nlp.vocab
    assert _claims(forgetful, articles) == expected
    assert forgetful.nlp.vocab is not first


def test_documents_outlive_the_vocabulary_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction.pipeline, "_MOST_WORDS", 0)
    extractor = load()
    doc = extractor.nlp("Zespronia paid $5 million.")
    extractor.extract(SourceArticle("Two boats sank."))
    assert doc.vocab is not extractor.nlp.vocab
    assert [token.text for token in doc] == ["Zespronia", "paid", "$", "5", "million", "."]
    assert doc[0].dep_ == "nsubj"


def test_a_pipeline_that_others_added_to_keeps_its_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction.pipeline, "_MOST_WORDS", 0)
    extractor = load()
    extractor.nlp.add_pipe("sentencizer")
    vocab = extractor.nlp.vocab
    assert len(extractor.extract(SourceArticle("Two boats sank."))) == 1
    assert extractor.nlp.vocab is vocab


def test_the_component_works_in_memory_zones() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tally")
    found = []
    for _ in range(3):
        with nlp.memory_zone():
            doc = nlp("Zespronia paid $5 million.")
            found.append(([claim.text for claim in doc._.claims], doc[0].dep_, doc[0].tag_))
    doc = nlp("Zespronia paid $5 million.")
    found.append(([claim.text for claim in doc._.claims], doc[0].dep_, doc[0].tag_))
    assert found == [(["$5 million"], "nsubj", "NNP")] * 4
