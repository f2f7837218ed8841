"""Who may see a ballot or an application: members who have signed; an application its writer, too."""

from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.domain.admission.errors import ApplicationNotFound, BallotNotFound
from app.domain.groups.errors import DeclarationNeeded
from app.domain.groups.standing import Standing
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import ApplicationId, GroupId, PersonId
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.counting import require_counted
from app.services.ports.repositories import Seen


def require_insider(standing: Standing, hidden: type[DomainError]) -> None:
    """Members pass; who hasn't signed is told so; to everybody else it isn't there."""
    if standing is Standing.UNSIGNED:
        raise DeclarationNeeded
    if standing is not Standing.MEMBER:
        raise hidden


async def require_application_known(tx: AdmissionUnitOfWork, application: Application, seen: Seen) -> None:
    """What had ended before somebody's membership began was confided to others: to them it isn't there (C-01, C-11)."""
    if application.stage(tx.now).is_live:
        return
    member = seen.membership_id
    if member is None or not await tx.admission_reads.knows_application(member, application.id):
        raise ApplicationNotFound


async def require_ballot_known(tx: AdmissionUnitOfWork, ballot: Ballot, seen: Seen) -> None:
    """The same of the ballots on it, and on who should go. Whoever is on the roll was there when it opened."""
    member = seen.membership_id
    if not ballot.subject.is_about_somebody or member in ballot.roll:
        return
    if member is None or not await tx.admission_reads.knows_ballot(member, ballot.id):
        raise BallotNotFound


async def look_inside(
    tx: AdmissionUnitOfWork, group: GroupId, person: PersonId, hidden: type[DomainError]
) -> Seen:
    """How a member stands to the group, everything due in it being counted."""
    seen = await tx.standings.look_inside(group, person)
    require_insider(seen.standing, hidden)
    require_counted(await tx.ballots.live(group), tx.now)
    return seen


async def own_application(
    tx: AdmissionUnitOfWork, application_id: ApplicationId, person: PersonId
) -> tuple[Seen, Application]:
    """The caller's own application, its group locked first; everything due in the group being counted."""
    application = await tx.applications.find(application_id)
    if application is None or application.applicant_id != person:
        raise ApplicationNotFound
    seen = await tx.standings.lock(application.group_id, person)
    require_counted(await tx.ballots.lock_live(application.group_id), tx.now)
    application = await tx.applications.lock(application_id)
    return seen, application
