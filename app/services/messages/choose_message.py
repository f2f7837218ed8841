"""Choose a kind of messages."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.messages.kind import KINDS, MessageKind
from app.domain.people.consent import MessageConsentNeeded, Purpose
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.settling import settings_of
from app.services.messages.views import MessageSettingsView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ChooseMessage:
    """Get messages of one kind from an organisation. Each kind has its own yes, and one call takes it back.

    It rests on your consent to be reached about just that, which comes first. Again: nothing changes.
    """

    transact: Transact[MessagesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, message_kind: MessageKind
    ) -> MessageSettingsView:
        person = actor.person_id

        async def work(tx: MessagesUnitOfWork) -> MessageSettingsView:
            standing = await tx.consents.hold(person)
            wanted = KINDS[message_kind].purposes
            if not any(each.purpose in wanted for each in standing):
                raise MessageConsentNeeded(wanted, consents=self._titles(wanted, actor.mark.language))
            if message_kind not in await tx.message_choices.chosen(person):
                await tx.message_choices.choose(person, message_kind)
                await tx.access_log.note(actor, _noted(Deed.GIVEN, actor))
            return await settings_of(tx, actor, organisation_id, self.words)

        return await self.transact.write(actor, organisation_id, work)

    def _titles(self, purposes: Collection[Purpose], language: str) -> str:
        return " / ".join(self.words.say("consents", f"{each}.title", language) for each in sorted(purposes))


def _noted(deed: Deed, actor: Actor) -> Access:
    return Access(
        deed=deed,
        data=AccessedData.CONSENT,
        acting_as=ActingAs.ONESELF,
        purpose=AccessPurpose.OWN_AFFAIRS,
        about=actor.person_id,
    )
