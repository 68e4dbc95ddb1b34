"""Whether API keys are asked for: with ``TALLY_AUTH=auto``, as soon as one was ever made."""

import threading
import time

from models import api_key
from models.session import Sessions, run_query


class KeyCheck:
    """Looks for a key at most once a second, so a first key counts within that time."""

    SECONDS = 1.0

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._lock = threading.Lock()
        self._answer = True
        self._until = 0.0

    def needed(self) -> bool:
        """The answer, from the database when the last one is old; raises `DatabaseUnavailable`."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._answer = run_query(self._sessions, api_key.any_key)
                self._until = time.monotonic() + self.SECONDS
            return self._answer

    def remembered(self) -> bool | None:
        """The last answer while it is fresh, without waiting for anybody."""
        return self._answer if time.monotonic() < self._until else None
