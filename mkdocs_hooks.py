"""What mkdocs does not do by itself: sections in the order of a reader, and lists as GitHub reads them.

A new page finds its place by its folder.
"""

import re

from mkdocs.structure.nav import Navigation

# Sections that mkdocs makes of folders, pages of docs/ itself.
_ORDER = ("Tally", "Tutorial", "How to", "Reference", "Explanation", "Glossary", "Adr")
_TITLES = {"Tally": "Start", "How to": "How-to guides", "Adr": "Decisions"}


def on_nav(nav: Navigation, **_: object) -> Navigation:
    """Called by mkdocs once it has listed the pages."""
    by_title = {_name(item): item for item in nav.items}
    nav.items = [by_title.pop(title) for title in _ORDER if title in by_title] + list(by_title.values())
    for item in nav.items:
        item.title = _TITLES.get(_name(item), _name(item))
    return nav


def on_page_markdown(markdown: str, **_: object) -> str:
    """Called by mkdocs for each page. What belongs to a numbered step is indented by three spaces in our pages, which
    GitHub takes and Python-Markdown does not: it wants four."""
    lines, in_step = [], False
    for line in markdown.split("\n"):
        if line and not line.startswith(" "):
            in_step = re.match(r"\d+\. ", line) is not None
        lines.append(f" {line}" if in_step and line.startswith("   ") else line)
    return "\n".join(lines)


def _name(item: object) -> str:
    """The title of a section; the file's name of a page, whose title is not read yet."""
    file = getattr(item, "file", None)
    name = file.name.capitalize() if file else str(getattr(item, "title", ""))
    return "Tally" if name == "Index" else name
