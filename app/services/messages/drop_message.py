"""Take back a kind of messages."""

from dataclasses import dataclass

from app.domain.messages.kind import MessageKind
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.dropping import drop
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.settling import settings_of
from app.services.messages.views import MessageSettingsView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DropMessage:
    """Get no more messages of one kind: one call, at any time, for no reason. It holds at once."""

    transact: Transact[MessagesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, message_kind: MessageKind
    ) -> MessageSettingsView:
        async def work(tx: MessagesUnitOfWork) -> MessageSettingsView:
            await drop(tx, actor, message_kind)
            return await settings_of(tx, actor, organisation_id, self.words)

        return await self.transact.write(actor, organisation_id, work)
