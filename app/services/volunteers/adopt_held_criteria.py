"""Adopt criteria of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.criteria import QualityKey, VolunteerCriteria, shipped
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.criteria_views import HeldCriteriaView
from app.services.volunteers.ports import VolunteersUnitOfWork


@dataclass(frozen=True, slots=True)
class AdoptHeldCriteria:
    """Adopt which qualities your organisation's conversations with new volunteers ask for and look for, from now on.

    By a coordinator or an administrator, among those that we ship: no occupation can be asked for (V-02), and one personal
    quality at least is (V-03). What was recorded before stays judged by its own version.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        version: int,
        required: Sequence[QualityKey],
        welcome: Sequence[QualityKey] = (),
    ) -> HeldCriteriaView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> HeldCriteriaView:
            if not {Role.COORDINATOR, Role.ADMINISTRATOR} & set(await tx.roles.of(person)):
                raise NotStaff
            now = await tx.read_clock()
            newest = await tx.volunteer_criteria.newest() or shipped(organisation_id, now)
            if newest.version != version:
                raise Stale
            adopted = VolunteerCriteria(
                organisation_id=organisation_id,
                version=newest.version + 1,
                required=tuple(required),
                welcome=tuple(welcome),
                adopted_at=now,
            )
            await tx.volunteer_criteria.add(adopted)
            return HeldCriteriaView.of(adopted, self.words, actor.mark.language)

        return await self.transact.write(actor, organisation_id, work)
