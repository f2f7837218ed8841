"""Look at a series of meetings."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import require_place
from app.domain.meetings.errors import SeriesNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import SeriesView
from app.services.meetings.writing_ahead import short_of, write_on
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """See the rhythm in which your group meets, and what is worth knowing about it."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(self, actor: Actor, group_id: GroupId) -> SeriesView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> tuple[SeriesView, list[GroupId]]:
            try:
                seen = await tx.standings.look(group_id, person)
                require_place(seen.standing)
            except GroupNotFound:
                raise SeriesNotFound from None
            series = await tx.series.find(group_id)
            if series is None:
                raise SeriesNotFound
            advice = await self.advise.on_series(tx, series, actor.mark.language)
            view = SeriesView.of(series, seen.standing, advice)
            return view, await short_of(tx, {group_id: seen.standing})

        view, short = await self.transact.read(actor, organisation_of(group_id), work)
        await write_on(self.transact, actor, short)
        return view
