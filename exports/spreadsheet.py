"""Claims as rows of a CSV file that a spreadsheet opens safely."""

import csv
import re
from collections.abc import Iterable
from typing import Any, Protocol, TextIO

# What a row says of a claim. Who writes the file puts columns of its own before these. Programs read columns by their
# place: new ones go to the end.
CLAIM_COLUMNS = (
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
    "hedges",
    "negated",
    "time",
    "sentence",
    "subject_resolved",
    "change_role",
    "counterpart",
    "currency_basis",
    "currency_alternatives",
    "attribution_type",
    "predicate",
    "time_iso",
)
_SPANS = ("subject", "measure", "of", "predicate", "time", "sentence")
# Spreadsheets run a cell that begins so; the full-width forms count as well in some of them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Rows(Protocol):
    """What writes rows: the object of ``csv.writer``."""

    def writerow(self, row: Any, /) -> Any: ...

    def writerows(self, rows: Any, /) -> None: ...


def writer(stream: TextIO) -> Rows:
    """A CSV writer (RFC 4180, lines end with CRLF)."""
    return csv.writer(stream)


def row(leading: Iterable[Any], claim: dict[str, Any]) -> list[str]:
    """The leading cells and those of ``CLAIM_COLUMNS``; what a spreadsheet would run gets an apostrophe before it."""
    change, currency, attribution = (claim[name] or {} for name in ("change", "currency", "attribution"))
    speaker = attribution.get("speaker") or {}
    values = {
        **claim,
        "per": (claim["per"] or {}).get("unit"),
        "currency": currency.get("code"),
        "currency_basis": currency.get("basis"),
        "currency_alternatives": "; ".join(currency.get("alternatives", ())),
        "qualifiers": _texts(claim["qualifiers"]),
        "direction": change.get("direction"),
        "change_role": change.get("role"),
        "attribution_type": attribution.get("type"),
        "speaker": speaker.get("resolved") or speaker.get("text"),
        "hedges": _texts(claim["hedges"]),
        "negated": "true" if claim["negated"] else "false",
        "subject_resolved": (claim["subject"] or {}).get("resolved"),
        "time_iso": (claim["time"] or {}).get("iso"),
        **{name: (claim[name] or {}).get("text") for name in _SPANS},
    }
    return [cell(value) for value in (*leading, *(values[name] for name in CLAIM_COLUMNS))]


def cell(value: Any) -> str:
    """A value as a cell: a number stays one, also a negative one; text that looks like a formula is disarmed."""
    if value is None:
        return ""
    text = str(value)
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _texts(spans: Iterable[dict[str, Any]]) -> str:
    return "; ".join(span["text"] for span in spans)
