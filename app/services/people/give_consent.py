"""Consent to one purpose."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.people.consent import CLASSES, Consent, ConsentMethod, Purpose, ReadText
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ConsentId, OrganisationId
from app.services.people.consent_views import ConsentView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.consents import ConsentTexts
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Consent to one purpose, yourself, after reading its words; you get a receipt. One call takes it back again.

    Again, under the same words: nothing changes. Under new words: a new receipt, and the earlier one ends.
    """

    transact: Transact[ConsentsUnitOfWork]
    texts: ConsentTexts

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, purpose: Purpose, read: ReadText
    ) -> ConsentView:
        person = actor.person_id
        text = self.texts.consent(purpose, read.language)
        text.require_read(read)

        async def work(tx: ConsentsUnitOfWork) -> ConsentView:
            held = [each for each in await tx.consents.hold(person) if each.purpose is purpose]
            controller = (await tx.organisations.get(organisation_id)).name
            if held and held[0].is_under(text):
                return ConsentView.of(held[0], controller)
            for each in held:
                each.withdraw(tx.now)
            await tx.consents.end(held)
            given = Consent(
                id=ConsentId(tx.new_id()),
                organisation_id=organisation_id,
                person_id=person,
                purpose=purpose,
                data_classes=CLASSES[purpose],
                text_version=text.version,
                language=text.language,
                text_sha256=text.sha256,
                method=ConsentMethod.IN_APP,
                given_at=tx.now,
                withdrawn_at=None,
            )
            await tx.consents.add(given)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.GIVEN,
                    data=AccessedData.CONSENT,
                    acting_as=ActingAs.ONESELF,
                    purpose=AccessPurpose.OWN_AFFAIRS,
                    about=person,
                    row=given.id,
                ),
            )
            return ConsentView.of(given, controller)

        return await self.transact.write(actor, organisation_id, work)
