"""Writes annotated articles as text looks that machines have handled, with their annotation carried along."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

_PHRASES = ("text", "unit_text", "subject", "measure", "of", "speaker", "resolved", "time")
Edits = Mapping[str, str]  # expressions, and what is put in the place of what they find or of their group "edit"


def _titled(text: str) -> str:
    return re.sub(r"(?<![\w'’])[a-z]", lambda start: start[0].upper(), text)


def _small(text: str) -> str:
    return _letters(text, str.lower)


def _capitals(text: str) -> str:
    return _letters(text, str.upper)


def _letters(text: str, case: Callable[[str], str]) -> str:
    """The letters in the other case, where that is one letter as well."""
    return "".join(other if len(other := case(letter)) == 1 else letter for letter in text)


_TOKENIZED = {
    r"(?<=[$£€])(?=\d)|(?<=\d)(?=%)|(?<=\w['’])(?=s\b)": " ",
    r"(?<=[A-Za-z0-9])-(?=[A-Za-z])": " - ",
    r"[\"“]": "` ` ",
    "”": " ' '",
}
_SCRAPED = {r",(?!\d)|(?<!\d),|[\"“”]|(?<=\w)['’](?=\w)|(?<=s)['’](?=\s)": ""}
# A line of 72 characters ends at its last space, unless the rest of the paragraph fits in.
_WRAPPED = {r"(?![^\n]{1,72}(?:\n|\Z))[^\n]{1,72}(?P<edit> )": "\n"}
_PAGE = {
    "&": "&amp;",
    "£": "&pound;",
    "€": "&euro;",
    r"\$": "&#36;",
    "[’]": "&rsquo;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "–": "&ndash;",
    r"(?<=\d) (?=million|billion|per cent)": "&nbsp;",
    r"\b(?=[$£€]?\d[\d.,]* )": "<b>",
    r"(?<=\d)(?= )": "</b>",
    "\n": "</p>\n<p>",
}
# No-break spaces between words, thin ones between thousands, and none behind a sentence.
_SPACES = {r"(?<![.!?”\"]) ": "\u00a0", r"(?<=\d),(?=\d{3}\b)": "\u2009", r"(?<=[a-z][.!?]) (?=[A-Z])": ""}

FORMS: dict[str, tuple[Edits, Callable[[str], str]]] = {
    "small letters": ({}, _small),
    "capitals": ({}, _capitals),
    "titles": ({}, _titled),
    "tokenized": (_TOKENIZED, _small),
    "scraped": (_SCRAPED, str),
    "narrow lines": (_WRAPPED, str),
    "page source": (_PAGE, str),
    "other spaces": (_SPACES, str),
}


def handled(article: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The article, as the files of ``tests/articles`` hold it, in one of the ``FORMS``."""
    edits, case = FORMS[form]
    text, places, shifts = _edited(article["text"], edits)

    def moved(place: int) -> int:
        last = bisect_right(places, place) - 1
        return place + (shifts[last] if last >= 0 else 0)

    def phrase(value: Any) -> Any:
        if isinstance(value, list):
            return [phrase(part) for part in value]
        return case(_edited(value, edits)[0]) if isinstance(value, str) else value

    claims = []
    for claim in article["claims"]:
        start, end = moved(claim["start"]), moved(claim["start"] + len(claim["text"]))
        changed = {name: phrase(value) for name, value in claim.items() if name in _PHRASES}
        also = {name: phrase(value) if name in _PHRASES else value for name, value in claim.get("also", {}).items()}
        claims.append({**claim, **changed, "also": also, "start": start, "text": case(text[start:end])})
    return {**article, "text": case(text), "claims": claims}


def _edited(text: str, edits: Edits) -> tuple[str, list[int], list[int]]:
    """The edited text, where each edit ends in the old one, and how far what stands behind it has moved."""
    found = sorted(
        (*match.span("edit" if "edit" in match.re.groupindex else 0), new)
        for expression, new in edits.items()
        for match in re.finditer(expression, text)
    )
    parts, places, shifts, position, shift = [], [], [], 0, 0
    for start, end, new in found:
        parts += [text[position:start], new]
        position = end
        shift += len(new) - (end - start)
        places.append(end)
        shifts.append(shift)
    return "".join([*parts, text[position:]]), places, shifts
