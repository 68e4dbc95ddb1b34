"""Storing claims: the result sets of one article or of many, with few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import Table, Text, Uuid, column, delete, insert, or_, table
from sqlalchemy.orm import Session

from models.article import Article
from models.bulk import copy_rows
from models.claim import INDEXED_CHARACTERS, Claim, claim_ids, extent
from models.words import fold, part_words, searchable

_TABLE = cast(Table, Claim.__table__)


class _ArticleCells(NamedTuple):
    """The columns that are the same for all claims of a result set; ids are texts."""

    article_id: str
    job_id: str
    pipeline: str
    published_at: datetime | None
    publisher: str | None
    publisher_folded: str | None


class ClaimRow(NamedTuple):
    """The columns of one claim, in the form in which both databases take them: ids and JSON are texts."""

    id: str
    ordinal: int
    kind: str
    amount_low: float | None
    amount_high: float | None
    unit: str | None
    currency: str | None
    direction: str | None
    speaker: str | None
    modality: str
    subject_folded: str | None
    speaker_folded: str | None
    search_text: str
    data: str


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What a pipeline has found in an article, ready to be stored; made by `result_set`."""

    article_id: UUID
    pipeline: str
    of_article: _ArticleCells
    rows: Sequence[ClaimRow]


class _Memory(dict[str, str]):
    """What a function gave for a text; asking again costs next to nothing."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, text: str) -> str:
        found = self[text] = self._of(text)
        return found


_COLUMNS = ("created_at", *_ArticleCells._fields, *ClaimRow._fields)
_INSERT = insert(
    table(
        _TABLE.name,
        *(column(name, _TABLE.c[name].type) for name in _COLUMNS if name != "data" and not name.endswith("id")),
        *(column(name, Uuid(as_uuid=False)) for name in _COLUMNS if name.endswith("id")),
        column("data", Text()),
    )
)


def result_set(article: Article, job_id: UUID, pipeline: str, claims: Iterable[Mapping[str, Any]]) -> ResultSet:
    """The claim objects of an article, in text order, as rows of the table.

    The claims get the ids of their rows, also where one names the other as its counterpart.
    """
    found = list(claims)
    ids = list(claim_ids(article.id, pipeline, len(found)))
    of_article = _ArticleCells(
        str(article.id),
        str(job_id),
        pipeline,
        article.published_at,
        article.publisher,
        None if article.publisher is None else fold(article.publisher)[:INDEXED_CHARACTERS],
    )
    renamed = {claim["id"]: identity for claim, identity in zip(found, ids, strict=True) if "id" in claim}
    # Many claims of an article share a sentence and a subject.
    known_words, folded = _Memory(part_words).__getitem__, _Memory(fold).__getitem__
    rows = []
    for ordinal, (identity, claim) in enumerate(zip(ids, found, strict=True)):
        whole = {**claim, "id": identity, "article_id": of_article.article_id}
        if claim.get("counterpart") is not None:
            whole["counterpart"] = renamed.get(claim["counterpart"])
        rows.append(_row(ordinal, whole, known_words, folded))
    return ResultSet(article.id, pipeline, of_article, rows)


def store_result_sets(session: Session, results: Sequence[ResultSet], created_at: datetime) -> None:
    """Stores the claims of several articles; those of their other pipeline versions and other jobs are replaced.

    Two jobs of an article, queued for two versions, may both be run by one: after an upgrade while they waited.
    """
    for pipeline in {result.pipeline for result in results}:
        same = [result for result in results if result.pipeline == pipeline]
        earlier = delete(Claim).where(
            Claim.article_id.in_([result.article_id for result in same]),
            or_(Claim.pipeline != pipeline, Claim.job_id.not_in([UUID(result.of_article.job_id) for result in same])),
        )
        session.execute(earlier.execution_options(synchronize_session=False))
    if not any(result.rows for result in results):
        return
    cells = _cells(results, created_at)
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        copy_rows(connection, _TABLE.name, _COLUMNS, cells)
    else:
        connection.execute(_INSERT, [dict(zip(_COLUMNS, row, strict=True)) for row in cells])


def _cells(results: Iterable[ResultSet], created_at: datetime) -> Iterator[tuple[object, ...]]:
    """Whole rows, their cells in the order of `_COLUMNS`."""
    for result in results:
        shared = (created_at, *result.of_article)
        for row in result.rows:
            yield (*shared, *row)


def _row(
    ordinal: int,
    claim: dict[str, Any],
    known_words: Callable[[str], str],
    folded: Callable[[str], str],
) -> ClaimRow:
    lowest, highest = extent(claim)
    subject, subject_name = _part(claim, "subject", "text"), _part(claim, "subject", "resolved")
    subject_names = "\n".join(filter(None, (subject, subject_name)))
    measure, whole, sentence = (_part(claim, name, "text") for name in ("measure", "of", "sentence"))
    speaker = _speaker(claim)
    unit = claim.get("unit")
    return ClaimRow(
        id=claim["id"],
        ordinal=ordinal,
        kind=claim["kind"],
        amount_low=lowest,
        amount_high=highest,
        unit=None if unit is None else unit[:INDEXED_CHARACTERS],
        currency=_part(claim, "currency", "code"),
        direction=_part(claim, "change", "direction"),
        speaker=speaker,
        modality=claim["modality"],
        subject_folded=folded(subject_names) if subject_names else None,
        speaker_folded=None if speaker is None else folded(speaker),
        search_text=searchable((subject, subject_name, measure, whole, sentence), known_words),
        data=to_json(claim).decode(),
    )


def _part(claim: Mapping[str, Any], name: str, key: str) -> str | None:
    part = claim.get(name)
    return None if part is None else part.get(key)


def _speaker(claim: Mapping[str, Any]) -> str | None:
    speaker = (claim.get("attribution") or {}).get("speaker") or {}
    return speaker.get("resolved") or speaker.get("text")
