"""The tokenizer guard: the text is kept, and ordinary text is tokenized as spaCy does."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.tokens import BoundedTokenizer

_NLP = spacy.blank("en")
_BOUNDED = BoundedTokenizer(_NLP.tokenizer, _NLP.vocab)


@given(
    st.one_of(st.text(), st.lists(st.sampled_from([",", "a" * 90, " ", "\n", "5", "$" * 120, "Ärger "])).map("".join))
)
def test_the_text_is_kept(text: str) -> None:
    assert _BOUNDED(text).text == text


def test_ordinary_text_is_tokenized_as_spacy_does() -> None:
    text = "Ardern announced up to NZ$8 million, she said."
    assert [token.text for token in _BOUNDED(text)] == [token.text for token in _NLP.tokenizer(text)]


@pytest.mark.parametrize("piece", [",", '"', "'", "“", "(", "$"])
def test_a_long_run_of_punctuation_ends(piece: str) -> None:
    assert len(_BOUNDED(piece * 100_000).text) == 100_000
