"""Look at the criteria of an organisation."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.criteria import SHIPPED_VERSION, shipped
from app.domain.volunteers.errors import UnknownCriteria
from app.services.ports.texts import Words
from app.services.ports.transaction import Door, Transact
from app.services.volunteers.criteria_views import HeldCriteriaView
from app.services.volunteers.ports import VolunteersUnitOfWork


@dataclass(frozen=True, slots=True)
class ReadHeldCriteria:
    """See by which criteria an organisation holds its conversations with new volunteers, now or in an earlier version.

    Public: whoever thinks of volunteering may know what is looked for, and by what they were judged once.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, version: int | None = None
    ) -> HeldCriteriaView:
        async def work(tx: VolunteersUnitOfWork) -> HeldCriteriaView:
            ours = shipped(organisation_id, (await tx.organisations.get(organisation_id)).created_at)
            if version is None:
                found = await tx.volunteer_criteria.newest() or ours
            elif version == SHIPPED_VERSION:
                found = ours
            else:
                kept = await tx.volunteer_criteria.find(version)
                if kept is None:
                    raise UnknownCriteria("/version")
                found = kept
            return HeldCriteriaView.of(found, self.words, actor.mark.language)

        return await self.transact.read(actor, organisation_id, work, door=Door.PUBLIC)
