"""Leaving a group, as one step of a transaction: for whoever says so, and where a consent to take part is taken back."""

from typing import Protocol

from app.domain.groups.standing import require_place
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, GroupId, PersonId
from app.services.ports.calendars import CalendarAddresses
from app.services.ports.counting import require_counted
from app.services.ports.repositories import Ballots, Groups, Leaves, Memberships, Standings
from app.services.ports.transaction import UnitOfWork


class LeavingUnitOfWork(UnitOfWork, Protocol):
    """What leaving touches."""

    @property
    def standings(self) -> Standings: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def memberships(self) -> Memberships: ...
    @property
    def leaves(self) -> Leaves: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def calendar_addresses(self) -> CalendarAddresses: ...


async def leave(tx: LeavingUnitOfWork, group_id: GroupId, person: PersonId) -> list[BallotId]:
    """Leave, at once. Off the roll of every open ballot, the envelopes removed unopened (B-03); a ballot that is due is
    counted first. Answers with the ballots that somebody has to count now that this person is gone."""
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
    await tx.calendar_addresses.remove(person, group_id)
    for ballot in live:
        if ballot.subject.member_id == membership.id:
            ballot.withdraw(now)
            await tx.ballots.end(ballot)
        elif ballot.drop(membership.id, now):
            await tx.ballots.drop(ballot.id, membership.id, now)
    tx.emit(Event("group.member.left", group_id, {"group": group_id}))
    return [ballot.id for ballot in live if ballot.has_ended or ballot.is_due(now)]
