"""No room where the database lies: its files may not grow, as under a quota, or their file system is full."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import string
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

import migrations
from tests.support.fault_service import Service, short_text
from tests.support.servers import PostgresServer

Measured = Callable[..., None]
# For long texts on a busy machine.
SLOW: dict[str, Any] = {"soft_time_limit": 40, "hard_time_limit": 42, "lease_seconds": 44, "visibility_timeout": 60}
PAGE = 8192


def may_mount() -> bool:
    """Whether this process may mount a file system, which takes more than to be root in most containers."""
    unshare = shutil.which("unshare")
    return (
        os.geteuid() == 0
        and unshare is not None
        and subprocess.run([unshare, "--mount", "true"], capture_output=True, check=False).returncode == 0
    )


@dataclass(frozen=True)
class Storage:
    """A migrated database, and a block during which its files find no room."""

    url: str
    full: Callable[[Service], AbstractContextManager[None]]


def set_largest_file(pids: Iterable[int], size: int | None) -> None:
    """Lets running processes write no file beyond a size; the kernel refuses it to them, and to their children."""
    soft = "unlimited" if size is None else size
    for pid in pids:
        # Each user may do so to what is their own; root in a container often not to what is another's.
        owner = Path(f"/proc/{pid}").stat()
        command = ["prlimit", f"--pid={pid}", f"--fsize={soft}:"]
        subprocess.run(command, user=owner.st_uid, group=owner.st_gid, check=True)


def with_children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [pid, *(int(child) for child in children.split())]


@pytest.fixture
def sqlite_under_a_quota(sqlite_url: str) -> Storage:
    @contextmanager
    def full(service: Service) -> Iterator[None]:
        assert service.api is not None
        pids = [service.api.pid, *(pid for worker in service.workers for pid in with_children(worker.pid))]
        set_largest_file(pids, Path(sqlite_url.removeprefix("sqlite:///")).stat().st_size)
        yield
        set_largest_file(pids, None)

    return Storage(sqlite_url, full)


@pytest.fixture
def postgresql_under_a_quota(own_server: PostgresServer, own_url: str) -> Storage:
    @contextmanager
    def full(_: Service) -> Iterator[None]:
        # The log of the server is in segments of just that size, so it is the tables that cannot grow.
        set_largest_file(with_children(own_server.pid), own_server.WAL_SEGMENT_BYTES + PAGE // 2)
        yield
        set_largest_file(with_children(own_server.pid), None)

    return Storage(own_url, full)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 48 MB."""
    # Not in the directories of pytest, which are closed to the user that PostgreSQL runs as.
    place = Path(tempfile.mkdtemp(prefix="tally-disk-", dir="/tmp"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m,mode=777", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        place.rmdir()


@contextmanager
def fill(disk: Path) -> Iterator[None]:
    """Takes the last byte of a file system, and gives them all back at the end."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1000))
        except OSError:
            pass
    yield
    filler.unlink()


@pytest.fixture
def sqlite_on_a_small_disk(small_disk: Path, sqlite_template: Path) -> Storage:
    url = f"sqlite:///{shutil.copy(sqlite_template, small_disk / 'tally.db')}"
    return Storage(url, lambda _: fill(small_disk))


@pytest.fixture
def postgresql_on_a_small_disk(small_disk: Path, own_server: PostgresServer) -> Storage:
    place = small_disk / "space"
    place.mkdir()
    # Under root the server runs as this user.
    nobody = pwd.getpwnam("nobody")
    os.chown(place, nobody.pw_uid, nobody.pw_gid)
    own_server.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    database = own_server.create_database()
    own_server.execute(f'ALTER DATABASE "{database}" SET default_tablespace = small')
    url = own_server.url(database)
    migrations.upgrade(url)
    return Storage(url, lambda _: fill(small_disk))


_STORAGES = ["sqlite_under_a_quota", "postgresql_under_a_quota"]
if may_mount():
    _STORAGES += ["sqlite_on_a_small_disk", "postgresql_on_a_small_disk"]


@pytest.mark.reliability(15)
@pytest.mark.long
@pytest.mark.parametrize("storage", _STORAGES, ids=[name.replace("_", " ") for name in _STORAGES])
def test_no_room_for_the_database(
    start_service: Callable[..., Service], request: pytest.FixtureRequest, storage: str, measured: Measured
) -> None:
    """503 for clients while what is stored can be read; jobs wait, and all goes on when there is room."""
    database: Storage = request.getfixturevalue(storage)
    service = start_service(database.url)
    service.start_worker(worker_concurrency=1, **SLOW)
    service.clients.insist_on_all([short_text(number) for number in range(50)])
    with database.full(service):
        refused = await_refusal(service)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert refused.json()["type"] == "/problems/database-unavailable"
        assert httpx.get(f"{service.url}/v1/jobs").status_code == 200
        # Jobs that are done meanwhile cannot be stored.
        time.sleep(5)
    began = time.monotonic()
    service.clients.insist_on_all([short_text(number) for number in range(50, 100)])
    # The lease watch may have seen leases that nobody could renew or end.
    figures = service.keep_the_promise(unserved=30)
    refusals = service.clients.promises.statuses[503]
    measured(**figures, answers_503=refusals, all_done_after_s=time.monotonic() - began)


def await_refusal(service: Service) -> httpx.Response:
    """Texts that cannot be compressed are sent until one finds no room.

    What is free within the database's own files is soon used up.
    """
    for number in range(1000, 1200):
        noise = "".join(random.choices(string.ascii_lowercase, k=60_000))
        response = service.clients.post(f"{short_text(number) * 20}{noise}")
        assert response is not None
        if response.status_code != 202:
            return response
    raise AssertionError("the disk never became full")
