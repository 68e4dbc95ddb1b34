"""The part of a sentence around a claim: bounded, so that one endless sentence costs no more than many short ones."""

from spacy.tokens import Doc, Span

_MOST_TOKENS = 160
_LEFT = 90
_RIGHT = 60
# Tokens are as long as the text makes them; these bounds hold for text without spaces.
_MOST_CHARACTERS = 1500
_CHARACTERS_LEFT = 800
_CHARACTERS_RIGHT = 600


def window(doc: Doc, sent: Span, start: int, end: int) -> tuple[str, int]:
    """The text around the characters ``start`` to ``end``, within the sentence, and the offset at which it starts."""
    if sent.end - sent.start <= _MOST_TOKENS:
        return _clipped(sent, start, end)
    at = _token_at(doc, sent.start, sent.end, start)
    last = _token_at(doc, sent.start, sent.end, max(start, end - 1))
    return _clipped(doc[max(sent.start, at - _LEFT) : min(sent.end, last + _RIGHT)], start, end)


def _clipped(part: Span, start: int, end: int) -> tuple[str, int]:
    text, offset = part.text, part.start_char
    if len(text) <= _MOST_CHARACTERS:
        return text, offset
    left = max(0, start - offset - _CHARACTERS_LEFT)
    return text[left : end - offset + _CHARACTERS_RIGHT], offset + left


def _token_at(doc: Doc, first: int, last: int, offset: int) -> int:
    """The last token of a range that starts at or before a character."""
    low, high = first, last - 1
    while low < high:
        middle = (low + high + 1) // 2
        if doc[middle].idx <= offset:
            low = middle
        else:
            high = middle - 1
    return low
