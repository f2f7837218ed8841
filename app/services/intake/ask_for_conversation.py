"""Ask for a conversation before a group."""

from dataclasses import dataclass

from app.domain.intake.assessment import Assessment, NamedBy
from app.domain.intake.criteria import SHIPPED_VERSION
from app.domain.intake.errors import ConversationNotOffered
from app.domain.intake.interest import kept_for
from app.domain.organisations.organisation import NotRegistered
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssessmentId, OrganisationId, PersonId
from app.services.intake.assessment_views import AssessmentStepView
from app.services.intake.confiding import OWN_WORDS, confide
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class AskForConversation:
    """Ask for a conversation before a group, yourself (I-01, A-07). Some words of your own are welcome and never needed.

    Name interviewers whom you know: none of them will hold it or read it (I-h8). What you write is sealed, is for you and
    whoever holds the conversation, and goes in time; nothing searches it. Name no more of others than is needed (I-h5).
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        own_words: str | None = None,
        interviewers_i_know: list[PersonId] | None = None,
    ) -> AssessmentStepView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            if not await tx.registrations.has(person):
                raise NotRegistered
            now = await tx.read_clock()
            settings = (await tx.policies.holding(now)).settings
            if settings.intake_mode is IntakeMode.SELF_DECLARATION:
                raise ConversationNotOffered
            await tx.intake_retention.purge(now)
            criteria = await tx.intake_criteria.newest()
            assessment = Assessment(
                id=AssessmentId(tx.new_id()),
                organisation_id=organisation_id,
                person_id=person,
                criteria_version=criteria.version if criteria is not None else SHIPPED_VERSION,
                asked_at=now,
                kept_until=kept_for(now, settings.interest_days),
                appointment=None,
                completed_at=None,
                outcome_id=None,
                known=dict.fromkeys(interviewers_i_know or (), NamedBy.PERSON),
                version=1,
            )
            await tx.assessments.add(assessment)
            if own_words is not None:
                days = settings.assessment_text_days
                await confide(tx, self.vault, assessment, OWN_WORDS, own_words, days)
            tx.emit(Event("intake.assessment.asked", assessment.id, {"assessment": assessment.id}))
            country = (await tx.organisations.get(organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            return AssessmentStepView.of(assessment, now, help_)

        return await self.transact.write(actor, organisation_id, work, answer=AssessmentStepView)
