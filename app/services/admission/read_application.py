"""Look at an application."""

from dataclasses import dataclass

from app.domain.admission.errors import ApplicationNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ApplicationId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import require_application_known, require_insider
from app.services.admission.views import ApplicationView
from app.services.ports.counting import require_counted
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadApplication:
    """See an application: your own with where it stands, or, as a member, one to your group that had not ended before you
    came into it."""

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, application_id: ApplicationId) -> ApplicationView:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> ApplicationView:
            application = await tx.applications.find(application_id)
            if application is None:
                raise ApplicationNotFound
            seen = None
            if application.applicant_id != person:
                seen = await tx.standings.look(application.group_id, person)
                require_insider(seen.standing, ApplicationNotFound)
            require_counted(await tx.ballots.live(application.group_id), tx.now)
            if seen is not None:
                await require_application_known(tx, application, seen)
                return ApplicationView.for_member(application, tx.now)
            country = (await tx.organisations.get(application.organisation_id)).country
            return ApplicationView.for_applicant(
                application, tx.now, self.words, actor.mark.language, country
            )

        return await self.transact.read(actor, organisation_of(application_id), work)
