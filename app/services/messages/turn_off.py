"""Turn messages off by the address that stands in one."""

from dataclasses import dataclass, replace

from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.services.messages.dropping import drop
from app.services.messages.ports import Addresses, MessagesUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class TurnOff:
    """Turn off one kind of messages by the address that stands in one of them: no login, no question (RFC 8058).

    The address can do this one thing, and tells nothing: not who, not what, not whether there was anything to turn off.
    """

    transact: Transact[MessagesUnitOfWork]
    addresses: Addresses

    def language_of(self, token: str) -> str:
        """The language of the message that the address stands in; `NotFound` where we haven't written it."""
        return self.addresses.opened(token).language

    async def __call__(self, actor: Actor, token: str) -> None:
        choice = self.addresses.opened(token)
        owner = Actor(person=choice.person, mark=replace(actor.mark, idempotency_key=None))

        async def work(tx: MessagesUnitOfWork) -> None:
            await drop(tx, owner, choice.kind)

        try:
            await self.transact.write(owner, choice.organisation, work)
        except NotRegistered:
            return  # whoever is gone gets nothing more, and the address says the same
