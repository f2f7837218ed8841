"""Note who was there."""

from dataclasses import dataclass

from app.domain.groups.errors import MemberNotFound
from app.domain.meetings.presence import require_attendance
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, MembershipId, organisation_of
from app.services.meetings.at_the_table import at_the_table
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import AttendeeView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NoteAttendance:
    """Note that somebody was at a meeting of your group, or that they weren't: any member may, from its start on. It
    stays within the group, nobody counts it, and it is gone when somebody new comes in (M-h5)."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(
        self, actor: Actor, meeting_id: MeetingId, membership_id: MembershipId, present: bool
    ) -> list[AttendeeView]:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> list[AttendeeView]:
            facts, _ = await at_the_table(tx, meeting_id, person)
            group = facts.meeting.group_id
            # The group is locked, so that nobody comes in, and ends the generation, in between.
            seen = await tx.standings.lock(group, person)
            require_attendance(facts.meeting, facts.generation, seen.group.generation, tx.now)
            if not await tx.memberships.is_in(group, membership_id):
                raise MemberNotFound
            if present:
                await tx.presence.put_attendance(group, meeting_id, membership_id)
            else:
                await tx.presence.drop_attendance(meeting_id, membership_id)
            return [
                AttendeeView.of(each, seen.membership_id) for each in await tx.presence.attendees(meeting_id)
            ]

        return await self.transact.write(actor, organisation_of(meeting_id), work)
