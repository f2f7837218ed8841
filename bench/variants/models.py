"""The idiomatic tables: the same data, keys of one column, relationships, no policies. In a database of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime
from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, SQLModel

_INSTANT: Any = DateTime(timezone=True)


class Bare(SQLModel, registry=registry()):
    """The base of all models here: a registry of their own, apart from the service's."""


class Group(Bare, table=True):
    """A group."""

    __tablename__ = "group"
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
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="group.id", index=True)
    person_id: UUID = Field(index=True)
    alias: str
    group: Group = Relationship(back_populates="members")


class Meeting(Bare, table=True):
    """A meeting."""

    __tablename__ = "meeting"
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="group.id", index=True)
    starts_at: datetime = Field(sa_type=_INSTANT)
    minutes: int
    place: str


class Ballot(Bare, table=True):
    """A question to the group."""

    __tablename__ = "ballot"
    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="group.id", index=True)
    closes_at: datetime = Field(sa_type=_INSTANT)


class Vote(Bare, table=True):
    """A vote, in the open: what the idiomatic form inserts."""

    __tablename__ = "vote"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    ballot_id: UUID = Field(foreign_key="ballot.id", index=True)
    member_id: UUID = Field(foreign_key="member.id")
    choice: str
    cast_at: datetime = Field(sa_type=_INSTANT)


FILL: dict[str, tuple[str, ...]] = {
    "self_help_group": tuple(Group.model_fields),
    "membership": tuple(Member.model_fields),
    "meeting": tuple(Meeting.model_fields),
    "ballot": tuple(Ballot.model_fields),
}
"""Which of the service's rows fill these tables, in the order of the foreign keys, and by which columns."""
TABLES = {"self_help_group": "group", "membership": "member", "meeting": "meeting", "ballot": "ballot"}
"""What the service's tables are called here."""
