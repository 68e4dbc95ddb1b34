"""Finds tables in a text: lines beside each other whose cells stand between tabs, pipes or runs of spaces.

A line with a label, a colon and a bare number ("Jobs lost: 300") is a row as well.

Time is linear in the text: each line is looked at once, and no expression has nested repetition.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.claims import TextSpan
from extraction.tables.captions import read_caption
from extraction.text.lines import LINE
from extraction.text.money_signs import SIGNS
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set
from extraction.times.dates import month_pattern
from extraction.times.years import YEAR

_FIRST_NUMBERS = sorted(word for word, value in vocabulary()["cardinals"].items() if 0 < value <= 12)
_CELL = {
    "\t": re.compile(r"[^\t]+"),
    "|": re.compile(r"[^|]+"),
    "  ": re.compile(r"\S+(?: \S+)*"),  # what only single spaces part is one cell
}
_NUMBER = re.compile(
    rf"[(]?[-−–+]?(?:[A-Z]{{0,3}}[{SIGNS}]|[A-Z][A-Za-z]{{0,3}}\.? ?)?[-−–+]?\d[\d.,'’\u00a0\u202f ]{{0,20}}"
    r"(?: ?(?:%|[A-Za-z/°²³]{1,10}\.?)){0,2}[)]?[*†‡]?"
)
# What heads a column and is no number of it: "2024", "2025/26", "Q1", "H1 2026", "FY24", "Nov. 3", "3 May 2024".
TIME_OF_COLUMN = re.compile(
    rf"{YEAR}(?:[-/–](?:\d\d){{1,2}})?|[QH][1-4](?: ?(?:FY ?)?['’]?(?:\d\d){{1,2}})?|FY ?['’]?(?:\d\d){{1,2}}"
    rf"|(?:\d{{1,2}} )?{month_pattern()}(?: \d{{1,2}},?)?(?: {YEAR})?"
)
_SMALL_WORDS = "|".join(form for word in _FIRST_NUMBERS for form in (word, word.title()))
_PAIR = re.compile(
    r"\W{0,3}(?P<label>[^\W\d_][^:\d(]{0,60}(?:\([^():]{1,24}\))?):\s{1,3}"
    rf"(?P<cell>\d(?:[\d.,]{{0,15}}\d)?(?: (?:thousand|million|billion))?|{_SMALL_WORDS})[.\s]{{0,3}}"
)
# The same without a colon, which only a line above with a unit tells from prose: "Denver 8.5", "Logan Airport - 64".
_HEADED_PAIR = re.compile(
    r"\W{0,3}(?P<label>[^\W\d_][^:\d()]{0,40}?)(?:,| [-–—]| ?\.{2,40}|:)? {0,2}"
    r"(?P<cell>\d[\d.,]{0,10}(?<![.,]))[.\s]{0,3}"
)
_EMPTY = re.compile(r"[-–—.]{1,3}|n/?a|nil", re.IGNORECASE)
_RULE = re.compile(r"[-|+=: \t_]+")  # a line that is drawn
_LETTER = re.compile(r"[^\W\d_]")
_AROUND = " *_\u00a0\u202f"  # stars and lines set a cell in bold
_CAPTIONED = re.compile(r"[)\]:]\n|\b(?:in|,) [a-z/]{2,12}\n")  # what may be a line above rows: "in inches", "(mm)"
_FEWEST_ROWS = 2
_MOST_LABELS = 2
_MOST_CELLS = 40
_LONGEST_LINE = 1000
_LONGEST_LABEL = 80
_LONGEST_CAPTION = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, its numbers with the heads of their columns, and what stands above the numbers of all rows.

    ``start`` and ``end`` are those of its first and last cell. The row of heads has no cells, for what stands there
    says nothing by itself. ``corner`` is the head of the labels, ``caption`` the line above the table.
    A ``pair`` is a label and a number with a colon between them; where the label counts nothing it is prose.
    """

    start: int
    end: int
    label: TextSpan
    cells: tuple[tuple[TextSpan, TextSpan | None], ...] = ()
    corner: TextSpan | None = None
    caption: TextSpan | None = None
    pair: bool = False


