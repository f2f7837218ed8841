"""Change a series of meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.meetings.errors import SeriesNotFound
from app.domain.meetings.place import PlaceType
from app.domain.meetings.rhythm import Rhythm
from app.domain.meetings.series import replan
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.planning import planner
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import SeriesView
from app.services.meetings.writing_ahead import meetings_at
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ChangeSeries:
    """Give your group's series another rhythm, hour, length or place, from now on (G-17, M-06). Meetings that nobody has
    touched follow; what the group has moved or cancelled by itself stays as it is."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
        version: int,
        first_local: datetime,
        place: str,
        place_type: PlaceType = PlaceType.OTHER_PUBLIC,
        time_zone: str | None = None,
        weekly_meetings: int = 4,
        then_every_weeks: int = 2,
        until: date | None = None,
        minutes: int = 120,
    ) -> SeriesView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> SeriesView:
            seen = await planner(tx, group_id, person)
            series = await tx.series.lock(group_id)
            if series is None:
                raise SeriesNotFound
            if series.version != version:
                raise Stale
            rhythm = Rhythm(
                first_local=first_local,
                time_zone=time_zone or series.time_zone,
                weekly_meetings=weekly_meetings,
                then_every_weeks=then_every_weeks,
                until=until,
            )
            series.follow(rhythm, minutes, place, place_type, tx.now)
            series.version += 1
            plan = replan(series, await tx.meetings.lock_of_series(group_id, tx.now), tx.now)
            await tx.meetings.save_all(plan.changed)
            await tx.meetings.add_all(meetings_at(tx, series, plan.added))
            await tx.series.save(series)
            tx.emit(Event("group.series.changed", group_id, {"group": group_id}))
            advice = await self.advise.on_series(tx, series, actor.mark.language)
            return SeriesView.of(series, seen.standing, advice)

        return await self.transact.write(actor, organisation_of(group_id), work)
