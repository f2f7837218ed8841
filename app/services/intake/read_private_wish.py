"""Read whom somebody would rather not meet."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.intake.errors import InterestNotFound
from app.domain.intake.reading import WhatWasRead
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.private_wishes import help_in, unseal
from app.services.intake.views import PrivateWishView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadPrivateWish:
    """Read whom somebody would rather not meet: your own wish, or, as a coordinator who composes a group, another's.

    A coordinator's reading is noted in the same transaction, and the person sees it. There is no list of these wishes.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, person_id: PersonId
    ) -> PrivateWishView:
        reader = actor.person_id
        is_own = reader == person_id

        async def work(tx: IntakeUnitOfWork) -> PrivateWishView:
            if not is_own:
                if Role.COORDINATOR not in await tx.roles.of(reader):
                    raise InterestNotFound
                await tx.staff_declarations.require(reader)
            found = await tx.interests.find(person_id)
            if found is None or not found.is_kept(await tx.read_clock()):
                raise InterestNotFound
            if not is_own and found.has_private_wish:
                await tx.access_log.note(
                    actor,
                    Access(
                        deed=Deed.READ,
                        data=AccessedData.PRIVATE_WISH,
                        acting_as=ActingAs.COORDINATOR,
                        purpose=AccessPurpose.COMPOSING_A_GROUP,
                        about=person_id,
                    ),
                )
            sealed = await tx.interests.private_wish(person_id)
            country = (await tx.organisations.get(organisation_id)).country
            return PrivateWishView(
                person_id=person_id,
                words=unseal(self.vault, organisation_id, person_id, sealed),
                readings=await tx.intake_readings.about(person_id, WhatWasRead.PRIVATE_WISH)
                if is_own
                else None,
                help=help_in(self.words, country, actor.mark.language),
            )

        return await self.transact.write(actor, organisation_id, work)