def table_rows(text: str) -> list[Row]:
    """The rows of all tables of a text, in its order."""
    kinds = [kind for kind in _CELL if kind in text]
    if not kinds and ": " not in text and _CAPTIONED.search(text) is None:
        return []
    found: list[Row] = []
    block: list[list[TextSpan]] = []
    block_kind, above, caption = "", None, None
    over_pairs: TextSpan | None = None
    for line in LINE.finditer(text):
        kind, cells = _cells(text, line.start(), line.end(), kinds)
        if _RULE.fullmatch(text, line.start(), line.end()):
            continue
        if len(cells) > 1 and (not block or kind == block_kind):
            if not block:
                block_kind, caption = kind, above
            block.append(cells)
            continue
        found += _rows(block, caption)
        block = []
        above = next(_stripped(text, LINE, line.start(), min(line.end(), line.start() + _LONGEST_CAPTION)), None)
        pair = list(_pair(line, over_pairs))
        over_pairs = over_pairs if pair else above if above is not None and _is_title(above) else None
        found += pair
    return found + _rows(block, caption)


def _is_title(line: TextSpan) -> bool:
    return len(line.text) <= _LONGEST_LABEL and line.text[-1] not in '.!?”"'


def _pair(line: re.Match[str], caption: TextSpan | None) -> Iterator[Row]:
    """The row that a line with a label and a number is; ``caption`` is the line above the first of such lines."""
    start, end = line.span()
    pair = _PAIR.fullmatch(line.string, start, end) if line.string.find(":", start, end) >= 0 else None
    if pair is None and caption is not None and read_caption(caption) is not None:
        pair = _HEADED_PAIR.fullmatch(line.string, start, end)
        if pair is not None and _names_thing(pair["label"]):
            return
    if pair is not None:
        label, cell = (TextSpan(pair[name], *pair.span(name)) for name in ("label", "cell"))
        yield Row(label.start, cell.end, label, ((cell, None),), caption=caption, pair=True)


def _names_thing(label: str) -> bool:
    """Whether the number behind the label is part of a name or of a date: "Route 66", "Section 1", "May 12"."""
    last = label.split()[-1]
    return last.lower() in word_set("exclusions", "labels", "weak_labels") or _MONTH.fullmatch(last) is not None


_MONTH = re.compile(month_pattern())


def _cells(text: str, start: int, end: int, kinds: Sequence[str]) -> tuple[str, list[TextSpan]]:
    """What parts the cells of a line, and the cells without the space around them; none for what is no row."""
    if end - start > _LONGEST_LINE:
        return "", []
    kind = next((kind for kind in kinds if text.find(kind, start, end) >= 0), "")
    cells = list(_stripped(text, _CELL[kind], start, end)) if kind else []
    return kind, cells if len(cells) <= _MOST_CELLS else []


def _stripped(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[TextSpan]:
    for match in pattern.finditer(text, start, end):
        part = match.group().strip(_AROUND)
        if part:
            first = match.start() + match.group().index(part)
            yield TextSpan(part, first, first + len(part))


def _rows(block: Sequence[list[TextSpan]], caption: TextSpan | None) -> list[Row]:
    """The rows with numbers of a block of lines; none when it is no table."""
    body = [at for at, cells in enumerate(block) if _is_body(cells)]
    if len(body) < _FEWEST_ROWS:
        return []
    head = block[body[0] - 1] if body[0] else []
    rows = [Row(head[0].start, head[-1].end, head[0])] if head else []
    for at in body:
        row = block[at]
        label, cells = row[0], row[_labels(row) :]
        cornered = len(head) == len(row)
        heads: Sequence[TextSpan | None] = head[-len(cells) :]
        if not len(row) - 1 <= len(head) <= len(row):
            heads = [None] * len(cells)
        pairs = zip(cells, heads, strict=True)
        numbers = tuple((cell, column) for cell, column in pairs if not _EMPTY.fullmatch(cell.text))
        rows.append(Row(label.start, cells[-1].end, label, numbers, head[0] if cornered else None, caption))
    return rows


def _labels(cells: Sequence[TextSpan]) -> int:
    """How many cells stand in front of the numbers: one, or two as in "Jo Li  Greens  912"."""
    second = cells[1]
    named = _NUMBER.fullmatch(second.text) is None and _EMPTY.fullmatch(second.text) is None
    return 2 if named and len(cells) > _MOST_LABELS else 1


def _is_body(cells: Sequence[TextSpan]) -> bool:
    """Whether a label stands in front of numbers alone, which are no years."""
    label, rest = cells[0], cells[_labels(cells) :]
    named = _LETTER.search(label.text) is not None and len(label.text) <= _LONGEST_LABEL
    filled = [cell for cell in rest if not _EMPTY.fullmatch(cell.text)]
    if not named or not filled or all(TIME_OF_COLUMN.fullmatch(cell.text) for cell in filled):
        return False
    return all(_NUMBER.fullmatch(cell.text) for cell in filled)
