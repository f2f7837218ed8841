"""Take back a remark."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.confiding import REMARK
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import own_assessment
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class TakeBackRemark:
    """Take back your remark on your conversation; it is deleted at once. Where there is none, nothing changes."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> None:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> None:
            await own_assessment(tx, assessment_id, person)
            await tx.assessments.take_back(assessment_id, REMARK)

        await self.transact.write(actor, organisation_of(assessment_id), work)
