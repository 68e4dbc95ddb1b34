"""The sections of the documentation in the order of a reader. A new page finds its place by its folder."""

from mkdocs.structure.nav import Navigation

# Sections that mkdocs makes of folders, pages of docs/ itself.
_ORDER = ("Tally", "Tutorial", "How to", "Reference", "Explanation", "Glossary", "Adr")
_TITLES = {"How to": "How-to guides", "Adr": "Decisions"}


def on_nav(nav: Navigation, **_: object) -> Navigation:
    """Called by mkdocs once it has listed the pages."""
    by_title = {_name(item): item for item in nav.items}
    nav.items = [by_title.pop(title) for title in _ORDER if title in by_title] + list(by_title.values())
    for item in nav.items:
        item.title = _TITLES.get(_name(item), _name(item))
    return nav


def _name(item: object) -> str:
    """The title of a section; the file's name of a page, whose title is not read yet."""
    file = getattr(item, "file", None)
    name = file.name.capitalize() if file else str(getattr(item, "title", ""))
    return "Tally" if name == "Index" else name
