"""Settings that the processes share, and how one says what is wrong with its environment."""

from typing import Literal, TypeVar

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.messages import check_redis_url
from models.session import normalise_database_url


class SettingsError(Exception):
    """The environment does not describe a service that can start.

    The message is one line that says which variables and why, without any secret.
    """


class ServiceSettings(BaseSettings):
    """What every process of the service needs to know, from environment variables that begin with ``TALLY_``."""

    model_config = SettingsConfigDict(env_prefix="TALLY_", frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(
        repr=False, description="SQLAlchemy URL of the database: postgresql://... or sqlite:///..."
    )
    redis_url: str = Field(
        repr=False, description="URL of the Redis server that carries the wake-up messages: redis://..."
    )
    webhooks_local: bool = Field(default=False, description="webhooks may be on this machine, also with http")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least important lines that are logged"
    )

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


S = TypeVar("S", bound=ServiceSettings)


def read(settings: type[S]) -> S:
    """The settings of this process's environment; raises ``SettingsError``, one line with every bad variable."""
    try:
        return settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(each)) for each in error.errors())) from None


def variable(field: str) -> str:
    """The environment variable of a field."""
    return f"TALLY_{field.upper()}"


def _sentence(error: dict[str, object]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    location = error["loc"]
    if not isinstance(location, tuple) or not location:
        return message
    name = variable(str(location[0]))
    return f"{name} is not set" if error["type"] == "missing" else f"{name}: {message}"
