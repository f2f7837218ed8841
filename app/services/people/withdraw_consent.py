"""Take back a consent."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.messages.kind import KINDS
from app.domain.people.consent import FOR_CONTACT, Consent, Purpose
from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId, GroupId, OrganisationId, PersonId
from app.services.people.consent_views import ConsentView, WithdrawalView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.consents import ConsentTexts
from app.services.ports.counting import CountDue
from app.services.ports.leaving import leave
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Take back a consent: one call, at any time, for no reason. It holds at once, for everything that rested on it.

    Nothing for a contact or for messages: they are removed. Nothing to show: your introduction is hidden from the group.
    Nothing to take part on: you leave your groups in the organisation, as if you had said so in each (P-h11); off the
    rolls, your envelopes unopened (B-03). What you have been part of stays decided. It can be said where none stood.
    """

    transact: Transact[ConsentsUnitOfWork]
    texts: ConsentTexts
    count: CountDue

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, purpose: Purpose
    ) -> WithdrawalView:
        person = actor.person_id
        message = self.texts.after_withdrawal(purpose, actor.mark.language)

        async def work(tx: ConsentsUnitOfWork) -> tuple[WithdrawalView, list[BallotId]]:
            standing = await tx.consents.hold(person)
            ending = [each for each in standing if each.purpose is purpose]
            for each in ending:
                each.withdraw(tx.now)
            await tx.consents.end(ending)
            await tx.access_log.note(
                actor,
                *(
                    Access(
                        deed=Deed.WITHDRAWN,
                        data=AccessedData.CONSENT,
                        acting_as=ActingAs.ONESELF,
                        purpose=AccessPurpose.OWN_AFFAIRS,
                        about=person,
                        row=each.id,
                    )
                    for each in ending
                ),
            )
            await _messages_without_ground(tx, person, standing)
            removed = await _contacts_without_ground(tx, person, purpose, standing)
            left, waiting = await _groups_without_ground(tx, person, purpose)
            controller = (await tx.organisations.get(organisation_id)).name
            view = WithdrawalView(
                organisation_id=organisation_id,
                purpose=purpose,
                withdrawn_at=tx.now,
                receipt=ConsentView.of(ending[0], controller) if ending else None,
                left_groups=left,
                contacts_removed=removed,
                message=message,
            )
            return view, waiting

        view, ballots = await self.transact.write(actor, organisation_id, work)
        for ballot in ballots:
            await self.count(ballot)
        return view


async def _messages_without_ground(tx: ConsentsUnitOfWork, person: PersonId, consents: list[Consent]) -> None:
    """A kind of messages rests on a consent; given anew, it is chosen anew."""
    stands = {each.purpose for each in consents if each.stands}
    await tx.message_choices.drop(
        person, [kind for kind, rules in KINDS.items() if not rules.purposes & stands]
    )


async def _contacts_without_ground(
    tx: ConsentsUnitOfWork, person: PersonId, purpose: Purpose, consents: list[Consent]
) -> int:
    """What is kept for a consent goes with the last of them."""
    kept = any(each.stands and each.purpose in FOR_CONTACT for each in consents)
    return 0 if kept or purpose not in FOR_CONTACT else await tx.contacts.remove(person)


async def _groups_without_ground(
    tx: ConsentsUnitOfWork, person: PersonId, purpose: Purpose
) -> tuple[list[GroupId], list[BallotId]]:
    """Without consent to take part there is no membership; and which ballots are to be counted then."""
    if purpose is not Purpose.TAKING_PART:
        return [], []
    groups = await tx.memberships.groups_of(person)
    ballots: list[BallotId] = []
    for group in groups:
        ballots += await leave(tx, group, person)
    return groups, ballots
