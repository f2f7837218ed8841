"""Read the receipt of a consent."""

from dataclasses import dataclass

from app.domain.people.consent import ConsentNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ConsentId, organisation_of
from app.services.people.consent_views import ConsentView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadConsent:
    """Read the receipt of a consent of yours. Nobody else's is there."""

    transact: Transact[ConsentsUnitOfWork]

    async def __call__(self, actor: Actor, consent_id: ConsentId) -> ConsentView:
        person = actor.person_id

        async def work(tx: ConsentsUnitOfWork) -> ConsentView:
            consent = await tx.consents.find(consent_id)
            if consent is None or consent.person_id != person:
                raise ConsentNotFound
            controller = (await tx.organisations.get(consent.organisation_id)).name
            return ConsentView.of(consent, controller)

        return await self.transact.read(actor, organisation_of(consent_id), work)
