"""``tally submit``: files one by one; folders and JSONL files as batches, however large they are."""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli import show
from cli.client import Client, problem_text
from cli.errors import CommandError, complain
from cli.texts import read_text

_ENDINGS = (".txt", ".html", ".htm", ".json", ".jsonl", ".ndjson")
_LINES = (".jsonl", ".ndjson")
# A batch of the server may hold more; this much is quick to store and shows progress.
_BATCH_ARTICLES = 1000
_BATCH_BYTES = 8 * 1024 * 1024
# Beyond any article that a server takes unless its operator allows more.
_LONGEST_LINE = 16 * 1024 * 1024
_WAIT_SECONDS = 20
_LOOK_EVERY_SECONDS = 0.5


def run(arguments: argparse.Namespace) -> int:
    """Send everything that is named; returns 1 when something was refused or, with --wait, failed."""
    failures = 0
    with Client(arguments.server) as client:
        files = [name for name in arguments.files if not _is_many(name)]
        jobs = []
        for name in files:
            try:
                jobs.append(_submit(client, name))
            except CommandError as error:
                complain(str(error))
                failures += 1
        failures += _report_jobs(client, jobs, wait=arguments.wait)
        many = [name for name in arguments.files if _is_many(name)]
        if many:
            failures += _send_batches(client, many, wait=arguments.wait, patience=arguments.patience)
    return 1 if failures else 0


def article_of(name: str) -> dict[str, Any]:
    """The file as the body of POST /v1/articles: plain text, HTML or that body itself, by the name's ending.

    Raises ``CommandError``, which names the file, when it cannot be read or is no JSON object.
    """
    text = read_text(name)
    ending = Path(name).suffix.lower()
    if ending in (".html", ".htm"):
        return {"html": text}
    if ending != ".json":
        return {"text": text}
    try:
        article = json.loads(text)
    except ValueError as error:
        raise CommandError(f"{name} is not JSON: {error}") from None
    if not isinstance(article, dict):
        raise CommandError(f"{name} is not a JSON object")
    return _with_external_id(article)


def _with_external_id(article: dict[str, Any]) -> dict[str, Any]:
    """The body with the ``id`` that `tally extract --jsonl` takes as its ``external_id``, unless it has its own."""
    body = {name: value for name, value in article.items() if name != "id"}
    match article.get("id"):
        case None:
            return body
        case bool():
            return article  # The server says what it thinks of it.
        case str() | int() as identity:
            pass
        case float() as identity if math.isfinite(identity):
            pass
        case _:
            return article
    return body if body.get("external_id") is not None else {**body, "external_id": str(identity)}


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file that was sent, with its job; ``known`` says what came of it when its text was there before."""

    name: str
    job: dict[str, Any]
    known: str = ""


def _submit(client: Client, name: str) -> _Sent:
    article = article_of(name)
    try:
        job = client.submit(article)
    except CommandError as error:
        raise CommandError(f"{name}: {error}") from None
    if not job["duplicate"]:
        return _Sent(name, job)
    lost = ", what the file says of it was not stored" if article.keys() - {"text", "html"} else ""
    return _Sent(name, job, f", known since {job['created_at'][:10]}{lost}")


def _is_many(name: str) -> bool:
    return Path(name).is_dir() or Path(name).suffix.lower() in _LINES


def _report_jobs(client: Client, sent: list[_Sent], *, wait: bool) -> int:
    failures = 0
    with _bar(len(sent) if wait else 0) as advance:
        for each in sent:
            job = each.job
            while wait and not job["done"]:
                job = client.job(job["id"], wait=_WAIT_SECONDS)
            print(f"{job['id']}  {_outcome(job)}{each.known}  {each.name}", flush=True)
            advance(1)
            failures += job["state"] == "failed"
    return failures


def _outcome(job: dict[str, Any]) -> str:
    if job["state"] == "succeeded":
        return f"succeeded, {show.counted(job['claims_count'], 'claim')}"
    return f"failed, {problem_text(job['error'] or {})}" if job["state"] == "failed" else str(job["state"])


@dataclass
class _Part:
    """Some articles as lines of NDJSON, with where each came from."""

    lines: list[bytes] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    size: int = 0

    def is_full(self, more: int) -> bool:
        return len(self.lines) >= _BATCH_ARTICLES or bool(self.lines and self.size + more > _BATCH_BYTES)

    def add(self, source: str, line: bytes) -> None:
        self.lines.append(line)
        self.sources.append(source)
        self.size += len(line) + 1


class _Failures:
    """Counts what went wrong, and says each."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, message: str) -> None:
        complain(message)
        self.count += 1


