"""Finds the times that a text mentions and resolves them against the day of publication."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from extraction.text.words import words_in
from extraction.times.asides import (
    is_lap,
)
from extraction.times.dates import DateMatch
from extraction.times.iso import to_iso
from extraction.times.mention import TimeMention, apart
from extraction.times.open_periods import IN_WINDOW, spans_a_record
from extraction.times.owners import names_or_compares
from extraction.times.relative import DURATION_LIKE, relative_patterns, span_of
from extraction.times.widened import widened

# Behind a month it is part of a contract: "crude for October delivery".
_CONTRACT = re.compile(r"[ -](?:delivery|futures|contracts?|settlement|shipment|loading|expiry)\b")


def find_times(
    text: str, sentences: Iterable[tuple[int, int]], published_at: datetime | date | None, dates: Iterable[DateMatch]
) -> list[TimeMention]:
    """The times mentioned in some sentences of a text, in its order and without overlap.

    ``sentences`` are their starts and ends, ``dates`` what ``match_dates`` found there.
    """
    today = published_at.date() if isinstance(published_at, datetime) else published_at
    found = []
    for date_match in dates:
        if date_match.kind == "clock" and is_lap(text, date_match.start, date_match.end):
            continue
        iso = to_iso(date_match.kind, date_match.match, today)
        start, end = date_match.start, date_match.end
        found.append(TimeMention(start, end, text[start:end], iso, False, text))
    for first, last in sentences:
        for one in relative_patterns().of(words_in(text, first, last)):
            for match in one.pattern.finditer(text, first, last):
                start, end = span_of(match)
                if one.kind == IN_WINDOW and spans_a_record(text, start):
                    continue
                iso = to_iso(one.kind, match, today)
                found.append(TimeMention(start, end, text[start:end], iso, one.kind in DURATION_LIKE, text))
    return [
        mention
        for mention in apart([widened(one) for one in found])
        if _CONTRACT.match(text, mention.end) is None and not names_or_compares(text, mention.start, mention.end)
    ]
