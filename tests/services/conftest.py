"""Eyes that see the tables from outside; nothing that is done through them stays."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

import asyncpg
import pytest

from app.adapters.postgres.tables import metadata

_WALLS_DOWN = "; ".join(
    f"alter table {table} no force row level security" for table in sorted(metadata.tables)
)


class Look(Protocol):
    """The rows of one query, as the tables' owner would see them with the walls between organisations down."""

    async def __call__(self, query: str, *values: Any) -> list[Any]: ...


@pytest.fixture(scope="session")
async def look(database_url: str) -> AsyncIterator[Look]:
    """Asks the database itself, in a transaction that is always taken back."""
    connection = await asyncpg.connect(database_url)

    async def ask(query: str, *values: Any) -> list[Any]:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(_WALLS_DOWN)
            return list(await connection.fetch(query, *values))
        finally:
            await transaction.rollback()

    yield ask
    await connection.close()
