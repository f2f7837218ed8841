"""What is not there and what is hidden are refused at the same time, too (API1, P2).

To find that nothing has an id takes one statement; to find that somebody may not know of what has it takes two or three.
Whoever measures that, of an id that they have come across, would learn what the words of the answer don't tell. So a
refusal that nothing is there is given at the next whole step of time after the question.
"""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType

from app.domain.shared.errors import DomainError, Kind


@dataclass(frozen=True, slots=True)
class Even:
    """How long a step is. Nothing is held back where it is nought."""

    step_seconds: float

    def __call__(self) -> "_Asking":
        """`async with even():` around all that depends on what is asked for; nothing is held open meanwhile."""
        return _Asking(self.step_seconds)


class _Asking:
    __slots__ = ("_began", "_step")

    def __init__(self, step: float) -> None:
        self._step = step
        self._began = perf_counter()

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._step and isinstance(error, DomainError) and error.kind is Kind.NOT_FOUND:
            await asyncio.sleep(self._step - (perf_counter() - self._began) % self._step)
