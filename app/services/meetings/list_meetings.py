"""Look through the meetings of a group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.seeing import may_see
from app.services.meetings.views import MeetingView
from app.services.meetings.writing_ahead import short_of, write_on
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMeetings:
    """List the meetings of your group, in the order of their start. `upcoming`: only those that are to come (M-14).
    Meetings of a series are listed for half a year ahead."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(
        self, actor: Actor, group_id: GroupId, page: PageRequest, upcoming: bool = False
    ) -> Page[MeetingView]:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> tuple[Page[MeetingView], list[GroupId]]:
            seen = await tx.standings.look(group_id, person)
            composing = seen.standing is Standing.COORDINATOR and not seen.group.is_closed(tx.now)
            if seen.standing not in SEES_MEETINGS and not composing:
                raise GroupNotFound
            # Before the page: whoever else writes on meanwhile has written all of it by the time the page is read.
            short = await short_of(tx, {group_id: seen.standing})
            found = await tx.meeting_reads.of_group(group_id, page, upcoming=upcoming)
            shown = [facts for facts in found.items if may_see(seen, facts.meeting.starts_at)]
            views = [
                MeetingView.of(facts, seen.standing, tx.now, shielded=seen.group.shields_place)
                for facts in shown
            ]
            return Page(items=views, after=found.after if len(shown) == len(found.items) else None), short

        seen, short = await self.transact.read(actor, organisation_of(group_id), work)
        if short:
            await write_on(self.transact, actor, short)
            seen, _ = await self.transact.read(actor, organisation_of(group_id), work)
        return seen
