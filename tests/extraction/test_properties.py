"""What must hold for any text: offsets, determinism, no crash, numbers given back as they were written."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extraction import Extractor, SourceArticle, load
from extraction.plain.casing import is_uncased

_PIECES = st.sampled_from(
    "the a of to from by and or in up at least more than fell rose $ £ € NZ$ US$ % per cent percent million bn m k "
    "5 10 1,200 3.5 2019 one two twelve half third dozens hundreds twice hour years km people companies said - – . , "
    "( ) \" “ ” ' : ; / \n Ardern Japan August 8-year-old 60km/h doubled one-third".split(" ")
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES).map("".join))


@cache
def _extractor() -> Extractor:
    return load()


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_every_span_is_its_own_text(text: str) -> None:
    for claim in _extractor().extract(SourceArticle(text, published_at=date(2024, 5, 6))):
        found = claim.to_json()
        spans = [found, found["sentence"], *found["qualifiers"], *found["hedges"]]
        spans += [found[name] for name in ("subject", "measure", "of", "predicate", "time") if found[name]]
        attribution = found["attribution"] or {}
        spans += [attribution[name] for name in ("speaker", "cue") if attribution.get(name)]
        spans += (found["currency"] or {}).get("evidence", [])
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]
        assert found["text"]


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert _extractor().extract(SourceArticle(text)) == _extractor().extract(SourceArticle(text))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(["Nothing here.\n\n", "Rain fell in the north.\n", "Ünïcode 😀 goes first.\n\n"]))
@example("b 0", "Nothing here.\n\n")
def test_a_paragraph_before_shifts_every_offset(text: str, before: str) -> None:
    if is_uncased(text):  # a text as a whole has capitals at its names or has none
        before = before.lower() if text.islower() else before.upper() if text.isupper() else before.title()
    plain = [(c.text, c.start + len(before), c.end + len(before)) for c in _extractor().extract(SourceArticle(text))]
    shifted = [(c.text, c.start, c.end) for c in _extractor().extract(SourceArticle(before + text))]
    assert shifted == plain


def _words(number: int) -> str:
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split()
    tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10] + (f"-{small[number % 10]}" if number % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{_words(number // size)} {name}" + (joint + _words(rest) if rest else "")
    raise AssertionError(number)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=2, max_value=10**11))
def test_integers_are_read_back(number: int) -> None:
    for spelling in (f"{number:,}", _words(number), f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")):
        claims = _extractor().extract(SourceArticle(f"They counted {spelling} boats."))
        assert [claim.value for claim in claims] == [Decimal(number)], spelling


@settings(max_examples=200, deadline=None)
@given(st.decimals(min_value=Decimal("0.01"), max_value=999, places=2), st.sampled_from(["", "k", "m", "bn", "tn"]))
def test_amounts_of_money_are_read_back(number: Decimal, magnitude: str) -> None:
    factor = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}[magnitude]
    for spelling in (f"€{number}{magnitude}", f"EUR {number}{magnitude}", f"€{number}{magnitude} a year"):
        (claim,) = _extractor().extract(SourceArticle(f"The port paid {spelling} for it."))
        assert (claim.value, claim.unit) == (number * factor, "EUR"), spelling


@pytest.mark.parametrize("number", ["1.5", "15", "0.25", "-3.5"])
def test_percentages_are_read_back(number: str) -> None:
    for sign in ("%", " %", " per cent", " percent", " pct"):
        (claim,) = _extractor().extract(SourceArticle(f"The rate was {number}{sign} then."))
        assert (claim.value, claim.unit) == (Decimal(number), "percent"), sign
