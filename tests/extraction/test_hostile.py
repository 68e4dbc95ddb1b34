"""Time grows linearly with the text, whatever the text is."""

import gc
import time

import pytest

from extraction import Extractor, SourceArticle, load
from extraction.read_sentence import read_quantities

_HOSTILE = {
    "digits": "7",
    "commas": ",",
    "dots": ".",
    "grouped": "1,111,",
    "pairs": "12,",
    "decimals": "1.1.",
    "dollars": "$",
    "ones": "one ",
    "ands": "one hundred and ",
    "hundreds": "a hundred and ",
    "points": "one-point-",
    "said pairs": "three-twenty ",
    "said digits": "call one two, ",
    "said ranges": "twenty, thirty ",
    "said sums": "two pounds fifty ",
    "magnitudes": "million ",
    "parentheses": "(",
    "nested": "(5 (",
    "hyphens": "5-",
    "quotes": '" ',
    "open quotes": "“a ",
    "said": "he said ",
    "spaces": " ",
    "newlines": "\n",
    "letters": "a",
    "capitals": "Aa ",
    "percent": "5% to ",
    "from to": "from 5 to ",
    "of": "3 of ",
    "dates": "5 May ",
    "months": "Aug. ",
    "at": "a@",
    "slashes": "1/",
    "units": "5 sq ",
    "names": "Prime Minister ",
    "thanks": "but thanks to 5 fans ",
    "turns": "Zorb: we )))\nZorb: I AAA\n",
    "pronouns": "He has 5 dogs. Jo Moss, a driver, left. ",
    "companies": "The company has 5 dogs. Acme Corp ran. ",
    "it": "It said it has 5 dogs. ",
    "counted once": "12 cats 5 5 in 7 ",
    "percents and points": "rates up 5 per cent, down 4 points ",
    "decimal commas": "1,5% ",
    "references": "&pound;5 ",
    "ampersands": "&",
    "tags": "<b>5</b>",
    "open tags": "<b ",
    "comments": "<!--",
    "scripts": "<script>",
    "table source": "<td> 5 </td> ",
    "unseen": "5\u200b",
    "glued sentences": "Five men.Six",
    "wide gaps": "and   5   of   them   ",
    "narrow lines": "and on went the 5 of them in the dark of\n",
    "rows": "ab\t5\tcd\t7\n",
    "cells": "a  1  ",
    "pipes": "|a|5|",
    "labels": "Jobs lost: 5\n",
    "unnamed": "She said the a the a the one a has 5 dogs ",
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


# n, 2n, 4n characters.
_SIZES = (6_000, 12_000, 24_000)
_FEWEST_ROUNDS, _MOST_ROUNDS = 2, 8
_MOST_TIMES = 6.25  # from n to 4n, that is 2.5 for each doubling; 4.0 is linear, 16 quadratic


def _seconds(extractor: Extractor, piece: str, size: int) -> float:
    # A part of the piece that differs each time keeps spaCy's cache of token strings out of the comparison.
    text = (piece * (size // len(piece) + 1))[:size]
    gc.disable()  # its passes come at some sizes and not at others
    try:
        started = time.process_time()
        extractor.extract(SourceArticle(text))
        return time.process_time() - started
    finally:
        gc.enable()


def _grows_linearly(shortest: list[float]) -> bool:
    """Whether four times the text takes about four times as long; very short runs are all noise."""
    return shortest[-1] < 0.1 or shortest[-1] <= _MOST_TIMES * shortest[0]


def _shortest_seconds(extractor: Extractor, piece: str) -> list[float]:
    """The shortest times for each size, taken in turn: what else the machine does only adds to them.

    A ratio above the bound is measured again a few times, and stays above it where the time really grows so fast.
    """
    shortest = [float("inf")] * len(_SIZES)
    for done in range(_MOST_ROUNDS):
        shortest = [min(known, _seconds(extractor, piece, size)) for known, size in zip(shortest, _SIZES, strict=True)]
        if done + 1 >= _FEWEST_ROUNDS and _grows_linearly(shortest):
            break
    return shortest


@pytest.mark.reliability(19)
@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_time_grows_linearly(extractor: Extractor, piece: str) -> None:
    shortest = _shortest_seconds(extractor, piece)
    assert _grows_linearly(shortest), dict(zip(_SIZES, shortest, strict=True))
    assert max(shortest) < 10


def test_claims_of_an_endless_sentence_share_what_is_shown_of_it(extractor: Extractor) -> None:
    text = "5% " * 4_000
    claims = extractor.extract(SourceArticle(text))
    assert len(claims) == 4_000
    for claim in claims:
        shown = claim.sentence
        assert text[shown.start : shown.end] == shown.text
        assert shown.start <= claim.start < claim.end <= shown.end
        assert len(shown.text) <= 2_000
    copies = {id(claim.sentence.text): len(claim.sentence.text) for claim in claims}
    assert sum(copies.values()) <= 5 * len(text)  # not two thousand characters for each claim


_SIZE = 8_000
_LONG_SENTENCES = {
    **{name: _HOSTILE[name] for name in ("ones", "nested", "grouped", "pairs", "percent", "hyphens")},
    "ages": "aged 5 and ",
    "feet": "5 ft ",
    "sides": "5 x ",
    "scores": "5 for ",
    "votes": "vote 5 to ",
    "steps": "fell 5 to 20 ",
    "headline": "Seven Men ",
    "bare": "5, ",
    "alternatives": "5 or ",
    "of them": "five of them, ",
    "the others": "the other 5, ",
    "owners": "5 of Bo's ",
    "periods": "9% over 3 and ",
    "death tolls": "death toll of 5 ",
    "age groups": "average age of 5 to ",
    "pluses": "5-plus ",
    "labels": "zone 3x3m, km ",
    "halves": "5 and a half ",
}


@pytest.mark.parametrize("piece", _LONG_SENTENCES.values(), ids=_LONG_SENTENCES.keys())
def test_one_sentence_grows_linearly(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "3 kg or " + (piece * (size // len(piece) + 1))[:size]  # one unit that all may share
        started = time.process_time()
        read_quantities(text, 0, len(text))
        return time.process_time() - started

    seconds(100)  # the tables are read
    first = min(seconds(_SIZE) for _ in range(2))
    second = min(seconds(4 * _SIZE) for _ in range(2))
    # 4.0 is linear, 16.0 quadratic.
    assert second < 0.1 or second / first <= 8, (
        f"{first:.3f} s for {_SIZE} characters, {second:.3f} s for four times that"
    )
