"""Addresses of calendars: made, found and removed by their person; opened by whoever has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.reading import Asked, Reading
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.calendars import CalendarAddressRow, CalendarKeyRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance
from app.domain.meetings.calendar import CalendarAddress
from app.domain.shared.ids import NOBODY, GroupId, PersonId

ADDRESS = col.table_of(CalendarAddressRow)
KEY = col.table_of(CalendarKeyRow)
_NEW = insert(ADDRESS).values({column.name: p(column.name) for column in ADDRESS.columns})
# Of two who make one at the same time the later one's holds, and the foreign key takes the key along.
_PUT = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_calendar_address",
        set_={name: _NEW.excluded[name] for name in ("bound_to", "key_id", "made_at")},
    )
)
_PUT_KEY = Statement(
    insert(KEY)
    .values(id=p("id"), person_id=p("person_id"))
    .on_conflict_do_nothing(constraint="pk_calendar_key")
)
_SHOW_KEY = Statement(select(func.set_config("app.calendar", p("key_id"), True)))
_FIND = Statement(
    select(*ADDRESS.columns).where(ADDRESS.c.person_id == p("person_id"), ADDRESS.c.group_id == p("group_id"))
)
_BY_KEY = Statement(
    select(*ADDRESS.columns).where(ADDRESS.c.person_id == p("person_id"), ADDRESS.c.key_id == p("key_id"))
)
_REMOVE = Statement(
    delete(ADDRESS).where(ADDRESS.c.person_id == p("person_id"), ADDRESS.c.group_id == p("group_id"))
)
_HOLDER = Statement(select(KEY.c.person_id).where(KEY.c.id == p("id")))
_DOOR = "select set_config('app.calendar', {0}::uuid::text, true) as opened offset 0"


@dataclass(slots=True)
class PostgresCalendarAddresses:
    """See `services.ports.calendars.CalendarAddresses`. For transactions of the person whose they are."""

    connection: Asked

    async def put(self, address: CalendarAddress) -> None:
        await _PUT.run(
            self.connection,
            person_id=address.person_id,
            group_id=address.group_id or NOBODY,
            bound_to=address.bound_to,
            key_id=address.key_id,
            made_at=address.made_at,
        )
        await _SHOW_KEY.value(self.connection, key_id=str(address.key_id))
        await _PUT_KEY.run(self.connection, id=address.key_id, person_id=address.person_id)

    async def find(self, person: PersonId, group: GroupId | None) -> CalendarAddress | None:
        return _address(await _FIND.row(self.connection, person_id=person, group_id=group or NOBODY))

    async def by_key(self, person: PersonId, key: UUID) -> CalendarAddress | None:
        return _address(await _BY_KEY.row(self.connection, person_id=person, key_id=key))

    async def remove(self, person: PersonId, group: GroupId | None) -> None:
        await _REMOVE.run(self.connection, person_id=person, group_id=group or NOBODY)


@dataclass(slots=True)
class PostgresCalendarKeys:
    """See `services.meetings.calendar_ports.CalendarKeys`."""

    pool: asyncpg.Pool[Any]
    chance: Chance

    async def holder(self, key: UUID) -> PersonId | None:
        async def once(connection: Any) -> PersonId | None:
            found = await _HOLDER.value(Reading(connection, _DOOR, key), id=key)
            return None if found is None else PersonId(found)

        return await run_again(self.pool, None, once, self.chance)


def _address(row: Any) -> CalendarAddress | None:
    if row is None:
        return None
    group = None if row["group_id"] == NOBODY else GroupId(row["group_id"])
    return CalendarAddress(
        person_id=PersonId(row["person_id"]),
        group_id=group,
        bound_to=row["bound_to"],
        key_id=row["key_id"],
        made_at=row["made_at"],
    )
