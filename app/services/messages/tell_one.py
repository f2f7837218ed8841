"""Tell one person what is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.messages.kind import MessageKind
from app.domain.messages.occasion import Occasion, Wishes, due
from app.domain.messages.tone import TONES
from app.domain.people.consent import Consent
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.ids import MessageId, OrganisationId, PersonId
from app.services.messages.ports import Addresses, Choice, MessagesUnitOfWork, Reader
from app.services.ports.carrier import Carrier, Letter, NotNow, RefusedForGood
from app.services.ports.consents import place_of_contact
from app.services.ports.occasions import Occasions
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault

LOOKS_EVERY = timedelta(minutes=5)
"""How long something that has just happened may wait until somebody is told."""
AT_ONCE = 5
"""Messages to one person in one look; what is left waits for the next, a moment later."""
_BY_ITSELF = Actor(mark=RequestMark(request_id=str(uuid5(NAMESPACE_URL, "verksted:sending-messages"))))
"""Who opens the address: nobody but the service. One request id, so that the log has one entry for each day and person,
however many messages went out; each of them is in the person's own list."""


@dataclass(frozen=True, slots=True)
class TellOne:
    """Send one person what is due in one organisation, as of now. What is due is looked up as by themselves.

    Each message is noted before it is handed over, and again when it has been taken. Killed between the two it is sent
    once more, under the same id; it is never lost.
    """

    transact: Transact[MessagesUnitOfWork]
    occasions: Occasions
    carrier: Carrier
    addresses: Addresses
    vault: Vault
    looks_every: timedelta = LOOKS_EVERY

    async def __call__(self, organisation: OrganisationId, person: PersonId) -> bool | None:
        """Whether the carrier took what there was; None where there was nothing to carry."""
        owner = Actor(person=person)
        found = await self.occasions(owner, organisation)

        async def look(tx: MessagesUnitOfWork) -> tuple[list[Occasion], datetime]:
            reader = await tx.messages.reader(person)
            wishes = await _wishes(tx, person, reader, await tx.consents.standing(person))
            what = due(found, wishes, tx.now)
            tried = {
                (each.kind, each.subject_id, each.due_at): each
                for each in await tx.messages.tried(person, what.now)
            }
            left, again = [], [tx.now + self.looks_every, *([what.next_at] if what.next_at else [])]
            for occasion in what.now:
                message = tried.get(occasion.key)
                if message is None or (not message.is_over and message.try_at <= tx.now):
                    left.append(occasion)
                elif not message.is_over:
                    again.append(message.try_at)
            if len(left) > AT_ONCE:
                again.append(tx.now)
            return left[:AT_ONCE], min(again)

        todo, next_look = await self.transact.read(owner, organisation, look)
        taken: bool | None = None
        for occasion in todo:
            begun = await self._begin(owner, organisation, occasion)
            if begun is None:
                continue
            letter, try_again_at = begun
            try:
                await self.carrier.carry(letter)
            except NotNow:
                taken, next_look = False, min(next_look, try_again_at)
                break
            except RefusedForGood:
                await self._note(owner, organisation, letter.id, refused=True)
            else:
                await self._note(owner, organisation, letter.id, refused=False)
            taken = True

        async def again(tx: MessagesUnitOfWork) -> None:
            await tx.messages.look_again(person, next_look)

        await self.transact.write(owner, organisation, again)
        return taken

    async def _begin(
        self, owner: Actor, organisation: OrganisationId, occasion: Occasion
    ) -> tuple[Letter, datetime] | None:
        """Note that it is being sent, and open the address: under the lock that whoever takes back a consent waits for.

        With it comes when it may be tried again, should this fail. None: nothing is to be sent (any more), or somebody
        else is sending it.
        """
        person = owner.person_id

        async def work(tx: MessagesUnitOfWork) -> tuple[Letter, datetime] | None:
            standing = await tx.consents.hold(person)
            reader = await tx.messages.reader(person)
            wishes = await _wishes(tx, person, reader, standing)
            told_at = wishes.tells_at(occasion, tx.now) if wishes.want(occasion) else None
            contact = await tx.contacts.find(person, self.carrier.by)
            if told_at is None or told_at > tx.now or contact is None:
                return None
            address = self.vault.open(place_of_contact(contact), contact.sealed)
            if address is None:
                return None
            message = await tx.messages.take(person, occasion)
            if not message.begin(tx.now):
                return None
            await tx.messages.save(message)
            opened = Access(
                deed=Deed.READ,
                data=AccessedData.CONTACT_CHANNEL,
                acting_as=ActingAs.OPERATOR,
                purpose=AccessPurpose.OWN_AFFAIRS,
                about=person,
            )
            await tx.access_log.note(_BY_ITSELF, opened)
            letter = self._letter(message.id, organisation, person, occasion, reader, address)
            return letter, message.try_at

        return await self.transact.write(owner, organisation, work)

    def _letter(
        self,
        message: MessageId,
        organisation: OrganisationId,
        person: PersonId,
        occasion: Occasion,
        reader: Reader,
        address: str,
    ) -> Letter:
        return Letter(
            id=message,
            address=address,
            tone=TONES[occasion.kind],
            language=reader.language,
            answer_by=occasion.answer_by,
            time_zone=reader.zone,
            link=self.addresses.link(organisation, message, is_protected=reader.is_protected),
            turn_off=self.addresses.turn_off(
                Choice(organisation, person, MessageKind(occasion.kind), reader.language)
            ),
        )

    async def _note(
        self, owner: Actor, organisation: OrganisationId, message_id: MessageId, *, refused: bool
    ) -> None:
        async def work(tx: MessagesUnitOfWork) -> None:
            now = await tx.read_clock()
            message = await tx.messages.lock(message_id)
            if message is not None:
                message.refuse(now) if refused else message.sent(now)
                await tx.messages.save(message)

        await self.transact.write(owner, organisation, work)


async def _wishes(
    tx: MessagesUnitOfWork, person: PersonId, reader: Reader, standing: list[Consent]
) -> Wishes:
    return Wishes(
        chosen=await tx.message_choices.chosen(person),
        consented=frozenset(each.purpose for each in standing),
        quiet=reader.settings.quiet_in(reader.time_zone),
    )
