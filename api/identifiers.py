"""Ids in paths. Whatever is no id names nothing, so it is a 404 and not a validation error."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Path

from api.problems import not_found

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

IdInPath = Annotated[str, Path(json_schema_extra={"format": "uuid"})]


def is_id(text: object) -> bool:
    """Whether it has the form of an id."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def parse_id(text: str, noun: str) -> UUID:
    """The id in a path; raises the 404 problem of an unknown ``noun``."""
    if not is_id(text):
        raise not_found(noun, text)
    return UUID(text)
