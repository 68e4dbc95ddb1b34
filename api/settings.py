"""Settings of the API process: environment variables that begin with ``TALLY_``, read once at start-up."""

from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.messages import check_redis_url
from models.session import normalise_database_url

Positive = Annotated[int, Field(gt=0)]


class SettingsError(Exception):
    """The environment does not describe a service that can start; the message says which variables and why."""


class Settings(BaseSettings):
    """What an operator can choose. Sizes are bytes, times seconds, text lengths Unicode code points."""

    model_config = SettingsConfigDict(env_prefix="TALLY_", frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(
        repr=False, description="SQLAlchemy URL of the database: postgresql://... or sqlite:///..."
    )
    redis_url: str = Field(
        repr=False, description="URL of the Redis server that carries the wake-up messages: redis://..."
    )
    auth: Literal["auto", "required", "off"] = Field(
        default="auto", description="auto asks for a key as soon as one was ever made"
    )
    max_body_bytes: Positive = Field(default=2 * 1024 * 1024, description="largest body of POST /v1/articles")
    max_article_characters: Positive = Field(default=500_000, description="longest article text")
    max_batch_articles: Positive = Field(default=10_000, description="most articles in one batch")
    max_batch_bytes: Positive = Field(default=64 * 1024 * 1024, description="largest body of POST /v1/batches")
    max_queue: Positive = Field(default=100_000, description="queued jobs beyond which submissions answer 503")
    max_waiting: Positive = Field(default=500, description="requests that may wait for a job at the same time")
    max_streams: Positive = Field(default=500, description="event streams that may be open at the same time")
    webhooks_local: bool = Field(default=False, description="webhooks may be on this machine, also with http")
    database_pool_size: Positive = Field(default=10, description="connections of this process to the database")
    request_timeout: Annotated[float, Field(gt=0)] = Field(
        default=15.0, description="seconds until a request that is stuck is answered with 503"
    )
    body_timeout: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="seconds to wait for a head, or the next part of a body before answering 408"
    )
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


def read_settings() -> Settings:
    """The settings of this process's environment; raises ``SettingsError``, one line with every bad variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(each)) for each in error.errors())) from None


def _sentence(error: dict[str, object]) -> str:
    location = error["loc"]
    name = f"TALLY_{str(location[0]).upper()}" if isinstance(location, tuple) and location else "TALLY"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{name} is not set" if error["type"] == "missing" else f"{name}: {message}"
