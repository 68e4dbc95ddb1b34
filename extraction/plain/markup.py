"""Finds the markup that a text still holds: "&pound;4.5m", "<b>$4&nbsp;million</b>", "**300** people".

Feeds and hasty copies of a page leave tags, character references and marks of Markdown in what is called plain text.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from extraction.plain.view import Mark
from extraction.text.words import word_data

# A reference that was escaped once more ("&amp;pound;") is one as well. Bounded repetition keeps the scan linear.
_REFERENCE = r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_LONGEST_CHARACTER = 2  # code points; what is longer is a name that nobody knows, and kept
_MOST_ATTRIBUTES = 2000  # characters
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_COMMENT = "!--"
_TEN = re.compile(r"(?<!\d)10$")
_UNIT = re.compile(r"(?:^|[\d\s/;])[a-z]{1,2}$")


def markup(text: str) -> Iterator[Mark]:
    """The marks of tags and character references, with white space that no reader sees."""
    if "<" not in text and "&" not in text:
        return
    signs, seen_for, unread = _signs()
    done = 0
    unclosed: set[str] = set()
    for match in signs.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        tag = _COMMENT if match["comment"] else (match["slash"] or "") + (match["tag"] or "").lower()
        if match["reference"] is not None:
            seen = unescape(unescape(match[0]))
            if len(seen) > _LONGEST_CHARACTER:
                continue
        elif match["raised"] is not None:
            seen = _raised(match["raised"], text[max(0, start - 4) : start])
        else:
            seen = seen_for.get(tag, "")
        if tag in unread and tag not in unclosed:
            closed = unread[tag].search(text, end)
            if closed is not None:
                done = closed.end()
                yield Mark(start, done, seen)
                continue
            unclosed.add(tag)
        if seen in ("\n", "\t"):
            start = done + len(text[done:start].rstrip())
        elif match["space"]:
            end -= len(match["space"])
        done = end
        yield Mark(start, end, seen)


def _raised(digits: str, before: str) -> str:
    """What raised digits are in a line: the power in "10<sup>6</sup>" and "km<sup>2</sup>"; nothing of a footnote's."""
    if _TEN.search(before) is not None:
        return f"^{digits}"
    return digits.translate(_RAISED) if _UNIT.search(before) is not None else ""


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str], dict[str, re.Pattern[str]]]:
    """What finds the marks, what is seen in place of a tag ("/td" being that which closes), what ends the unread."""
    tags = word_data("markup")
    seen_for = {slash + tag: "\n" for tag in tags["block"] for slash in ("", "/")}
    seen_for |= {f"/{tag}": "\t" for tag in tags["cell"]}
    unread = {tag: re.compile(f"</{tag}>", re.IGNORECASE) for tag in tags["unread"]} | {_COMMENT: re.compile("-->")}
    names = "|".join(sorted((tag for several in tags.values() for tag in several), key=len, reverse=True))
    signs = re.compile(
        rf"(?P<reference>{_REFERENCE})|<sup>(?P<raised>-?\d{{1,3}})</sup>|(?P<comment><!--)|<(?P<slash>/?)(?P<tag>{names})"
        rf"(?:\s{{0,20}}/?|\s[^<>=]{{0,200}}=[^<>]{{0,{_MOST_ATTRIBUTES}}})>(?P<space>\s{{0,200}})",
        re.IGNORECASE,
    )
    return signs, seen_for, unread


_MARKDOWN = re.compile(
    r"(?P<escape>\\)(?=[$%&#_*.+()\[\]!~`<>|-])"
    r"|(?<![\w*_~`\\])(?P<mark>\*{1,3}|_{1,3}|~~|`)(?P<words>(?![\s*_~`)])[^\n*_~`]{0,79}(?<![\s(]))(?P=mark)(?![*_~`])"
)
_OPENING = re.compile(r"[ \t>]{0,20}(?:[•‣◦▪●■*·–—-][ \t]{1,3}|\d{1,2}[.)][ \t]{1,3})?")
_AMOUNT = re.compile(r"[^\w\s]{0,3}\d\S{0,12}")


def markdown(text: str) -> Iterator[Mark]:
    """The marks around words inside a sentence, what is struck out, and the strokes that keep a sign from being one.

    What stands bold or in italics where a line opens may say what the line is about or who speaks, and keeps its marks,
    unless it is an amount and the sentence goes on.
    """
    if not any(sign in text for sign in "*_`~\\"):
        return
    for match in _MARKDOWN.finditer(text):
        if match["escape"] is not None:
            yield Mark(*match.span(), "")
        elif match["mark"] == "~~":
            yield Mark(match.start(), match.end(), "")  # struck out
        elif _is_emphasis(text, match):
            yield Mark(match.start(), match.start("words"), "")
            yield Mark(match.end("words"), match.end(), "")


def _is_emphasis(text: str, match: re.Match[str]) -> bool:
    behind = text[match.end() : match.end() + 2]
    if match["mark"][0] == "_" and behind[:1].isalnum():
        return False
    line = text.rfind("\n", max(0, match.start() - 30), match.start()) + 1
    opening = _OPENING.fullmatch(text, line, match.start()) if line or match.start() < 30 else None
    if opening is None:
        return True
    return _AMOUNT.fullmatch(match["words"]) is not None and behind[:1] == " " and behind[1:].islower()
