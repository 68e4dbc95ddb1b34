"""What a worker process holds: its settings, the extractor and its own connections to the database.

The extractor is loaded once, before the pool forks, and its memory shared by all children. Database connections are
never shared: every child drops what it inherited and opens its own.
"""

import gc
from functools import cache

from sqlalchemy import Engine

import extraction
import models
from worker.settings import WorkerSettings, settings_from_environment


@cache
def settings() -> WorkerSettings:
    """The settings of this process."""
    return settings_from_environment()


@cache
def extractor() -> extraction.Extractor:
    """The extractor; loading it takes seconds, so the parent does it before it forks."""
    return extraction.load(parser=settings().parser)


@cache
def _engine() -> Engine:
    # A child runs one job at a time and the renewal of its lease shares the job's thread: two are enough.
    return models.create_database_engine(settings().database_url, pool_size=2)


@cache
def sessions() -> models.Sessions:
    """This process's database sessions."""
    return models.create_sessions(_engine())


_children = 1


def concurrency() -> int:
    """How many children the pool has."""
    return _children


def prepare_parent(children: int) -> None:
    """Load what the children share and keep the garbage collector from touching (so copying) it in each of them."""
    global _children
    _children = children
    extractor()
    gc.collect()
    gc.freeze()


def prepare_child() -> None:
    """Make the process fit to run jobs: nothing inherited is used that must not cross a fork."""
    if _engine.cache_info().currsize:
        _engine().dispose(close=False)
    _engine.cache_clear()
    sessions.cache_clear()
    extractor()  # Inherited after a fork; loaded here where the pool starts fresh interpreters (macOS).
