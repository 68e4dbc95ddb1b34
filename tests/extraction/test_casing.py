"""Texts in letters of one case are read as if their names had capitals, and quoted as they are written."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Extractor, SourceArticle, load
from extraction.plain.casing import is_uncased, lowered


@cache
def _extractor() -> Extractor:
    return load()


SENTENCE = (
    "Deputy governor Clare Lombardelli told the BBC on March 9 that the Bank of England would sell £40bn of bonds, "
    "down from £100bn in May. Governor Andrew Bailey declined to say whether further sales were planned for this year."
)


def titled(text: str) -> str:
    """As a title is written: every word with a capital."""
    return re.sub(r"(?<![\w'’])[a-z]", lambda start: start[0].upper(), text)


@pytest.mark.parametrize("case", [str.lower, str.upper, titled])
def test_claims_are_those_of_the_text_with_capitals_in_the_words_as_written(case: Callable[[str], str]) -> None:
    extractor = _extractor()
    expected = extractor.extract(SourceArticle(SENTENCE))
    text = case(SENTENCE)
    found = extractor.extract(SourceArticle(text))
    assert [(claim.start, claim.end, claim.value, claim.unit) for claim in found] == [
        (claim.start, claim.end, claim.value, claim.unit) for claim in expected
    ]
    for claim, known in zip(found, expected, strict=True):
        assert claim.text == text[claim.start : claim.end]
        for name in ("subject", "measure", "of", "predicate", "sentence"):
            own, other = getattr(claim, name), getattr(known, name)
            assert (own is None) == (other is None)
            if own is not None:
                assert own.text == text[own.start : own.end] == case(other.text)
        assert claim.attribution is not None
        assert claim.attribution.speaker is not None
        assert claim.attribution.speaker.resolved == case("Clare Lombardelli")
        assert (claim.time and claim.time.span.text) == (known.time and case(known.time.span.text))


@pytest.mark.parametrize(
    ("text", "uncased"),
    [
        ("up 5% in march", True),
        ("UP 5% IN MARCH, SAID THE BANK", True),
        ("EUR 5M", False),  # a code is no text in capitals
        ("Police Arrest Seven Men After Raid", False),  # a headline has rules of its own
        (titled(SENTENCE), True),
        ("2019: 5 %", False),
        ("Up 5% in March", False),
    ],
)
def test_only_text_in_letters_of_one_case_is_given_capitals(text: str, uncased: bool) -> None:
    assert is_uncased(text) is uncased


@given(st.text(max_size=200))
def test_letters_keep_their_places(text: str) -> None:
    assert len(lowered(text)) == len(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("ßıİ ABCDEF5$%.,\n'"), max_size=60))
def test_any_text_in_capitals_is_quoted_as_written(text: str) -> None:
    whole = "THE BANK OF ENGLAND SOLD BONDS FOR £5M. " + text
    for claim in _extractor().extract(SourceArticle(whole)):
        assert claim.text == whole[claim.start : claim.end]
        assert claim.sentence.text == whole[claim.sentence.start : claim.sentence.end]
