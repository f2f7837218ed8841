"""Say no to a place that a group has offered."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import ApplicationId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import own_application
from app.services.admission.views import ApplicationView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DeclineEntry:
    """Say no, thank you, to the place that the group has offered you. The seat is free again at once (B-02)."""

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, application_id: ApplicationId) -> ApplicationView:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> ApplicationView:
            _, application = await own_application(tx, application_id, person)
            application.decline(tx.now)
            await tx.applications.save(application)
            ids = {"group": application.group_id, "application": application.id}
            tx.emit(Event("group.application.ended", application.group_id, ids))
            if application.last_ballot is not None:
                await tx.groups.free_reservations([application.last_ballot.ballot_id])
            country = (await tx.organisations.get(application.organisation_id)).country
            return ApplicationView.for_applicant(
                application, tx.now, self.words, actor.mark.language, country
            )

        return await self.transact.write(actor, organisation_of(application_id), work, answer=ApplicationView)
