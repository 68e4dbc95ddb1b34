"""What the tests of the promises measured: a line for each as it ends, and the table of it in the documentation.

A test marked ``reliability(row, ...)`` stands for those rows of docs/explanation/reliability.md. What it gives to the
fixture ``measured`` is shown behind its name and, with ``--write-reliability``, written there. A line that this run has
measured anew replaces the one before; the others keep the date and the commit of theirs.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "reliability.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEAD = "| row | test | measured | on | at |\n|---|---|---|---|---|"
_ROWS = "reliability rows"
_FIGURES = "reliability figures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-reliability", action="store_true", help=f"write what was measured into {PAGE.name}")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--write-reliability") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Report())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if rows := sorted({row for mark in item.iter_markers("reliability") for row in mark.args}):
            item.user_properties.append((_ROWS, rows))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Call it with figures by name: an underscore stands for a space, `_s` and `_MiB` at the end are units."""

    def measured(**figures: object) -> None:
        record_property(_FIGURES, dict(_shown(name, value) for name, value in figures.items()))

    return measured


def _shown(name: str, value: object) -> tuple[str, object]:
    """Name and value for a reader: `recovered_after_s=2.1345` as "recovered after" and "2.1 s"."""
    rounded = round(value, 1 if value >= 1 else 3) if isinstance(value, float) else value
    for unit in ("s", "MiB"):
        if name.endswith(f"_{unit}"):
            name, rounded = name.removesuffix(f"_{unit}"), f"{rounded} {unit}"
    return name.replace("_", " "), rounded


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    if report.when == "call" and report.passed and (figures := _figures(report)):
        return "passed", ".", f"PASSED ({_as_words(figures)})"
    return None


def _as_words(figures: dict[str, Any]) -> str:
    """`lost 0, recovered 2.1 s`."""
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def _figures(report: pytest.TestReport) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in report.user_properties:
        if name == _FIGURES and isinstance(value, dict):
            found |= value
    return found


def _rows(report: pytest.TestReport) -> tuple[int, ...]:
    rows = dict(report.user_properties)[_ROWS]
    assert isinstance(rows, list | tuple)
    return tuple(rows)


@dataclass(frozen=True)
class Line:
    """A line of the table: a test, the rows that it stands for, and what it measured when and at which commit."""

    rows: tuple[int, ...]
    test: str
    measured: str
    day: str
    commit: str

    def __str__(self) -> str:
        rows = ", ".join(str(row) for row in self.rows)
        return f"| {rows} | `{self.test}` | {self.measured} | {self.day} | {self.commit} |"


def read_table(page: str) -> list[Line]:
    """The lines of the table in the page."""
    block = page.partition(_BEGIN)[2].partition(_END)[0]
    cells = re.findall(r"^\| ([\d, ]+) \| `([^`]+)` \| (.*) \| (.*) \| (.*) \|$", block, re.MULTILINE)
    return [Line(tuple(int(row) for row in rows.split(",")), *rest) for rows, *rest in cells]


def with_table(page: str, lines: Iterable[Line]) -> str:
    """The page with these lines as its table."""
    before, _, rest = page.partition(_BEGIN)
    after = rest.partition(_END)[2]
    table = "\n".join([_HEAD, *(str(line) for line in sorted(lines, key=lambda line: (line.rows, line.test)))])
    return f"{before}{_BEGIN}\n\n{table}\n\n{_END}{after}"


class _Report:
    """Collects the outcome of each marked test and writes the table at the end."""

    def __init__(self) -> None:
        self._reports: dict[str, pytest.TestReport] = {}
        # As it is when the tests begin.
        self._commit = _commit()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if _ROWS in dict(report.user_properties) and (report.when == "call" or report.failed):
            self._reports[report.nodeid.removeprefix("tests/")] = report

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self) -> Iterator[None]:
        if self._reports:
            page = PAGE.read_text("utf-8")
            fresh = {line.test: line for line in self._lines()}
            # A test that failed before it had figures has one line for all its cases.
            replaced = {test.partition("[")[0] for test in fresh}
            kept = {line.test: line for line in read_table(page) if line.test not in replaced}
            PAGE.write_text(with_table(page, (kept | fresh).values()), "utf-8")
        return (yield)

    def _lines(self) -> Iterator[Line]:
        """One line for a test with figures; cases of one test that measured nothing share a line."""
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        cases: dict[str, list[pytest.TestReport]] = {}
        for test, report in self._reports.items():
            name = test if _figures(report) else test.partition("[")[0]
            cases.setdefault(name, []).append(report)
        for name, reports in cases.items():
            yield Line(_rows(reports[0]), name, _outcome(reports), day, self._commit)


def _outcome(reports: list[pytest.TestReport]) -> str:
    if failed := sum(not report.passed for report in reports):
        return f"**{failed} of {len(reports)} failed**"
    if figures := _figures(reports[0]):
        return _as_words(figures)
    return f"{len(reports)} cases, all as promised" if len(reports) > 1 else "as promised"


def _commit() -> str:
    """The commit that the run stands on; it says so where files have been changed since."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", f":!{PAGE.relative_to(ROOT)}")
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
