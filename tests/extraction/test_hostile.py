"""Time grows linearly with the text, whatever the text is."""

import gc
import time

import pytest

from extraction import Extractor, SourceArticle, load
from extraction.quantities import read_quantities

_SIZE = 8_000
_HOSTILE = {
    "digits": "7",
    "commas": ",",
    "dots": ".",
    "grouped": "1,111,",
    "decimals": "1.1.",
    "dollars": "$",
    "ones": "one ",
    "ands": "one hundred and ",
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
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


def _seconds(extractor: Extractor, piece: str, size: int) -> float:
    # A part of the piece that differs each time keeps spaCy's cache of token strings out of the comparison.
    text = (piece * (size // len(piece) + 1))[:size]
    best = float("inf")
    gc.disable()  # its passes come at some sizes and not at others
    try:
        for _ in range(2):
            started = time.process_time()
            extractor.extract(SourceArticle(text))
            best = min(best, time.process_time() - started)
    finally:
        gc.enable()
    return best


@pytest.mark.reliability(19)
@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_time_grows_linearly(extractor: Extractor, piece: str) -> None:
    first = _seconds(extractor, piece, _SIZE)
    second = _seconds(extractor, piece, 2 * _SIZE)
    # 2.0 is linear; very short runs are all noise.
    assert second < 0.1 or second / first <= 2.5, f"{first:.3f} s for {_SIZE} characters, {second:.3f} s for twice that"
    assert second < 10


_LONG_SENTENCES = {
    **{name: _HOSTILE[name] for name in ("ones", "nested", "grouped", "percent", "hyphens")},
    "ages": "aged 5 and ",
    "feet": "5 ft ",
    "sides": "5 x ",
    "scores": "5 for ",
    "votes": "vote 5 to ",
    "steps": "fell 5 to 20 ",
    "headline": "Seven Men ",
}


@pytest.mark.parametrize("piece", _LONG_SENTENCES.values(), ids=_LONG_SENTENCES.keys())
def test_one_sentence_grows_linearly(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
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
