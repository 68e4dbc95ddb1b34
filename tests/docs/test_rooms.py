"""docs/explanation/extraction.md tells what is in each room of the library, and names modules that there are."""

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_EXTRACTION = _ROOT / "extraction"
_PAGE = (_ROOT / "docs" / "explanation" / "extraction.md").read_text(encoding="utf-8")


def test_each_room_is_told() -> None:
    rooms = {each.name for each in _EXTRACTION.iterdir() if each.is_dir() and each.name != "__pycache__"}
    table = _PAGE.partition("| room | tells |\n")[2].partition("\n\n")[0]
    told = [room for row in table.splitlines() for room in re.findall(r"`(\w+)/`", row.split("|")[1])]
    assert sorted(told) == sorted(rooms)


def test_modules_that_the_page_names_are_there() -> None:
    named = re.findall(r"`(?:extraction/)?([a-z_/]+\.py)`", _PAGE)
    assert "pipeline.py" in named
    assert [path for path in named if not (_EXTRACTION / path).exists()] == []
