"""Which format of claims a client wants: `format=` says it plainly, else the Accept header."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal

from fastapi import Request

from api.problems import NOT_ACCEPTABLE, ProblemError


class Format(StrEnum):
    """A format of claims, by its media type."""

    JSON = "application/json"
    NDJSON = "application/x-ndjson"
    CSV = "text/csv"
    JSON_LD = "application/ld+json"


FormatName = Literal["json", "ndjson", "jsonl", "csv", "jsonld"]
_BY_NAME = {
    "json": Format.JSON,
    "ndjson": Format.NDJSON,
    "jsonl": Format.NDJSON,
    "csv": Format.CSV,
    "jsonld": Format.JSON_LD,
}
# Other names of the same format, as some clients say it.
_SYNONYMS = {
    "application/jsonl": Format.NDJSON,
    "application/ndjson": Format.NDJSON,
    "application/jsonlines": Format.NDJSON,
}


def wanted_format(request: Request, name: FormatName | None, available: Sequence[Format] = tuple(Format)) -> Format:
    """The format to answer in, of those that are ``available``, the first of which is the default.

    Raises a 406 problem when the Accept header allows none of them.
    """
    if name is not None:
        return _BY_NAME[name]
    accept = ",".join(request.headers.getlist("accept")).strip()
    if not accept:
        return available[0]
    ranges = list(_media_ranges(accept))
    weights = [_weight(form, ranges) for form in available]
    best = max(weights)
    if best <= 0:
        names = ", ".join(available)
        raise ProblemError(NOT_ACCEPTABLE, f"The Accept header allows none of the available formats: {names}.")
    return available[weights.index(best)]


def _media_ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of an Accept header with their weights; those that make no sense are left out."""
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0.0
        if "/" in media_range and 0 <= weight <= 1:
            yield _SYNONYMS.get(media_range, media_range), weight


def _weight(form: Format, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that a format falls in; 0 when there is none."""
    kind = form.partition("/")[0]
    for pattern in (form, f"{kind}/*", "*/*"):
        weights = [weight for media_range, weight in ranges if media_range == pattern]
        if weights:
            return max(weights)
    return 0.0
