"""Bodies made to use up memory or time, from the socket of the API to the worker."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.fault_service import REQUEST_SECONDS, Service

Measured = Callable[..., None]
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MIB = 1024 * 1024


def most_memory_mib(pid: int) -> float:
    """The most memory that a process has ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def a_gigabyte() -> Iterator[bytes]:
    for _ in range(1024):
        yield bytes(MIB)


@pytest.mark.reliability(18)
@on_sqlite
def test_large_bodies_cost_no_memory(service: Service, measured: Measured) -> None:
    """A gigabyte in chunks, 10 MB of digits, a gigabyte packed into 1 MB: refused at once, and not kept."""
    api = service.api
    assert api is not None
    service.clients.insist("The town has 7 schools.")
    before = most_memory_mib(api.pid)
    # Pieces of gzip in a row are gzip, too.
    bomb = gzip.compress(bytes(16 * MIB)) * 64
    answers = []
    slowest = 0.0
    for content, headers in (
        (a_gigabyte(), {"Content-Type": "text/plain"}),
        (b"7" * 10_000_000, {"Content-Type": "text/plain"}),
        (b'{"text": "5%", "metadata": {"a": ' + b"7" * 10_000_000, {"Content-Type": "application/json"}),
        (bomb, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}),
        (b"[" * 1_900_000, {"Content-Type": "application/json"}),
    ):
        began = time.monotonic()
        answers.append(httpx.post(f"{service.url}/v1/articles", content=content, headers=headers, timeout=30))
        slowest = max(slowest, time.monotonic() - began)
    assert [answer.status_code for answer in answers] == [413, 413, 413, 415, 400]
    assert all(answer.headers["content-type"] == "application/problem+json" for answer in answers)
    assert slowest < REQUEST_SECONDS
    grown = most_memory_mib(api.pid) - before
    assert grown < 64
    service.start_worker(worker_concurrency=1)
    measured(**service.keep_the_promise(), bodies=len(answers), slowest_answer_s=slowest, more_memory_MiB=round(grown))


@pytest.mark.reliability(18)
@pytest.mark.long
@on_sqlite
@pytest.mark.parametrize("piece", ["x", "7", "$"], ids=["letters", "digits", "dollars"])
def test_a_million_characters_are_extracted(
    start_service: Callable[..., Service], database_url: str, measured: Measured, piece: str
) -> None:
    """1 MB without a space goes through within the time limit of a job."""
    service = start_service(database_url, max_article_characters="1000000")
    service.start_worker(
        worker_concurrency=1, soft_time_limit=100, hard_time_limit=110, lease_seconds=120, visibility_timeout=130
    )
    service.clients.insist(piece * 1_000_000)
    seconds = service.await_ended(1, seconds=110)
    measured(**service.keep_the_promise(), characters=1_000_000, after_s=seconds)
