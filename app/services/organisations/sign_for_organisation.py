"""Promise confidentiality to an organisation."""

from dataclasses import dataclass

from app.domain.groups.declaration import Signature
from app.domain.organisations.declaration import StaffDeclaration
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import StaffDeclarationView
from app.services.ports.texts import DeclarationTexts
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class SignForOrganisation:
    """Promise confidentiality as somebody who works for an organisation, before you meet anybody there (C-07, T10).

    Coordinators, interviewers and starters sign once for each version of the text; signing again changes nothing.
    """

    transact: Transact[OrganisationsUnitOfWork]
    texts: DeclarationTexts

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, signature: Signature
    ) -> StaffDeclarationView:
        person = actor.person_id
        self.texts.current(signature.language).require_signed(signature)

        async def work(tx: OrganisationsUnitOfWork) -> StaffDeclarationView:
            if not await tx.registrations.has(person):
                raise NotRegistered
            declaration = StaffDeclaration(
                organisation_id=organisation_id,
                person_id=person,
                text_version=signature.text_version,
                language=signature.language,
                text_sha256=signature.text_sha256,
                typed_name=signature.typed_name,
                signed_at=await tx.read_clock(),
            )
            return StaffDeclarationView.of(await tx.staff_declarations.put(declaration))

        return await self.transact.write(actor, organisation_id, work)
