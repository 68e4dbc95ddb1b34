"""Storing claims: the result sets of one article or of many, with few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import psycopg
from pydantic_core import to_json
from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.article import Article
from models.base import database_now
from models.claim import INDEXED_CHARACTERS, Claim, claim_id, extent
from models.words import fold, part_words, searchable

_TABLE = cast(Table, Claim.__table__)
# Of each column the name in the database and that of the attribute, which is the key in a row.
_ATTRIBUTES = {property_.columns[0].name: property_.key for property_ in Claim.__mapper__.column_attrs}
_COLUMNS = [(column.name, _ATTRIBUTES[column.name]) for column in _TABLE.columns if column.name != "created_at"]
_INSERT = insert(_TABLE)
_COPY = f"COPY {_TABLE.name} ({', '.join(name for name, _ in _COLUMNS)}, created_at) FROM STDIN"


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What a pipeline has found in an article: rows made by `claim_rows`."""

    article_id: UUID
    pipeline: str
    rows: Sequence[dict[str, Any]]


def claim_rows(
    article: Article, job_id: UUID, pipeline: str, claims: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of the table, one for each claim object in text order.

    The claims get the ids of their rows, also where one names the other as its counterpart.
    """
    found = list(claims)
    ids = [claim_id(article.id, pipeline, ordinal) for ordinal in range(len(found))]
    renamed = {claim["id"]: str(identity) for claim, identity in zip(found, ids, strict=True) if "id" in claim}
    of_article = {
        "article_id": article.id,
        "job_id": job_id,
        "pipeline": pipeline,
        "published_at": article.published_at,
        "publisher": article.publisher,
        "publisher_folded": _indexed(_folded(article.publisher, fold)),
    }
    # Claims of an article share its title, and many of them a sentence and a subject.
    known_words, folded = cache(part_words), cache(fold)
    return [
        {
            **of_article,
            "id": identity,
            "ordinal": ordinal,
            **_own_columns(claim, article.title, known_words, folded),
            "data": {**claim, **_names(claim, renamed), "id": str(identity), "article_id": str(article.id)},
        }
        for ordinal, (identity, claim) in enumerate(zip(ids, found, strict=True))
    ]


def store_result_sets(session: Session, results: Sequence[ResultSet]) -> None:
    """Stores the claims of several articles; those of their earlier pipeline versions are replaced."""
    for pipeline in {result.pipeline for result in results}:
        articles = [result.article_id for result in results if result.pipeline == pipeline]
        earlier = delete(Claim).where(Claim.article_id.in_(articles), Claim.pipeline != pipeline)
        session.execute(earlier.execution_options(synchronize_session=False))
    rows = [row for result in results for row in result.rows]
    if not rows:
        return
    created_at = session.scalars(select(database_now())).one()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, rows, created_at)
    else:
        named = [{name: row[key] for name, key in _COLUMNS} for row in rows]
        connection.execute(_INSERT, [{**row, "created_at": created_at} for row in named])


def _copy(connection: Connection, rows: Sequence[Mapping[str, Any]], created_at: datetime) -> None:
    """COPY takes half of the time of an INSERT, here and in the database.

    SQLAlchemy knows no COPY. Errors of the driver are made those that it would have raised.
    """
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                cells = [to_json(row[key]).decode() if key == "data" else row[key] for _, key in _COLUMNS]
                copy.write_row([*cells, created_at])
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance(
            _COPY, None, error, psycopg.Error, connection_invalidated=driver.closed, dialect=connection.dialect
        ) from error


def _own_columns(
    claim: Mapping[str, Any], title: str | None, known_words: Callable[[str], str], folded: Callable[[str], str]
) -> dict[str, Any]:
    bounds = extent(claim)
    subject, measure, whole, sentence = (_words(claim, name) for name in ("subject", "measure", "of", "sentence"))
    speaker, subject_name = _speaker(claim), _part(claim, "subject", "resolved")
    return {
        **{name: claim[name] for name in ("kind", "shape", "text", "start", "end", "modality")},
        **{name: claim.get(name) for name in ("value", "low", "high")},
        "amount_low": bounds.low,
        "amount_high": bounds.high,
        "unit": _indexed(claim.get("unit")),
        "per_unit": _part(claim, "per", "unit"),
        "currency": _part(claim, "currency", "code"),
        "direction": _part(claim, "change", "direction"),
        "subject": subject,
        "measure": measure,
        "of": whole,
        "speaker": speaker,
        "sentence": sentence or "",
        "subject_folded": _folded("\n".join(filter(None, (subject, subject_name))) or None, folded),
        "speaker_folded": _folded(speaker, folded),
        "search_text": searchable((subject, subject_name, measure, whole, title, sentence), known_words),
    }


def _names(claim: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, str | None]:
    """The counterpart under its new id; nothing where there is none."""
    counterpart = claim.get("counterpart")
    return {} if counterpart is None else {"counterpart": renamed.get(counterpart)}


def _part(claim: Mapping[str, Any], name: str, key: str) -> str | None:
    part = claim.get(name)
    return None if part is None else part.get(key)


def _words(claim: Mapping[str, Any], name: str) -> str | None:
    return _part(claim, name, "text")


def _speaker(claim: Mapping[str, Any]) -> str | None:
    speaker = (claim.get("attribution") or {}).get("speaker") or {}
    return speaker.get("resolved") or speaker.get("text")


def _folded(text: str | None, folded: Callable[[str], str]) -> str | None:
    return None if text is None else folded(text)


def _indexed(text: str | None) -> str | None:
    return None if text is None else text[:INDEXED_CHARACTERS]
