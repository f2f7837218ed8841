"""Witness a signature on paper."""

from dataclasses import dataclass

from app.domain.groups.declaration import Declaration, Signing, require_witness
from app.domain.groups.errors import MemberNotFound
from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import DeclarationId, GroupId, MembershipId, organisation_of
from app.services.groups.place_views import DeclarationView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.texts import DeclarationTexts
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WitnessDeclaration:
    """Record that another member has signed on paper, at the table, before your eyes (M-08, D-h2). No scan is needed."""

    transact: Transact[GroupsUnitOfWork]
    texts: DeclarationTexts

    async def __call__(
        self, actor: Actor, group_id: GroupId, membership_id: MembershipId, language: str
    ) -> DeclarationView:
        person = actor.person_id
        text = self.texts.current(language)

        async def work(tx: GroupsUnitOfWork) -> DeclarationView:
            seen = await tx.standings.lock(group_id, person)
            require_member(seen.standing)
            assert seen.membership_id is not None
            require_witness(witness=seen.membership_id, witness_has_signed=seen.signed, signer=membership_id)
            if not await tx.memberships.is_in(group_id, membership_id):
                raise MemberNotFound
            declaration = Declaration(
                id=DeclarationId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                generation=seen.group.generation,
                membership_id=membership_id,
                how=Signing.ON_PAPER,
                text_version=text.version,
                language=text.language,
                text_sha256=text.sha256,
                typed_name=None,
                witnessed_by=seen.membership_id,
                signed_at=tx.now,
            )
            if not await tx.declarations.add(declaration):
                declaration = await tx.declarations.get(group_id, seen.group.generation, membership_id)
            return DeclarationView.of(declaration)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=DeclarationView)
