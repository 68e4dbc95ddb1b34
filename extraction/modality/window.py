"""The part of a sentence around a claim: bounded, so that one endless sentence costs no more than many short ones."""

from spacy.tokens import Span

_MOST_TOKENS = 160
_LEFT = 90
_RIGHT = 60
# Tokens are as long as the text makes them; these bounds hold for text without spaces.
_MOST_CHARACTERS = 1500
_CHARACTERS_LEFT = 800
_CHARACTERS_RIGHT = 600


def window(text: str, sent: Span, start: int, end: int) -> tuple[str, int]:
    """The text around the characters ``start`` to ``end``, within the sentence, and the offset at which it starts.

    ``text`` is that of the whole document: a Doc and a Span put theirs together anew from their tokens at every call.
    """
    part = sent
    if sent.end - sent.start > _MOST_TOKENS:
        at, last = _token_at(sent, start), _token_at(sent, max(start, end - 1))
        part = sent[max(0, at - _LEFT) : min(len(sent), last + _RIGHT)]
    first, behind = part.start_char, part.end_char
    if behind - first > _MOST_CHARACTERS:
        first, behind = max(first, start - _CHARACTERS_LEFT), min(behind, end + _CHARACTERS_RIGHT)
    return text[first:behind], first


def _token_at(sent: Span, offset: int) -> int:
    """The last token of a sentence that starts at or before a character."""
    low, high = 0, len(sent) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sent[middle].idx <= offset:
            low = middle
        else:
            high = middle - 1
    return low
