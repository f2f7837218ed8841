"""Adopt criteria of one's own."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.intake.criteria import CriteriaVersion, Criterion, shipped
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import OrganisationId
from app.services.intake.assessment_views import CriteriaVersionView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AdoptCriteria:
    """Adopt which of the shipped criteria are talked about in your organisation, from now on.

    Taking responsibility for oneself, one's own choice and coming sober can't be left out (I-07, I-08, A-07), and nothing
    can be added: there is no field for how heavy a burden is, nor for treatment (I-09, R-11). A conversation that was asked
    for under an older version is held under it.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, version: int, criteria: list[Criterion]
    ) -> CriteriaVersionView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> CriteriaVersionView:
            if Role.ADMINISTRATOR not in await tx.roles.of(person):
                raise NotStaff
            now = await tx.read_clock()
            newest = await tx.intake_criteria.newest() or shipped(organisation_id, now)
            if newest.version != version:
                raise Stale
            adopted = CriteriaVersion(
                organisation_id=organisation_id,
                version=newest.version + 1,
                criteria=tuple(criteria),
                adopted_at=now,
            )
            await tx.intake_criteria.add(adopted)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.ADOPTED,
                    data=AccessedData.INTAKE_CRITERIA,
                    acting_as=ActingAs.ADMINISTRATOR,
                    purpose=AccessPurpose.ADMINISTRATION,
                ),
            )
            return CriteriaVersionView.of(adopted)

        return await self.transact.write(actor, organisation_id, work)
