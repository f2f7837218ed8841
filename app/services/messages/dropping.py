"""What taking back a kind of messages is, whichever way it is said."""

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.messages.kind import MessageKind
from app.domain.shared.actor import Actor
from app.services.messages.ports import MessagesUnitOfWork


async def drop(tx: MessagesUnitOfWork, actor: Actor, kind: MessageKind) -> None:
    """Not any more, from this transaction on; noted where it changes something."""
    person = actor.person_id
    await tx.consents.hold(person)
    if kind not in await tx.message_choices.chosen(person):
        return
    await tx.message_choices.drop(person, {kind})
    taken_back = Access(
        deed=Deed.WITHDRAWN,
        data=AccessedData.CONSENT,
        acting_as=ActingAs.ONESELF,
        purpose=AccessPurpose.OWN_AFFAIRS,
        about=person,
    )
    await tx.access_log.note(actor, taken_back)
