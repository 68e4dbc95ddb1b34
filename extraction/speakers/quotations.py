"""Finds what stands between quotation marks, in every common style and over several paragraphs."""

import re
from dataclasses import dataclass

# Apostrophes inside words are passed over. The first set lets the search skip what is no mark at all.
_MARK = re.compile(r"""["“”„«»'‘’](?:(?<=["“”„«»])|(?<!\w.)(?<=['‘’])|(?<=['’])(?!\w))""")
_CLOSERS = {'"': '"”', "“": '”"', "„": '“”"', "«": "»", "»": "«", "‘": "’'", "'": "'’"}
_ELISION = re.compile(r"['‘’](?:\d0s\b|em\b|til\b|tis\b|twas\b|cause\b|n['’])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The characters from an opening to a closing mark, both included.

    ``continues`` when the paragraph ends with the quotation still open and the next paragraph opens it again.
    """

    start: int
    end: int
    continues: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of ``text``, in order; a mark that is never closed opens none."""
    found: list[Quotation] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found.extend(_in_paragraph(text, start, end))
        start = end + 1
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    doubtful: int | None = None
    for match in _MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, match, start, end):
                opened, doubtful = match, None
        elif match.group() in _CLOSERS[opened.group()] and _closes(text, match, end):
            if _may_be_possessive(text, match, end):
                doubtful = match.end() if doubtful is None else doubtful
                continue
            found.append(Quotation(opened.start(), match.end()))
            opened = None
    if opened is not None:
        if _reopens(text, end, opened.group()):
            found.append(Quotation(opened.start(), end, continues=True))
        elif doubtful is not None:
            found.append(Quotation(opened.start(), doubtful))
    return found


def _opens(text: str, match: re.Match[str], start: int, end: int) -> bool:
    mark = match.group()
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark in "“„«":
        return True
    if mark == "»":
        return before.isspace() and not after.isspace()
    if mark in "”’" or after.isspace() or before.isalnum():
        return False
    return mark == '"' or (after.isalnum() and not _ELISION.match(text, match.start(), end))


def _closes(text: str, match: re.Match[str], end: int) -> bool:
    if match.group() in "”»“«":
        return True
    after = text[match.end()] if match.end() < end else " "
    before = text[match.start() - 1]
    return not after.isalnum() or (match.group() == '"' and not before.isspace())


def _may_be_possessive(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the mark may be that of a genitive, which closes no quotation: "workers' rights"."""
    return (
        match.group() in "'’"
        and text[match.start() - 1] == "s"
        and text[match.end() : match.end() + 1] == " "
        and text[match.end() + 1 : min(end, match.end() + 2)].islower()
    )


_NEXT_LINE = re.compile(r"\s*+(.)")


def _reopens(text: str, end: int, mark: str) -> bool:
    following = _NEXT_LINE.match(text, end)
    return following is not None and following.group(1) == mark
