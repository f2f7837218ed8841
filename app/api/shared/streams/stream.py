"""One stream: what waits for somebody, bounded, and what is said to them of it, decided when it is said."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Protocol

from app.domain.events.news import ENDS, LETS_IN, Ear, Happening, NewsTopic
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, DomainError, Kind
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.events.news_ports import Look, Tell
from app.services.events.news_views import Around, NewsReason, NewsView

KEPT = 64
"""Happenings that wait for one stream. Whoever reads more slowly than they come is told to ask for everything."""
BEAT_SECONDS = 15.0
"""How often something is sent where nothing happens, so that everything between keeps the line open."""
LOOKED_AT_EVERY = 60.0
"""How often it is looked at anew what somebody has to do with, though nothing has told of a change."""
ASK_EVERY = 30.0
"""How often to ask as long as nothing is heard."""
SPREAD = 10
"""Seconds over which those who are all told the same at once are spread."""

_OF_GROUPS = frozenset({Ear.MEMBERS, Ear.PLACES, Ear.TIMETABLE})
_OF_SOMEBODY = frozenset({Ear.CONVERSATION, Ear.INVITED})
"""Whose it is, the database alone knows: rare enough to be asked for everybody of the organisation who looks on."""


class Hub(Protocol):
    """What a stream knows of the others: see `Streams`."""

    tell: Tell
    look: Look
    spread: Callable[[int], int]
    clock: Callable[[], float]
    asking: asyncio.Semaphore
    is_blind: bool
    dropped: int

    def moved(self, stream: "Stream", around: Mapping[OrganisationId, Around]) -> None: ...


class Stream:
    """See `Streams.open`. Iterated once; None where there is nothing to say but that the line is open."""

    def __init__(
        self,
        streams: Hub,
        actor: Actor,
        until: float,
        topics: frozenset[NewsTopic],
        group: GroupId | None,
    ) -> None:
        self._streams, self._actor, self._until = streams, actor, until
        self._topics, self._group = topics, group
        self.around: Mapping[OrganisationId, Around] = {}
        self._waiting: dict[Happening, None] = {}
        self._is_late = False
        """Whether more has happened than could wait."""
        self._ask: NewsReason | None = NewsReason.OPENED
        self._end: NewsView | None = None
        self._look_at = self._beat_at = self._ask_at = 0.0
        self._woken = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def begin(self, around: Mapping[OrganisationId, Around]) -> None:
        """Listen for what these have to do with."""
        now = self._streams.clock()
        self.around, self._look_at, self._beat_at = around, now + LOOKED_AT_EVERY, now + BEAT_SECONDS

    def concerns(self, happening: Happening) -> bool:
        """Whether it is worth asking if this somebody may hear of it; no more than a hint."""
        around, group = self.around.get(happening.organisation), happening.group
        if around is None or (self._group is not None and group != self._group):
            return False
        if (happening.type in LETS_IN and self._group is None) or (
            happening.type in ENDS and group in around.inside
        ):
            return True
        return self._hears(happening, around)

    def _hears(self, happening: Happening, around: Around) -> bool:
        heard, group = happening.heard, happening.group
        if heard is None or heard.topic not in self._topics:
            return False
        if heard.ear in _OF_GROUPS:
            return group in around.inside or group in around.beside
        if heard.ear is Ear.COMPOSER:
            return around.is_staff or group in around.inside
        return heard.ear in _OF_SOMEBODY or happening.subject == self._actor.person

    def hear(self, happening: Happening) -> None:
        """Something has happened that could concern them."""
        if happening.type in LETS_IN and self._group is None:
            self.look_soon()
        if len(self._waiting) < KEPT:
            self._waiting[happening] = None
        elif happening not in self._waiting:
            self._streams.dropped += 1
            self._is_late = True
            around = self.around.get(happening.organisation)
            if happening.type in ENDS and around is not None and happening.group in around.inside:
                self._look_at = 0.0
        self._woken.set()

    def ask(self, why: NewsReason) -> None:
        """They are to ask for everything; what waited is part of that."""
        self._ask = why
        if why in (NewsReason.MISSED, NewsReason.RESUMED):
            self._look_at = 0.0
        self._woken.set()

    def look_soon(self) -> None:
        """What they have to do with may be something else."""
        self._look_at = 0.0
        self._woken.set()

    def end(self, why: NewsReason, in_seconds: int | None = None) -> None:
        """It ends; the first reason is the one that is told."""
        if self._end is None:
            self._end = NewsView.end(why, in_seconds)
        self._woken.set()

    async def said(self) -> AsyncGenerator[NewsView | None]:
        """What is said, one after the other, until it ends."""
        while True:
            view = await self._next()
            yield view
            if view is not None and view is self._end:
                return

    async def _next(self) -> NewsView | None:
        while True:
            now = self._streams.clock()
            if now >= self._until:
                self.end(NewsReason.TOKEN_EXPIRED)
            if self._end is not None:
                return self._end
            if now >= self._look_at:
                await self._look(now)
            elif (ask := self._due(now)) is not None:
                return ask
            elif self._waiting:
                happening = next(iter(self._waiting))
                del self._waiting[happening]
                view = await self._told(happening)
                if view is not None:
                    return self._instead(view)
                self._is_late = self._is_late and bool(self._waiting)
            elif now >= self._beat_at:
                self._beat_at = now + BEAT_SECONDS
                return None
            else:
                await self._sleep(min(self._until, self._look_at, self._beat_at) - now)

    def _instead(self, view: NewsView) -> NewsView:
        """What is said where a word is due: to whoever has read too slowly, that it is time to ask for everything.

        Only to whoever may hear something of what has waited: that too much of what isn't theirs happened, is news, too.
        """
        self._beat_at = self._streams.clock() + BEAT_SECONDS
        if not self._is_late:
            return view
        self._is_late = False
        self._streams.dropped += len(self._waiting)
        self._waiting.clear()
        self._look_at = 0.0
        return NewsView.ask(NewsReason.MISSED)

    async def _sleep(self, seconds: float) -> None:
        self._woken.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass

    def _due(self, now: float) -> NewsView | None:
        """That it is time to ask, if it is."""
        why = self._ask
        if why is None and self._streams.is_blind and now >= self._ask_at:
            why = NewsReason.BLIND
        if why is None:
            return None
        self._ask = None
        if why is NewsReason.BLIND:
            self._ask_at = now + ASK_EVERY
        is_for_all = why in (NewsReason.BLIND, NewsReason.RESUMED)
        return NewsView.ask(why, self._streams.spread(SPREAD) if is_for_all else 0)

    async def _told(self, happening: Happening) -> NewsView | None:
        """What of it may be said, asked now. Where nothing may, nothing shows that there was something."""
        around = self.around.get(happening.organisation)
        view = None
        if around is not None and self._hears(happening, around):
            try:
                async with self._streams.asking:
                    view = await self._streams.tell(self._actor, happening)
            except Busy:
                self.ask(NewsReason.MISSED)
                return None
            except DomainError:
                return None
        if view is None and happening.type in ENDS and around and happening.group in around.inside:
            # Their own place may be what has ended; that is theirs to know at once.
            await self._look(self._streams.clock())
        return view

    async def _look(self, now: float) -> None:
        """What they have to do with now."""
        self._look_at = now + LOOKED_AT_EVERY
        try:
            async with self._streams.asking:
                found = await self._streams.look(self._actor, self._group)
        except Busy:
            self._look_at = now + LOOKED_AT_EVERY / 10
            return
        except DomainError as error:
            if error.kind not in (Kind.NOT_FOUND, Kind.FORBIDDEN):
                raise
            self.end(NewsReason.ENDED)
            return
        if not found and self.around:
            self.end(NewsReason.ENDED)
        elif found != self.around and self._ask is None:
            self.ask(NewsReason.CHANGED)
        self._streams.moved(self, found)
