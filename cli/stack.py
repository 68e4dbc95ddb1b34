"""The whole service on one machine: Redis, the API and a worker as supervised child processes, for ``tally up``."""

import argparse
import errno
import fcntl
import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from cli.child import Child, Program
from cli.errors import CommandError, complain
from cli.exposure import refuse_strangers
from cli.programs import (
    LOOPBACK,
    Place,
    RedisAddress,
    api_answers,
    api_program,
    migration_program,
    redis_answers,
    redis_program,
    webhooks_program,
    worker_program,
)
from cli.stopping import Stopped, StopRequest

_START_SECONDS = 120.0
_LOOK_EVERY_SECONDS = 0.05
_WATCH_EVERY_SECONDS = 0.25
# The pauses before a program that dies again and again is started again; a run of a minute makes them short again.
_PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
_STEADY_SECONDS = 60.0
_ANOTHER_PORT = "choose another one with --port (make up PORT=8001)"


class Stack:
    """Redis, API, worker, webhooks. Use it as a context: whatever happens inside, nothing is left running after it."""

    def __init__(
        self,
        place: Place,
        listener: socket.socket,
        stop: StopRequest,
        *,
        workers: int,
        environment: Mapping[str, str],
        patience: float = 15.0,
    ) -> None:
        """``listener`` is the bound socket of the API, ``patience`` the seconds that a process gets at the end."""
        self._place = place
        self._listener = listener
        self._stop = stop
        self._workers = workers
        self._patience = patience
        self._redis = RedisAddress.choose()
        self._environment = {
            **environment,
            "TALLY_DATABASE_URL": place.database_url,
            "TALLY_REDIS_URL": self._redis.url,
            "PYTHONUNBUFFERED": "1",
        }
        self._running: dict[str, Child] = {}
        self._deaths: dict[str, int] = {}
        self._start_again: dict[str, float] = {}
        self._programs: dict[str, Program] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shut_down()

    @property
    def url(self) -> str:
        """Where this machine reaches the API."""
        host, port = self._reachable
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def _reachable(self) -> tuple[str, int]:
        host, port = self._listener.getsockname()[:2]
        if ipaddress.ip_address(host).is_unspecified:
            host = "::1" if ":" in host else LOOPBACK
        return host, port

    def prepare(self) -> None:
        """Start Redis and bring the database up to date. Raises ``CommandError``, and ``Stopped`` on a stop signal."""
        self._place.create()
        self._launch(redis_program(self._place, self._redis))
        migration = Child(migration_program(self._environment), self._place.logs / "migrations.log")
        try:
            self._await("the migrations", lambda: migration.exit_code is not None)
            if migration.exit_code:
                raise CommandError(
                    f"the database could not be prepared: {migration.last_words().removeprefix('tally: ')}"
                )
        finally:
            migration.destroy()
        self._await("Redis", lambda: redis_answers(self._redis), "redis")

    def start(self) -> None:
        """Start the rest and return when all is ready. Raises as ``prepare``."""
        self._place.ready_file.unlink(missing_ok=True)
        self._listener.listen(2048)
        self._launch(api_program(self._environment, self._listener))
        self._launch(worker_program(self._environment, self._place, self._workers, patience=self._patience))
        self._launch(webhooks_program(self._environment))
        self._await("the worker", self._place.ready_file.exists, "redis", "api", "worker")
        self._await("the API", lambda: api_answers(*self._reachable), "redis", "api", "worker")

    def look_after(self) -> None:
        """Start again what has died; call it often."""
        now = time.monotonic()
        for name, child in list(self._running.items()):
            if child.exit_code is None:
                if now - child.started > _STEADY_SECONDS:
                    self._deaths[name] = 0
            elif name not in self._start_again:
                child.destroy()  # What its leader left behind.
                deaths = self._deaths[name] = self._deaths.get(name, 0) + 1
                pause = _PAUSES[min(deaths, len(_PAUSES)) - 1]
                self._start_again[name] = now + pause
                complain(f"{name} has died ({_ending(child)}); starting it again in {pause:g} s, see {child.log}")
        for name, moment in list(self._start_again.items()):
            if moment <= now:
                del self._start_again[name]
                self._launch(self._programs[name])

    def _launch(self, program: Program) -> None:
        self._stop.check()
        self._programs[program.name] = program
        try:
            self._running[program.name] = Child(program, self._place.logs / f"{program.name}.log")
        except OSError as error:
            raise CommandError(f"cannot start {program.name}: {error.strerror}") from None

    def _await(self, what: str, ready: Callable[[], bool], *needed: str) -> None:
        give_up_at = time.monotonic() + _START_SECONDS
        while not ready():
            for name in needed:
                child = self._running[name]
                if child.exit_code is not None:
                    raise CommandError(f"{name} did not start ({_ending(child)}): {child.last_words()} [{child.log}]")
            if time.monotonic() > give_up_at:
                raise CommandError(f"{what} did not get ready within {_START_SECONDS:g} s, see {self._place.logs}")
            self._stop.pause(_LOOK_EVERY_SECONDS)

    def _shut_down(self) -> None:
        """In order: the API takes nothing more, the worker ends what it has begun, Redis last."""
        for name in ("api", "worker", "webhooks", "redis"):
            child = self._running.pop(name, None)
            if child is None:
                continue
            child.ask_to_stop()
            until = time.monotonic() + min(child.program.patience, self._patience)
            while child.exit_code is None and time.monotonic() < until and not self._stop.urgent:
                time.sleep(_LOOK_EVERY_SECONDS)
            child.destroy()
        self._place.ready_file.unlink(missing_ok=True)


