"""The names of query parameters: a name that a route does not declare is refused, and one that is given twice.

Both would otherwise be lost without a word: `?county=NZ` on a submission, `?kind=money&kind=percent` on a search.
"""

from collections import Counter
from collections.abc import Iterator

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.problems import FieldError, json_pointer, validation_error


def check_query_names(request: Request) -> None:
    """Raises a 422 problem that names every parameter which the route does not take, or not twice.

    An unknown parameter without a value counts as absent, like a known one.
    """
    given = request.query_params.multi_items()
    if not given:
        return
    declared = set(_declared(request.scope["route"]))
    counts = Counter(name for name, value in given if value or name in declared)
    errors = [
        FieldError(json_pointer([name]), "is given twice" if name in declared else "is not a known parameter", "query")
        for name, count in counts.items()
        if name not in declared or count > 1
    ]
    if errors:
        raise validation_error(errors)


def _declared(route: APIRoute) -> Iterator[str]:
    """The query parameters of a route; none of them takes several values."""
    for parameter in route.dependant.query_params:
        kind = parameter.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from kind.model_fields
        else:
            yield parameter.alias
