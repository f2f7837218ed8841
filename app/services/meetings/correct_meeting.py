"""Say whether a meeting was held."""

from dataclasses import dataclass

from app.domain.groups.errors import DeclarationNeeded
from app.domain.groups.standing import Standing
from app.domain.meetings.errors import MeetingNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CorrectMeeting:
    """Say that a meeting was not held after all, or that it was, for seven days after its start.

    Nothing reopens a group: it closed when its first meeting began (A-01).
    """

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, meeting_id: MeetingId, held: bool) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingView:
            seen = await tx.standings.lock(await tx.meetings.group_of(meeting_id), person)
            if seen.standing is Standing.UNSIGNED:
                raise DeclarationNeeded
            if seen.standing is not Standing.MEMBER:
                raise MeetingNotFound
            meeting = await tx.meetings.lock(meeting_id)
            meeting.correct(held=held, now=tx.now)
            await tx.meetings.save(meeting)
            return MeetingView.of(
                await tx.meeting_reads.one(meeting_id),
                seen.standing,
                tx.now,
                shielded=seen.group.shields_place,
            )

        return await self.transact.write(actor, organisation_of(meeting_id), work, answer=MeetingView)
