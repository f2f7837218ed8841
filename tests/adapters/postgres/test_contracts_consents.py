"""Consents and contacts are loaded as they were saved."""

from dataclasses import replace

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.people.consent import Consent, ConsentMethod, DataClass, Purpose
from app.domain.people.contact import Contact, ContactKind
from app.domain.shared.ids import ConsentId, ContactId
from app.services.ports.paging import FIRST_PAGE
from tests.adapters.postgres.test_contracts import LATER, WHEN, within
from tests.support.world import World


async def test_consent(world: World) -> None:
    person = (await world.registered()).person_id

    async def work(tx: PostgresUnitOfWork) -> None:
        made = Consent(
            id=ConsentId(tx.new_id()),
            organisation_id=world.organisation,
            person_id=person,
            purpose=Purpose.CONTACT_ABOUT_INTAKE,
            data_classes=(DataClass.CONTACT, DataClass.APPOINTMENT),
            text_version="3",
            language="nn",
            text_sha256="a" * 64,
            method=ConsentMethod.IN_APP,
            given_at=WHEN,
            withdrawn_at=None,
        )
        await tx.consents.add(made)
        assert await tx.consents.find(made.id) == made
        assert await tx.consents.hold(person) == [made] == await tx.consents.standing(person)
        assert await tx.consents.stands(person, Purpose.CONTACT_ABOUT_INTAKE)
        assert not await tx.consents.stands(person, Purpose.TAKING_PART)
        made.withdraw(LATER)
        await tx.consents.end([made])
        assert await tx.consents.find(made.id) == made
        assert await tx.consents.hold(person) == []
        assert (await tx.consent_reads.history(person, FIRST_PAGE)).items == [made]

    await within(world, work)


async def test_contact(world: World) -> None:
    person = (await world.registered()).person_id

    async def work(tx: PostgresUnitOfWork) -> None:
        made = Contact(
            id=ContactId(tx.new_id()),
            organisation_id=world.organisation,
            person_id=person,
            kind=ContactKind.TELEPHONE,
            sealed=b"sealed",
            kept_at=WHEN,
        )
        await tx.contacts.put(made)
        corrected = replace(made, sealed=b"another", kept_at=LATER)
        await tx.contacts.put(corrected)
        assert await tx.contacts.of(person) == [corrected]
        assert await tx.contacts.find(person, ContactKind.TELEPHONE) == corrected
        assert await tx.contacts.find(person, ContactKind.EMAIL) is None
        assert await tx.contacts.remove(person, ContactKind.EMAIL) == 0
        assert await tx.contacts.remove(person) == 1
        assert await tx.contacts.of(person) == []

    await within(world, work)