def run(arguments: argparse.Namespace) -> int:
    """``tally up``: returns 0 when a stop signal ends a stack that was ready."""
    place = Place(Path(arguments.data))
    try:
        with StopRequest() as stop, open_port(arguments.host, arguments.port) as listener, _alone(place):
            environment = dict(os.environ)
            with Stack(place, listener, stop, workers=arguments.workers, environment=environment) as stack:
                stack.prepare()
                refuse_strangers(listener.getsockname()[0], place.database_url, auth=environment.get("TALLY_AUTH"))
                stack.start()
                print(_greeting(stack, arguments), flush=True)
                return _watch(stack, stop)
    except Stopped as stopped:
        return stopped.exit_code


def _watch(stack: Stack, stop: StopRequest) -> int:
    try:
        while True:
            stack.look_after()
            stop.pause(_WATCH_EVERY_SECONDS)
    except Stopped:
        return 0


def _greeting(stack: Stack, arguments: argparse.Namespace) -> str:
    data = arguments.data if os.path.isabs(arguments.data) else os.path.join(".", os.path.normpath(arguments.data))
    workers = "1 worker" if arguments.workers == 1 else f"{arguments.workers} workers"
    return f"Tally is ready at {stack.url} (data in {data}, {workers}); Ctrl-C stops it"


@contextmanager
def open_port(host: str, port: int) -> Iterator[socket.socket]:
    """A bound socket, closed at the end. Raises ``CommandError`` that names what to change when it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):  # the latter for a name that cannot be one of a host: "a..b"
        raise CommandError(f"{host} is no address of this machine; choose another one with --host") from None
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = f"port {port} of {host} is in use; {_ANOTHER_PORT}"
            elif error.errno == errno.EACCES:
                message = f"port {port} may not be opened by this user; {_ANOTHER_PORT}"
            else:
                message = f"cannot listen on {host}: {error.strerror}; choose another address with --host"
            raise CommandError(message) from None
        yield listener


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Hold the data folder, so that two stacks never share one database and one Redis file."""
    place.create()
    with (place.data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(f"another `tally up` uses {place.data}; choose another folder with --data") from None
        yield


def _ending(child: Child) -> str:
    code = child.exit_code
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
