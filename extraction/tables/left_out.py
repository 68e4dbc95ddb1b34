"""The numbers of a row that are no claims: in the head of a column, in a label, the position of what the row tells."""

import re
from collections.abc import Iterator, Sequence

from extraction.exclusions.reasons import Reason, Rejected
from extraction.tables.cells import Placed, heads_ranks
from extraction.tables.layout import Row

_NUMBER = re.compile(r"\d(?:[\d.,/:–-]*\d)?")


def left_out(text: str, row: Row, placed: Sequence[Placed]) -> Iterator[Rejected]:
    """The numbers in digits of a row outside of its quantities, each with the reason."""
    taken = [(each.quantity.start, each.quantity.end) for each in placed]
    for number in _NUMBER.finditer(text, row.start, row.end):
        if not any(start < number.end() and number.start() < end for start, end in taken):
            yield Rejected(*number.span(), _reason(row, number.start()))


def _reason(row: Row, place: int) -> Reason:
    if not row.cells:
        return "head of a column"
    for cell, head in row.cells:
        if cell.start <= place < cell.end:
            return "position in a table" if heads_ranks(head) else "nothing measured"
    return "label of a row"
