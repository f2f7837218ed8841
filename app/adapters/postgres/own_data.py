"""Everything that the tables hold about one person: made from the inventory, so that no table can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, false, func, or_, select

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Held, Part, Ref
from app.adapters.postgres.people import PostgresPersonal, PostgresPersonalUnitOfWork
from app.adapters.postgres.reading import Asked
from app.adapters.postgres.sealing import BY_TABLE
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import metadata
from app.adapters.postgres.work import Work
from app.domain.audit.entry import Access
from app.domain.keeping.data_kind import PERSONAL
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.keeping.ports import FoundTable, FoundValue, SealedWords

_TENANT = "organisation_id"


def of_person(table: Table, refs: tuple[Ref, ...]) -> ColumnElement[bool]:
    """Which rows of a table belong to the person `:person_id`, by these ways."""
    return or_(false(), *(_leads(table, ref) for ref in refs))


def _leads(table: Table, ref: Ref) -> ColumnElement[bool]:
    column = table.c[ref.column]
    if ref.via is None:
        mine: ColumnElement[bool] = column == p("person_id")
        return mine
    other = metadata.tables[ref.via]
    return exists(
        select(1)
        .select_from(other)
        .where(
            other.c[_TENANT] == table.c[_TENANT],
            other.c.id == column,
            of_person(other, refs_of(INVENTORY[ref.via], Part.ABOUT)),
        )
    )


def refs_of(said: Held, part: Part) -> tuple[Ref, ...]:
    """The ways from a row to whoever it is about, or to whoever had a part in it."""
    return tuple(ref for ref in said.of if ref.part is part)


@cache
def in_copy(*, tenant: bool) -> tuple[Held, ...]:
    """The tables of which something is in somebody's copy: those of an organisation, or those outside of all."""
    return tuple(
        said
        for name, said in sorted(INVENTORY.items())
        if said.copied() and is_tenants(metadata.tables[name]) == tenant
    )


@cache
def _question(name: str) -> Statement:
    """What of a table is in the copy."""
    said, table = INVENTORY[name], metadata.tables[name]
    rows = select(*(table.c[column] for column in said.copied())).where(
        of_person(table, refs_of(said, Part.ABOUT))
    )
    return Statement(_within(rows, table))


@cache
def _deeds(name: str) -> Statement | None:
    """How many rows about others somebody had a part in."""
    said, table = INVENTORY[name], metadata.tables[name]
    did = refs_of(said, Part.BY)
    if not did:
        return None
    rows = select(func.count()).select_from(table)
    about = of_person(table, refs_of(said, Part.ABOUT))
    return Statement(_within(rows.where(and_(of_person(table, did), ~about)), table))


def is_tenants(table: Table) -> bool:
    """Whether its rows are an organisation's: those that are a person's own begin with the person."""
    return table.primary_key.columns[0].name == _TENANT


def _within(rows: Any, table: Table) -> Any:
    return rows.where(table.c[_TENANT] == p("organisation_id")) if is_tenants(table) else rows


async def gather(
    connection: Asked, person: PersonId, organisation: OrganisationId | None
) -> list[FoundTable]:
    """All of it, of one organisation or of none."""
    values = {"person_id": person, "organisation_id": organisation}
    found = []
    for said in in_copy(tenant=organisation is not None):
        question, deeds = _question(said.table), _deeds(said.table)
        rows = await question.fetch(connection, **{name: values[name] for name in question.names})
        done = 0 if deeds is None else await deeds.value(connection, **{n: values[n] for n in deeds.names})
        found.append(
            FoundTable(
                table=said.table,
                what=said.what,
                why=said.why,
                kept=said.kept,
                seen_by=said.seen,
                rows=[_row(said, dict(row), organisation) for row in rows],
                withheld=withheld(said),
                erased=said.erased,
                done=done,
            )
        )
    return found


def withheld(said: Held) -> dict[str, str]:
    """What is personal and not in the copy, with its reason."""
    return {
        name: each.withheld
        for each in said.columns
        if each.kind in PERSONAL and each.withheld is not None
        for name in each.names
    }


def _row(said: Held, row: dict[str, Any], organisation: OrganisationId | None) -> dict[str, FoundValue]:
    """A row with its words still sealed; a sealed column that stands beside another is shown in its place."""
    sealing = BY_TABLE.get(said.table)
    if sealing is None:
        return row
    whole = row | {_TENANT: organisation}
    found = dict(row)
    for name in sealing.columns:
        kept = found[name] if not sealing.beside else found.pop(sealing.kept_in(name))
        if kept is not None:
            found[name] = SealedWords(sealing.place(whole, name), kept, said.of_column(name).masked)
    return found


@dataclass(slots=True)
class PostgresOwnData:
    """See `services.keeping.ports.OwnData`."""

    work: Work

    async def gather(self, person: PersonId) -> list[FoundTable]:
        return await gather(self.work.connection, person, self.work.organisation)


@dataclass(slots=True)
class PostgresPersonalData:
    """See `services.keeping.ports.GatherPersonal`."""

    personal: PostgresPersonal

    async def __call__(self, actor: Actor, noted: Access | None = None, /) -> list[FoundTable]:
        async def work(tx: PostgresPersonalUnitOfWork) -> list[FoundTable]:
            if noted is not None:
                await tx.read_clock()
                await tx.access_log.note(actor, noted)
            return await gather(tx.connection, actor.person_id, None)

        return await self.personal(actor, work)
