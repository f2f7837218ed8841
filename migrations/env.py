"""How migrations run: one transaction each, under an advisory lock, never waiting long for a lock of others."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.adapters.postgres.tables import metadata

_ONE_AT_A_TIME = 7_316_205_551
"""Advisory lock: two replicas that start at once migrate one after the other."""


def _include(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    return not (kind == "table" and name == "alembic_version")


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        include_object=_include,
        compare_server_default=True,
    )
    with context.begin_transaction():
        connection.execute(text("set local lock_timeout = '4s'"))
        context.run_migrations()


async def _online(url: str) -> None:
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=pool.NullPool
    )
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"select pg_advisory_lock({_ONE_AT_A_TIME})"))
            await connection.commit()
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()


def _offline() -> None:
    """SQL only, for the migration linter (squawk)."""
    context.configure(
        dialect_name="postgresql",
        target_metadata=metadata,
        literal_binds=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _offline()
else:
    asyncio.run(_online(context.config.attributes["url"]))
