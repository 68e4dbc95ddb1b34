"""The settings of the worker and of the deliverer, read once from the environment (``TALLY_...``) and passed down."""

from itertools import pairwise
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from runtime.settings import ServiceSettings, read, variable


class WorkerSettings(ServiceSettings):
    """What a worker needs to know. Times are in seconds.

    The limits keep one relation: soft limit < hard limit < lease < visibility timeout. A job's lease must outlive the
    longest run, or two workers run it at once; Redis must not hand a message out again while its first run is alive.
    """

    soft_time_limit: float = Field(default=110, gt=0, description="how long a job may run before it is interrupted")
    hard_time_limit: float = Field(default=120, gt=0, description="how long before it is killed with its process")
    lease_seconds: float = Field(default=150, gt=0, description="how long a job is its process's, from a renewal on")
    visibility_timeout: float = Field(default=300, gt=0, description="when Redis hands an unfinished message out again")
    sweep_seconds: float = Field(default=30, gt=0, le=60, description="pause between two sweeps for stuck jobs")
    stale_seconds: float = Field(default=20, ge=0, description="age from which a queued job may be published again")
    max_attempts: int = Field(default=3, ge=1, le=100, description="how often a job is started")
    group_articles: int = Field(default=64, ge=1, le=100, description="most articles that are taken in hand together")
    group_characters: int = Field(default=200_000, ge=1, description="most characters of these articles together")
    worker_concurrency: int | None = Field(
        default=None, ge=1, le=256, description="processes of the pool; None: as many as there are processors"
    )
    worker_max_memory_kib: int | None = Field(
        default=None, ge=100_000, description="memory beyond which a process of the pool is replaced after its job"
    )
    parser: str | None = Field(
        default=None, min_length=1, description="an installed spaCy pipeline, by name or folder, in place of our own"
    )
    webhook_timeout: float = Field(default=10, gt=0, le=60, description="how long an attempt to deliver may take")
    webhook_max_attempts: int = Field(default=12, ge=1, le=100, description="how often a delivery is tried")
    webhook_retry_seconds: float = Field(
        default=30, gt=0, le=3600, description="pause after the first attempt that failed; each further one is doubled"
    )
    ready_file: Path | None = Field(default=None, description="the worker creates this file when it is ready")
    alive_file: Path | None = Field(default=None, description="health checks see by this file that the rounds go on")

    @model_validator(mode="after")
    def _keep_the_relations(self) -> Self:
        names = ("soft_time_limit", "hard_time_limit", "lease_seconds", "visibility_timeout")
        for shorter, longer in pairwise(names):
            if getattr(self, shorter) >= getattr(self, longer):
                raise ValueError(
                    f"{variable(longer)} ({getattr(self, longer):g}) must be greater than "
                    f"{variable(shorter)} ({getattr(self, shorter):g})"
                )
        return self


def settings_from_environment() -> WorkerSettings:
    """The settings of this process's environment; raises ``runtime.settings.SettingsError``."""
    return read(WorkerSettings)
