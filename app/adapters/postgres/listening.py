"""One connection that listens for all streams of this process: opened with the first of them, and again when it is lost.

A connection of its own, outside of the pool: it waits, and never holds anything. Behind a pooler that gives connections to
each transaction anew nothing can be listened for, so the address has to lead to PostgreSQL itself.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

import asyncpg

from app.adapters.postgres.bell import CHANNEL, Bell
from app.adapters.postgres.transact import LOST
from app.adapters.postgres.work import Chance
from app.domain.events.news import Happening

CONNECT_SECONDS = 3.0
LOOKED_AT_EVERY = 15.0
"""A connection into a black hole says nothing; so it is asked now and then."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0
log = logging.getLogger("verksted.streams")


class Hears(Protocol):
    """Whoever wants to hear."""

    def happened(self, happening: Happening) -> None: ...
    def missed(self) -> None:
        """Something was told that can't be read."""

    def blind(self) -> None:
        """Nothing is heard from now on."""

    def seeing(self) -> None:
        """Everything is heard again from now on."""


@dataclass(slots=True)
class Listening:
    """Listens, and passes on."""

    url: str
    bell: Bell
    chance: Chance
    _hearing: list[Hears] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None
    _is_seeing: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self, who: Hears, patience: float = CONNECT_SECONDS) -> bool:
        """Listen for somebody, too; whether everything is heard from now on."""
        if who not in self._hearing:
            self._hearing.append(who)
        if self._task is None:
            self._task = asyncio.create_task(self._listen())
        try:
            async with asyncio.timeout(patience):
                await self._is_seeing.wait()
        except TimeoutError:
            return False
        return True

    def end(self, who: Hears) -> None:
        """Listen for them no more."""
        if who in self._hearing:
            self._hearing.remove(who)

    async def close(self) -> None:
        """Listen no more at all."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _listen(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                await self._hear()
                wait = FIRST_WAIT
            except LOST as error:
                log.warning("not listening: %s", type(error).__name__)
            if self._is_seeing.is_set():
                wait = FIRST_WAIT
                self._is_seeing.clear()
                for each in self._hearing:
                    each.blind()
            # Not all replicas at once: half of the wait is by chance.
            await asyncio.sleep(wait / 2 * (1 + self.chance.bits(10) / 1024))
            wait = min(LONGEST_WAIT, wait * 2)

    async def _hear(self) -> None:
        """Until the connection is lost."""
        connection: Any = await asyncpg.connect(
            self.url,
            timeout=CONNECT_SECONDS,
            command_timeout=CONNECT_SECONDS,
            server_settings={"application_name": "verksted streams"},
        )
        try:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda *_: lost.set())
            await connection.add_listener(CHANNEL, self._told)
            self._is_seeing.set()
            for each in self._hearing:
                each.seeing()
            while not lost.is_set():
                try:
                    await asyncio.wait_for(lost.wait(), LOOKED_AT_EVERY)
                except TimeoutError:
                    await connection.fetchval("select 1")
        finally:
            connection.terminate()

    def _told(self, _connection: object, _process: int, _channel: str, payload: object) -> None:
        happened = self.bell.heard(str(payload))
        for each in self._hearing:
            if happened is None:
                each.missed()
            for happening in happened or ():
                each.happened(happening)
