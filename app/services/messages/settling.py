"""What the use cases of settings have in common."""

from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.views import MessageSettingsView
from app.services.ports.texts import Words


async def settings_of(
    tx: MessagesUnitOfWork, actor: Actor, organisation: OrganisationId, words: Words
) -> MessageSettingsView:
    """How it stands, for the person."""
    person = actor.person_id
    reader = await tx.messages.reader(person)
    standing = await tx.consents.standing(person)
    return MessageSettingsView.of(
        organisation,
        reader,
        await tx.message_choices.chosen(person),
        frozenset(each.purpose for each in standing),
        words,
        language=actor.mark.language,
        has_address=await tx.contacts.find(person, ContactKind.EMAIL) is not None,
    )
