"""What takes long to make and isn't needed to listen."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


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
            self._making = asyncio.create_task(asyncio.to_thread(self._make))
        return await asyncio.shield(self._making)
