"""The worker's settings, read once from the environment (``TALLY_...``) and passed down."""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.messages import check_redis_url
from models.session import normalise_database_url


class SettingsError(Exception):
    """The environment cannot be used; the message is one line for the operator, without any secret."""


class WorkerSettings(BaseSettings):
    """What a worker needs to know. Times are in seconds.

    The limits keep one relation: soft limit < hard limit < lease < visibility timeout. A job's lease must outlive the
    longest run, or two workers run it at once; Redis must not hand a message out again while its first run is alive.
    """

    model_config = SettingsConfigDict(env_prefix="TALLY_", frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(repr=False)
    redis_url: str = Field(repr=False)
    soft_time_limit: float = Field(default=110, gt=0)
    hard_time_limit: float = Field(default=120, gt=0)
    lease_seconds: float = Field(default=150, gt=0)
    visibility_timeout: float = Field(default=300, gt=0)
    sweep_seconds: float = Field(default=30, gt=0, le=60)
    stale_seconds: float = Field(default=20, ge=0)
    max_attempts: int = Field(default=3, ge=1, le=100)
    group_articles: int = Field(default=64, ge=1, le=100)
    group_characters: int = Field(default=200_000, ge=1)
    worker_concurrency: int | None = Field(default=None, ge=1, le=256)
    worker_max_memory_kib: int | None = Field(default=None, ge=100_000)
    parser: str | None = Field(default=None, min_length=1)
    webhook_timeout: float = Field(default=10, gt=0, le=60)
    webhook_max_attempts: int = Field(default=12, ge=1, le=100)
    webhook_retry_seconds: float = Field(default=30, gt=0, le=3600)
    webhooks_local: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, value: str) -> str:
        normalise_database_url(value)
        return value

    @field_validator("redis_url")
    @classmethod
    def _check_redis_url(cls, value: str) -> str:
        return check_redis_url(value)

    @model_validator(mode="after")
    def _keep_the_relations(self) -> Self:
        names = ("soft_time_limit", "hard_time_limit", "lease_seconds", "visibility_timeout")
        for shorter, longer in pairwise(names):
            if getattr(self, shorter) >= getattr(self, longer):
                raise ValueError(
                    f"{_variable(longer)} ({getattr(self, longer):g}) must be greater than "
                    f"{_variable(shorter)} ({getattr(self, shorter):g})"
                )
        return self


def settings_from_environment() -> WorkerSettings:
    """The settings of this process; raises ``SettingsError`` with one clear line when they cannot be used."""
    try:
        return WorkerSettings()
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(each)) for each in error.errors())) from None


def _sentence(error: dict[str, object]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    location = error["loc"]
    if not isinstance(location, tuple) or not location:
        return message
    variable = _variable(str(location[0]))
    return f"{variable} is not set" if error["type"] == "missing" else f"{variable}: {message}"


def _variable(field: str) -> str:
    return f"TALLY_{field.upper()}"