def _send_batches(client: Client, names: list[str], *, wait: bool, patience: float) -> int:
    failures = _Failures()
    batches: list[str] = []
    total = 0
    for part in _parts(_articles(names, failures)):
        try:
            batch = client.submit_batch(b"\n".join(part.lines) + b"\n", patience=patience)
        except CommandError as error:
            failures(f"{error} (not accepted: {part.sources[0]} and what follows)")
            break
        for rejected in batch["rejected"]:
            failures(f"{part.sources[rejected['line'] - 1]}: {problem_text(rejected['problem'])}")
        known = f", {batch['duplicates']} of them known" if batch["duplicates"] else ""
        refused = f", {len(batch['rejected'])} refused" if batch["rejected"] else ""
        print(f"{batch['id']}  {show.counted(batch['accepted'], 'article')}{known}{refused}", flush=True)
        batches.append(batch["id"])
        total += batch["accepted"]
    if wait:
        failures.count += _await_batches(client, batches, total)
    return failures.count


def _articles(names: list[str], failures: _Failures) -> Iterator[tuple[str, bytes]]:
    """Every article with its source, as one line of JSON each; one at a time, so that any number may come."""
    for name in names:
        if not Path(name).is_dir():
            yield from _lines(name, failures)
            continue
        found = False
        for path in _files_in(Path(name)):
            found = True
            if path.suffix.lower() in _LINES:
                yield from _lines(str(path), failures)
                continue
            try:
                yield str(path), _line_of(article_of(str(path)))
            except CommandError as error:
                failures(str(error))
        if not found:
            failures(f"{name} holds no file that ends in {', '.join(_ENDINGS)}")


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in _ENDINGS:
                yield Path(parent, name)


def _lines(name: str, failures: _Failures) -> Iterator[tuple[str, bytes]]:
    try:
        with open(name, "rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
                    failures(f"{name}:{number}: the line is longer than {_LONGEST_LINE:,} bytes")
                    while line and not line.endswith(b"\n"):
                        line = file.readline(_LONGEST_LINE)
                elif line.strip():
                    yield f"{name}:{number}", _body_of(line.strip().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        failures(f"cannot read {name}: {error.strerror}")


def _body_of(line: bytes) -> bytes:
    """A line as the server takes it; one that is no JSON stays, for the server to say so."""
    if b'"id"' not in line:
        return line
    try:
        article = json.loads(line)
    except (ValueError, RecursionError):
        return line
    if not isinstance(article, dict) or "id" not in article:
        return line
    return _line_of(_with_external_id(article))


def _line_of(article: dict[str, Any]) -> bytes:
    """The article as one line of JSON, no longer than it must be: escapes make some languages three times as long."""
    try:
        return json.dumps(article, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(article).encode()  # Half a pair of surrogates: only an escape can say it.


def _parts(articles: Iterable[tuple[str, bytes]]) -> Iterator[_Part]:
    part = _Part()
    for source, line in articles:
        if part.is_full(len(line)):
            yield part
            part = _Part()
        part.add(source, line)
    if part.lines:
        yield part


def _await_batches(client: Client, batches: list[str], total: int) -> int:
    failures = 0
    with _bar(total) as advance:
        for identity in batches:
            done = 0
            while True:
                batch = client.batch(identity)
                advance(batch["progress"]["jobs_done"] - done)
                done = batch["progress"]["jobs_done"]
                if batch["done"]:
                    break
                time.sleep(_LOOK_EVERY_SECONDS)
            counts = ", ".join(f"{count} {state}" for state, count in batch["counts"].items() if count)
            print(f"{identity}  {counts or 'nothing'}, {show.counted(batch['claims_count'], 'claim')}", flush=True)
            for job in client.failed_jobs(identity) if batch["counts"]["failed"] else ():
                complain(f"job {job['id']} (article {job['article_id']}): {problem_text(job['error'] or {})}")
                failures += 1
    return failures


@contextmanager
def _bar(total: int) -> Iterator[Any]:
    """A bar on standard error where that is a terminal; gives a function that moves it on."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=show.console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the articles", total=total)
        yield lambda number: bar.advance(task, number)
