"""Put right what an application says."""

from dataclasses import dataclass

from app.domain.admission.application import OwnWords
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ApplicationId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import own_application
from app.services.admission.views import ApplicationView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CorrectApplication:
    """Put right what your application says: its alias, its words, the name that people know you by. All of it is replaced.

    Only until a ballot on it is opened. From then on its words stand, as the members decide on what they have read;
    you can still withdraw it and apply anew.
    """

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        application_id: ApplicationId,
        alias: str,
        introduction: str,
        known_as: str | None = None,
    ) -> ApplicationView:
        person = actor.person_id
        said = OwnWords(alias=alias, introduction=introduction, known_as=known_as)

        async def work(tx: AdmissionUnitOfWork) -> ApplicationView:
            _, application = await own_application(tx, application_id, person)
            application.correct(said, tx.now)
            await tx.applications.reword(application)
            country = (await tx.organisations.get(application.organisation_id)).country
            return ApplicationView.for_applicant(
                application, tx.now, self.words, actor.mark.language, country
            )

        return await self.transact.write(actor, organisation_of(application_id), work, answer=ApplicationView)
