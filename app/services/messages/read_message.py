"""Read what a message was about: where its link leads."""

from dataclasses import dataclass

from app.domain.messages.kind import MessageNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MessageId, organisation_of
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.views import MessageView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """Read what a message to you was about: its link holds no more than its id, and whoever isn't you finds nothing."""

    transact: Transact[MessagesUnitOfWork]

    async def __call__(self, actor: Actor, message_id: MessageId) -> MessageView:
        person = actor.person_id

        async def work(tx: MessagesUnitOfWork) -> MessageView:
            found = await tx.messages.find(person, message_id)
            if found is None:
                raise MessageNotFound
            return MessageView.of(found, await tx.read_clock())

        return await self.transact.read(actor, organisation_of(message_id), work)
