"""Who sees an assignment, and who may change it."""

from dataclasses import dataclass

from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import AssignmentId, GroupId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.repositories import Seen
from app.services.starters.ports import StartersUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An assignment whose group is locked."""

    seen: Seen
    assignment: Assignment
    meetings: list[GroupMeeting]
    zone: str


async def hold(tx: StartersUnitOfWork, assignment: AssignmentId, person: PersonId) -> Held:
    """Lock the group of an assignment, then read it; to outsiders there is none."""
    group = await tx.assignments.group_of(assignment)
    seen = await tx.standings.lock(group, person)
    if seen.standing is Standing.OUTSIDER:
        raise AssignmentNotFound
    return Held(
        seen=seen,
        assignment=await tx.assignments.get(assignment),
        meetings=await tx.assignments.meetings_of(group),
        zone=(await tx.organisations.get(seen.group.organisation_id)).time_zone,
    )


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
