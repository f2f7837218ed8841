"""Consents, and ways of reaching people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.consents import ConsentRow, ContactRow
from app.adapters.postgres.work import Work
from app.domain.organisations.organisation import NotRegistered
from app.domain.people.consent import Consent, Purpose
from app.domain.people.contact import Contact, ContactKind
from app.domain.shared.ids import ConsentId, PersonId

CONSENT = col.table_of(ConsentRow)
CONTACT = col.table_of(ContactRow)
CONSENTS = Mapper(Consent, CONSENT)
CONTACTS = Mapper(Contact, CONTACT)

_LOCK = Statement(
    select(service_clock())
    .select_from(REGISTRATION)
    .where(REGISTRATION.c.organisation_id == p("organisation_id"), REGISTRATION.c.person_id == p("person_id"))
    .with_for_update()
)
_CLOCK = Statement(select(service_clock()))
OF_PERSON = select(*CONSENT.columns).where(
    CONSENT.c.organisation_id == p("organisation_id"), CONSENT.c.person_id == p("person_id")
)
_STANDING = Statement(OF_PERSON.where(CONSENT.c.withdrawn_at.is_(None)).order_by(CONSENT.c.purpose))
_STANDS = Statement(
    select(text("1")).where(
        CONSENT.c.organisation_id == p("organisation_id"),
        CONSENT.c.person_id == p("person_id"),
        CONSENT.c.purpose == p("purpose"),
        CONSENT.c.withdrawn_at.is_(None),
    )
)
_FIND = Statement(
    select(*CONSENT.columns).where(
        CONSENT.c.organisation_id == p("organisation_id"), CONSENT.c.id == p("id_")
    )
)
_ADD = inserting(CONSENT)
_END = Statement(
    update(CONSENT)
    .where(CONSENT.c.organisation_id == p("key_org"), CONSENT.c.id == p("key_id"))
    .values(withdrawn_at=p("withdrawn_at"))
)
_CONTACTS = select(*CONTACT.columns).where(
    CONTACT.c.organisation_id == p("organisation_id"), CONTACT.c.person_id == p("person_id")
)
_CONTACTS_OF = Statement(_CONTACTS.order_by(CONTACT.c.kind))
_CONTACT = Statement(_CONTACTS.where(CONTACT.c.kind == p("kind")))
_NEW = insert(CONTACT).values({column.name: p(column.name) for column in CONTACT.columns})
_PUT = Statement(
    _NEW.on_conflict_do_update(
        constraint="uq_contact_kind",
        set_={name: _NEW.excluded[name] for name in ("sealed", "kept_at")},
    )
)
_REMOVE = Statement(
    delete(CONTACT).where(
        CONTACT.c.organisation_id == p("organisation_id"),
        CONTACT.c.person_id == p("person_id"),
        or_(p("kind", Text).is_(None), CONTACT.c.kind == p("kind")),
    )
)


@dataclass(slots=True)
class PostgresConsents:
    """See `services.ports.consents.Consents`."""

    work: Work

    async def hold(self, person: PersonId) -> list[Consent]:
        row = await _LOCK.row(self.work.connection, **self.work.scope(person_id=person))
        if row is None:
            raise NotRegistered
        self.work.tell(await _CLOCK.value(self.work.connection, shift=self.work.shift()))
        return await self.standing(person)

    async def add(self, consent: Consent) -> None:
        values = CONSENTS.to_values(consent)
        await _ADD.run(self.work.connection, **(values | {"data_classes": list(consent.data_classes)}))

    async def end(self, consents: Sequence[Consent]) -> None:
        await _END.run_many(
            self.work.connection,
            [
                {"key_org": each.organisation_id, "key_id": each.id, "withdrawn_at": each.withdrawn_at}
                for each in consents
            ],
        )

    async def find(self, consent: ConsentId) -> Consent | None:
        row = await _FIND.row(self.work.connection, organisation_id=self.work.organisation, id_=consent)
        return None if row is None else CONSENTS.to_entity(row)

    async def stands(self, person: PersonId, purpose: Purpose) -> bool:
        found = await _STANDS.value(self.work.connection, purpose=purpose, **self._whose(person))
        return found is not None

    async def standing(self, person: PersonId) -> list[Consent]:
        rows = await _STANDING.fetch(self.work.connection, **self._whose(person))
        return [CONSENTS.to_entity(row) for row in rows]

    def _whose(self, person: PersonId) -> dict[str, Any]:
        return {"organisation_id": self.work.organisation, "person_id": person}


@dataclass(slots=True)
class PostgresContacts:
    """See `services.ports.consents.Contacts`."""

    work: Work

    async def put(self, contact: Contact) -> None:
        await _PUT.run(self.work.connection, **CONTACTS.to_values(contact))

    async def find(self, person: PersonId, kind: ContactKind) -> Contact | None:
        row = await _CONTACT.row(self.work.connection, kind=kind, **self._whose(person))
        return None if row is None else CONTACTS.to_entity(row)

    async def of(self, person: PersonId) -> list[Contact]:
        rows = await _CONTACTS_OF.fetch(self.work.connection, **self._whose(person))
        return [CONTACTS.to_entity(row) for row in rows]

    async def remove(self, person: PersonId, kind: ContactKind | None = None) -> int:
        return await _REMOVE.run(self.work.connection, kind=kind, **self._whose(person))

    def _whose(self, person: PersonId) -> dict[str, Any]:
        return {"organisation_id": self.work.organisation, "person_id": person}
