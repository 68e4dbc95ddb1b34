"""``tally extract``: texts in, claims out, without any server."""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import extraction
from api.countries import country_code
from cli.errors import CommandError, UsageError, complain
from cli.lines import ready_lines
from cli.texts import STDIN, decode, read_text
from extraction import Claim, Extractor, SourceArticle
from extraction.exclusions.reasons import Rejected


@dataclass(frozen=True, slots=True)
class Input:
    """An article to read; ``id`` is what the user calls it and ``place`` where an error message says it stands."""

    id: Any
    place: str
    article: SourceArticle


@dataclass(frozen=True, slots=True)
class Extracted:
    """The claims of one article, as JSON; ``rejected``, when asked for, its numbers that are no claims."""

    id: Any
    claims: list[dict[str, Any]]
    rejected: list[dict[str, Any]] | None = None

    def to_json(self) -> dict[str, Any]:
        entry = {"id": self.id, "claims": self.claims}
        return entry if self.rejected is None else {**entry, "rejected": self.rejected}


@dataclass(slots=True)
class Complaints:
    """Says on standard error what could not be read, and remembers that there was something."""

    count: int = field(default=0)

    def add(self, message: str) -> None:
        self.count += 1
        complain(message)


def run(arguments: argparse.Namespace) -> int:
    """Extract and print; returns 1 when an input could not be used (the others are still printed), else 0."""
    form = arguments.format or ("jsonl" if arguments.jsonl else "table")
    if arguments.jsonl and form != "jsonl":
        raise UsageError(f"--jsonl prints JSON lines and does not go with --format {form}")
    if arguments.jsonl and arguments.files not in ([], [STDIN]):
        raise UsageError("--jsonl reads standard input and takes no FILE")
    if arguments.explain and form == "csv":
        raise UsageError("--explain does not go with --format csv, whose rows are claims")
    complaints = Complaints()
    groups = (
        _lines(sys.stdin.fileno(), complaints)
        if arguments.jsonl
        else ([each] for each in _files(arguments, complaints))
    )
    if form != "table":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream, always
    extracted = _extract(extraction.load(), groups, complaints, explain=arguments.explain)
    _PRINTERS[form](extracted, len(arguments.files) > 1)
    return 1 if complaints.count else 0


def _extract(
    extractor: Extractor, groups: Iterator[list[Input]], complaints: Complaints, *, explain: bool
) -> Iterator[Extracted]:
    for group in groups:
        if explain:
            yield from _extract_each(extractor, group, complaints, explain=True)
            continue
        try:
            found = list(extractor.extract_many(each.article for each in group))
        except Exception:  # noqa: BLE001 (which article it was shows when each is read alone)
            yield from _extract_each(extractor, group, complaints, explain=False)
        else:
            yield from map(_extracted, group, found)


def _extract_each(
    extractor: Extractor, group: list[Input], complaints: Complaints, *, explain: bool
) -> Iterator[Extracted]:
    for each in group:
        try:
            claims = extractor.extract(each.article)
            rejected = extractor.explain(each.article) if explain else None
        except Exception as error:  # noqa: BLE001 (one article's trouble must not stop the others)
            complaints.add(f"{each.place}: the extraction failed: {type(error).__name__}: {error}")
        else:
            yield _extracted(each, claims, rejected)


def _extracted(source: Input, claims: list[Claim], rejected: list[Rejected] | None = None) -> Extracted:
    text = source.article.text
    reasons = None
    if rejected is not None:
        reasons = [
            {"text": text[each.start : each.end], "start": each.start, "end": each.end, "reason": each.reason}
            for each in rejected
        ]
    return Extracted(source.id, [claim.to_json() for claim in claims], reasons)


def _files(arguments: argparse.Namespace, complaints: Complaints) -> Iterator[Input]:
    for name in arguments.files or [STDIN]:
        try:
            text = read_text(name)
        except CommandError as error:
            complaints.add(str(error))
            continue
        article = SourceArticle(
            text=text,
            id=name,
            published_at=arguments.published_at,
            publisher=arguments.publisher,
            country=arguments.country,
        )
        yield Input(name, name, article)


