"""Take back an application."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import ApplicationId, BallotId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import own_application
from app.services.admission.views import ApplicationView
from app.services.ports.ballot_keys import BallotKeys
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.withdrawing import withdraw


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """Take back your application, at any time before you have entered, for no reason.

    An open ballot on it ends, its envelopes unopened.
    """

    transact: Transact[AdmissionUnitOfWork]
    keys: BallotKeys
    words: Words

    async def __call__(self, actor: Actor, application_id: ApplicationId) -> ApplicationView:
        person = actor.person_id
        ended: list[BallotId] = []

        async def work(tx: AdmissionUnitOfWork) -> ApplicationView:
            ended.clear()
            _, application = await own_application(tx, application_id, person)
            ended.extend(await withdraw(tx, application))
            country = (await tx.organisations.get(application.organisation_id)).country
            return ApplicationView.for_applicant(
                application, tx.now, self.words, actor.mark.language, country
            )

        view = await self.transact.write(actor, organisation_of(application_id), work, answer=ApplicationView)
        for ballot in ended:
            self.keys.destroy(ballot)
        return view
