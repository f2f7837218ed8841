"""The four jobs as the documentation of FastAPI, SQLModel and strawberry would have them: async session, models, loaders.

Run by uvicorn; `BENCH_DATABASE` is an owner's URL. No tokens, no row-level security, no redaction, no access log.
"""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import selectinload
from sqlmodel import SQLModel, col, select, tuple_
from sqlmodel.ext.asyncio.session import AsyncSession
from strawberry.fastapi import GraphQLRouter

from bench.variants.idiomatic_graphql import make_context, schema
from bench.variants.models import Ballot, Group, Meeting, Member, Vote

# No overflow: connections beyond the pool's size would be opened and closed again with each request.
engine = create_async_engine(
    os.environ["BENCH_DATABASE"].replace("postgresql://", "postgresql+asyncpg://"),
    pool_size=16,
    max_overflow=0,
)
app = FastAPI()


async def _session() -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]


class MemberOut(SQLModel):
    """A member."""

    id: UUID
    alias: str


class MeetingOut(SQLModel):
    """A meeting."""

    id: UUID
    starts_at: datetime
    minutes: int
    place: str


class GroupOut(SQLModel):
    """A group in a list."""

    id: UUID
    organisation_id: UUID
    theme: str | None
    form: str
    area: str
    language: str
    seats: int
    generation: int


class GroupPageOut(GroupOut):
    """A group with its members and its next meeting."""

    members: list[MemberOut]
    next_meeting: MeetingOut | None


class PageOut(SQLModel):
    """A page of groups."""

    items: list[GroupOut]
    next_cursor: str | None


class VoteIn(SQLModel):
    """A vote to cast."""

    member_id: UUID
    choice: str


class VoteOut(SQLModel):
    """A vote that was cast."""

    id: UUID
    ballot_id: UUID
    cast_at: datetime


@app.get("/groups/{group_id}")
async def read_group(group_id: UUID, session: Session) -> GroupPageOut:
    """J1: one group with its members and its next meeting."""
    members = selectinload(Group.members)  # type: ignore[arg-type]
    group = await session.get(Group, group_id, options=[members])
    if group is None:
        raise HTTPException(404)
    upcoming = await session.exec(
        select(Meeting)
        .where(Meeting.group_id == group_id, Meeting.starts_at > datetime.now(UTC))
        .order_by(col(Meeting.starts_at))
        .limit(1)
    )
    return GroupPageOut.model_validate(
        group,
        update={"members": group.members, "next_meeting": upcoming.first()},
        from_attributes=True,
    )


@app.get("/organisations/{organisation_id}/groups")
async def list_groups(
    organisation_id: UUID,
    session: Session,
    form: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> PageOut:
    """J2: a page of groups by filter and cursor."""
    query = select(Group).where(Group.organisation_id == organisation_id)
    if form is not None:
        query = query.where(Group.form == form)
    if cursor is not None:
        moment, entry = cursor.split("_")
        place = (datetime.fromisoformat(moment), UUID(entry))
        query = query.where(tuple_(col(Group.created_at), col(Group.id)) < place)
    order = (col(Group.created_at).desc(), col(Group.id).desc())
    found = list(await session.exec(query.order_by(*order).limit(limit + 1)))
    last = found[limit - 1] if len(found) > limit else None
    return PageOut(
        items=[GroupOut.model_validate(group) for group in found[:limit]],
        next_cursor=None if last is None else f"{last.created_at.isoformat()}_{last.id}",
    )


@app.post("/ballots/{ballot_id}/votes")
async def cast_vote(ballot_id: UUID, vote: VoteIn, session: Session) -> VoteOut:
    """J4: one checked insert in a transaction."""
    ballot = await session.get(Ballot, ballot_id)
    member = await session.get(Member, vote.member_id)
    now = datetime.now(UTC)
    if ballot is None or member is None or member.group_id != ballot.group_id:
        raise HTTPException(404)
    if now >= ballot.closes_at:
        raise HTTPException(409)
    made = Vote(ballot_id=ballot_id, member_id=member.id, choice=vote.choice, cast_at=now)
    session.add(made)
    await session.commit()
    await session.refresh(made)
    return VoteOut.model_validate(made)


app.include_router(GraphQLRouter(schema, context_getter=make_context(engine)), prefix="/graphql")
