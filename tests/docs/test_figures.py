"""Figures of the documentation that grow with the project: "more than 7,500 cases" must be so, and not long ago."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

# How much larger the number may have become before the text has to follow.
_GROWTH = 1.25


def corpus() -> list[dict[str, object]]:
    return [case for path in (ROOT / "tests" / "corpus").glob("*.json") for case in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("path", "noun", "count"),
    [
        ("docs/explanation/extraction.md", "cases of our own", lambda: len(corpus())),
        (
            "docs/explanation/extraction.md",
            "of them without a claim",
            lambda: sum(case.get("claims") == [] for case in corpus()),
        ),
        ("CHANGELOG.md", "annotated articles", lambda: len(list((ROOT / "tests" / "articles").glob("*.json")))),
    ],
)
def test_a_figure_is_right(path: str, noun: str, count: Callable[[], int]) -> None:
    text = " ".join(Path(ROOT / path).read_text("utf-8").split())
    said = [int(number.replace(",", "")) for number in re.findall(rf"more than ([\d,]+) {noun}", text)]
    assert len(said) == 1
    assert said[0] < count() < said[0] * _GROWTH
