"""Full text search over claims: an index over `claims.search_text` on each database, and the condition that uses it.

PostgreSQL has a GIN index over an expression, SQLite an FTS5 table that triggers keep in step; both are made by a
migration and neither is part of the models, because only one of the databases knows it. Whatever writes claims, in
whatever way, needs not care.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, false, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from models.claim import Claim
from models.words import Term, parse_search

INDEX_PREFIX = "claims_search"
"""What the names of the index and of the FTS5 table and its own tables begin with."""

# Just as in the migration: PostgreSQL uses the index for the same expression alone.
POSTGRESQL_WORDS = "array_to_tsvector(string_to_array(search_text, ' '))"


def matches(search: str) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a claim holds all terms of a search; none that holds no word is ever met."""
    terms = parse_search(search)
    if not terms:
        yield false()
        return
    yield _holds_words(literal(_tsquery(terms), String()), literal(_fts5_query(terms), String()))
    # The index knows which words there are. In which order they stand is looked up in the few rows that hold them.
    for term in terms:
        if len(term.words) > 1:
            phrase = f" {' '.join(term.words)}{'' if term.prefix else ' '}"
            yield (" " + Claim.search_text + " ").contains(phrase, autoescape=True)


class _holds_words(FunctionElement[bool]):
    """Whether the claim holds all words: as a tsquery for PostgreSQL, and as a query of FTS5."""

    name = "holds_words"
    inherit_cache = True
    # As a Boolean it would be compared with 1 on SQLite, which then finds no index for it.
    type = NullType()  # type: ignore[assignment]  # to SQLAlchemy it is a condition all the same


@compiles(_holds_words, "postgresql")
def _on_postgresql(element: _holds_words, compiler: SQLCompiler, **kw: Any) -> str:
    query, _ = element.clauses
    return f"({POSTGRESQL_WORDS} @@ CAST({compiler.process(query, **kw)} AS tsquery))"


@compiles(_holds_words, "sqlite")
def _on_sqlite(element: _holds_words, compiler: SQLCompiler, **kw: Any) -> str:
    _, query = element.clauses
    found = f"SELECT rowid FROM {INDEX_PREFIX} WHERE {INDEX_PREFIX} MATCH {compiler.process(query, **kw)}"
    return f"(claims.rowid IN ({found}))"


def _tsquery(terms: Sequence[Term]) -> str:
    """Lexemes in quotation marks are taken as they are; words hold no quotation mark."""
    return " & ".join(f"'{word}'{':*' if prefix else ''}" for word, prefix in _each_word(terms))


def _fts5_query(terms: Sequence[Term]) -> str:
    return " AND ".join(f'"{word}"{"*" if prefix else ""}' for word, prefix in _each_word(terms))


def _each_word(terms: Sequence[Term]) -> Iterator[tuple[str, bool]]:
    for term in terms:
        last = len(term.words) - 1
        for place, word in enumerate(term.words):
            yield word, term.prefix and place == last
