"""Series are written ahead by whoever in the group looks at meetings or changes them: no job has to run."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.series import SHORT, Series
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, MeetingId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.ports.transaction import Transact


def meetings_at(tx: MeetingsUnitOfWork, series: Series, starts: Iterable[datetime]) -> list[Meeting]:
    """New meetings of a series, at these starts."""
    return [
        Meeting(
            id=MeetingId(tx.new_id()),
            organisation_id=series.organisation_id,
            group_id=series.group_id,
            starts_at=start,
            minutes=series.minutes,
            place=series.place,
            place_type=series.place_type,
            slot_at=start,
            apart_at=None,
            replaced_at=None,
            cancelled_at=None,
            not_held_at=None,
            version=1,
        )
        for start in starts
    ]


async def short_of(tx: MeetingsUnitOfWork, standings: dict[GroupId, Standing]) -> list[GroupId]:
    """Groups whose series is to be written on by whoever has these standings: people who have a place there."""
    inside = [group for group, standing in standings.items() if standing in _INSIDE]
    return await tx.series.short(inside, tx.now + SHORT) if inside else []


async def write_on(transact: Transact[MeetingsUnitOfWork], actor: Actor, groups: Sequence[GroupId]) -> None:
    """Write the next meetings of these groups' series, each in a transaction of its own. Doing it twice is the same as
    once: the group is locked, and the series knows how far it has been written."""
    person = actor.person_id
    for group in groups:

        async def work(tx: MeetingsUnitOfWork, group: GroupId = group) -> None:
            try:
                seen = await tx.standings.lock(group, person)
            except GroupNotFound:
                return
            series = await tx.series.lock(group) if seen.standing in _INSIDE else None
            if series is None:
                return
            starts = series.go_on(tx.now)
            await tx.meetings.add_all(meetings_at(tx, series, starts))
            await tx.series.save(series)

        await transact.write(actor, organisation_of(group), work)


_INSIDE = (Standing.MEMBER, Standing.UNSIGNED)
