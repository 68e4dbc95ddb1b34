"""The spaCy component, alone and in somebody else's pipeline."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extraction import PIPELINE, Kind, SourceArticle, load

RICH = (
    "Mayor Ada Moss said on Monday that profit rose from 3% to about 5% of sales, or up to $4 million an hour. "
    "Between 20 and 30 homes may be sold. In 2019 the G7 met on lap 23."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tally")
    return nlp


def test_it_is_added_by_name_to_another_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("tally")
    doc = nlp("The board paid $5 million. It cut 300 jobs.")
    assert [(claim.text, claim.kind) for claim in doc._.claims] == [("$5 million", Kind.MONEY), ("300", Kind.COUNT)]
    assert {claim.pipeline for claim in doc._.claims} == {PIPELINE}


def test_it_needs_no_sentences_from_others() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tally")
    doc = nlp("Rain fell. Two boats sank.")
    assert [sentence.text for sentence in doc.sents] == ["Rain fell.", "Two boats sank."]
    assert doc._.claims[0].sentence.text == "Two boats sank."


def test_an_empty_text_has_no_claims() -> None:
    assert load().extract(SourceArticle("")) == []


def test_what_is_left_out_is_explained() -> None:
    text = "In 2019 the G7 met on the second day; Boeing sent a 737."
    rejected = load().explain(SourceArticle(text))
    assert load().extract(SourceArticle(text)) == []
    assert {text[number.start : number.end] for number in rejected} >= {"7"}


def test_all_numbers_of_a_table_are_claims_or_explained() -> None:
    text = "Region | Rank | 2024 | 2025\nRoute 4 | 1 | 45 | (12)\nSouth | 2 | 43 | 9\nWest | 3 | 41 | 7\n"
    article = SourceArticle(text)
    extractor = load()
    assert [(text[number.start : number.end], number.reason) for number in extractor.explain(article)][:6] == [
        ("2024", "head of a column"),
        ("2025", "head of a column"),
        ("4", "label of a row"),
        ("1", "position in a table"),
        ("2", "position in a table"),
        ("3", "position in a table"),
    ]
    told = [(each.start, each.end) for each in extractor.extract(article)]
    told += [(each.start, each.end) for each in extractor.explain(article)]
    for digits in re.finditer(r"\d+", text):
        assert any(start <= digits.start() and digits.end() <= end for start, end in told), digits


def test_progress_is_reported_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    load().extract(SourceArticle("It cost $5. " * 120), on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (120, 120)
    assert seen == sorted(seen)


def test_ids_are_stable_and_depend_on_the_article() -> None:
    extractor = load()
    text = "Sales rose from 5 per cent to 8 per cent."
    first = extractor.extract(SourceArticle(text, id="a"))
    assert [claim.id for claim in first] == [claim.id for claim in extractor.extract(SourceArticle(text, id="a"))]
    assert {claim.id for claim in first}.isdisjoint(
        claim.id for claim in extractor.extract(SourceArticle(text, id="b"))
    )
    assert [claim.counterpart for claim in first] == [first[1].id, first[0].id]
    assert first[1].id == str(uuid5(UUID("6d1f5a52-70f5-5c6b-9d0c-3f8f1d7c2b1e"), f"a/{PIPELINE}/1"))


@pytest.mark.parametrize("published_at", [date(2025, 3, 4), datetime(2025, 3, 4, 9, 30, tzinfo=UTC), None])
def test_a_document_is_written_and_read_again_with_its_claims(
    nlp: Language, tmp_path: Path, published_at: date | None
) -> None:
    doc = nlp.make_doc(RICH)
    doc._.source_article = SourceArticle(RICH, id="a", country="NZ", published_at=published_at)
    doc._.on_progress = lambda _done, _total: None
    doc = nlp(doc)
    assert len(doc._.claims) >= 4
    assert doc._.rejected
    doc.to_disk(tmp_path / "doc")
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    for read in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        Doc(nlp.vocab).from_disk(tmp_path / "doc"),
        next(DocBin().from_bytes(stored).get_docs(nlp.vocab)),
    ):
        assert read._.claims == doc._.claims
        assert {type(claim.kind) for claim in read._.claims} == {Kind}
        assert read._.rejected == doc._.rejected
        assert read._.source_article == doc._.source_article
        # What was made of what was read is written too.
        assert Doc(nlp.vocab).from_bytes(read.to_bytes())._.claims == doc._.claims


def test_a_document_without_claims_is_written(nlp: Language) -> None:
    for text in ("No number.", "In 2019 the G7 met on lap 23.", ""):
        doc = nlp(text)
        read = Doc(nlp.vocab).from_bytes(doc.to_bytes())
        assert (read._.claims, read._.rejected, read._.source_article) == ((), doc._.rejected, None)


def test_several_processes_read_documents(nlp: Language) -> None:
    texts = ["Profit fell 3%.", "In 2019 the G7 met.", RICH, "It cost $5."]
    alone = list(nlp.pipe(texts))
    assert [doc._.claims for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == [doc._.claims for doc in alone]


def test_claims_have_their_places_in_the_document_whatever_the_text_of_the_article(nlp: Language) -> None:
    text = "The port will cost $30 million. Trams cost $5 each."
    for other in ("Trams cost $5 each.", "", text.replace("30", "99")):
        doc = nlp.make_doc(text)
        doc._.source_article = SourceArticle(other, id="a", country="NZ")
        claims = nlp(doc)._.claims
        assert [(claim.text, claim.unit, claim.article_id) for claim in claims] == [
            ("$30 million", "NZD", "a"),
            ("$5", "NZD", "a"),
        ]
        assert all(text[claim.start : claim.end] == claim.text for claim in claims)
