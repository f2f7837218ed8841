"""Read how one comes into a group."""

from dataclasses import dataclass

from app.domain.intake.criteria import RULES, shipped
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.assessment_views import IntakeGuideView, TalkingPointView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.texts import Words
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class ReadIntakeGuide:
    """Read how one comes into a group of an organisation, and what a conversation before it is about. Public.

    The criteria are points to talk about, without a score (I-09); whoever wants to share and to listen is welcome (I-10).
    """

    transact: Transact[IntakeUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> IntakeGuideView:
        language = actor.mark.language

        async def work(tx: IntakeUnitOfWork) -> IntakeGuideView:
            organisation = await tx.organisations.get(organisation_id)
            settings = (await tx.policies.holding(await tx.read_clock())).settings
            held = await tx.intake_criteria.newest() or shipped(organisation_id, organisation.created_at)
            return IntakeGuideView(
                organisation_id=organisation_id,
                intake_mode=settings.intake_mode,
                minimum_age=settings.open_from_age,
                youth_programme=self.words.say("intake", "guide.youth_programme", language)
                if settings.youth_programme
                else None,
                version=held.version,
                criteria=[
                    TalkingPointView(
                        key=key,
                        text=self.words.say("intake", f"criteria.{key}", language),
                        rules=list(RULES[key]),
                    )
                    for key in held.criteria
                ],
                before_you_write=self.words.say("intake", "guide.before_you_write", language),
                help=self.words.other_help(organisation.country, language),
            )

        return await self.transact.read(actor, organisation_id, work, door=Door.PUBLIC)
