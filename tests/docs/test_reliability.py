"""The promises about reliability: each row has a test, and the table of what was measured names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.fault_report import PAGE, Line, read_table, with_table

TESTS = Path(__file__).parents[1]


def test_every_row_has_a_test() -> None:
    promised = {int(row) for row in re.findall(r"^\| (\d+) \| [^|]+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)}
    assert promised == set(range(1, 27))
    sources = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    marks = [rows for source in sources for rows in re.findall(r"mark\.reliability\(([\d, ]+)\)", source)]
    assert {int(row) for rows in marks for row in rows.split(",")} == promised


def test_every_test_of_the_table_exists() -> None:
    for line in read_table(PAGE.read_text("utf-8")):
        file, _, test = line.test.partition("::")
        assert f"def {test.partition('[')[0]}(" in (TESTS / file).read_text("utf-8"), line.test


def test_what_was_read_is_written_again() -> None:
    page = PAGE.read_text("utf-8")
    assert with_table(page, read_table(page)) == page
    line = Line((3, 12), "faults/test_x.py::test_y[a]", "lost 0, all done after 2.1 s", "2026-11-26", "abc1234")
    assert read_table(with_table(page, [line])) == [line]
