"""Claims as the plain data that spaCy writes with a document, and back.

A dataclass is a dictionary of its fields with the name of its class under ``is``; a number, a kind and a time are
dictionaries with their text. What an older Tally wrote is read too: fields that it did not know have their defaults.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import srsly

from extraction import claims
from extraction.exclusions.reasons import Rejected

_WRITTEN = (claims.Claim, Rejected, claims.SourceArticle)
_CLASSES: dict[str, type] = {
    each.__name__: each
    for each in (
        *_WRITTEN,
        claims.TextSpan,
        claims.Currency,
        claims.Change,
        claims.Rate,
        claims.Speaker,
        claims.Subject,
        claims.Attribution,
        claims.TimeReference,
    )
}
_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "Decimal": Decimal,
    "Kind": claims.Kind,
    "Shape": claims.Shape,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What cannot be written, such as a function, and is None in a document that was read."""

    value: Any


def register() -> None:
    """Has spaCy's serializer write claims; what is only kept in memory stays as it is and costs nothing."""
    srsly.msgpack_encoders.register("tally", func=_encode)


def as_objects(value: Any) -> Any:
    """The objects that plain data of ``_plain`` stand for; whatever holds none of them comes back as it is."""
    if isinstance(value, tuple | list):
        return tuple(map(as_objects, value))
    if not isinstance(value, dict):
        return value
    name = value["is"]
    if (read := _FROM_TEXT.get(name)) is not None:
        return read(value["text"])
    return _CLASSES[name](**{field: as_objects(part) for field, part in value.items() if field != "is"})


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """An encoder of msgpack, which asks for what it cannot write itself."""
    if isinstance(value, Unwritten):
        return None
    if isinstance(value, _WRITTEN):
        return _plain(value)
    return value if chain is None else chain(value)


def _plain(value: Any) -> Any:
    name = type(value).__name__
    if is_dataclass(value):
        return {"is": name, **{field.name: _plain(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return {"is": name, "text": value.isoformat()}
    return {"is": name, "text": str(value)} if name in _FROM_TEXT else value
