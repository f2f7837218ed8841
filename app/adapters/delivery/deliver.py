"""The duty that delivers: visits webhooks that are due, several at once, so that one that hangs keeps no other."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.events.delivery import Answer
from app.services.events.sending import Desk, Outgoing, Taken

VISITS = 32
"""Webhooks that are visited at once."""
AT_ONCE = 8
"""Attempts that are under way at once at one webhook, each of another subject."""
VISIT_SECONDS = 20.0
"""After so long a webhook is put back, so that others come to their turn."""
LOOK_SECONDS = 0.5
log = logging.getLogger("verksted.webhooks")


@dataclass(slots=True)
class DeliverWebhooks:
    """Any number of workers may do it: a webhook is taken by one of them at a time."""

    desk: Desk
    send: Callable[[Outgoing], Awaitable[Answer]]
    clock: Callable[[], datetime]
    hold_every: float = 15.0
    """How often a webhook is kept for longer, in seconds: a fraction of the time for which the desk holds it."""
    _counts: Counter[str] = field(default_factory=Counter)
    _oldest_seconds: float = 0.0
    _ends: bool = False

    def stop(self) -> None:
        """Begin no further attempt."""
        self._ends = True

    def figures(self) -> Mapping[str, float]:
        """For the metrics: attempts by how they ended, and how long the oldest event has been waiting."""
        return {
            "arrived_total": self._counts["arrived"],
            "failed_total": self._counts["failed"],
            "interrupted_total": self._counts["interrupted"],
            "oldest_waiting_seconds": self._oldest_seconds,
        }

    async def __call__(self) -> bool:
        """Deliver until nothing is due and nothing is under way."""
        since = await self.desk.waiting_since()
        self._oldest_seconds = 0.0 if since is None else max(0.0, (self.clock() - since).total_seconds())
        visits = set[asyncio.Task[None]]()
        try:
            while True:
                room = 0 if self._ends else VISITS - len(visits)
                for taken in await self.desk.take(room) if room else []:
                    visits.add(asyncio.create_task(self._visit(taken)))
                if not visits:
                    return False
                done, visits = await asyncio.wait(
                    visits, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                for visit in done:
                    self._note(visit)
        finally:
            await _cancelled(visits)

    def _note(self, task: asyncio.Task[None]) -> None:
        error = task.exception()
        if error is not None:
            # The webhook is free again when its time is over; what was under way is tried again.
            self._counts["interrupted"] += 1
            log.warning("webhooks: interrupted: %s", type(error).__name__)

    async def _visit(self, taken: Taken) -> None:
        loop = asyncio.get_running_loop()
        began = held = loop.time()
        under_way, is_ours = set[asyncio.Task[None]](), True
        try:
            while True:
                if loop.time() - held > self.hold_every and is_ours:
                    kept, held = await self.desk.hold(taken), loop.time()
                    taken, is_ours = kept or taken, kept is not None
                goes_on = is_ours and not self._ends and loop.time() - began < VISIT_SECONDS
                if goes_on and len(under_way) <= AT_ONCE // 2:
                    begun = await self.desk.begin(taken, AT_ONCE - len(under_way))
                    under_way |= {asyncio.create_task(self._attempt(each)) for each in begun}
                if not under_way:
                    break
                done, under_way = await asyncio.wait(
                    under_way, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                for attempt in done:
                    self._note(attempt)
        finally:
            await _cancelled(under_way)
        if is_ours:
            await self.desk.put_back(taken)

    async def _attempt(self, outgoing: Outgoing) -> None:
        answer = await self.send(outgoing)
        self._counts["arrived" if answer.fault is None else "failed"] += 1
        await self.desk.end(outgoing, answer)


async def _cancelled(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
