"""`make bench-service`: the whole service on this machine, against `tally extract` on the same processors.

A real PostgreSQL, Redis, API process and worker are started for the run and removed at its end. All figures are of one
run, the median of several rounds with the lowest and the highest. Times depend on the machine and on what else it does;
the processor time per article of each process much less so, and the rate that all processors give when nothing else
uses them follows from it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import migrations
from bench.articles import numbered, varied
from bench.client import Client
from bench.processes import Ledger, children, largest, own_mb, resident_mb
from extraction import Extractor, SourceArticle, load
from tests.support.api_server import ApiServer
from tests.support.servers import PostgresServer, RedisServer
from tests.support.worker_processes import WorkerProcess

WARM_UP = 16
IDLE_REPETITIONS = 15
PATIENCE_SECONDS = 1800
BATCH = 100
LARGEST_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Run:
    """N articles through the service; times in seconds."""

    articles: int
    posts: list[float]
    accepted_after: float
    ended_after: float

    @property
    def rate(self) -> float:
        """Articles per second, end to end."""
        return self.articles / self.ended_after


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, CPU seconds of each process per article, and its rate as a share of that of ``tally extract``."""

    run: Run
    spent: dict[str, float]
    share: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400, help="articles of each measurement (400)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="worker processes (all processors)")
    parser.add_argument("--clients", type=int, default=4, help="requests at the same time (4)")
    parser.add_argument("--memory", type=int, metavar="N", help="watch the memory over N short articles, nothing else")
    options = parser.parse_args()
    with PostgresServer() as postgres, RedisServer() as redis, tempfile.TemporaryDirectory() as folder:
        url = postgres.url(postgres.create_database())
        migrations.upgrade(url)
        environment = {"TALLY_DATABASE_URL": url, "TALLY_REDIS_URL": redis.url, "TALLY_LOG_LEVEL": "info"}
        environment["TALLY_WORKER_CONCURRENCY"] = str(options.processes)
        worker = WorkerProcess(environment, Path(folder), "worker").await_ready()
        try:
            with ApiServer(url, redis.url) as server:
                client = Client(server.url)
                pids = {"API": server.pid, "worker": worker.pid, "PostgreSQL": postgres.pid, "Redis": redis.pid}
                if options.memory:
                    watch_memory(client, pids, options.memory)
                else:
                    measure(client, pids, options)
        finally:
            worker.stop()


def measure(client: Client, pids: dict[str, int], options: argparse.Namespace) -> None:
    """Everything that is measured by turns with ``tally extract``: machines are not equally fast all the time."""
    bodies = _Numbered()
    singles(client, bodies.next(WARM_UP), options.clients)
    idle = [idle_seconds(client, body) for body in bodies.next(IDLE_REPETITIONS)]
    show("POST to claims of one article, idle", f"{statistics.median(idle) * 1000:.0f} ms (median)")
    lines = [command_line(bodies.next(options.articles), options.processes)]
    measured: dict[str, list[Measured]] = {"single POSTs": [], f"NDJSON batches of {BATCH}": []}
    for _ in range(options.rounds):
        ran = []
        for submit in (singles, batches):
            ledger = Ledger(pids)
            run = submit(client, bodies.next(options.articles), options.clients)
            ran.append((run, {process: seconds / run.articles for process, seconds in ledger.spent().items()}))
        lines.append(command_line(bodies.next(options.articles), options.processes))
        line = (lines[-2].rate + lines[-1].rate) / 2
        for found, (run, spent) in zip(measured.values(), ran, strict=True):
            found.append(Measured(run, spent, share=run.rate / line))
    cpu = statistics.mean(line.cpu for line in lines)
    show("tally extract --jsonl, on as many processes", _with_range([line.rate for line in lines], "articles/s"))
    show("tally extract --jsonl: CPU per article", f"{cpu * 1000:.1f} ms")
    for name, found in measured.items():
        _report(name, found, cpu)
    rate = statistics.median(each.run.rate for each in measured["single POSTs"])
    posts = at_half_load(client, bodies.next(options.articles), rate / 2)
    show("POST p50, p99 at half load", f"{quantile(posts, 50):.0f} ms, {quantile(posts, 99):.0f} ms")
    show("memory of the API", f"{resident_mb(pids['API']):.0f} MB")
    child = largest(children(pids["worker"]))
    show("memory of a worker child", f"{resident_mb(child):.0f} MB, {own_mb(child):.0f} MB of it its own")


def _report(name: str, measured: Sequence[Measured], cpu: float) -> None:
    """``cpu`` is that of ``tally extract`` for an article, in seconds."""
    posts = [seconds for each in measured for seconds in each.run.posts]
    spent = {process: statistics.mean(each.spent[process] for each in measured) for process in measured[0].spent}
    show(f"{name}: accepted", _with_range([each.run.articles / each.run.accepted_after for each in measured]))
    show(f"{name}: end to end", _with_range([each.run.rate for each in measured], "articles/s"))
    show(f"{name}: of tally extract", _with_range([100 * each.share for each in measured], "%"))
    show(f"{name}: POST p50, p99", f"{quantile(posts, 50):.0f} ms, {quantile(posts, 99):.0f} ms")
    shares = ", ".join(f"{process} {seconds * 1000:.1f}" for process, seconds in spent.items())
    show(f"{name}: CPU per article (ms)", shares)
    show(f"{name}: tally extract / worker", f"{100 * cpu / spent['worker']:.0f} % of CPU")
    show(f"{name}: tally extract / whole service", f"{100 * cpu / sum(spent.values()):.0f} % of CPU")


