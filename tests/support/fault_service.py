"""The whole service as processes that a test can kill, freeze and start again, and clients that hold it to its word."""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx
from sqlalchemy import func, select

import extraction
import models
from models import Claim, Job, JobState
from models.session import Sessions, create_database_engine, create_sessions
from tests.support.api_server import ApiServer
from tests.support.servers import RedisServer
from tests.support.worker_processes import WORKER, WorkerProcess

MAX_ATTEMPTS = 3
SWEEP_SECONDS = 2.0
LEASE_SECONDS = 14.0
REQUEST_SECONDS = 8.0
# All waits are short, in the relation of the defaults.
_WORKER = {
    "soft_time_limit": 10,
    "hard_time_limit": 12,
    "lease_seconds": LEASE_SECONDS,
    "visibility_timeout": 20,
    "sweep_seconds": SWEEP_SECONDS,
    "stale_seconds": 1,
    "worker_concurrency": 2,
    "log_level": "info",
}
# For a worker that holds its jobs as long as the test likes.
PATIENT = {"soft_time_limit": 150, "hard_time_limit": 155, "lease_seconds": 160, "visibility_timeout": 170}
# -P: the folder of the tests has a folder `extraction` too.
POISONABLE = (
    "-P",
    str(Path(__file__).with_name("poisonable_worker.py")),
)
# On a busy machine a process can stand still for so long by itself.
_SLACK_SECONDS = 6.0
_IDENTITY = UUID("5cf3f9f2-9a84-4c3c-9a37-0d7f7b0f7c53")


def short_text(number: int) -> str:
    """An article of two sentences with some claims, no two alike."""
    return (
        f"Kauri Dairy number {number} said on Monday that profit rose {number % 90 + 2} per cent to $41.6 million. "
        f"About {number + 120} farmers work for it."
    )


@dataclass
class Promises:
    """What clients were told: the jobs of their 202s with their texts, and each answer's status and seconds."""

    accepted: dict[UUID, str] = field(default_factory=dict)
    # The status is 0 where the connection broke.
    answers: list[tuple[int, float]] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(status for status, _ in self.answers)

    def percentile(self, percent: int) -> float:
        """The seconds within which so many of a hundred answers came."""
        return statistics.quantiles((seconds for _, seconds in self.answers), n=100)[percent - 1]

    @property
    def longest(self) -> float:
        return max((seconds for _, seconds in self.answers), default=0.0)


class Clients:
    """Sends articles and keeps the promises that it gets."""

    def __init__(self, url: Callable[[], str]) -> None:
        self.promises = Promises()
        self._url = url
        self._http = httpx.Client(timeout=30, limits=httpx.Limits(max_connections=60))

    def close(self) -> None:
        self._http.close()

    def post(self, text: str, **headers: str) -> httpx.Response | None:
        """One submission; None when the connection broke."""
        began = time.monotonic()
        try:
            response = self._http.post(f"{self._url()}/v1/articles", json={"text": text}, headers=headers)
        except (httpx.NetworkError, httpx.ProtocolError):
            # A time-out passes through: it would be a hang, which the service never may.
            self.promises.answers.append((0, time.monotonic() - began))
            return None
        self.promises.answers.append((response.status_code, time.monotonic() - began))
        if response.status_code in (200, 202):
            self.promises.accepted[UUID(response.json()["id"])] = text
        return response

    def insist(self, text: str, *, seconds: float = 90) -> httpx.Response:
        """As a careful client: the same request under one Idempotency-Key until it is answered."""
        deadline = time.monotonic() + seconds
        while True:
            response = self.post(text, **{"Idempotency-Key": str(uuid5(_IDENTITY, text))})
            if response is not None and response.status_code in (200, 202):
                return response
            assert response is None or response.status_code in (409, 503), response.text
            assert time.monotonic() < deadline, "no answer came in time"
            time.sleep(0.2)

    def insist_on_all(self, texts: Sequence[str], *, threads: int = 4) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self.insist, texts))

    @contextmanager
    def load(self, texts: Sequence[str], *, threads: int = 4, pause: float = 0.0) -> Iterator[None]:
        """The texts are submitted meanwhile, at the end of the block until all are; each thread pauses after each."""

        def send(text: str) -> None:
            self.insist(text)
            time.sleep(pause)

        with ThreadPoolExecutor(threads) as pool:
            waiting = [pool.submit(send, text) for text in texts]
            try:
                yield
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
            for each in waiting:
                each.result()


