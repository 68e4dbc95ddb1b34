"""What a worker process holds: its settings, the extractor and its own connections to the database.

The extractor is loaded once, before the pool forks, and its memory shared by all children. Database connections are
never shared: every child opens its own, and the parent, whose sweeper closes its connections before it lets the pool
fork, passes none on.
"""

import gc
from functools import cache

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
def sessions() -> models.Sessions:
    """The database sessions of a child; it runs one delivery at a time, so two connections are enough."""
    return models.create_sessions(models.create_database_engine(settings().database_url, pool_size=2))


# Reading an article makes many objects and hardly a cycle; looking for cycles as often as Python does by itself costs a
# fiftieth of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 10_000

_children = 1


def concurrency() -> int:
    """How many children the pool has."""
    return _children


def prepare_parent(children: int) -> None:
    """Load what the children share and keep the garbage collector from touching (so copying) it in each of them.

    They inherit how seldom it runs.
    """
    global _children
    _children = children
    extractor()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
