"""The pages of the documentation, cut into the parts that tests compare with the code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def page(name: str) -> str:
    """The text of a page of the reference."""
    return (DOCS / "reference" / name).read_text("utf-8")


@cache
def sections(text: str) -> dict[str, str]:
    """The text under each heading up to the next heading of any level; those inside code blocks are no headings."""
    found: dict[str, str] = {}
    title, fenced = "", False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else re.fullmatch(r"#{1,6} (.+)", line)
        title = heading.group(1) if heading else title
        found[title] = found.get(title, "") + line + "\n"
    return found


def first_cells(section: str) -> list[str]:
    """The names in code marks in the first column of the tables of a section."""
    return [
        name
        for line in section.splitlines()
        if (row := re.match(r"\| (`[^|]*`) \|", line))
        for name in re.findall(r"`([^`]+)`", row.group(1))
    ]


def in_code(section: str) -> set[str]:
    """All that stands in single code marks."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", section, flags=re.DOTALL)))


def blocks(text: str) -> list[tuple[str, str]]:
    """The fenced code blocks as (language, content), without the indentation of a list."""
    found = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [(language, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)) for indent, language, body in found]
