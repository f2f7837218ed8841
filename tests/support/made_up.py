"""A made-up world in a database of its own, for the tests that use one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.postgres.loading import columns_of
from app.bootstrap import DEV_ISSUER, Running
from app.demo.commands import seals
from app.demo.world.ground import Place, Plan, Row
from app.demo.world.seeding import FIRST, IN_TURN, LAST, Made, seed_world
from app.domain.shared.actor import Actor, RequestMark
from app.settings import Settings

PLAN = Plan(groups=30, number=7, instant=datetime.now(UTC), issuer=DEV_ISSUER)
SEALED = {"envelope": "sealed", "ballot": "public_key", "assessment_text": "sealed"}
"""What no number decides."""


def quiet(_done: int, _whole: int) -> None:
    """No progress."""


async def make(settings: Settings, plan: Plan = PLAN, *, add: bool = False) -> Made:
    """Write a world into the database of these settings."""
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()
    return await seed_world(url, plan, seals(settings), add=add, progress=quiet)


@asynccontextmanager
async def looking_at_all(url: str) -> AsyncIterator[Any]:
    """The owner's view of every row, in a transaction that leaves nothing behind."""
    connection = await asyncpg.connect(url)
    try:
        change = connection.transaction()
        await change.start()
        for name in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
            await connection.execute(f"alter table {name['tablename']} no force row level security")
        yield connection
        await change.rollback()
    finally:
        await connection.close()


async def fingerprints(url: str) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a hash of them."""
    found = {}
    async with looking_at_all(url) as connection:
        for table in (*FIRST, *IN_TURN, *LAST):
            kept = ", ".join(name for name in columns_of(table) if name != SEALED.get(table))
            rows = sorted(row[0] for row in await connection.fetch(f"select ({kept})::text from {table}"))
            found[table] = len(rows), sha256("\n".join(rows).encode()).hexdigest()
    return found


@dataclass(frozen=True)
class MadeUp:
    """A world of thirty groups, and the service over it."""

    url: str
    settings: Settings
    service: Running
    issuer: DevIssuer
    places: list[Place]
    http: httpx.AsyncClient

    def rows(self, table: str, **wanted: Any) -> list[Row]:
        """Rows as they were made."""
        return [
            row
            for place in self.places
            for row in place.rows.tables.get(table, [])
            if all(row[name] == value for name, value in wanted.items())
        ]

    def actor(self, person: UUID) -> Actor:
        """A person of the world."""
        login = self.rows("identity", person_id=person)[0]
        mark = RequestMark(language="nb")
        return Actor(
            issuer=DEV_ISSUER, subject=login["subject"], person=login["person_id"], client="t", mark=mark
        )

    def actor_of(self, membership: UUID) -> Actor:
        """A member."""
        return self.actor(self.rows("membership", id=membership)[0]["person_id"])

    async def get(self, actor: Actor, path: str, **query: Any) -> Any:
        """What a person reads."""
        assert actor.subject is not None
        token = self.issuer.mint(actor.subject, now=datetime.now(UTC), client_id="tests")
        answer = await self.http.get(path, params=query, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()
