"""Who may plan: the coordinator or the convenors until the first meeting, from then on every member and nobody else
(G-17, M-06, M-12)."""

from app.domain.groups.convening import OnlyConvenors, convenes
from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.groups.group import Origin
from app.domain.groups.standing import Standing
from app.domain.meetings.errors import MeetingNotFound, OnlyCoordinatorPlans, OnlyMembersPlan
from app.domain.shared.ids import GroupId, MeetingId, PersonId
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.ports.repositories import Seen


async def planner(
    tx: MeetingsUnitOfWork, group: GroupId, person: PersonId, *, only_takes_back: bool = False
) -> Seen:
    """Lock the group for somebody who may plan its meetings.

    A group that has come to its own end plans nothing more (G-16, G-17); what it had planned can still be taken back.
    """
    seen = await tx.standings.lock(group, person)
    closed = seen.group.is_closed(tx.now)
    if not closed and seen.membership_id is not None:
        duty = await tx.convenors.duty_of(group, seen.membership_id)
        if convenes(seen.group, duty, tx.now):
            if seen.standing is not Standing.MEMBER:
                raise DeclarationNeeded
            return seen
        if seen.group.origin is Origin.STAND_ALONE:
            raise OnlyConvenors
    require_planner(seen.standing, closed=closed)
    if not only_takes_back:
        seen.group.require_not_ended(tx.now)
    return seen


async def planner_of(
    tx: MeetingsUnitOfWork, meeting: MeetingId, person: PersonId, *, only_takes_back: bool = False
) -> Seen:
    """The same, from a meeting; to outsiders the meeting isn't there."""
    group = await tx.meetings.group_of(meeting)
    try:
        return await planner(tx, group, person, only_takes_back=only_takes_back)
    except GroupNotFound:
        raise MeetingNotFound from None


def require_planner(standing: Standing, *, closed: bool) -> None:
    """Refuse whoever may not plan; outsiders don't learn that there is a group."""
    if closed:
        if standing in (Standing.COORDINATOR, Standing.STARTER):
            raise OnlyMembersPlan
        if standing is Standing.UNSIGNED:
            raise DeclarationNeeded
        if standing is not Standing.MEMBER:
            raise GroupNotFound
    elif standing is Standing.OUTSIDER:
        raise GroupNotFound
    elif standing is not Standing.COORDINATOR:
        raise OnlyCoordinatorPlans
