"""What the tests of the promises measured: a line for each as it ends, and a report to make a table of.

A test marked ``reliability(row, ...)`` stands for those rows of the table in docs/explanation/reliability.md. What it
gives to the fixture ``measured`` is shown behind its name and written to the file of ``--reliability-report``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_ROWS = "reliability rows"
_FIGURES = "reliability figures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reliability-report", metavar="FILE", help="write what the tests of the promises measured")


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("--reliability-report"):
        config.pluginmanager.register(_Report(Path(path)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if rows := [row for mark in item.iter_markers("reliability") for row in mark.args]:
            item.user_properties.append((_ROWS, rows))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Call it with figures by name (an underscore stands for a space); numbers are rounded for the reader."""

    def measured(**figures: object) -> None:
        shown = {name.replace("_", " "): _rounded(value) for name, value in figures.items()}
        record_property(_FIGURES, shown)

    return measured


def _rounded(value: object) -> object:
    return round(value, 1 if value >= 1 else 3) if isinstance(value, float) else value


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    if report.when == "call" and report.passed and (figures := _figures(report)):
        return "passed", ".", f"PASSED ({as_words(figures)})"
    return None


def as_words(figures: dict[str, Any]) -> str:
    """`lost 0, recovered 2.1 s`."""
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def _figures(report: pytest.TestReport) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in report.user_properties:
        if name == _FIGURES and isinstance(value, dict):
            found |= value
    return found


class _Report:
    """Collects the outcome of each marked test, also from other test processes, and writes them at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tests: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        rows = dict(report.user_properties).get(_ROWS)
        if rows and (report.when == "call" or not report.passed):
            self._tests[report.nodeid] = {
                "rows": rows,
                "outcome": report.outcome,
                "seconds": round(report.duration, 1),
                "figures": _figures(report),
            }

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        if not hasattr(session.config, "workerinput"):
            self._path.write_text(json.dumps(self._tests, indent=1, sort_keys=True) + "\n")
        return (yield)