def _with_range(values: Sequence[float], unit: str = "articles/s") -> str:
    return f"{statistics.median(values):.1f} {unit} ({min(values):.1f} to {max(values):.1f})"


class _Numbered:
    """Articles of which no two are the same."""

    def __init__(self) -> None:
        self._used = 0

    def next(self, count: int) -> list[dict[str, Any]]:
        """So many more."""
        self._used += count
        return numbered(count, first=self._used - count)


def watch_memory(client: Client, pids: dict[str, int], count: int) -> None:
    """Memory after each tenth of ``count`` short articles, which come as batches."""
    print("articles   API MB   worker child MB, its own MB   worker parent MB   Redis MB")
    for tenth in range(10):
        begin = tenth * count // 10
        end = (tenth + 1) * count // 10
        for first in range(begin, end, LARGEST_BATCH):
            batches(client, varied(min(LARGEST_BATCH, end - first), first=first), 1, size=LARGEST_BATCH)
        child = largest(children(pids["worker"]))
        sizes = [resident_mb(pid) for pid in (pids["API"], child, pids["worker"], pids["Redis"])]
        api, of_child, parent, redis = (f"{size:.0f}" for size in sizes)
        print(f"{end:>8} {api:>8} {of_child:>17}, {own_mb(child):>10.0f} {parent:>18} {redis:>10}", flush=True)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """``tally extract --jsonl``, once loaded: articles per second of all processes, CPU seconds per article."""

    rate: float
    cpu: float


def command_line(bodies: Sequence[dict[str, Any]], processes: int) -> CommandLine:
    """The rate is that of real processes without what loading takes, which is measured with one article.

    That takes too much of their CPU time to be taken off exactly, so the CPU time is that of the same work done here.
    """
    parts = [bodies[start::processes] for start in range(processes)]
    loading = timed(lambda: extract_in_parallel([part[:1] for part in parts]))
    rate = (len(bodies) - processes) / (timed(lambda: extract_in_parallel(parts)) - loading)
    extractor = _extractor()
    warm_up, articles = ([_article(body) for body in each] for each in (bodies[:WARM_UP], bodies))
    list(extractor.extract_many(warm_up))
    begun = time.process_time()
    for claims in extractor.extract_many(articles):
        json.dumps([claim.to_json() for claim in claims])
    return CommandLine(rate=rate, cpu=(time.process_time() - begun) / len(bodies))


@cache
def _extractor() -> Extractor:
    return load()


def _article(body: dict[str, Any]) -> SourceArticle:
    known = ("text", "title", "url", "publisher", "country")
    return SourceArticle(**{name: value for name, value in body.items() if name in known})


def extract_in_parallel(parts: Sequence[Sequence[dict[str, Any]]]) -> None:
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(_extract, parts))


def _extract(bodies: Sequence[dict[str, Any]]) -> None:
    command = [sys.executable, "-P", "-m", "cli.main", "extract", "--jsonl"]
    subprocess.run(command, input=as_lines(bodies), stdout=subprocess.DEVNULL, check=True)


def singles(client: Client, bodies: Sequence[dict[str, Any]], clients: int) -> Run:
    begun = time.time()
    with ThreadPoolExecutor(clients) as pool:
        posts = list(pool.map(lambda body: timed(lambda: post(client, body)), bodies))
    accepted = time.time() - begun
    return Run(len(bodies), posts, accepted, last_end(client) - begun)


def batches(client: Client, bodies: Sequence[dict[str, Any]], _clients: int, *, size: int = BATCH) -> Run:
    """Batches of so many articles, one after the other."""
    begun = time.time()

    def post_lines(start: int) -> None:
        client.post("/v1/batches", as_lines(bodies[start : start + size]), "application/x-ndjson")

    posts = [timed(partial(post_lines, start)) for start in range(0, len(bodies), size)]
    accepted = time.time() - begun
    return Run(len(bodies), posts, accepted, last_end(client) - begun)


def at_half_load(client: Client, bodies: Sequence[dict[str, Any]], rate: float) -> list[float]:
    """Seconds of each POST when they come ``rate`` times a second, late ones counted from when they were due."""
    begun = time.monotonic()
    with ThreadPoolExecutor(16) as pool:

        def due(number: int) -> float:
            at = begun + number / rate
            time.sleep(max(0.0, at - time.monotonic()))
            post(client, bodies[number])
            return time.monotonic() - at

        posts = list(pool.map(due, range(len(bodies))))
    last_end(client)
    return posts


def idle_seconds(client: Client, body: dict[str, Any]) -> float:
    return timed(lambda: post(client, body, Prefer="wait=30"))


def post(client: Client, body: dict[str, Any], **headers: str) -> None:
    client.post("/v1/articles", json.dumps(body).encode(), **headers)


def last_end(client: Client) -> float:
    """Wait until no job is queued or running, looking seldom; when the last one ended, in seconds since the epoch."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(client.get(f"/v1/jobs?state={state}&limit=1")["items"] for state in PENDING):
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: jobs have not ended after {PATIENCE_SECONDS} s")
        time.sleep(0.5)
    # The last to end is among the last to come.
    return max(
        datetime.fromisoformat(job["finished_at"]) for job in client.get("/v1/jobs?limit=200")["items"]
    ).timestamp()


PENDING = ("queued", "running")


def as_lines(bodies: Sequence[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(body).encode() + b"\n" for body in bodies)


def quantile(seconds: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * percent // 100)] * 1000


def timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def show(what: str, figure: str) -> None:
    print(f"{what:<50} {figure}", flush=True)


if __name__ == "__main__":
    main()
