"""People and their logins: transactions of one person, outside every organisation."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from asyncpg import exceptions as pg
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres import sealing
from app.adapters.postgres.mapping import SealedMapper
from app.adapters.postgres.reading import reading_personally
from app.adapters.postgres.reads.access_log import about
from app.adapters.postgres.repositories.access_log import PostgresAccessLog
from app.adapters.postgres.repositories.calendars import PostgresCalendarAddresses
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.organisations import AFFILIATION
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.people import IdentityRow, PersonRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, Shut, Work, no_shift
from app.domain.people.person import Person
from app.domain.people.protection import ProtectedBy
from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, OrganisationId, PersonId
from app.services.ports.access_log import NotedAccess
from app.services.ports.paging import Page, PageRequest
from app.services.ports.vault import Vault

R = TypeVar("R")
PERSON = col.table_of(PersonRow)
IDENTITY = col.table_of(IdentityRow)
_MAPPER = SealedMapper(Person, PERSON, sealing.PERSON)
_OWNER = Statement(select(IDENTITY.c.person_id).where(IDENTITY.c.id == p("id_")))
_LINK = inserting(IDENTITY)
_FIND = Statement(select(*PERSON.columns).where(PERSON.c.id == p("id_")))
_NEW = insert(PERSON).values({column.name: p(column.name) for column in PERSON.columns})
_PUT = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_person",
        set_={
            name: _NEW.excluded[name]
            for name in ("chosen_name", "chosen_name_sealed", "languages", "version")
        },
    )
)
_LOCK = Statement(select(*PERSON.columns).where(PERSON.c.id == p("id_")).with_for_update())
_PROTECT = Statement(
    update(PERSON)
    .where(PERSON.c.id == p("key_id"))
    .values(protected_at=p("protected_at"), protected_by=p("protected_by"))
)
_ENTER = "select set_config('app.organisation', $1, true)"
_COVER = Statement(
    update(REGISTRATION)
    .where(REGISTRATION.c.organisation_id == p("key_org"), REGISTRATION.c.person_id == p("key_person"))
    .values(is_protected=p("covered"))
)
_MINE = Statement(
    select(AFFILIATION.c.organisation_id)
    .where(AFFILIATION.c.person_id == p("person_id"))
    .order_by(AFFILIATION.c.since, AFFILIATION.c.organisation_id)
)
_CLOCK = Statement(select(service_clock()))


def identity_id(issuer: str, subject: str) -> UUID:
    """The id of a login: a hash of issuer and pairwise subject, shaped as a UUID."""
    digest = hashlib.sha256(f"{len(issuer)}:{issuer}{subject}".encode()).digest()
    plain = int.from_bytes(digest[:16], "big")
    return UUID(int=plain & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62)


@dataclass(slots=True)
class PostgresPersonalUnitOfWork:
    """See `services.people.ports.PersonalUnitOfWork`."""

    connection: Any
    actor: Actor
    chance: Chance
    shift: Shift
    vault: Vault
    _now: datetime | None = None

    @property
    def now(self) -> datetime:
        if self._now is None:
            raise RuntimeError("the clock has not been read in this transaction")
        return self._now

    async def read_clock(self) -> datetime:
        self._now = await _CLOCK.value(self.connection, shift=self.shift())
        return self.now

    def random_bytes(self, count: int) -> bytes:
        return self.chance.bits(8 * count).to_bytes(count, "big")

    def new_person_id(self) -> PersonId:
        return PersonId(UUID(int=self.chance.bits(128), version=4))

    async def owner_of_login(self) -> PersonId | None:
        owner = await _OWNER.value(self.connection, id_=self._identity())
        return None if owner is None else PersonId(owner)

    async def become(self, person: PersonId) -> None:
        await self.connection.fetchval("select set_config('app.person', $1, true)", str(person))

    async def find(self, person: PersonId) -> Person | None:
        row = await _FIND.row(self.connection, id_=person)
        return None if row is None else _MAPPER.to_opened(self.vault, row)

    async def put(self, person: Person) -> None:
        values = _MAPPER.to_sealed(self.vault, person.id, person)
        values["languages"] = list(person.languages)
        await _PUT.run(self.connection, **values)

    async def lock(self, person: PersonId) -> Person | None:
        row = await _LOCK.row(self.connection, id_=person)
        return None if row is None else _MAPPER.to_opened(self.vault, row)

    async def put_protection(self, person: Person) -> None:
        covered = person.protected_at is not None
        await _PROTECT.run(
            self.connection,
            key_id=person.id,
            protected_at=person.protected_at,
            protected_by=person.protected_by,
        )
        for organisation in await self.organisations(person.id):
            await self.connection.fetchval(_ENTER, str(organisation))
            await _COVER.run(self.connection, key_org=organisation, key_person=person.id, covered=covered)
        await self.connection.fetchval(_ENTER, str(NOBODY))

    async def link_login(self, person: PersonId) -> None:
        await _LINK.run(
            self.connection,
            id=self._identity(),
            person_id=person,
            issuer=self.actor.issuer,
            subject=self.actor.subject,
            linked_at=self.now,
        )

    async def organisations(self, person: PersonId) -> list[OrganisationId]:
        rows = await _MINE.fetch(self.connection, person_id=person)
        return [OrganisationId(row["organisation_id"]) for row in rows]

    @property
    def access_log(self) -> PostgresAccessLog:
        work = Work(self.connection, OrganisationId(NOBODY), self.actor.person, self.chance, self.shift)
        work.tell(self.now)
        return PostgresAccessLog(work)

    @property
    def calendar_addresses(self) -> PostgresCalendarAddresses:
        return PostgresCalendarAddresses(self.connection)

    def _identity(self) -> UUID:
        return identity_id(self.actor.issuer or "", self.actor.subject or "")


@dataclass(slots=True)
class PostgresPersonal:
    """See `services.people.ports.TransactPersonally`."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    shift: Shift = no_shift
    vault: Vault = field(default_factory=Shut)

    async def __call__(self, actor: Actor, work: Callable[[PostgresPersonalUnitOfWork], Awaitable[R]]) -> R:
        """Run work as this login; two first introductions at once become one person."""
        login = identity_id(actor.issuer or "", actor.subject or "")
        opening = (
            f"begin; select set_config('app.identity', '{login}', true),"
            f" set_config('app.person', '{UUID(str(actor.person or NOBODY))}', true),"
            f" set_config('app.organisation', '{NOBODY}', true)"
        )

        async def once(connection: Any) -> R:
            try:
                return await work(
                    PostgresPersonalUnitOfWork(connection, actor, self.chance, self.shift, self.vault)
                )
            except pg.UniqueViolationError as error:
                if error.constraint_name == "pk_identity":
                    raise pg.SerializationError("introduced twice at once") from error
                raise

        return await run_again(self.pool, opening, once, self.chance)

    async def my_organisations(self, actor: Actor) -> list[OrganisationId]:
        """See `services.ports.people.MyOrganisations`."""
        person = actor.person_id
        return await self._read(actor, lambda tx: tx.organisations(person))

    async def about_me(self, actor: Actor, page: PageRequest) -> Page[NotedAccess]:
        """See `services.ports.access_log.OwnAccessLog`."""
        person = actor.person_id
        return await self._read(actor, lambda tx: about(tx.connection, person, page))

    async def owner_of_login(self, actor: Actor) -> PersonId | None:
        """Whose login it is; None as long as it has not introduced itself."""
        return await self._read(actor, lambda tx: tx.owner_of_login())

    async def protect(self, actor: Actor, person: PersonId) -> None:
        """See `services.ports.people.Logins`."""
        asking = replace(actor, person=person)
        found = await self._read(asking, lambda tx: tx.find(person))
        if found is None or found.protected_at is not None:
            return

        async def work(tx: PostgresPersonalUnitOfWork) -> None:
            held = await tx.lock(person)
            if held is not None:
                await tx.put_protection(held.protected(ProtectedBy.LOGIN, await tx.read_clock()))

        await self(asking, work)

    async def _read(self, actor: Actor, work: Callable[[PostgresPersonalUnitOfWork], Awaitable[R]]) -> R:
        login = identity_id(actor.issuer or "", actor.subject or "")

        async def once(connection: Any) -> R:
            entered = reading_personally(connection, actor, login)
            return await work(PostgresPersonalUnitOfWork(entered, actor, self.chance, self.shift, self.vault))

        return await run_again(self.pool, None, once, self.chance)


@dataclass(slots=True)
class PostgresLogins:
    """See `services.ports.people.Logins`. Whose login it is never changes, so it is remembered (bounded), as long as that
    person is there: by their key, which every replica sees to be gone, at the latest after a second."""

    personal: PostgresPersonal
    is_there: Callable[[PersonId], bool]
    kept: int = 10_000
    _known: OrderedDict[tuple[str, str], PersonId] = field(default_factory=OrderedDict)

    async def person_of(self, issuer: str, subject: str) -> PersonId | None:
        login = (issuer, subject)
        known = self._known.get(login)
        if known is not None and self.is_there(known):
            self._known.move_to_end(login)
            return known
        self._known.pop(login, None)
        owner = await self.personal.owner_of_login(Actor(issuer=issuer, subject=subject))
        if owner is not None:
            self._known[login] = owner
            if len(self._known) > self.kept:
                self._known.popitem(last=False)
        return owner

    async def protect(self, issuer: str, subject: str, person: PersonId) -> None:
        await self.personal.protect(Actor(issuer=issuer, subject=subject), person)
