"""Note which municipalities have merged, or will."""

from dataclasses import dataclass, replace

from app.domain.organisations.organisation import Merger, Role
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.staff import require_role
from app.services.organisations.views import OrganisationView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NoteMergers:
    """Say which of the municipalities that your organisation covers merge into which, and on which day. All of them are
    replaced: what was noted wrongly is put right.

    From that day on the directory tells the new number; nothing else changes: groups, courses and codes belong to the
    organisation and not to a number. A municipality's system goes on with an account for its new number
    (it is registered anew, and `continues` the one before).
    """

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, mergers: list[Merger]
    ) -> OrganisationView:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> OrganisationView:
            await require_role(tx, person, Role.ADMINISTRATOR)
            now = await tx.read_clock()
            organisation = replace(await tx.organisations.get(organisation_id), mergers=tuple(mergers))
            organisation.require_followable()
            await tx.organisations.note_mergers(organisation)
            tx.emit(Event("organisation.mergers.noted", organisation_id, {"organisation": organisation_id}))
            return OrganisationView.of(organisation, now)

        return await self.transact.write(actor, organisation_id, work, answer=OrganisationView)
