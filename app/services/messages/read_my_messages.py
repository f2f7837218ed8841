"""Read which messages one gets."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.settling import settings_of
from app.services.messages.views import MessageSettingsView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMyMessages:
    """See which messages you get from an organisation, in which language, and when you aren't disturbed.

    No kind is on by itself. A message names no group, no theme, nobody and no place: whoever reads it over your shoulder
    doesn't learn what it is about (M-h7).
    """

    transact: Transact[MessagesUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> MessageSettingsView:
        return await self.transact.read(
            actor, organisation_id, lambda tx: settings_of(tx, actor, organisation_id, self.words)
        )
