"""Finds addresses of the web and of mail, hashtags and handles: their digits say nothing about how much."""

import re

# Bounded repetition keeps the scan linear.
_PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,2000}|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<!\w)[#@][^\W\d]\w{0,100}|(?<![\w.])[\w-]{1,63}\.(?:com|org|net|gov|edu|co\.\w\w)\b"
)
_DOT_INSIDE = re.compile(r"\.\w")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of web and mail addresses, hashtags and handles: nothing inside them is a claim."""
    if "@" in text or "#" in text or "www" in text or "://" in text or _DOT_INSIDE.search(text) is not None:
        return [match.span() for match in _PROTECTED.finditer(text)]
    return []
