import pytest
import spacy

from extraction.modality.moods import mood_of
from extraction.text.sentences import mark_sentences

NLP = spacy.blank("en")


def read(text: str, claim: str) -> tuple[str, list[str], bool]:
    doc = NLP.make_doc(text)
    mark_sentences(doc, text)
    start = text.index(claim)
    sent = next(sent for sent in doc.sents if sent.start_char <= start < sent.end_char)
    modality, hedges, negator = mood_of(text, sent, start, start + len(claim))
    assert all(text[hedge.start : hedge.end] == hedge.text for hedge in hedges)
    return modality, [hedge.text for hedge in hedges], negator is not None


@pytest.mark.parametrize(
    ("text", "modality", "hedges"),
    [
        ("It lost $5m.", "asserted", []),
        ("It will lose $5m.", "projected", ["will"]),
        ("It plans to spend $5m.", "projected", ["plans to"]),
        ("It is expected to lose $5m.", "projected", ["is expected to"]),
        ("It said that, by one estimate, $5m was lost.", "estimated", ["by one estimate"]),
        ("It lost an estimated $5m.", "estimated", ["an estimated"]),
        ("It reportedly lost $5m.", "alleged", ["reportedly"]),
        ("She claims it lost $5m.", "alleged", ["claims"]),
        ("It could lose $5m.", "hypothetical", ["could"]),
        ("If it lost $5m, it would close.", "hypothetical", ["If"]),
        ("A total of $5m could go.", "hypothetical", ["could"]),
        ("It will close because it lost $5m.", "asserted", []),
        ("It will close, but it made $5m.", "asserted", []),
        ("In May it lost $5m.", "asserted", []),
        ("It beat the $5m that analysts had forecast.", "projected", ["forecast"]),
    ],
)
def test_modality(text: str, modality: str, hedges: list[str]) -> None:
    assert read(text, "$5m")[:2] == (modality, hedges)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("It did not lose $5m.", True),
        ("This isn't a $5m problem.", True),
        ("It closed without paying the $5m.", True),
        ("It lost not more than $5m.", False),
        ("It lost not only $5m but a boat.", False),
        ("It did not close, and it made $5m.", False),
        ("It lost no fewer than $5m.", False),
        ("It made $5m and did not close.", False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    assert read(text, "$5m")[2] is negated
