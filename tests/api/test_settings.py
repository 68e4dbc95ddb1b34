"""Settings of the API process: what is refused, and how that is said."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from api.settings import Settings, read_settings
from runtime.settings import SettingsError

GOOD = {"TALLY_DATABASE_URL": "sqlite:////tmp/x.db", "TALLY_REDIS_URL": "redis://:secret@127.0.0.1/0"}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TALLY_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"TALLY_DATABASE_URL": None}, "TALLY_DATABASE_URL is not set"),
        ({"TALLY_DATABASE_URL": "mysql://u:secret@h/d"},
         "TALLY_DATABASE_URL: unknown database 'mysql': use postgresql://... or sqlite:///path"),
        ({"TALLY_DATABASE_URL": "postgresql://u:p@h:secret/d"},
         "TALLY_DATABASE_URL: this is no URL of a database: use postgresql://... or sqlite:///path"),
        ({"TALLY_DATABASE_URL": "sqlite:///:memory:"},
         "TALLY_DATABASE_URL: an SQLite database must be a file, because several processes share it"),
        ({"TALLY_REDIS_URL": "secret"},
         "TALLY_REDIS_URL: must begin with redis:// or rediss:// and name a server"),
        ({"TALLY_AUTH": "maybe"}, "TALLY_AUTH: Input should be 'auto', 'required' or 'off'"),
        ({"TALLY_MAX_QUEUE": "0"}, "TALLY_MAX_QUEUE: Input should be greater than 0"),
    ],
)  # fmt: skip
def test_bad_settings(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str | None], message: str) -> None:
    for name, value in {**GOOD, **changes}.items():
        if value is not None:
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == message


def test_everything_that_is_wrong_is_said_in_one_line() -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == "TALLY_DATABASE_URL is not set; TALLY_REDIS_URL is not set"


def test_what_was_refused_is_not_shown_even_to_who_makes_them_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**GOOD, "TALLY_DATABASE_URL": "mysql://u:secret@h/d"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert "secret" not in str(raised.value)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**GOOD, "TALLY_LOG_LEVEL": "warning", "TALLY_OF_SOMEBODY_ELSE": "1"}.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.auth, settings.max_body_bytes, settings.log_level) == ("auto", 2 * 1024 * 1024, "WARNING")
    assert "secret" not in repr(settings)
    assert all(field.description for field in Settings.model_fields.values())


def test_process_ends_with_one_clear_line() -> None:
    command = [sys.executable, "-m", "uvicorn", "api.main:app_from_environment", "--factory", "--port", "0"]
    ended = subprocess.run(command, env={}, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "tally api: TALLY_DATABASE_URL is not set; TALLY_REDIS_URL is not set\n"
