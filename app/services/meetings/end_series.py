"""End a series of meetings."""

from dataclasses import dataclass

from app.domain.meetings.errors import SeriesNotFound
from app.domain.meetings.series import replan
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.planning import planner
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import SeriesView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class EndSeries:
    """End your group's series. Meetings to come that nobody has touched go with it; what the group has moved by itself
    stays. The group may plan another series at any time. Ending again changes nothing."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> SeriesView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> SeriesView:
            seen = await planner(tx, group_id, person, only_takes_back=True)
            series = await tx.series.lock(group_id)
            if series is None:
                raise SeriesNotFound
            if series.ended_at is None:
                series.end(tx.now)
                series.version += 1
                plan = replan(series, await tx.meetings.lock_of_series(group_id, tx.now), tx.now)
                await tx.meetings.save_all(plan.changed)
                await tx.series.save(series)
                tx.emit(Event("group.series.ended", group_id, {"group": group_id}))
            return SeriesView.of(series, seen.standing, [])

        return await self.transact.write(actor, organisation_of(group_id), work, answer=SeriesView)
