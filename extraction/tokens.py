"""Keeps spaCy's tokenizer linear on text that runs on without a space.

The tokenizer peels one affix at a time off each stretch of text between spaces and copies the rest, which takes time
quadratic in the stretch: a hundred thousand commas in a row would never end. Nobody writes words of that length, so
longer stretches are cut before they reach it.
"""

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc
from spacy.vocab import Vocab

_LONGEST_STRETCH = 100
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_STRETCH + 1}}}")
_PIECE = re.compile(rf"\S{{{_LONGEST_STRETCH}}}")


class BoundedTokenizer:
    """A spaCy tokenizer that never sees more than a hundred characters without a space. The text is kept as it is."""

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self._tokenizer = tokenizer
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        if _TOO_LONG.search(text) is None:
            return self._tokenizer(text)
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self._tokenizer(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self._vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end within every long stretch; together they are the text."""
    start = 0
    for match in _PIECE.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]
