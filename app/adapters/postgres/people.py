"""People and their logins: transactions of one person, outside every organisation."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from asyncpg import exceptions as pg
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.reading import reading_personally
from app.adapters.postgres.repositories.organisations import AFFILIATION
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.people import IdentityRow, PersonRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, no_shift
from app.domain.people.person import Person
from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, OrganisationId, PersonId

R = TypeVar("R")
PERSON = col.table_of(PersonRow)
IDENTITY = col.table_of(IdentityRow)
_MAPPER = Mapper(Person, PERSON)
_OWNER = Statement(select(IDENTITY.c.person_id).where(IDENTITY.c.id == p("id_")))
_LINK = inserting(IDENTITY)
_FIND = Statement(select(*PERSON.columns).where(PERSON.c.id == p("id_")))
_NEW = insert(PERSON).values({column.name: p(column.name) for column in PERSON.columns})
_PUT = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_person",
        set_={name: _NEW.excluded[name] for name in ("chosen_name", "languages", "version")},
    )
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
    _now: datetime | None = None

    @property
    def now(self) -> datetime:
        if self._now is None:
            raise RuntimeError("the clock has not been read in this transaction")
        return self._now

    async def read_clock(self) -> datetime:
        self._now = await _CLOCK.value(self.connection, shift=self.shift())
        return self.now

    def new_person_id(self) -> PersonId:
        return PersonId(UUID(int=self.chance.bits(128), version=4))

    async def owner_of_login(self) -> PersonId | None:
        owner = await _OWNER.value(self.connection, id_=self._identity())
        return None if owner is None else PersonId(owner)

    async def become(self, person: PersonId) -> None:
        await self.connection.fetchval("select set_config('app.person', $1, true)", str(person))

    async def find(self, person: PersonId) -> Person | None:
        row = await _FIND.row(self.connection, id_=person)
        return None if row is None else _MAPPER.to_entity(row)

    async def put(self, person: Person) -> None:
        values = _MAPPER.to_values(person)
        values["languages"] = list(person.languages)
        await _PUT.run(self.connection, **values)

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

    def _identity(self) -> UUID:
        return identity_id(self.actor.issuer or "", self.actor.subject or "")


@dataclass(slots=True)
class PostgresPersonal:
    """See `services.people.ports.TransactPersonally`."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    shift: Shift = no_shift

    async def __call__(self, actor: Actor, work: Callable[[PostgresPersonalUnitOfWork], Awaitable[R]]) -> R:
        """Run work as this login; two first introductions at once become one person."""
        login = identity_id(actor.issuer or "", actor.subject or "")
        opening = (
            f"begin; select set_config('app.identity', '{login}', true),"
            f" set_config('app.person', '{UUID(str(actor.person or NOBODY))}', true)"
        )

        async def once(connection: Any) -> R:
            try:
                return await work(PostgresPersonalUnitOfWork(connection, actor, self.chance, self.shift))
            except pg.UniqueViolationError as error:
                if error.constraint_name == "pk_identity":
                    raise pg.SerializationError("introduced twice at once") from error
                raise

        return await run_again(self.pool, opening, once, self.chance)

    async def my_organisations(self, actor: Actor) -> list[OrganisationId]:
        """See `services.ports.people.MyOrganisations`."""
        person = actor.person_id
        return await self._read(actor, lambda tx: tx.organisations(person))

    async def owner_of_login(self, actor: Actor) -> PersonId | None:
        """Whose login it is; None as long as it has not introduced itself."""
        return await self._read(actor, lambda tx: tx.owner_of_login())

    async def _read(self, actor: Actor, work: Callable[[PostgresPersonalUnitOfWork], Awaitable[R]]) -> R:
        login = identity_id(actor.issuer or "", actor.subject or "")

        async def once(connection: Any) -> R:
            entered = reading_personally(connection, actor, login)
            return await work(PostgresPersonalUnitOfWork(entered, actor, self.chance, self.shift))

        return await run_again(self.pool, None, once, self.chance)


@dataclass(slots=True)
class PostgresLogins:
    """See `services.ports.people.Logins`. Whose login it is never changes, so it is remembered (bounded)."""

    personal: PostgresPersonal
    kept: int = 10_000
    _known: OrderedDict[UUID, PersonId] = field(default_factory=OrderedDict)

    async def person_of(self, issuer: str, subject: str) -> PersonId | None:
        login = identity_id(issuer, subject)
        known = self._known.get(login)
        if known is not None:
            self._known.move_to_end(login)
            return known
        owner = await self.personal.owner_of_login(Actor(issuer=issuer, subject=subject))
        if owner is not None:
            self._known[login] = owner
            if len(self._known) > self.kept:
                self._known.popitem(last=False)
        return owner
