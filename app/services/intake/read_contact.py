"""See how somebody can be reached about their conversation."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, Deed
from app.domain.people.consent import shows_contact_to_staff
from app.domain.shared.actor import Actor
from app.domain.shared.assurance import Assurance
from app.domain.shared.ids import AssessmentId, PersonId, organisation_of
from app.services.intake.assessment_views import AS, Sees, WayOfReachingView, WaysOfReachingView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import seen_assessment
from app.services.ports.consents import place_of_contact
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadContact:
    """See how somebody can be reached about the conversation that you hold or arrange, until it is over.

    Only as long as they consent to just that, and never where their identity is protected; which of the two it is, or that
    they have given nothing, isn't told. Each look is noted before it is answered, and the person sees it. Staff need
    a login of at least substantial assurance for it.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> WaysOfReachingView:
        viewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> WaysOfReachingView:
            assessment, sees = await seen_assessment(tx, assessment_id, viewer)
            assessment.require_open(tx.now)
            if sees is not Sees.PERSON:
                actor.require(Assurance.SUBSTANTIAL)
            # Whatever comes of it: an entry only where there is something would tell so by its time.
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.READ,
                    data=AccessedData.CONTACT_CHANNEL,
                    acting_as=AS[sees],
                    purpose=AccessPurpose.OWN_AFFAIRS if sees is Sees.PERSON else AccessPurpose.INTAKE,
                    about=assessment.person_id,
                    row=assessment.id,
                ),
            )
            ways = await self._ways(tx, assessment.person_id)
            return WaysOfReachingView(assessment_id=assessment.id, person_id=assessment.person_id, ways=ways)

        return await self.transact.write(actor, organisation_of(assessment_id), work)

    async def _ways(self, tx: IntakeUnitOfWork, person: PersonId) -> list[WayOfReachingView]:
        """As of a lock that whoever takes back a consent waits for, too: what is shown was consented to when it was."""
        standing = await tx.consents.hold(person)
        purposes = {each.purpose for each in standing}
        if not shows_contact_to_staff(purposes, is_protected=await tx.intake_reads.is_protected(person)):
            return []
        found = []
        for contact in await tx.contacts.of(person):
            value = self.vault.open(place_of_contact(contact), contact.sealed)
            if value is not None:
                found.append(WayOfReachingView(kind=contact.kind, value=value))
        return found
