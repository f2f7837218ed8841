"""Look through the applications to a group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import look_inside
from app.services.admission.views import ApplicationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListApplications:
    """List the applications to your group that had not ended before you came into it, newest first."""

    transact: Transact[AdmissionUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[ApplicationView]:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> Page[ApplicationView]:
            seen = await look_inside(tx, group_id, person, GroupNotFound)
            assert seen.membership_id is not None
            found = await tx.admission_reads.applications(group_id, seen.membership_id, page)
            views = [ApplicationView.for_member(item, tx.now) for item in found.items]
            return Page(items=views, after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