class Service:
    """A Redis, an API and workers around a database. What was started is ended by `close`."""

    def __init__(self, database_url: str, directory: Path, *, appendonly: bool = False, **api: str) -> None:
        self.database_url = database_url
        self._directory = directory
        self._engine = create_database_engine(database_url, pool_size=5)
        self.sessions: Sessions = create_sessions(self._engine)
        self.redis = RedisServer(appendonly=appendonly)
        self.workers: list[WorkerProcess] = []
        self.api: ApiServer | None = None
        self._api_settings = {"request_timeout": f"{REQUEST_SECONDS:g}", **api}
        self.clients = Clients(lambda: self._running_api.url)
        self._watch = _LeaseWatch(self.sessions)

    def start(self) -> Service:
        self.redis.start()
        self.api = ApiServer(self.database_url, self.redis.url, **self._api_settings).start()
        self._watch.start()
        return self

    def close(self) -> None:
        self._watch.stop()
        self.clients.close()
        for worker in self.workers:
            worker.kill()
        if self.api is not None:
            self.api.close()
        self.redis.close()
        self._engine.dispose()

    @property
    def _running_api(self) -> ApiServer:
        assert self.api is not None
        return self.api

    @property
    def url(self) -> str:
        return self._running_api.url

    def start_worker(self, *, program: Sequence[str] = WORKER, **settings: object) -> WorkerProcess:
        """A worker that is ready, with other settings where given."""
        worker = self.launch_worker(program=program, **settings)
        return worker.await_ready()

    def launch_worker(self, *, program: Sequence[str] = WORKER, **settings: object) -> WorkerProcess:
        """A worker that will soon be ready."""
        environment = {f"TALLY_{name.upper()}": str(value) for name, value in {**_WORKER, **settings}.items()}
        environment |= {"TALLY_DATABASE_URL": self.database_url, "TALLY_REDIS_URL": self.redis.url}
        self.workers.append(WorkerProcess(environment, self._directory, f"worker{len(self.workers)}", program))
        return self.workers[-1]

    def jobs(self, ids: Sequence[UUID] | None = None) -> list[Job]:
        """All jobs, or those with the ids, as they are now."""
        statement = select(Job) if ids is None else select(Job).where(Job.id.in_(ids))
        return models.run_query(self.sessions, lambda session: list(session.scalars(statement)), attempts=5)

    def ended(self) -> int:
        """How many jobs have ended."""
        statement = select(func.count()).select_from(Job).where(Job.state.in_(models.TERMINAL))
        return models.run_query(self.sessions, lambda session: session.scalar(statement) or 0, attempts=5)

    def await_ended(self, count: int, *, seconds: float = 90) -> float:
        """Waits until so many jobs have ended; returns the seconds that it took."""
        began = time.monotonic()
        while self.ended() < count:
            assert time.monotonic() - began < seconds, f"{count} jobs have not ended after {seconds} s"
            time.sleep(0.1)
        return time.monotonic() - began

    def await_jobs(
        self, ids: Sequence[UUID], condition: Callable[[Job], bool] | None = None, *, seconds: float = 90
    ) -> list[Job]:
        """Waits until the condition holds for each (it has ended, unless told otherwise)."""
        deadline = time.monotonic() + seconds
        holds = condition or (lambda job: job.state in models.TERMINAL)
        while True:
            found = self.jobs(ids)
            if len(found) == len(ids) and all(holds(job) for job in found):
                return sorted(found, key=lambda job: ids.index(job.id))
            assert time.monotonic() < deadline, Counter((job.state, job.attempts) for job in found)
            time.sleep(0.1)

    def keep_the_promise(
        self, *, seconds: float = 150, unserved: float = 0.0, states: Sequence[JobState] = (JobState.SUCCEEDED,)
    ) -> dict[str, object]:
        """Asserts I1 to I5 for all that was accepted, and returns what was measured.

        `unserved` is for how long nobody could sweep. All jobs must end in one of `states`.
        """
        accepted = self.clients.promises.accepted
        jobs = self.await_jobs(list(accepted), seconds=seconds)  # I1
        assert {job.state for job in jobs} <= set(states), Counter((job.state, str(job.error)) for job in jobs)
        lost, doubled = self._compare(jobs)
        assert (lost, doubled) == (0, 0)  # I2
        attempts = max(job.attempts for job in jobs)
        assert attempts <= MAX_ATTEMPTS  # I3
        assert all((job.token, job.lease_until) == (None, None) for job in jobs)
        overdue = self._watch.longest
        assert overdue <= unserved + SWEEP_SECONDS + _SLACK_SECONDS, overdue  # I4
        assert self.clients.promises.longest <= REQUEST_SECONDS + _SLACK_SECONDS  # I5
        return {"jobs": len(jobs), "lost": lost, "doubled": doubled, "most attempts": attempts}

    def _compare(self, jobs: Sequence[Job]) -> tuple[int, int]:
        """How many claims are missing, and how many too many, against what the extraction finds in each text."""
        statement = select(Claim.article_id, func.count()).group_by(Claim.article_id)
        stored = models.run_query(self.sessions, lambda session: {row[0]: row[1] for row in session.execute(statement)})
        texts = [self.clients.promises.accepted[job.id] for job in jobs]
        extracted = extraction.load().extract_many(extraction.SourceArticle(text) for text in texts)
        lost = doubled = 0
        for job, claims in zip(jobs, extracted, strict=True):
            succeeded = job.state is JobState.SUCCEEDED
            wanted = len(claims) if succeeded else 0
            assert not succeeded or job.claims_count == wanted
            found = stored.get(job.article_id, 0)
            lost += max(0, wanted - found)
            doubled += max(0, found - wanted)
        return lost, doubled


class _LeaseWatch:
    """Looks all the time how long a running job has kept a lease that has run out."""

    def __init__(self, sessions: Sessions) -> None:
        self.longest = 0.0
        self._sessions = sessions
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(20)

    def _watch(self) -> None:
        oldest = select(func.min(Job.lease_until)).where(Job.state == JobState.RUNNING)
        while not self._stopping.wait(0.25):
            try:
                with self._sessions() as session:
                    lease: Any = session.scalar(oldest)
            except Exception:  # noqa: BLE001 (the database may be away: that is what the tests do)
                continue
            if lease is not None:
                self.longest = max(self.longest, (datetime.now(UTC) - lease).total_seconds())
