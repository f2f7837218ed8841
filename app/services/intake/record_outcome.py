"""Record what an intake conversation has ended in."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.intake.outcome import IntakeOutcome, Method, Outcome, UnknownSignpost
from app.domain.organisations.organisation import NotRegistered, NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId, PersonId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import IntakeOutcomeView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Record what a conversation before a group has ended in (I-01, I-02). Whoever needs other help is shown some (I-03).

    By an interviewer or coordinator, never about themselves. Outcomes are added, never edited; the latest one counts.
    """

    transact: Transact[IntakeUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        person_id: PersonId,
        outcome: Outcome,
        signposted_to: list[str],
    ) -> IntakeOutcomeView:
        interviewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> IntakeOutcomeView:
            if not await tx.roles.of(interviewer) & {Role.INTERVIEWER, Role.COORDINATOR}:
                raise NotStaff
            await tx.staff_declarations.require(interviewer)
            if not await tx.registrations.has(person_id):
                raise NotRegistered
            country = (await tx.organisations.get(organisation_id)).country
            known = {help_.key for help_ in self.words.other_help(country, actor.mark.language)}
            if not set(signposted_to) <= known:
                raise UnknownSignpost("/signposted_to")
            now = await tx.read_clock()
            days = (await tx.policies.holding(now)).settings.intake_valid_days
            recorded = IntakeOutcome(
                id=IntakeOutcomeId(tx.new_id()),
                organisation_id=organisation_id,
                person_id=person_id,
                outcome=outcome,
                method=Method.CONVERSATION,
                recorded_by=interviewer,
                signposted_to=tuple(signposted_to),
                recorded_at=now,
                valid_until=now + timedelta(days=days),
            )
            await tx.intake_outcomes.add(recorded)
            return IntakeOutcomeView.of(recorded)

        return await self.transact.write(actor, organisation_id, work, answer=IntakeOutcomeView)
