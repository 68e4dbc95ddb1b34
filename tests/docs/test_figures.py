"""Figures of the documentation: those that grow with the project are not old, the commits that they name are there."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

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


_COMMIT = re.compile(r"\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7}\b|(?<=[Cc]ommit `)[0-9]{7}(?=`)")


def cited_commits() -> dict[str, set[str]]:
    """The abbreviated commits that the pages name, each with the pages that do."""
    cited: dict[str, set[str]] = {}
    for path in PAGES:
        for commit in _COMMIT.findall(path.read_text("utf-8")):
            cited.setdefault(commit, set()).add(str(path.relative_to(ROOT)))
    return cited


def git(*arguments: str, given: str = "") -> str | None:
    """What git says in this checkout; None where there is no git or no repository."""
    command = ("git", "-C", str(ROOT), *arguments)
    try:
        return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None


def test_commits_that_are_named_are_there() -> None:
    """Figures name the commit that they were measured at; whoever reads them can go back to it."""
    if git("rev-parse", "--is-shallow-repository") != "false\n":
        pytest.skip("this checkout has no history")
    cited = cited_commits()
    answers = git("cat-file", "--batch-check", given="".join(f"{commit}\n" for commit in cited))
    assert answers is not None
    missing = [
        f"{commit} in {', '.join(sorted(cited[commit]))}"
        for commit, answer in zip(cited, answers.splitlines(), strict=True)
        if answer.split()[1:2] != ["commit"]
    ]
    assert cited
    assert not missing
