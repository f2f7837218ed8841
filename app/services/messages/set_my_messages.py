"""Say in which language one gets messages, and when not."""

from dataclasses import dataclass
from datetime import time

from app.domain.messages.settings import LEFT_OUT, LeftOut
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import MessagesUnitOfWork
from app.services.messages.settling import settings_of
from app.services.messages.views import MessageSettingsView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class SetMyMessages:
    """Say in which language you want messages from an organisation, by which clock, and your quiet hours.

    What falls into quiet hours waits until they end; what is too late by then isn't sent. What you leave out stays as it
    is. Null says: the first of your languages, the organisation's time zone; for quiet hours, that messages come at any
    time. Whoever has never said anything has quiet hours from 21 to 8.
    """

    transact: Transact[MessagesUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        language: str | LeftOut | None = LEFT_OUT,
        time_zone: str | LeftOut | None = LEFT_OUT,
        quiet_from: str | LeftOut | None = LEFT_OUT,
        quiet_until: str | LeftOut | None = LEFT_OUT,
    ) -> MessageSettingsView:
        person = actor.person_id
        starts, ends = _clock(quiet_from), _clock(quiet_until)

        async def work(tx: MessagesUnitOfWork) -> MessageSettingsView:
            await tx.consents.hold(person)
            before = (await tx.messages.reader(person)).settings
            settings = before.changed(
                language=language, time_zone=time_zone, quiet_from=starts, quiet_until=ends
            )
            await tx.messages.put_settings(person, settings)
            return await settings_of(tx, actor, organisation_id, self.words)

        return await self.transact.write(actor, organisation_id, work)


def _clock(said: str | LeftOut | None) -> time | LeftOut | None:
    return time.fromisoformat(said) if isinstance(said, str) else said
