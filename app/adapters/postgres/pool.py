"""Pools of connections: one for the service's role, a small one for the role that counts."""

from __future__ import annotations

from typing import Any

import asyncpg
import orjson

CONNECT_SECONDS = 3.0
STATEMENT_SECONDS = 5.0
STATEMENTS_KEPT = 400
"""Prepared statements of a connection: all that we have (some ninety), each as reading and as writing asks it."""


class PooledConnection(asyncpg.Connection):
    """A connection whose settings are all local to a transaction, so that none has to be reset between two.

    asyncpg itself rolls back what is still open when a connection is given back.
    """

    def get_reset_query(self) -> str:
        """Nothing to reset: saves a round trip on each request."""
        return ""


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
        format="text",
    )


async def open_pool(
    url: str, *, size: int, name: str, least: int = 1, patience: float = STATEMENT_SECONDS
) -> asyncpg.Pool[Any]:
    """A pool of `least` to `size` connections to this address; `name` is what the server's own list shows, and `patience`
    for how many seconds one statement is waited for."""
    return await asyncpg.create_pool(
        url,
        min_size=least,
        max_size=size,
        timeout=CONNECT_SECONDS,
        command_timeout=patience,
        statement_cache_size=STATEMENTS_KEPT,
        max_inactive_connection_lifetime=240.0,
        connection_class=PooledConnection,
        init=_prepare,
        server_settings={"application_name": name},
    )
