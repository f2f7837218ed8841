"""Does duties until it is told to end. Each goes by itself: one that hangs or fails keeps no other from its time."""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from app.services.ports.duty import Duty, Turns
from app.worker.metrics import DutyMetrics

HOLD = timedelta(minutes=10)
"""For so long, at most, a turn stays taken by a worker that was killed."""
LOOK_AGAIN = timedelta(seconds=30)
"""How often a worker looks whether a duty that rests for longer is due for it."""
GRACE_SECONDS = 20.0
"""What has begun may take so long, once we are told to end."""
log = logging.getLogger("verksted.worker")


@dataclass(slots=True)
class Worker:
    """One of any number of workers."""

    duties: Sequence[Duty]
    turns: Turns
    metrics: DutyMetrics
    grace_seconds: float = GRACE_SECONDS
    _ends: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self) -> None:
        """Begin nothing more."""
        self._ends.set()
        for duty in self.duties:
            duty.stop()

    async def run(self) -> None:
        """Until `end` is called and what has begun is done, or has had its time; or until this is cancelled."""
        log.info("worker: begins, with %s", ", ".join(duty.name for duty in self.duties))
        tasks = [asyncio.create_task(self._mind(duty), name=duty.name) for duty in self.duties]
        ending = asyncio.create_task(self._ends.wait())
        try:
            await asyncio.wait([ending, *tasks], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait(tasks, timeout=self.grace_seconds)
        finally:
            self.end()
            for task in (*tasks, ending):
                task.cancel()
            await asyncio.gather(*tasks, ending, return_exceptions=True)
        log.info("worker: has ended")

    async def _mind(self, duty: Duty) -> None:
        while not self._ends.is_set():
            more = False
            try:
                more = await self._once(duty)
            except Exception as error:
                # Whatever it is, it is tried again, and the other duties go on. Its words may hold what was confided.
                log.warning("worker: %s failed: %s", duty.name, type(error).__name__)
            if not more:
                await self._rest(min(duty.every, LOOK_AGAIN) if duty.alone else duty.every)

    async def _once(self, duty: Duty) -> bool:
        if duty.alone and not await self.turns.take(duty.name, HOLD):
            return False
        began = time.monotonic()
        rest = min(duty.every, HOLD)
        more, went_well = False, False
        try:
            more = await duty.run_once()
            rest, went_well = timedelta() if more else duty.every, True
        finally:
            self.metrics.observe(duty.name, time.monotonic() - began, went_well=went_well)
            if duty.alone:
                await self.turns.done(duty.name, rest)
        return more

    async def _rest(self, span: timedelta) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ends.wait(), span.total_seconds())
