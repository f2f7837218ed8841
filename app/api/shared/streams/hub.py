"""All streams of this process: who listens for what, how many they may be, and what is said to all of them.

What has happened comes from `Listening`, for all replicas alike, whichever of them has done it. It is laid before the
streams that it could concern; whether somebody may hear of it, each asks for itself, at the moment at which it would be
said.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from app.api.shared.streams.stream import Stream
from app.domain.events.news import LETS_IN, Happening, NewsTopic
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, TooMany
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.events.news_ports import Look, Tell
from app.services.events.news_views import Around, NewsReason

ASKING_AT_ONCE = 3
"""Questions to the database for all streams of this process together: requests go first."""
COME_BACK_WITHIN = 10
"""Seconds; each is told another number, so that they don't all come at once to what is left."""
_LAST_WORD_SECONDS = 0.1
"""So that the last word of a stream gets through before its line is closed."""


class Hearing(Protocol):
    """Hears what happens at all replicas."""

    async def begin(self, who: Any, /) -> bool: ...
    def end(self, who: Any, /) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many streams there may be."""

    each: int = 10
    """Of one person, at this process."""
    all: int = 2_000
    """At this process."""


class Streams:
    """Opens streams, and lays before them what has happened."""

    def __init__(
        self,
        *,
        tell: Tell,
        look: Look,
        hearing: Hearing,
        spread: Callable[[int], int],
        bounds: Bounds | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.tell, self.look, self.spread, self.clock = tell, look, spread, clock
        self.asking = asyncio.Semaphore(ASKING_AT_ONCE)
        self.is_blind = False
        self.dropped = 0
        """Happenings that waited for somebody who read too slowly."""
        self.refused = 0
        self._hearing, self._bounds = hearing, bounds or Bounds()
        self._lines: Counter[tuple[str | None, str | None]] = Counter()
        self._streams: dict[OrganisationId, set[Stream]] = defaultdict(set)
        self._all: set[Stream] = set()
        self._closing: list[Callable[[int], Awaitable[None]]] = []
        self._let_in = 0
        self._is_draining = False

    @property
    def lines(self) -> int:
        """Lines that are open."""
        return self._lines.total()

    @property
    def open_streams(self) -> int:
        """Streams that are open; several of them can share a line."""
        return len(self._all)

    @asynccontextmanager
    async def line(
        self, actor: Actor, close: Callable[[int], Awaitable[None]] | None = None
    ) -> AsyncIterator[None]:
        """A line to somebody: refused where there are too many. `close` ends it when the server stops."""
        who = actor.issuer, actor.subject
        if self._is_draining or self.lines >= self._bounds.all:
            self.refused += 1
            raise Busy
        if self._lines[who] >= self._bounds.each:
            self.refused += 1
            raise TooMany(retry_after=COME_BACK_WITHIN)
        self._lines[who] += 1
        if close is not None:
            self._closing.append(close)
        try:
            yield
        finally:
            self._lines[who] -= 1
            if not self._lines[who]:
                del self._lines[who]
            if close is not None:
                self._closing.remove(close)

    @asynccontextmanager
    async def open(
        self,
        actor: Actor,
        seconds: float,
        topics: frozenset[NewsTopic],
        group: GroupId | None = None,
    ) -> AsyncIterator[Stream]:
        """A stream for somebody, on a line that they have, for so many seconds at most.

        Refused like any look at a group that isn't theirs. It listens before it says its first word, which is to ask: so
        nothing is lost between what they read then and what is told afterwards.
        """
        stream = Stream(self, actor, self.clock() + seconds, topics, group)
        if not await self._hearing.begin(self):
            self.is_blind = True
        self._all.add(stream)
        try:
            before = self._let_in
            stream.begin(await self.look(actor, group))
            self.moved(stream, stream.around)
            if before != self._let_in:
                stream.look_soon()
            if self._is_draining:
                self._send_back(stream)
            yield stream
        finally:
            self._all.discard(stream)
            self.moved(stream, {})  # and it is heard for no more

    def moved(self, stream: Stream, around: Mapping[OrganisationId, Around]) -> None:
        """What a stream has to do with, is something else now."""
        for organisation in stream.around.keys() - around.keys():
            self._streams[organisation].discard(stream)
            if not self._streams[organisation]:
                del self._streams[organisation]
        stream.around = around
        for organisation in around:
            self._streams[organisation].add(stream)

    def happened(self, happening: Happening) -> None:
        """Lay it before those whom it could concern."""
        self._let_in += happening.type in LETS_IN
        for stream in list(self._streams.get(happening.organisation, ())):
            if stream.concerns(happening):
                stream.hear(happening)

    def missed(self) -> None:
        """Something was told that can't be read here."""
        self._ask_all(NewsReason.MISSED)

    def blind(self) -> None:
        """Nothing is heard just now: everybody is told to ask now and then."""
        self.is_blind = True
        self._ask_all(NewsReason.BLIND)

    def seeing(self) -> None:
        """Everything is heard again: everybody is told to ask once more, as something may have happened meanwhile."""
        if self.is_blind:
            self.is_blind = False
            self._ask_all(NewsReason.RESUMED)

    def _ask_all(self, why: NewsReason) -> None:
        for stream in self._all:
            stream.ask(why)

    async def drain(self) -> None:
        """The server stops: each stream ends with a word when to come back, and so do their lines."""
        self._is_draining = True
        for stream in self._all:
            self._send_back(stream)
        await asyncio.sleep(_LAST_WORD_SECONDS)
        for close in list(self._closing):
            await close(self._back_in())

    def close(self) -> None:
        """Hear no more."""
        self._hearing.end(self)

    def _send_back(self, stream: Stream) -> None:
        stream.end(NewsReason.RESTARTING, self._back_in())

    def _back_in(self) -> int:
        return 1 + self.spread(COME_BACK_WITHIN)
