"""Plan a series of meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.meetings.errors import SeriesAfterFirst, SeriesStands
from app.domain.meetings.place import PlaceType
from app.domain.meetings.rhythm import Rhythm
from app.domain.meetings.series import Series, replan, require_ahead
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.planning import planner
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import SeriesView
from app.services.meetings.writing_ahead import meetings_at
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class PlanSeries:
    """Plan the rhythm in which your group meets: weekly at first, then more rarely (M-01, M-04). From the first meeting
    on this is the members' own decision, and nobody else's (G-17, M-06). Its meetings are there at once; move or cancel
    any of them by itself."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
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
            if not seen.group.is_closed(tx.now):
                raise SeriesAfterFirst
            organisation = await tx.organisations.get(seen.group.organisation_id)
            rhythm = Rhythm(
                first_local=first_local,
                time_zone=time_zone or organisation.time_zone,
                weekly_meetings=weekly_meetings,
                then_every_weeks=then_every_weeks,
                until=until,
            )
            require_ahead(rhythm, tx.now)
            earlier = await tx.series.lock(group_id)
            if earlier is not None and earlier.ended_at is None:
                raise SeriesStands
            series = Series(
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                first_local=rhythm.first_local,
                time_zone=rhythm.time_zone,
                weekly_meetings=weekly_meetings,
                then_every_weeks=then_every_weeks,
                until=until,
                minutes=minutes,
                place=place,
                place_type=place_type,
                planned_until=tx.now,
                ended_at=None,
                version=1 if earlier is None else earlier.version + 1,
            )
            plan = replan(series, await tx.meetings.lock_of_series(group_id, tx.now), tx.now)
            await tx.meetings.save_all(plan.changed)
            await tx.meetings.add_all(meetings_at(tx, series, plan.added))
            await tx.series.save(series)
            tx.emit(Event("group.series.planned", group_id, {"group": group_id}))
            advice = await self.advise.on_series(tx, series, actor.mark.language)
            return SeriesView.of(series, seen.standing, advice)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=SeriesView)
