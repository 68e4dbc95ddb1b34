"""What the API and the workers say to each other: a task name, a queue, and the version of the extraction."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

TASK_EXTRACT = "tally.extract"
QUEUE = "tally"


@lru_cache(maxsize=1)
def pipeline_id() -> str:
    """The extraction that this installation runs, such as "tally-en 0.1.0"; stored on jobs and claims."""
    return f"tally-en {version('tally')}"
