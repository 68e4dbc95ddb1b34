"""The main text of a web page, found with trafilatura."""

import re
from dataclasses import dataclass

import trafilatura
from trafilatura.settings import Document

# Real pages have a few thousand tags; the time that a page takes grows faster than their number.
MAX_TAGS = 50_000
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_END_OF_HEAD = re.compile(r"</(?:head|title)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MainText:
    """What a page says without its navigation, and its title if it has one."""

    text: str
    title: str | None


class PageTooComplex(Exception):
    """The page has more than `MAX_TAGS` tags."""


def main_text(html: str) -> MainText | None:
    """The main text of a page or a fragment; None when there is none. Tables count as text, comments do not.

    Raises `PageTooComplex`.
    """
    if html.count("<") > MAX_TAGS:
        raise PageTooComplex
    page = html if _BODY.search(html) else _with_body(html)
    try:
        return _article(page) or _everything(page)
    except (ValueError, RecursionError, MemoryError):
        # lxml gives up on hostile markup in these ways.
        return None


def _with_body(html: str) -> str:
    """The page with the body tag that HTML lets authors leave out, and that the parser wants."""
    ends = [found.end() for found in _END_OF_HEAD.finditer(html, 0, 100_000)]
    at = ends[-1] if ends else 0
    return f"<html>{html[:at]}<body>{html[at:]}"


def _article(page: str) -> MainText | None:
    found = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False)
    if not isinstance(found, Document) or not found.text:
        return None
    return MainText(found.text.strip(), _title(page))


def _everything(page: str) -> MainText | None:
    """A very short page: all the text there is."""
    text = trafilatura.html2txt(page)
    return MainText(text.strip(), _title(page)) if text.strip() else None


def _title(page: str) -> str | None:
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    found = tree.findtext(".//title") or tree.findtext(".//h1")
    return " ".join(found.split()) or None if found else None
