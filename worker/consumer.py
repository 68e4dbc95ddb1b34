"""The part of a worker that listens to Redis, made to outlast it."""

from contextlib import suppress

from celery.worker.consumer import Consumer


class LastingConsumer(Consumer):  # type: ignore[misc]  # Celery ships no types
    """A consumer that connects again however its connection to Redis broke.

    A channel that waits for a message reads once more when it is closed. If Redis has gone that fails, and the channel
    stays open until a later try. When the loss is noticed first on another socket, that of remote control, Celery's
    later try comes when the connection has forgotten its address already, and ends the worker with an AttributeError.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Closes the channel of the jobs while its address is known, then does as Celery does."""
        if self.task_consumer is not None:
            # Whatever fails here is what has failed before; it ends the waiting, so that Celery can close the channel.
            with suppress(Exception):
                self.task_consumer.channel.close()
        super().on_connection_error_after_connected(exc)
