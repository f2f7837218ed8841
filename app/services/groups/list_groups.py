"""Look through the groups of an organisation, as its staff."""

from dataclasses import dataclass

from app.domain.groups.group import Form, Phase
from app.domain.organisations.organisation import NotStaff
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListGroups:
    """List the organisation's groups for its coordinators: forming ones to compose, closed ones only that they exist."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
        theme: str | None = None,
        form: Form | None = None,
        phase: Phase | None = None,
    ) -> Page[GroupView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> Page[GroupView]:
            found = await tx.group_reads.of_organisation(person, page, theme=theme, form=form, phase=phase)
            if found is None:
                raise NotStaff
            now = tx.now
            views = [GroupView.for_coordinator(group, now) for group in found.items]
            return Page(items=views, after=found.after)

        return await self.transact.read(actor, organisation_id, work)
