import time

import pytest
import spacy

from extraction.text.sentences import mark_sentences, sentence_starts


def split(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sales rose.", "Costs fell."],
        ["A heading without a full stop", "The first paragraph."],
        ["Mr. Hale met Dr. Osei on Aug. 22 in the U.S. Senate."],
        ["It closed at $1.37.", "The index gained 0.3 per cent."],
        ["The shop opens at 9 a.m. Monday."],
        ["The shop opens at 9 a.m.", "Police said so."],
        ["Tally Inc. Chairman J. R. Moss left.", "He sold 5 shares."],
        ["It left the U.S. In May it came back."[:16], "In May it came back."],
        ['"Was it worth it?" she asked.', '"No."'],
        ['"It is over!" Ada Moss said.', "She left."],
        ["“We lost money.”", "“We will not lose more.”"],
        ["No. 5 is alive.", "See Fig. 3 for more."],
        ["They waited .... and waited.", "Then … Nothing came."[7:]],
        ["One (really.)", "Two."],
        ["shares fell 3 per cent.", "the bank blamed rates.", "is it over?", "not yet."],
        ["i paid approx. five dollars, e.g. in coins."],
        ["the staff were friendly .", "and quick ."],
        ["Never again!!!", "not even for $5"],
        ["The Yahoo! shares rose."],
    ],
)
def test_splits_where_a_reader_does(sentences: list[str]) -> None:
    assert split(" ".join(sentences) if "A heading" not in sentences[0] else "\n".join(sentences)) == sentences


@pytest.mark.parametrize("text", ["", "\n\n", "   ", ".", "...", '"', "a\r\n\r\nb", "no end"])
def test_no_text_is_too_odd(text: str) -> None:
    assert sentence_starts(text)[0] == 0


def test_marks_every_token_of_a_doc() -> None:
    text = "Sales rose. Costs fell.\n\nA new paragraph"
    doc = spacy.blank("en").make_doc(text)
    mark_sentences(doc, text)
    assert [sent.text.strip() for sent in doc.sents] == ["Sales rose.", "Costs fell.", "A new paragraph"]


@pytest.mark.parametrize(
    "piece",
    ['"', ". ", "said ", ",", " ", ".", "\n", "a.", '. "', "U.S. ", "A", "!? ", "Mr. ", "LIMA - ", "LIMA (X) - A\n"],
)
def test_a_megabyte_of_anything_is_quick(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    sentence_starts(text)
    assert time.process_time() - begun < 4
