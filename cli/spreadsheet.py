"""Claims as rows of a CSV file that a spreadsheet opens safely."""

import csv
import re
from typing import Any, Protocol, TextIO

COLUMNS = (
    "article",
    "text",
    "start",
    "end",
    "kind",
    "shape",
    "value",
    "low",
    "high",
    "unit",
    "unit_text",
    "per",
    "currency",
    "qualifiers",
    "direction",
    "subject",
    "measure",
    "of",
    "speaker",
    "modality",
    "time",
    "sentence",
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class Rows(Protocol):
    """What writes rows: the object of ``csv.writer``."""

    def writerow(self, row: Any, /) -> Any: ...

    def writerows(self, rows: Any, /) -> None: ...


def writer(stream: TextIO) -> Rows:
    """A CSV writer (RFC 4180, lines end with CRLF)."""
    return csv.writer(stream)


def row(article: Any, claim: dict[str, Any]) -> list[str]:
    """One claim in the order of ``COLUMNS``; what a spreadsheet would run as a formula gets an apostrophe."""
    speaker = (claim["attribution"] or {}).get("speaker") or {}
    values = {
        **claim,
        "article": article,
        "per": (claim["per"] or {}).get("unit"),
        "currency": (claim["currency"] or {}).get("code"),
        "qualifiers": "; ".join(span["text"] for span in claim["qualifiers"]),
        "direction": (claim["change"] or {}).get("direction"),
        "speaker": speaker.get("resolved") or speaker.get("text"),
        **{name: (claim[name] or {}).get("text") for name in ("subject", "measure", "of", "time", "sentence")},
    }
    return [_cell(values[name]) for name in COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
