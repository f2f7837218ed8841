"""Recording an outcome: the same gates, whether or not the conversation was asked for here (I-01 to I-03)."""

from datetime import timedelta

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.intake.outcome import IntakeOutcome, Method, Outcome, UnknownSignpost
from app.domain.shared.actor import Actor
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId, PersonId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.texts import HelpView


async def record_conversation(
    tx: IntakeUnitOfWork,
    actor: Actor,
    acting_as: ActingAs,
    organisation: OrganisationId,
    person: PersonId,
    outcome: Outcome,
    signposted_to: list[str],
    help_: list[HelpView],
) -> IntakeOutcome:
    """Add the outcome of a conversation that this actor has held, and note it.

    `other_help` not without signposting, and only to help that there is.
    """
    if not set(signposted_to) <= {each.key for each in help_}:
        raise UnknownSignpost("/signposted_to")
    days = (await tx.policies.holding(tx.now)).settings.intake_valid_days
    recorded = IntakeOutcome(
        id=IntakeOutcomeId(tx.new_id()),
        organisation_id=organisation,
        person_id=person,
        outcome=outcome,
        method=Method.CONVERSATION,
        recorded_by=actor.person_id,
        signposted_to=tuple(signposted_to),
        recorded_at=tx.now,
        valid_until=tx.now + timedelta(days=days),
    )
    await tx.intake_outcomes.add(recorded)
    await tx.access_log.note(
        actor,
        Access(
            deed=Deed.RECORDED,
            data=AccessedData.INTAKE_OUTCOME,
            acting_as=acting_as,
            purpose=AccessPurpose.INTAKE,
            about=person,
            row=recorded.id,
        ),
    )
    return recorded