def _lines(descriptor: int, complaints: Complaints) -> Iterator[list[Input]]:
    # In groups, because sentences of many articles are parsed together; whoever writes a line and waits for its answer
    # gets it all the same.
    number = 0
    for lines in ready_lines(descriptor):
        group = []
        for line in lines:
            number += 1
            if not line.strip():
                continue
            try:
                identity, article = _read_line(line)
            except ValueError as error:
                complaints.add(f"line {number}: {error}")
                continue
            group.append(Input(identity, f"line {number}", article))
        if group:
            yield group


def _read_line(line: bytes) -> tuple[Any, SourceArticle]:
    """The article of one line; raises ValueError with what is wrong with it."""
    try:
        entry = json.loads(decode(line), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise ValueError("no JSON that can be read: it is nested too deeply") from None
    if not isinstance(entry, dict):
        raise ValueError("not a JSON object")
    if "text" not in entry:
        raise ValueError('"text" is missing')
    text = _string(entry, "text")
    if text is None:
        raise ValueError('"text" is null')
    identity = _identity(entry)
    article = SourceArticle(
        text=text,
        id=None if identity is None else str(identity),
        title=_string(entry, "title"),
        url=_string(entry, "url"),
        published_at=_moment(entry),
        publisher=_string(entry, "publisher"),
        country=_country(entry),
    )
    return identity, article


def _no_constant(name: str) -> None:
    raise ValueError(f"no JSON: {name} is no number")


def _identity(entry: dict[str, Any]) -> str | int | float | None:
    value = entry.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise ValueError('"id" is neither a string nor a number')
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError('"id" is a number that is too large')
    return _string(entry, "id") if isinstance(value, str) else value


def _country(entry: dict[str, Any]) -> str | None:
    value = _string(entry, "country")
    if not value:
        return None
    try:
        return country_code(value)
    except ValueError as error:
        raise ValueError(f'"country" {error}') from None


def _string(entry: dict[str, Any], name: str) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f'"{name}" is not a string')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f'"{name}" holds half a surrogate pair, which is no character') from None
    return value


def _moment(entry: dict[str, Any]) -> datetime | None:
    value = _string(entry, "published_at")
    if not value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError('"published_at" is no ISO 8601 date or time') from None


def _print_json(extracted: Iterator[Extracted], many: bool) -> None:
    objects = [each.to_json() for each in extracted]
    if many:
        print(json.dumps(objects, ensure_ascii=False, indent=2))
    elif objects:
        print(json.dumps(objects[0], ensure_ascii=False, indent=2))


def _print_lines(extracted: Iterator[Extracted], _: bool) -> None:
    for each in extracted:
        print(json.dumps(each.to_json(), ensure_ascii=False), flush=True)


def _print_csv(extracted: Iterator[Extracted], _: bool) -> None:
    from exports.spreadsheet import CLAIM_COLUMNS, row, writer

    rows = writer(sys.stdout)
    # The id comes last, where it was added for `counterpart`: programs read the other columns by their place.
    rows.writerow(("article", *CLAIM_COLUMNS, "id"))
    for each in extracted:
        # A text of standard input has no name, and a dash would be taken for the beginning of a formula.
        name = None if each.id == STDIN else each.id
        rows.writerows((*row((name,), claim), claim["id"]) for claim in each.claims)


def _print_table(extracted: Iterator[Extracted], many: bool) -> None:
    from cli import show

    console = show.console()
    for each in extracted:
        console.print(show.claims_table(each.claims, title=str(each.id) if many else None))
        if each.rejected is not None:
            console.print(show.rejected_table(each.rejected))


_PRINTERS: dict[str, Callable[[Iterator[Extracted], bool], None]] = {
    "json": _print_json,
    "jsonl": _print_lines,
    "csv": _print_csv,
    "table": _print_table,
}
