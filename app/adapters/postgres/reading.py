"""Reading in one round trip: who asks, and the question, in one statement.

PostgreSQL runs such a statement in a transaction of its own, and the settings that row-level security reads are local
to it, as they are behind a `BEGIN`: nothing of them is left for the next use of the connection. The order is that of
the executor: what stands in a lateral subquery behind `offset 0` and names a column of the door can't begin before the
door has given its row. Nothing can be written this way either: PostgreSQL takes no INSERT, UPDATE or DELETE within FROM.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, OrganisationId
from app.domain.systems.account import ICD, login_of_actor
from app.services.ports.transaction import Door

_DOORS = {
    Door.OWN: "select enter({0}::uuid, {1}::uuid) as opened offset 0",
    Door.PUBLIC: (
        "select set_config('app.person', {0}::uuid::text, true)"
        " || set_config('app.organisation', {1}::uuid::text, true) as opened offset 0"
    ),
}
_PERSONAL = (
    "select set_config('app.identity', {0}::uuid::text, true)"
    " || set_config('app.person', {1}::uuid::text, true) as opened offset 0"
)

_ENTER_SYSTEM = "select enter_system({0}::uuid, {1}::uuid, {2}::text, clock_timestamp() + {3}::interval)"
_OF_A_SYSTEM = f"{_ENTER_SYSTEM} as opened offset 0"


class Asked(Protocol):
    """What can be asked: a connection, or one that asks through a door."""

    def fetch(self, sql: str, /, *values: Any) -> Awaitable[list[Any]]: ...
    def fetchrow(self, sql: str, /, *values: Any) -> Awaitable[Any]: ...
    def fetchval(self, sql: str, /, *values: Any) -> Awaitable[Any]: ...
    def execute(self, sql: str, /, *values: Any) -> Awaitable[str]: ...
    def executemany(self, sql: str, rows: Any, /) -> Awaitable[None]: ...


class Reading:
    """A connection outside of any transaction, on which each question enters through the same door again."""

    __slots__ = ("_connection", "_door", "_who")

    def __init__(self, connection: Asked, door: str, *who: Any) -> None:
        self._connection = connection
        self._door = door
        self._who = who

    def fetch(self, sql: str, /, *values: Any) -> Awaitable[list[Any]]:
        return self._connection.fetch(_through(self._door, sql, len(values)), *values, *self._who)

    def fetchrow(self, sql: str, /, *values: Any) -> Awaitable[Any]:
        return self._connection.fetchrow(_through(self._door, sql, len(values)), *values, *self._who)

    def fetchval(self, sql: str, /, *values: Any) -> Awaitable[Any]:
        return self._connection.fetchval(_through(self._door, sql, len(values)), *values, *self._who)

    def execute(self, sql: str, /, *values: Any) -> Awaitable[str]:
        raise TypeError("reading changes nothing")

    def executemany(self, sql: str, rows: Any, /) -> Awaitable[None]:
        raise TypeError("reading changes nothing")


def reading(
    connection: Asked, actor: Actor, organisation: OrganisationId, door: Door, shift: timedelta = timedelta()
) -> Reading:
    """Read in an organisation, as this actor. A system enters by its account, which holds as of the shifted clock."""
    if actor.is_system and door is Door.OWN:
        return Reading(connection, _OF_A_SYSTEM, *_system(actor, organisation, shift))
    return Reading(connection, _DOORS[door], actor.person or NOBODY, organisation)


def reading_personally(connection: Asked, actor: Actor, login: UUID) -> Reading:
    """Read outside of every organisation, as this login and this person."""
    return Reading(connection, _PERSONAL, login, actor.person or NOBODY)


async def enter_as_system(
    connection: Asked, actor: Actor, organisation: OrganisationId, shift: timedelta
) -> None:
    """The same door for a transaction that has begun."""
    sql = _ENTER_SYSTEM.format("$1", "$2", "$3", "$4")
    await connection.fetchval(sql, *_system(actor, organisation, shift))


def _system(actor: Actor, organisation: OrganisationId, shift: timedelta) -> tuple[Any, ...]:
    supplier = None if actor.supplier is None else actor.supplier.removeprefix(f"{ICD}:")
    return login_of_actor(actor), organisation, supplier, shift


@cache  # as many as there are statements, and doors to them
def _through(door: str, sql: str, count: int) -> str:
    opening = door.format(*(f"${count + place}" for place in range(1, 5)))
    return (  # our own compiled statements within our own text: no value is ever part of either
        f"select s.* from ({opening}) as door,"  # noqa: S608
        f" lateral (select q.* from ({sql}) as q where door.opened is not null offset 0) as s"
    )
