"""The idiomatic tables: the same data, keys of one column, relationships, no policies. In a schema of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime
from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, SQLModel

SCHEMA = "bare"
_HERE = {"schema": SCHEMA}
_INSTANT: Any = DateTime(timezone=True)


class Bare(SQLModel, registry=registry()):
    """The base of all models here: a registry of their own, apart from the service's."""


class Group(Bare, table=True):
    """A group."""

    __tablename__ = "group"
    __table_args__ = _HERE
    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    theme: str | None
    form: str = Field(index=True)
    area: str
    language: str
    seats: int
    generation: int
    created_at: datetime = Field(sa_type=_INSTANT, index=True)
    members: list["Member"] = Relationship(back_populates="group")


class Member(Bare, table=True):
    """A person's place in a group."""

    __tablename__ = "member"
    __table_args__ = _HERE
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key=f"{SCHEMA}.group.id", index=True)
    person_id: UUID = Field(index=True)
    alias: str
    group: Group = Relationship(back_populates="members")


class Meeting(Bare, table=True):
    """A meeting."""

    __tablename__ = "meeting"
    __table_args__ = _HERE
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key=f"{SCHEMA}.group.id", index=True)
    starts_at: datetime = Field(sa_type=_INSTANT)
    minutes: int
    place: str


class Ballot(Bare, table=True):
    """A question to the group."""

    __tablename__ = "ballot"
    __table_args__ = _HERE
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key=f"{SCHEMA}.group.id", index=True)
    closes_at: datetime = Field(sa_type=_INSTANT)


class Vote(Bare, table=True):
    """A vote, in the open: what the idiomatic form inserts."""

    __tablename__ = "vote"
    __table_args__ = _HERE
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    ballot_id: UUID = Field(foreign_key=f"{SCHEMA}.ballot.id", index=True)
    member_id: UUID = Field(foreign_key=f"{SCHEMA}.member.id")
    choice: str
    cast_at: datetime = Field(sa_type=_INSTANT)


FILL = (
    'insert into bare."group" select id, organisation_id, theme, form, area, language, seats, generation, created_at'
    " from self_help_group",
    "insert into bare.member select id, group_id, person_id, alias from membership where left_at is null",
    "insert into bare.meeting select id, group_id, starts_at, minutes, place from meeting where cancelled_at is null",
    "insert into bare.ballot select id, group_id, closes_at from ballot",
)
"""The same data as the service's own tables hold, in the order of the foreign keys."""
