"""Sign the declaration of confidentiality."""

from dataclasses import dataclass

from app.domain.groups.declaration import Declaration, Signature, Signing
from app.domain.groups.standing import require_place
from app.domain.shared.actor import Actor
from app.domain.shared.ids import DeclarationId, GroupId, organisation_of
from app.services.groups.place_views import DeclarationView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.texts import DeclarationTexts
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class SignDeclaration:
    """Promise confidentiality in your group, in writing: your name under the text that holds now (C-01, C-02, C-06).

    Signing twice in one generation is the same as once; the first signature stands.
    """

    transact: Transact[GroupsUnitOfWork]
    texts: DeclarationTexts

    async def __call__(self, actor: Actor, group_id: GroupId, signature: Signature) -> DeclarationView:
        person = actor.person_id
        self.texts.current(signature.language).require_signed(signature)

        async def work(tx: GroupsUnitOfWork) -> DeclarationView:
            seen = await tx.standings.lock(group_id, person)
            require_place(seen.standing)
            assert seen.membership_id is not None
            declaration = Declaration(
                id=DeclarationId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                generation=seen.group.generation,
                membership_id=seen.membership_id,
                how=Signing.IN_APP,
                text_version=signature.text_version,
                language=signature.language,
                text_sha256=signature.text_sha256,
                typed_name=signature.typed_name,
                witnessed_by=None,
                signed_at=tx.now,
            )
            if not await tx.declarations.add(declaration):
                declaration = await tx.declarations.get(group_id, seen.group.generation, seen.membership_id)
            return DeclarationView.of(declaration)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=DeclarationView)
