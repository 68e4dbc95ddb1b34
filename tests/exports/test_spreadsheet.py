"""Claims as rows that a spreadsheet opens safely."""

from __future__ import annotations

from typing import Any

import pytest

from exports.spreadsheet import CLAIM_COLUMNS, cell, row

OBJECTS = ("per", "currency", "change", "subject", "measure", "of", "predicate", "time", "attribution")


def test_a_row_disarms_what_a_spreadsheet_would_run() -> None:
    spans = dict.fromkeys(OBJECTS)
    claim: dict[str, Any] = {**dict.fromkeys(CLAIM_COLUMNS), **spans, "qualifiers": [], "hedges": [], "negated": False}
    claim |= {"value": "-5", "text": "-5 units", "unit": "@SUM(A1)", "sentence": {"text": "=1+1"}}
    cells = dict(zip(("article", *CLAIM_COLUMNS), row(("+x",), claim), strict=True))
    assert cells["value"] == "-5"
    assert cells["text"] == "'-5 units"
    assert cells["unit"] == "'@SUM(A1)"
    assert cells["sentence"] == "'=1+1"
    assert cells["article"] == "'+x"
    assert cells["negated"] == "false"


def test_a_row_has_the_name_that_the_subject_means() -> None:
    spans = dict.fromkeys(OBJECTS)
    claim: dict[str, Any] = {**dict.fromkeys(CLAIM_COLUMNS), **spans, "qualifiers": [], "hedges": [], "negated": False}
    claim |= {"sentence": {"text": "She is 51."}, "subject": {"text": "She", "resolved": "=Ada Moss"}}
    cells = dict(zip(CLAIM_COLUMNS, row((), claim), strict=True))
    assert (cells["subject"], cells["subject_resolved"]) == ("She", "'=Ada Moss")


def test_columns_are_where_programs_look_for_them() -> None:
    """Their order is relied on: add new ones at the end, here too."""
    first = (
        "text start end kind shape value low high unit unit_text per currency qualifiers direction subject measure of"
    )
    then = "speaker modality hedges negated time sentence subject_resolved"
    later = "change_role counterpart currency_basis currency_alternatives attribution_type predicate time_iso"
    assert tuple(f"{first} {then} {later}".split()) == CLAIM_COLUMNS


def test_a_row_tells_numbers_apart() -> None:
    claim: dict[str, Any] = {**dict.fromkeys(CLAIM_COLUMNS), **dict.fromkeys(OBJECTS), "qualifiers": [], "hedges": []}
    claim |= {
        "sentence": {"text": "It fell to $3."},
        "change": {"direction": "down", "role": "to"},
        "counterpart": "9d0c",
        "currency": {"code": "NZD", "basis": "context", "evidence": [], "alternatives": ["USD", "AUD"]},
        "attribution": {"speaker": None, "cue": None, "type": "direct"},
        "predicate": {"text": "fell"},
        "time": {"text": "last year", "iso": "2025"},
    }
    cells = dict(zip(CLAIM_COLUMNS, row((), claim), strict=True))
    assert (cells["direction"], cells["change_role"], cells["counterpart"]) == ("down", "to", "9d0c")
    told = [cells[name] for name in ("currency", "currency_basis", "currency_alternatives")]
    assert told == ["NZD", "context", "USD; AUD"]
    assert (cells["attribution_type"], cells["predicate"]) == ("direct", "fell")
    assert (cells["time"], cells["time_iso"]) == ("last year", "2025")


@pytest.mark.parametrize("value", ["-5", "+5", "-0.25", "12", "", "a=b", "-1234567890.000001"])
def test_numbers_and_plain_text_stay(value: str) -> None:
    assert cell(value) == value


@pytest.mark.parametrize(
    "value", ["=1", "+a", "-a", "-5 units", "@x", "\t=1", "\r=1", "\n=1", "＝1", "-1e5", "--1", "-1-1", "-٣"]
)
def test_formulas_are_disarmed(value: str) -> None:
    assert cell(value) == f"'{value}"
