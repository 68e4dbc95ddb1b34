"""The spaCy component, alone and in somebody else's pipeline."""

from uuid import UUID, uuid5

import spacy

from extraction import PIPELINE, Kind, SourceArticle, load


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
