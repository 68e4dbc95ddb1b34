"""`make bench-service`: the whole service on this machine, against `tally extract` on the same processors.

A real PostgreSQL, Redis, API process and worker are started for the run and removed at its end. All figures are of one
run. Times depend on the machine and on what else it does; the processor time per article of each process much less so,
and the rate that all processors give when nothing else uses them follows from it.
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
from functools import partial
from pathlib import Path
from typing import Any

import migrations
from bench.articles import numbered, varied
from bench.client import Client
from bench.processes import Ledger, children, largest, own_mb, resident_mb
from extraction import SourceArticle, load
from tests.api_server import ApiServer
from tests.servers import PostgresServer, RedisServer
from tests.worker_processes import WorkerProcess

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=800, help="articles of each measurement (800)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="worker processes (all processors)")
    parser.add_argument("--clients", type=int, default=4, help="requests at the same time (4)")
    parser.add_argument("--memory", type=int, metavar="N", help="watch the memory over N short articles, nothing else")
    options = parser.parse_args()
    with PostgresServer() as postgres, RedisServer() as redis, tempfile.TemporaryDirectory() as folder:
        url = postgres.url(postgres.create_database())
        migrations.upgrade(url)
        environment = {"TALLY_DATABASE_URL": url, "TALLY_REDIS_URL": redis.url, "TALLY_LOG_LEVEL": "info"}
        environment["TALLY_WORKER_CONCURRENCY"] = str(options.processes)
        line = None if options.memory else command_line(numbered(options.articles), options.processes)
        worker = WorkerProcess(environment, Path(folder), "worker").await_ready()
        try:
            with ApiServer(url, redis.url) as server:
                client = Client(server.url)
                pids = {"API": server.pid, "worker": worker.pid, "PostgreSQL": postgres.pid, "Redis": redis.pid}
                if line:
                    measure(client, pids, line, options.articles, options.clients)
                else:
                    watch_memory(client, pids, options.memory)
        finally:
            worker.stop()


def measure(client: Client, pids: dict[str, int], line: CommandLine, count: int, clients: int) -> None:
    first = 1_000_000
    singles(client, numbered(WARM_UP, first=first), clients)
    first += WARM_UP
    idle = [idle_seconds(client, body) for body in numbered(IDLE_REPETITIONS, first=first)]
    show("POST to claims of one article, idle", f"{statistics.median(idle) * 1000:.0f} ms (median)")
    first += IDLE_REPETITIONS
    show("tally extract --jsonl, on as many processes", f"{line.rate:.1f} articles/s")
    show("tally extract --jsonl: CPU per article", f"{line.cpu * 1000:.1f} ms")
    for name, submit in (("single POSTs", singles), (f"NDJSON batches of {BATCH}", batches)):
        ledger = Ledger(pids)
        run = submit(client, numbered(count, first=first), clients)
        first += count
        spent = {process: seconds / count for process, seconds in ledger.spent().items()}
        rate = run.articles / run.ended_after
        show(f"{name}: accepted", f"{run.articles / run.accepted_after:.0f} articles/s")
        show(f"{name}: end to end", f"{rate:.1f} articles/s = {100 * rate / line.rate:.0f} % of tally extract")
        show(f"{name}: POST p50, p99", f"{quantile(run.posts, 50):.0f} ms, {quantile(run.posts, 99):.0f} ms")
        shares = ", ".join(f"{process} {seconds * 1000:.1f}" for process, seconds in spent.items())
        show(f"{name}: CPU per article (ms)", shares)
        show(f"{name}: tally extract / worker", f"{100 * line.cpu / spent['worker']:.0f} % of CPU")
        show(f"{name}: tally extract / whole service", f"{100 * line.cpu / sum(spent.values()):.0f} % of CPU")
    posts = at_half_load(client, numbered(count, first=first), rate / 2)
    show("POST p50, p99 at half load", f"{quantile(posts, 50):.0f} ms, {quantile(posts, 99):.0f} ms")
    show("memory of the API", f"{resident_mb(pids['API']):.0f} MB")
    child = largest(children(pids["worker"]))
    show("memory of a worker child", f"{resident_mb(child):.0f} MB, {own_mb(child):.0f} MB of it its own")


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
    extractor = load()
    warm_up, articles = ([_article(body) for body in each] for each in (bodies[:WARM_UP], bodies))
    list(extractor.extract_many(warm_up))
    begun = time.process_time()
    for claims in extractor.extract_many(articles):
        json.dumps([claim.to_json() for claim in claims])
    return CommandLine(rate=rate, cpu=(time.process_time() - begun) / len(bodies))


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
    begun = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        posts = list(pool.map(lambda body: timed(lambda: post(client, body)), bodies))
    accepted = time.monotonic() - begun
    await_empty(client)
    return Run(len(bodies), posts, accepted, time.monotonic() - begun)


def batches(client: Client, bodies: Sequence[dict[str, Any]], _clients: int, *, size: int = BATCH) -> Run:
    """Batches of so many articles, one after the other."""
    begun = time.monotonic()

    def post_lines(start: int) -> None:
        client.post("/v1/batches", as_lines(bodies[start : start + size]), "application/x-ndjson")

    posts = [timed(partial(post_lines, start)) for start in range(0, len(bodies), size)]
    accepted = time.monotonic() - begun
    await_empty(client)
    return Run(len(bodies), posts, accepted, time.monotonic() - begun)


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
    await_empty(client)
    return posts


def idle_seconds(client: Client, body: dict[str, Any]) -> float:
    return timed(lambda: post(client, body, Prefer="wait=30"))


def post(client: Client, body: dict[str, Any], **headers: str) -> None:
    client.post("/v1/articles", json.dumps(body).encode(), **headers)


def await_empty(client: Client) -> None:
    """Wait until no job is queued or running."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(client.get(f"/v1/jobs?state={state}&limit=1")["items"] for state in PENDING):
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: jobs have not ended after {PATIENCE_SECONDS} s")
        time.sleep(0.1)


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
