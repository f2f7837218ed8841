"""Who sees an assignment, and who may change it."""

from dataclasses import dataclass

from app.domain.admission.ballot import Ballot
from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import AssignmentId, GroupId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.counting import require_counted
from app.services.ports.repositories import Seen
from app.services.starters.ports import StartersUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An assignment whose group is locked."""

    seen: Seen
    assignment: Assignment
    meetings: list[GroupMeeting]
    zone: str
    live: list[Ballot]
    """The ballots of the group that have not ended; locked, and none of them due."""


async def hold(tx: StartersUnitOfWork, assignment: AssignmentId, person: PersonId) -> Held:
    """Lock the group of an assignment, then read it; to outsiders there is none.

    What the group has decided about it is counted before anything is done.
    """
    group = await tx.assignments.group_of(assignment)
    seen = await tx.standings.lock(group, person)
    if seen.standing is Standing.OUTSIDER:
        raise AssignmentNotFound
    live = await tx.ballots.lock_live(group)
    require_counted(live, tx.now)
    return Held(
        seen=seen,
        assignment=await tx.assignments.get(assignment),
        meetings=await tx.assignments.meetings_of(group),
        zone=(await tx.organisations.get(seen.group.organisation_id)).time_zone,
        live=live,
    )


async def look_at(tx: StartersUnitOfWork, group: GroupId, person: PersonId) -> Seen:
    """How somebody stands to a group, everything due in it being counted: it may have changed a starter's exit."""
    seen = await tx.standings.look(group, person)
    if seen.standing is not Standing.OUTSIDER:
        require_counted(await tx.ballots.live(group), tx.now)
    return seen


async def staffed_group(tx: StartersUnitOfWork, group: GroupId, person: PersonId) -> Seen:
    """Lock a group for its coordinator, who has promised confidentiality (C-07)."""
    seen = await tx.standings.lock(group, person)
    if seen.standing is not Standing.COORDINATOR:
        raise GroupNotFound
    await tx.staff_declarations.require(person)
    return seen


def require_group_member(seen: Seen, hidden: type[DomainError]) -> None:
    """Any member, each alike, for what the group has agreed (G-03); who hasn't signed is told so."""
    if seen.standing is Standing.UNSIGNED:
        raise DeclarationNeeded
    if seen.standing is not Standing.MEMBER:
        raise hidden


async def require_viewer(
    tx: StartersUnitOfWork, seen: Seen, person: PersonId, hidden: type[DomainError]
) -> None:
    """Whoever has a place, from the first meeting on (X-04); the group's starter; coordinators of the organisation."""
    if seen.standing is Standing.COORDINATOR:
        await tx.staff_declarations.require(person)
    elif seen.standing is Standing.OUTSIDER or (
        seen.standing is not Standing.STARTER and not seen.group.is_closed(tx.now)
    ):
        raise hidden
