"""What a worker process holds: its settings, the extractor and its own connections to the database.

The extractor is loaded once, before the pool forks, and its memory shared by all children. Database connections are
never shared: every child opens its own, and the parent, whose sweeper closes its connections before it lets the pool
fork, passes none on.
"""

import gc
from functools import cached_property

import extraction
import models
from worker.settings import WorkerSettings

# Reading an article makes many objects and hardly a cycle; looking for cycles as often as Python does by itself costs a
# fiftieth of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 10_000


class Process:
    """What one process holds from its start to its end; a child inherits what its parent has loaded."""

    def __init__(self, settings: WorkerSettings) -> None:
        self.settings = settings
        self.concurrency = 1
        """How many children the pool has."""

    @cached_property
    def extractor(self) -> extraction.Extractor:
        """The extractor; loading it takes seconds, so the parent does it before it forks."""
        return extraction.load(parser=self.settings.parser)

    @cached_property
    def sessions(self) -> models.Sessions:
        """The database sessions of a child; it runs one delivery at a time, so two connections are enough."""
        return models.create_sessions(models.create_database_engine(self.settings.database_url, pool_size=2))

    def load(self) -> None:
        """Load the extractor, unless it is inherited."""
        _ = self.extractor

    def prepare_parent(self, children: int) -> None:
        """Load what the children share and keep the garbage collector from touching (so copying) it in each of them.

        They inherit how seldom it runs.
        """
        self.concurrency = children
        self.load()
        gc.collect()
        gc.freeze()
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
