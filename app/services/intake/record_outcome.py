"""Record what an intake conversation has ended in."""

from dataclasses import dataclass

from app.domain.audit.entry import ActingAs
from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import NotRegistered, NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.recording import record_conversation
from app.services.intake.views import IntakeOutcomeView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Record what a conversation before a group has ended in (I-01, I-02). Whoever needs other help is shown some (I-03).

    By an interviewer or coordinator, never about themselves. Outcomes are added, never edited; the latest one counts.
    Where the person has asked for a conversation here, its outcome is recorded by whoever holds it and nobody else.
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
            roles = await tx.roles.of(interviewer)
            if not roles & {Role.INTERVIEWER, Role.COORDINATOR}:
                raise NotStaff
            acting_as = ActingAs.INTERVIEWER if Role.INTERVIEWER in roles else ActingAs.COORDINATOR
            await tx.staff_declarations.require(interviewer)
            if not await tx.registrations.has(person_id):
                raise NotRegistered
            country = (await tx.organisations.get(organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            await tx.read_clock()
            asked_for = await tx.assessments.lock_live(person_id)
            recorded = await record_conversation(
                tx, actor, acting_as, organisation_id, person_id, outcome, signposted_to, help_
            )
            if asked_for is not None and tx.now < asked_for.kept_until:
                asked_for.complete(interviewer, recorded.id, tx.now, recorded.valid_until)
                await tx.assessments.save(asked_for)
            return IntakeOutcomeView.of(recorded)

        return await self.transact.write(actor, organisation_id, work, answer=IntakeOutcomeView)
