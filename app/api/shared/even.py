"""What is not there and what is hidden are refused at the same time, too (API1, P2).

To find that nothing has an id takes one statement; to find that somebody may not know of what has it takes two or three.
Whoever measures that, of an id that they have come across, would learn what the words of the answer don't tell. So a
refusal that nothing is there is given at the next whole step of time after the question.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType

from app.domain.shared.errors import DomainError, Kind


@dataclass(frozen=True, slots=True)
class Even:
    """How long a step is. Nothing is held back where it is nought."""

    step_seconds: float
    clock: Callable[[], float] = perf_counter
    """In seconds, from any moment on."""
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    """Waits for so many seconds."""

    def __call__(self) -> "_Asking":
        """`async with even():` around all that depends on what is asked for; nothing is held open meanwhile."""
        return _Asking(self)


class _Asking:
    __slots__ = ("_began", "_even")

    def __init__(self, even: Even) -> None:
        self._even = even
        self._began = even.clock()

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        step = self._even.step_seconds
        if step and isinstance(error, DomainError) and error.kind is Kind.NOT_FOUND:
            await self._even.pause(step - (self._even.clock() - self._began) % step)
