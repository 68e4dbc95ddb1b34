"""``tally api``, ``worker``, ``webhooks``, ``migrate``: one process each, as containers and ``tally up`` run them."""

import argparse
import os
import socket
from typing import TYPE_CHECKING

from cli.errors import CommandError
from cli.exposure import refuse_strangers

if TYPE_CHECKING:
    from worker.settings import WorkerSettings


def api(arguments: argparse.Namespace) -> int:
    """Run the API until it is told to stop."""
    import uvicorn

    from api.connections import bounded_protocol
    from api.settings import read_settings
    from runtime.settings import SettingsError

    try:
        settings = read_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    if arguments.fd is None:
        refuse_strangers(
            arguments.host,
            settings.database_url,
            auth=settings.auth,
            published_locally=settings.published_locally,
        )
    server = uvicorn.Server(
        uvicorn.Config(
            "api.main:app_from_environment",
            factory=True,
            host=arguments.host,
            port=arguments.port,
            log_config=None,
            access_log=False,
            http=bounded_protocol(settings),
            server_header=False,
            # Event streams and long polls would hold the end up.
            timeout_graceful_shutdown=4,
        )
    )
    server.run(None if arguments.fd is None else [socket.socket(fileno=arguments.fd)])
    return 0 if server.started else 1


def worker(arguments: argparse.Namespace) -> int:
    """Run a worker until it is told to stop; SIGTERM lets running jobs finish."""
    settings = _worker_settings()
    from worker.application import run_worker

    return run_worker(settings, arguments.concurrency)


def webhooks(_: argparse.Namespace) -> int:
    """Deliver to webhooks until told to stop."""
    from worker.webhooks import run

    return run(_worker_settings())


def _worker_settings() -> "WorkerSettings":
    from runtime.settings import SettingsError
    from worker.settings import settings_from_environment

    try:
        return settings_from_environment()
    except SettingsError as error:
        raise CommandError(str(error)) from None


def migrate(_: argparse.Namespace) -> int:
    """Bring the database up to date."""
    import migrations
    from models import DatabaseUnavailable

    url = os.environ.get("TALLY_DATABASE_URL")
    if not url:
        raise CommandError("TALLY_DATABASE_URL is not set")
    try:
        migrations.upgrade(url)
    except (ValueError, DatabaseUnavailable) as error:
        raise CommandError(str(error)) from None
    print("The database is up to date", flush=True)
    return 0
