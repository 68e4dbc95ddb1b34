"""Settings of the API process: environment variables that begin with ``TALLY_``, read once at start-up."""

from typing import Annotated, Literal

from pydantic import Field

from runtime.settings import ServiceSettings, read

Positive = Annotated[int, Field(gt=0)]


class Settings(ServiceSettings):
    """What an operator can choose. Sizes are bytes, times seconds, text lengths Unicode code points."""

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
    database_pool_size: Positive = Field(default=10, description="connections of this process to the database")
    request_timeout: Annotated[float, Field(gt=0)] = Field(
        default=15.0, description="seconds until a request that is stuck is answered with 503"
    )
    body_timeout: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="seconds to wait for a head, or the next part of a body before answering 408"
    )
    published_locally: bool = Field(
        default=False, description="it may listen beyond loopback without a key: only this machine reaches it"
    )


def read_settings() -> Settings:
    """The settings of this process's environment; raises ``runtime.settings.SettingsError``."""
    return read(Settings)
