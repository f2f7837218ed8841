"""A server to be killed: `python -m tests.faults.server`, with the settings of the environment.

`--careless` is the negative control: it notes each access a moment after it was answered, as one does who wants to be fast.
"""

import asyncio
import sys
from typing import Any

from app.adapters.postgres.repositories.access_log import PostgresAccessLog
from app.cli import main
from app.domain.audit.entry import Access
from app.domain.shared.actor import Actor

_LATER: set[asyncio.Task[None]] = set()


def _note_later() -> None:
    prompt = PostgresAccessLog.note

    async def note(log: PostgresAccessLog, actor: Actor, *accesses: Access) -> None:
        connection: Any = log.work.connection
        address = connection._con._params, connection._con._addr
        task = asyncio.create_task(_after(log, address, actor, accesses))
        _LATER.add(task)
        task.add_done_callback(_LATER.discard)

    async def _after(
        log: PostgresAccessLog, address: Any, actor: Actor, accesses: tuple[Access, ...]
    ) -> None:
        import asyncpg

        await asyncio.sleep(0.05)
        parameters, (host, port) = address
        connection = await asyncpg.connect(
            host=host,
            port=port,
            user=parameters.user,
            password=parameters.password,
            database=parameters.database,
        )
        try:
            async with connection.transaction():
                await connection.execute(
                    f"select set_config('app.organisation', '{log.work.organisation}', true)"
                )
                log.work.connection = connection
                await prompt(log, actor, *accesses)
        finally:
            await connection.close()

    PostgresAccessLog.note = note  # type: ignore[method-assign]


if __name__ == "__main__":
    if "--careless" in sys.argv:
        _note_later()
    sys.exit(main(["serve"]))
