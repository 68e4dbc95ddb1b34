"""``tally demo``: the whole service for a minute, from an article to its claims."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import seeds.load
from cli import show
from cli.client import Client, problem_text
from cli.errors import CommandError, complain
from cli.programs import LOOPBACK, Place
from cli.stack import Stack, open_port
from cli.stopping import Stopped, StopRequest
from cli.submit import article_of

_WORKERS = 2
_LOOK_EVERY_SECONDS = 0.15
_PATIENCE_SECONDS = 300.0


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration; returns 1 when an article failed."""
    articles = [_article_from(arguments.article)] if arguments.article else seeds.load.articles()
    try:
        with StopRequest() as stop, _temporary_folder() as folder, open_port(LOOPBACK, 0) as listener:
            # Settings for another installation, a key or a database, have no business here.
            environment = {name: value for name, value in os.environ.items() if not name.startswith("TALLY_")}
            environment["TALLY_AUTH"] = "off"
            place = Place(folder)
            print("Starting Redis, the API and the workers ...", file=sys.stderr, flush=True)
            # All it holds is thrown away: nobody waits for a graceful end.
            with Stack(place, listener, stop, workers=_WORKERS, environment=environment, patience=0.5) as stack:
                stack.prepare()
                stack.start()
                with Client(stack.url) as client:
                    return _demonstrate(client, stack, stop, articles)
    except Stopped as stopped:
        return stopped.exit_code


def _demonstrate(client: Client, stack: Stack, stop: StopRequest, articles: list[dict[str, Any]]) -> int:
    jobs = []
    for article in articles:
        stop.check()
        jobs.append(client.submit(article))
    jobs = _follow(client, stack, stop, jobs)
    failures = 0
    console = show.console()
    for article, job in zip(articles, jobs, strict=True):
        stop.check()
        title = article.get("title") or "Claims"
        if job["state"] == "succeeded":
            console.print(show.claims_table(client.article_claims(job["article_id"]), title=title))
            console.print()
        else:
            complain(f"{title}: {job['state']}: {problem_text(job['error'] or {})}")
            failures += 1
    return 1 if failures else 0


def _follow(client: Client, stack: Stack, stop: StopRequest, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Poll the jobs until all have ended."""
    latest = {job["id"]: job for job in jobs}
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    with _progress(len(latest)) as report:
        while waiting := [identity for identity, job in latest.items() if not job["done"]]:
            report(len(latest) - len(waiting))
            if time.monotonic() > give_up_at:
                raise CommandError(f"{len(waiting)} articles were not finished within {_PATIENCE_SECONDS:g} s")
            stack.look_after()
            stop.pause(_LOOK_EVERY_SECONDS)
            for identity in waiting:
                latest[identity] = client.job(identity)
        report(len(latest))
    return [latest[job["id"]] for job in jobs]


class _Report:
    """Shows how many articles are done: a bar in a terminal, else a line for each change."""

    def __init__(self, total: int, bar: Progress | None) -> None:
        self._total = total
        self._bar = bar
        self._task = bar.add_task("Reading the articles", total=total) if bar else None
        self._last = -1

    def __call__(self, done: int) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)
            self._bar.refresh()
        elif done != self._last:
            print(f"{done} of {self._total} articles done", file=sys.stderr, flush=True)
        self._last = done


@contextmanager
def _progress(total: int) -> Iterator[_Report]:
    if not sys.stderr.isatty():
        yield _Report(total, None)
        return
    # No refreshing thread: processes are forked here.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=show.console(stderr=True), auto_refresh=False) as bar:
        yield _Report(total, bar)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tally-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _article_from(name: str) -> dict[str, Any]:
    article = article_of(name)
    return article if "html" in article else {"title": Path(name).name, **article}
