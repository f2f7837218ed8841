"""Name people whom one would rather not meet."""

from dataclasses import dataclass

from app.domain.intake.errors import InterestNotFound
from app.domain.intake.reading import WhatWasRead
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.private_wishes import help_in, seal
from app.services.intake.views import PrivateWishView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class KeepPrivateWish:
    """Say whom you would rather not meet in a group, in few words; null takes it back.

    It is sealed. Only you, and a coordinator who composes a group, can read it, and you see who did. Name no more than
    is needed: it is about others, too.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, words: str | None = None
    ) -> PrivateWishView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> PrivateWishView:
            found = await tx.interests.find(person)
            if found is None or not found.is_kept(await tx.read_clock()):
                raise InterestNotFound
            sealed = None if words is None else seal(self.vault, organisation_id, person, words)
            await tx.interests.seal_private_wish(person, sealed)
            country = (await tx.organisations.get(organisation_id)).country
            return PrivateWishView(
                person_id=person,
                words=words,
                readings=await tx.intake_readings.about(person, WhatWasRead.PRIVATE_WISH),
                help=help_in(self.words, country, actor.mark.language),
            )

        return await self.transact.write(actor, organisation_id, work)
