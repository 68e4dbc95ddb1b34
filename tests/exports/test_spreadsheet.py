"""Claims as rows that a spreadsheet opens safely."""

from __future__ import annotations

from typing import Any

import pytest

from exports.spreadsheet import CLAIM_COLUMNS, cell, row


def test_a_row_disarms_what_a_spreadsheet_would_run() -> None:
    spans = dict.fromkeys(("per", "currency", "change", "subject", "measure", "of", "time", "attribution"))
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
    spans = dict.fromkeys(("per", "currency", "change", "measure", "of", "time", "attribution"))
    claim: dict[str, Any] = {**dict.fromkeys(CLAIM_COLUMNS), **spans, "qualifiers": [], "hedges": [], "negated": False}
    claim |= {"sentence": {"text": "She is 51."}, "subject": {"text": "She", "resolved": "=Ada Moss"}}
    cells = dict(zip(CLAIM_COLUMNS, row((), claim), strict=True))
    assert (cells["subject"], cells["subject_resolved"]) == ("She", "'=Ada Moss")


@pytest.mark.parametrize("value", ["-5", "+5", "-0.25", "12", "", "a=b", "-1234567890.000001"])
def test_numbers_and_plain_text_stay(value: str) -> None:
    assert cell(value) == value


@pytest.mark.parametrize(
    "value", ["=1", "+a", "-a", "-5 units", "@x", "\t=1", "\r=1", "\n=1", "＝1", "-1e5", "--1", "-1-1", "-٣"]
)
def test_formulas_are_disarmed(value: str) -> None:
    assert cell(value) == f"'{value}"
