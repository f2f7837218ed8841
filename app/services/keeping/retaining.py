"""Ending what is past its time: look, end, and look again; what is told afterwards is what the second look has found."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.keeping.past import Ended, Past
from app.domain.shared.ids import OrganisationId

Say = Callable[[OrganisationId, Past, int], object]
"""Told after each batch: how many rows of it have gone so far."""


class Retention(Protocol):
    """What is past its time, by class and table of one organisation."""

    async def instant(self) -> datetime: ...
    async def organisations(self) -> list[OrganisationId]: ...
    async def past(self, organisation: OrganisationId, now: datetime) -> list[Past]:
        """Every class and table that has a time, also where nothing is past it."""

    async def end_some(self, past: Past, now: datetime) -> int:
        """End a batch of them in a transaction of its own; how many rows."""

    async def forget_answers(self, organisation: OrganisationId, now: datetime) -> int:
        """Answers kept for idempotency keys, of everybody registered here."""


@dataclass(frozen=True, slots=True)
class Retain:
    """For whoever runs the service, each day: nothing depends on it, as what has had its time isn't shown anyway. It can be
    stopped at any time and begun again; what is done is done."""

    retention: Retention
    purge_intake: Callable[[OrganisationId], Awaitable[None]]
    purged: frozenset[str]
    """The tables that the purge of intake sees to."""

    async def plan(self) -> list[Past]:
        """What is past its time now. Nothing happens."""
        now = await self.retention.instant()
        return [each for one in await self.retention.organisations() for each in await self._past(one, now)]

    async def run(self, say: Say = lambda *_: None) -> list[Ended]:
        """End it, and say what has really gone."""
        now, ended = await self.retention.instant(), list[Ended]()
        for organisation in await self.retention.organisations():
            await self.retention.forget_answers(organisation, now)
            found = await self._past(organisation, now)
            gone: Counter[tuple[str, str]] = Counter()
            if any(each.table in self.purged for each in found):
                await self.purge_intake(organisation)
            for each in found:
                if each.table not in self.purged:
                    gone[each.table, each.kept] = await self._end(each, now, say)
            # What hung on what has gone is past its time, too, only now.
            for each in await self._past(organisation, now):
                if each.table not in self.purged:
                    gone[each.table, each.kept] += await self._end(each, now, say)
                    found += [] if any(_is_same(each, other) for other in found) else [each]
            left = {(each.table, each.kept): each.rows for each in await self._past(organisation, now)}
            for each in found:
                rest = left.get((each.table, each.kept), 0)
                went = max(each.rows - rest, 0) if each.table in self.purged else gone[each.table, each.kept]
                ended.append(Ended(past=each, gone=went, left=rest))
        return ended

    async def _past(self, organisation: OrganisationId, now: datetime) -> list[Past]:
        return [each for each in await self.retention.past(organisation, now) if each.rows]

    async def _end(self, past: Past, now: datetime, say: Say) -> int:
        total = 0
        while done := await self.retention.end_some(past, now):
            total += done
            say(past.organisation, past, total)
        return total


def _is_same(one: Past, other: Past) -> bool:
    return (one.table, one.kept) == (other.table, other.kept)
