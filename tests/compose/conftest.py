"""The composed stack: built once, started from nothing, removed with its volumes at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.compose.composed_stack import ComposedStack

READY_SECONDS = 60


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposedStack]:
    """The stack, ready within a minute after the build."""
    stack = ComposedStack(tmp_path_factory.mktemp("compose"))
    stack.compose("build")
    try:
        begun = time.monotonic()
        stack.up()
        stack.await_ready(READY_SECONDS - (time.monotonic() - begun))
        yield stack
    finally:
        stack.remove()
