"""The worker's settings, and that Celery and redis-py really use what they are given."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from celery import Celery
from pydantic import ValidationError

from runtime.settings import SettingsError
from tests.support.servers import RedisServer
from worker.broker import configuration
from worker.process import Process
from worker.publishing import publish, waiting_messages
from worker.settings import WorkerSettings, settings_from_environment

URLS = {"TALLY_DATABASE_URL": "sqlite:////tmp/tally.db", "TALLY_REDIS_URL": "redis://:secret@127.0.0.1:1/0"}


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> WorkerSettings:
    for name, value in {**URLS, **variables}.items():
        monkeypatch.setenv(name, value)
    return settings_from_environment()


@pytest.mark.reliability(13)
def test_the_defaults_keep_the_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert settings.soft_time_limit < settings.hard_time_limit < settings.lease_seconds < settings.visibility_timeout
    assert (settings.hard_time_limit, settings.lease_seconds, settings.visibility_timeout) == (120, 150, 300)
    assert (settings.sweep_seconds, settings.max_attempts) == (30, 3)


def test_every_setting_is_described() -> None:
    assert [name for name, field in WorkerSettings.model_fields.items() if not field.description] == []


def test_the_settings_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, TALLY_DATABASE_URL="postgresql://tally:secret@127.0.0.1/tally")
    assert "lease_seconds=150" in repr(settings)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"TALLY_LEASE_SECONDS": "100"},
            "TALLY_LEASE_SECONDS (100) must be greater than TALLY_HARD_TIME_LIMIT (120)",
        ),
        (
            {"TALLY_VISIBILITY_TIMEOUT": "150"},
            "TALLY_VISIBILITY_TIMEOUT (150) must be greater than TALLY_LEASE_SECONDS (150)",
        ),
        (
            {"TALLY_SOFT_TIME_LIMIT": "130"},
            "TALLY_HARD_TIME_LIMIT (120) must be greater than TALLY_SOFT_TIME_LIMIT (130)",
        ),
        ({"TALLY_MAX_ATTEMPTS": "0"}, "TALLY_MAX_ATTEMPTS: Input should be greater than or equal to 1"),
        ({"TALLY_REDIS_URL": "amqp://user:secret@host"}, "TALLY_REDIS_URL: must begin with redis://"),
        ({"TALLY_DATABASE_URL": "mysql://user:secret@host"}, "TALLY_DATABASE_URL: unknown database 'mysql'"),
        ({"TALLY_DATABASE_URL": "secret"}, "TALLY_DATABASE_URL: this is no URL of a database"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read(monkeypatch, **variables)
    assert message in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("level", ["warning", "Warning", "WARNING"])
def test_the_log_level_may_be_written_as_for_the_api(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    assert read(monkeypatch, TALLY_LOG_LEVEL=level).log_level == "WARNING"


def test_what_was_refused_is_not_shown_even_to_who_makes_them_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**URLS, "TALLY_REDIS_URL": "amqp://user:secret@host", "TALLY_LEASE_SECONDS": "1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        WorkerSettings()
    assert "secret" not in str(refused.value)


def test_the_parser_that_is_named_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process(read(monkeypatch, TALLY_PARSER="en_no_such_pipeline"))
    with pytest.raises(OSError, match="en_no_such_pipeline"):
        process.load()


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TALLY_REDIS_URL", raising=False)
    monkeypatch.setenv("TALLY_DATABASE_URL", URLS["TALLY_DATABASE_URL"])
    with pytest.raises(SettingsError, match="TALLY_REDIS_URL is not set"):
        settings_from_environment()


def test_redis_connections_get_the_options_and_do_not_retry(monkeypatch: pytest.MonkeyPatch, redis_url: str) -> None:
    app = Celery("test", set_as_current=False)
    app.conf.update(configuration(read(monkeypatch, TALLY_REDIS_URL=redis_url)))
    with app.connection_for_read() as connection, connection.channel() as channel:
        assert channel.visibility_timeout == 300
        assert channel.unacked_restore_throttle == 1
        redis_connection = channel.client.connection_pool.get_connection()
        try:
            assert redis_connection.socket_timeout == 5
            assert redis_connection.socket_connect_timeout == 2
            assert redis_connection.socket_keepalive
            assert redis_connection.health_check_interval == 25
            # redis-py retries three times with growing pauses unless the pool says otherwise.
            assert redis_connection.retry.get_retries() == 0
        finally:
            channel.client.connection_pool.release(redis_connection)
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.accept_content == ["json"]
    assert not app.conf.worker_cancel_long_running_tasks_on_connection_loss
    assert type(app.backend).__name__ == "DisabledBackend"


@pytest.mark.reliability(4)
def test_publishing_is_bounded_when_redis_is_dead_or_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    from uuid import uuid4

    with RedisServer() as server:
        app = Celery("test", set_as_current=False)
        app.conf.update(configuration(read(monkeypatch, TALLY_REDIS_URL=server.url)))
        assert publish(app, [uuid4(), uuid4()]) == 2
        assert waiting_messages(app) == 2
        server.pause()
        started = time.monotonic()
        assert publish(app, [uuid4(), uuid4()]) == 0
        assert time.monotonic() - started < 13
        server.resume()
        server.stop()
        started = time.monotonic()
        assert publish(app, [uuid4(), uuid4()]) == 0
        assert waiting_messages(app) is None
        assert time.monotonic() - started < 3


def test_a_parser_that_is_not_there_stops_the_worker_in_one_line(redis_url: str, sqlite_url: str) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TALLY_")},
        "TALLY_DATABASE_URL": sqlite_url,
        "TALLY_REDIS_URL": redis_url,
        "TALLY_PARSER": "no_such_pipeline",
    }
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", "worker"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    said = ended.stdout + ended.stderr
    assert "TALLY_PARSER=no_such_pipeline" in said
    assert "Traceback" not in said
