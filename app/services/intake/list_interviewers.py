"""See who holds conversations."""

from dataclasses import dataclass

from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.assessment_views import InterviewerView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListInterviewers:
    """See who holds conversations in an organisation that you have registered with, so that you can name whom you know."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> list[InterviewerView]:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> list[InterviewerView]:
            if not await tx.registrations.has(person):
                raise NotRegistered
            return await tx.intake_reads.interviewers()

        return await self.transact.read(actor, organisation_id, work)
