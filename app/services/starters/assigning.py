"""Who may be given a group to start: asked in the same way for a first starter and for a replacement."""

from app.domain.groups.group import Group
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.shared.ids import PersonId
from app.domain.starters.errors import NotAssignable
from app.domain.starters.ties import require_may_help
from app.services.starters.ports import StartersUnitOfWork


async def require_assignable(
    tx: StartersUnitOfWork, group: Group, person: PersonId, *, acknowledged: bool, active: int
) -> bool:
    """Refuse whoever isn't assignable now, or not to this group; whether they held an intake that matters here (V-16).

    The record is held first, so that nothing is added to it while we decide; the promise of confidentiality is asked for
    by itself, too: it is what gives a starter the members' names (C-07, D-h5).
    """
    await tx.qualifications.hold(person)
    if not (await tx.qualifications.status(person, tx.now)).is_assignable:
        raise NotAssignable
    try:
        await tx.staff_declarations.require(person)
    except StaffDeclarationNeeded:
        raise NotAssignable from None
    ties = await tx.assignments.ties(group.id, person, closed=group.is_closed(tx.now))
    require_may_help(ties, conflict_acknowledged=acknowledged, active=active)
    return ties.held_intake
