"""Leave a group."""

from dataclasses import dataclass

from app.domain.groups.standing import require_place
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import CountDue, require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Leave your group, at once and for no reason that anybody has to know (G-18, G-19).

    You drop off the roll of every open ballot; your envelopes are removed unopened (B-03). No reason is kept, not even
    privately. Your promise of confidentiality goes on (D-h4). Leaving again changes nothing.
    """

    transact: Transact[GroupsUnitOfWork]
    count: CountDue

    async def __call__(self, actor: Actor, group_id: GroupId) -> None:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[BallotId]:
            seen = await tx.standings.lock(group_id, person)
            if seen.membership_id is None and await tx.memberships.has_left(group_id, person):
                return []
            require_place(seen.standing)
            live = await tx.ballots.lock_live(group_id)
            now = await tx.read_clock()
            require_counted(live, now)
            membership = await tx.memberships.get_own(group_id, person)
            membership.leave(now)
            await tx.memberships.save(membership)
            await tx.groups.free_seat(membership.id)
            await tx.leaves.end(membership.id)
            for ballot in live:
                if ballot.subject.member_id == membership.id:
                    ballot.withdraw(now)
                    await tx.ballots.end(ballot)
                elif ballot.drop(membership.id, now):
                    await tx.ballots.drop(ballot.id, membership.id, now)
            tx.emit(Event("group.member.left", group_id, {"group": group_id}))
            return [ballot.id for ballot in live if ballot.has_ended or ballot.is_due(now)]

        for ballot in await self.transact.write(actor, organisation_of(group_id), work):
            await self.count(ballot)
