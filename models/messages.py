"""What the API and the workers say to each other: a task name, a queue, and the version of the extraction."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

TASK_EXTRACT = "tally.extract"
QUEUE = "tally"
# A sorted set in Redis: the workers that live, each with the time of Redis until which it is seen.
WORKERS = "tally.workers"


def check_redis_url(url: str) -> str:
    """The URL of the Redis server that carries the messages, as it is. Raises ValueError where it is none."""
    scheme, mark, rest = url.partition("://")
    if scheme not in ("redis", "rediss") or not mark or not rest:
        raise ValueError("must begin with redis:// or rediss:// and name a server")
    return url


@lru_cache(maxsize=1)
def pipeline_id() -> str:
    """The extraction that this installation runs, such as "tally-en 0.1.0"; stored on jobs and claims."""
    return f"tally-en {version('tally')}"
