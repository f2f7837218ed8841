"""Declare that one is ready for a group."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.intake.outcome import ConversationRequired, IntakeOutcome, Method, Outcome
from app.domain.organisations.organisation import NotRegistered
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import IntakeOutcomeView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DeclareReadiness:
    """Declare yourself that you take responsibility for yourself and come sober (I-07, I-08), where that is enough.

    Where a conversation comes first (Denmark's usual way, T3) it is refused with what to do instead.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> IntakeOutcomeView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> IntakeOutcomeView:
            if not await tx.registrations.has(person):
                raise NotRegistered
            now = await tx.read_clock()
            settings = (await tx.policies.holding(now)).settings
            if settings.intake_mode is IntakeMode.CONVERSATION_REQUIRED:
                raise ConversationRequired
            declared = IntakeOutcome(
                id=IntakeOutcomeId(tx.new_id()),
                organisation_id=organisation_id,
                person_id=person,
                outcome=Outcome.GROUP,
                method=Method.SELF_DECLARATION,
                recorded_by=person,
                signposted_to=(),
                recorded_at=now,
                valid_until=now + timedelta(days=settings.intake_valid_days),
            )
            await tx.intake_outcomes.add(declared)
            return IntakeOutcomeView.of(declared)

        return await self.transact.write(actor, organisation_id, work, answer=IntakeOutcomeView)
