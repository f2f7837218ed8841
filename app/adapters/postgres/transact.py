"""Runs a use case's work in one transaction: opened for its actor, committed before anybody is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg
from asyncpg import exceptions as pg

from app.adapters.postgres.bell import Bell
from app.adapters.postgres.constraints import refusal_for
from app.adapters.postgres.idempotency import Memory
from app.adapters.postgres.outbox import keep_events
from app.adapters.postgres.reading import Asked, enter_as_system, reading
from app.adapters.postgres.work import Chance, Shift, Shut, Work, no_shift
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, Invalid
from app.domain.shared.ids import NOBODY, BallotId, OrganisationId
from app.services.ports.transaction import BallotDue, Door
from app.services.ports.vault import Vault

R = TypeVar("R")
U = TypeVar("U")
ATTEMPTS = 6
ACQUIRE_SECONDS = 3.0
"""How long a request waits for a connection before it is told that we are busy."""
log = logging.getLogger("verksted.postgres")

LOST = (
    pg.PostgresConnectionError,
    pg.AdminShutdownError,
    pg.CrashShutdownError,
    pg.CannotConnectNowError,
    pg.TooManyConnectionsError,
    pg.QueryCanceledError,
    pg.LockNotAvailableError,
    pg.IdleInTransactionSessionTimeoutError,
    pg.ReadOnlySQLTransactionError,
    pg.InterfaceError,
    pg.InternalClientError,
    ConnectionError,
    TimeoutError,
    OSError,
)
"""The database could not finish in time, or is not there: 503, and the same key tells whether it was done."""
AGAIN = (pg.SerializationError, pg.DeadlockDetectedError, pg.InvalidCachedStatementError)
RUBBISH = (pg.CharacterNotInRepertoireError, pg.UntranslatableCharacterError, pg.DataError)


@dataclass(slots=True)
class PostgresTransact(Generic[U]):
    """The transaction port over one pool."""

    pool: asyncpg.Pool[Any]
    unit_of_work: Callable[[Work], U]
    memory: Memory
    chance: Chance
    shift: Shift = no_shift
    vault: Vault = field(default_factory=Shut)
    bell: Bell | None = None
    count: Callable[[BallotId], Awaitable[None]] | None = field(default=None)
    """Counts a ballot that work has found due, in a transaction of its own."""

    async def write(
        self,
        actor: Actor,
        organisation: OrganisationId,
        work: Callable[[U], Awaitable[R]],
        *,
        door: Door = Door.OWN,
        answer: type[R] | None = None,
        locking: BallotId | None = None,
    ) -> R:
        """See `services.ports.transaction.Transact`."""
        is_system = actor.is_system and door is Door.OWN
        opening = "begin" if is_system else _opening(actor, organisation, door)
        if locking is not None and not is_system:
            opening += _AND_LOCK.format(UUID(str(organisation)), UUID(str(locking)))

        async def once(connection: Any) -> R:
            if is_system:
                await enter_as_system(connection, actor, organisation, self.shift())
            open_work = self._work(connection, actor, organisation)
            open_work.locked, open_work.bell = None if is_system else locking, self.bell
            keyed = answer is not None and actor.mark.idempotency_key is not None and actor.person is not None
            if keyed and answer is not None:
                earlier = await self.memory.recall(open_work, actor, answer)
                if earlier is not None:
                    return earlier  # type: ignore[no-any-return]
            result = await work(self.unit_of_work(open_work))
            if keyed and answer is not None:
                await self.memory.keep(open_work, actor, answer, result)
            await keep_events(open_work)
            return result

        return await self._run(opening, once)

    async def read(
        self,
        actor: Actor,
        organisation: OrganisationId,
        work: Callable[[U], Awaitable[R]],
        *,
        door: Door = Door.OWN,
    ) -> R:
        """See `services.ports.transaction.Transact`."""

        async def once(connection: Any) -> R:
            entered = reading(connection, actor, organisation, door, self.shift())
            return await work(self.unit_of_work(self._work(entered, actor, organisation)))

        return await self._run(None, once)

    def _work(self, connection: Asked, actor: Actor, organisation: OrganisationId) -> Work:
        return Work(connection, organisation, actor.person, self.chance, self.shift, self.vault)

    async def _run(self, opening: str | None, once: Callable[[Any], Awaitable[R]]) -> R:
        return await run_again(self.pool, opening, once, self.chance, self.count)


async def run_again(
    pool: asyncpg.Pool[Any],
    opening: str | None,
    once: Callable[[Any], Awaitable[R]],
    chance: Chance,
    count: Callable[[BallotId], Awaitable[None]] | None = None,
) -> R:
    """Attempt, and attempt again where that is safe: nothing was committed, and nothing outside was touched.

    `opening` begins the transaction; None where each statement is one of its own (`app.adapters.postgres.reading`).
    """
    for attempt in range(ATTEMPTS):
        try:
            return await _attempt(pool, opening, once)
        except BallotDue as due:
            if count is None:
                raise
            for ballot in due.ballots:
                await count(ballot)
        except AGAIN as error:
            log.info("transaction again: %s", type(error).__name__)
            await asyncio.sleep((attempt + chance.bits(10) / 1024) * 0.01)
        except pg.IntegrityConstraintViolationError as error:
            refusal = refusal_for(error)
            if refusal is None:
                raise
            raise refusal from None
        except RUBBISH:
            raise Invalid from None
        except LOST as error:
            log.warning("database: %s", type(error).__name__)
            raise Busy from None
    raise Busy


async def run_counting(
    pool: asyncpg.Pool[Any],
    organisation: OrganisationId,
    chance: Chance,
    once: Callable[[Any], Awaitable[R]],
) -> R:
    """The same for the count: no person asks, and the role is the one that counts."""
    opening = f"begin; select set_config('app.organisation', '{UUID(str(organisation))}', true)"
    return await run_again(pool, opening, once, chance)


async def _attempt(pool: asyncpg.Pool[Any], opening: str | None, once: Callable[[Any], Awaitable[R]]) -> R:
    # A timer costs more than the taking itself (measured), so it runs only where somebody has to wait.
    async with pool.acquire(timeout=None if pool.get_idle_size() else ACQUIRE_SECONDS) as connection:
        if opening is None:
            return await once(connection)
        try:
            await connection.execute(opening)
            result = await once(connection)
        except BaseException:
            with suppress(*LOST):
                if not connection.is_closed():
                    await connection.execute("rollback")
            raise
        await connection.execute("commit")
        return result


# A function, so that PostgreSQL plans it once in a session (migration 0027).
_AND_LOCK = "; select lock_ballot('{}', '{}')"


def _opening(actor: Actor, organisation: OrganisationId, door: Door) -> str:
    """`BEGIN` and the settings in one round trip. Every value is a UUID that has been one before it gets here."""
    person = UUID(str(actor.person or NOBODY))
    tenant = UUID(str(organisation))
    if door is Door.OWN:
        return f"begin; select enter('{person}', '{tenant}')"
    return (
        f"begin; select set_config('app.person', '{person}', true),"
        f" set_config('app.organisation', '{tenant}', true)"
    )
