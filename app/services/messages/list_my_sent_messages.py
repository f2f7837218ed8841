"""See what was sent to one."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.views import MessageView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMySentMessages:
    """See which messages an organisation has sent you: the kind and when, the newest first. Kept for 90 days."""

    transact: Transact[MessagesUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[MessageView]:
        person = actor.person_id

        async def work(tx: MessagesUnitOfWork) -> Page[MessageView]:
            await tx.messages.reader(person)
            found = await tx.message_reads.of(person, page)
            return Page(
                items=[MessageView.of(each, tx.now) for each in found.items],
                after=found.after,
            )

        return await self.transact.read(actor, organisation_id, work)
