"""What takes long to make and isn't needed to listen."""

import asyncio
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
MAKING = threading.RLock()
"""Held by whoever makes models from our classes, for their docstrings are read by Python's parser: 3.11 counts its depth
for all threads together, and where two parse at once one of them fails (`SystemError: AST constructor recursion depth`)."""


class Later(Generic[T]):
    """Made once, in a thread beside the loop: begun when the server has started, or by the first who needs it."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._making: asyncio.Task[T] | None = None

    @property
    def is_made(self) -> bool:
        """Whether nobody has to wait any more; never true where making it has failed."""
        task = self._making
        return task is not None and task.done() and not task.cancelled() and task.exception() is None

    async def made(self) -> T:
        """The thing. Whoever asks early waits, and one who stops waiting takes nothing from the others."""
        if self._making is None:
            self._making = asyncio.create_task(asyncio.to_thread(self._make_alone))
        return await asyncio.shield(self._making)

    def _make_alone(self) -> T:
        with MAKING:
            return self._make()
