"""Enter a group: accept the place that it has offered, and promise confidentiality."""

from dataclasses import dataclass

from app.domain.admission.application import Application
from app.domain.groups.declaration import Declaration, Signature, Signing
from app.domain.groups.errors import AlreadyMember, InAnotherGroup
from app.domain.groups.group import Group
from app.domain.groups.membership import Membership
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import ApplicationId, BallotId, DeclarationId, MembershipId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import own_application
from app.services.admission.views import EntryView
from app.services.ports.ballot_keys import BallotKeys
from app.services.ports.texts import DeclarationTexts
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AcceptEntry:
    """Accept the place that the group has offered you, and sign: you are a member, and the group is a new one (A-03).

    In one transaction: the membership with the ballot that let you in, the next generation, every open ballot of the
    group void, the others' declarations due again, the event in the outbox. Accepting twice is the same as once.
    Your intake was asked for when you applied, and isn't asked for again: the group has decided, and no outcome that staff
    record afterwards undoes that (A-01).
    """

    transact: Transact[AdmissionUnitOfWork]
    keys: BallotKeys
    texts: DeclarationTexts

    async def __call__(
        self, actor: Actor, application_id: ApplicationId, signature: Signature, alias: str | None = None
    ) -> EntryView:
        person = actor.person_id
        self.texts.current(signature.language).require_signed(signature)
        voided: list[BallotId] = []

        async def work(tx: AdmissionUnitOfWork) -> EntryView:
            voided.clear()
            seen, application = await own_application(tx, application_id, person)
            earlier = await _entered_before(tx, application)
            if earlier is not None:
                return earlier
            seen.group.require_not_ended(tx.now)
            application.enter(tx.now)
            if seen.membership_id is not None:
                raise AlreadyMember
            settings = (await tx.policies.holding(tx.now)).settings
            if not settings.parallel_membership and await tx.memberships.elsewhere(person, seen.group.id):
                raise InAnotherGroup
            voided.extend(await _void_what_is_open(tx, seen.group))
            membership = await _new_generation(tx, seen.group, application, alias)
            await tx.declarations.add(_signed(tx, membership, signature))
            await tx.applications.save(application)
            ids = {"group": seen.group.id, "membership": membership.id}
            tx.emit(Event("group.member.admitted", seen.group.id, ids))
            return _entry(membership)

        view = await self.transact.write(actor, organisation_of(application_id), work, answer=EntryView)
        for ballot in voided:
            self.keys.destroy(ballot)
        return view


async def _entered_before(tx: AdmissionUnitOfWork, application: Application) -> EntryView | None:
    if application.entered_at is None or application.last_ballot is None:
        return None
    membership = await tx.memberships.by_ballot(application.last_ballot.ballot_id)
    return _entry(membership) if membership is not None else None


async def _void_what_is_open(tx: AdmissionUnitOfWork, group: Group) -> list[BallotId]:
    """The people who were asked are not the group any more: their open questions are void, their seats free."""
    live = await tx.ballots.lock_live(group.id)
    for ballot in live:
        ballot.void(tx.now)
        await tx.ballots.end(ballot)
    gone = [ballot.id for ballot in live]
    await tx.groups.free_reservations(gone)
    return gone


async def _new_generation(
    tx: AdmissionUnitOfWork, group: Group, application: Application, alias: str | None
) -> Membership:
    assert application.last_ballot is not None
    ballot_id = application.last_ballot.ballot_id
    group.generation += 1
    group.generation_formed_at = tx.now
    await tx.groups.add_generation(group, tx.now, ballot_id)
    await tx.groups.save(group)
    membership = Membership(
        id=MembershipId(tx.new_id()),
        organisation_id=group.organisation_id,
        group_id=group.id,
        person_id=application.applicant_id,
        alias=alias or application.alias,
        placement_id=None,
        ballot_id=ballot_id,
        generation=group.generation,
        joined_at=tx.now,
        left_at=None,
    )
    await tx.memberships.add(membership)
    await tx.groups.turn_reservation_into_seat(ballot_id, membership.id)
    return membership


def _signed(tx: AdmissionUnitOfWork, membership: Membership, signature: Signature) -> Declaration:
    return Declaration(
        id=DeclarationId(tx.new_id()),
        organisation_id=membership.organisation_id,
        group_id=membership.group_id,
        generation=membership.generation,
        membership_id=membership.id,
        how=Signing.IN_APP,
        text_version=signature.text_version,
        language=signature.language,
        text_sha256=signature.text_sha256,
        typed_name=signature.typed_name,
        witnessed_by=None,
        signed_at=tx.now,
    )


def _entry(membership: Membership) -> EntryView:
    return EntryView(
        group_id=membership.group_id,
        membership_id=membership.id,
        alias=membership.alias,
        generation=membership.generation,
    )
