"""J3 the idiomatic way: strawberry types, a DataLoader for each relation, a session for each batch."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from strawberry.dataloader import DataLoader
from strawberry.types import Info

from bench.variants import models

Context = dict[str, Any]


@strawberry.type
class Member:
    """A member."""

    id: UUID
    alias: str


@strawberry.type
class Meeting:
    """A meeting."""

    id: UUID
    starts_at: datetime
    minutes: int
    place: str


@strawberry.type
class Group:
    """A group, its relations loaded in batches."""

    id: UUID
    theme: str | None

    @strawberry.field
    async def members(self, info: Info[Context, None]) -> list[Member]:
        """Its members."""
        found: list[Member] = await info.context["members"].load(self.id)
        return found

    @strawberry.field
    async def next_meeting(self, info: Info[Context, None]) -> Meeting | None:
        """Its next meeting."""
        found = await info.context["meetings"].load(self.id)
        return found[0] if found else None

    @strawberry.field
    async def upcoming_meetings(self, info: Info[Context, None]) -> list[Meeting]:
        """Its next five meetings."""
        found: list[Meeting] = await info.context["meetings"].load(self.id)
        return found


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    async def groups(self, info: Info[Context, None], person: UUID) -> list[Group]:
        """The groups of a person."""
        async with AsyncSession(info.context["engine"]) as session:
            found = await session.exec(
                select(models.Group).join(models.Member).where(models.Member.person_id == person)
            )
            return [Group(id=group.id, theme=group.theme) for group in found]


def make_context(engine: AsyncEngine) -> Callable[[], Awaitable[Context]]:
    """A context for each request: new loaders over one engine."""

    async def members(groups: list[UUID]) -> list[list[Member]]:
        by_group: dict[UUID, list[Member]] = defaultdict(list)
        async with AsyncSession(engine) as session:
            query = select(models.Member).where(col(models.Member.group_id).in_(groups))
            for row in await session.exec(query):
                by_group[row.group_id].append(Member(id=row.id, alias=row.alias))
        return [by_group[group] for group in groups]

    async def meetings(groups: list[UUID]) -> list[list[Meeting]]:
        by_group: dict[UUID, list[Meeting]] = defaultdict(list)
        async with AsyncSession(engine) as session:
            query = (
                select(models.Meeting)
                .where(col(models.Meeting.group_id).in_(groups), models.Meeting.starts_at > datetime.now(UTC))
                .order_by(col(models.Meeting.starts_at))
            )
            for row in await session.exec(query):
                by_group[row.group_id].append(
                    Meeting(id=row.id, starts_at=row.starts_at, minutes=row.minutes, place=row.place)
                )
        return [by_group[group][:5] for group in groups]

    async def context() -> Context:
        return {
            "engine": engine,
            "members": DataLoader(load_fn=members),
            "meetings": DataLoader(load_fn=meetings),
        }

    return context


schema = strawberry.Schema(Query)
