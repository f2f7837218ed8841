"""Columns as this schema writes them, and the naming of constraints."""

from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    LargeBinary,
    Table,
    Text,
    Time,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Rows are never made or checked as objects: what pydantic would make for that is a megabyte and a tenth of a second.
SQLModel.model_config["defer_build"] = True

INSTANT = DateTime(timezone=True)


def key() -> Any:
    """A UUID that is part of the primary key."""
    return Field(primary_key=True, sa_type=Uuid)


def number_key() -> Any:
    """A number that is part of the primary key."""
    return Field(primary_key=True)


def text_key() -> Any:
    """A text that is part of the primary key."""
    return Field(primary_key=True, sa_type=Text)


def ref() -> Any:
    """A UUID that has to be there."""
    return Field(sa_type=Uuid, nullable=False)


def optional_ref() -> Any:
    """A UUID that may be missing."""
    return Field(default=None, sa_type=Uuid, nullable=True)


def text() -> Any:
    """Text that has to be there."""
    return Field(sa_type=Text, nullable=False)


def text_at_first(shipped: str) -> Any:
    """Text that has to be there, and a value for those who write rows without knowing of it yet."""
    return Field(sa_type=Text, nullable=False, sa_column_kwargs={"server_default": shipped})


def number_at_first(shipped: str) -> Any:
    """A number that has to be there, and a value for those who write rows without knowing of it yet."""
    return Field(nullable=False, sa_column_kwargs={"server_default": shipped})


def flag_at_first() -> Any:
    """Yes or no, and no for those who write rows without knowing of it yet."""
    return Field(sa_type=Boolean, nullable=False, sa_column_kwargs={"server_default": "false"})


def optional_text() -> Any:
    """Text that may be missing."""
    return Field(default=None, sa_type=Text, nullable=True)


def texts() -> Any:
    """A list of texts."""
    return Field(sa_type=cast("type[Any]", ARRAY(Text)), nullable=False)


def instant() -> Any:
    """A point in time, UTC."""
    return Field(sa_type=cast("type[Any]", INSTANT), nullable=False)


def optional_instant() -> Any:
    """A point in time that may be missing."""
    return Field(default=None, sa_type=cast("type[Any]", INSTANT), nullable=True)


def wall_time() -> Any:
    """A time by the clock on a wall, without an offset."""
    return Field(sa_type=cast("type[Any]", DateTime(timezone=False)), nullable=False)


def optional_time() -> Any:
    """A time of the day by the clock on a wall, that may be missing."""
    return Field(default=None, sa_type=cast("type[Any]", Time(timezone=False)), nullable=True)


def optional_day() -> Any:
    """A calendar day that may be missing."""
    return Field(default=None, sa_type=Date, nullable=True)


def day() -> Any:
    """A calendar day."""
    return Field(sa_type=Date, nullable=False)


def sealed() -> Any:
    """Bytes."""
    return Field(sa_type=LargeBinary, nullable=False)


def optional_sealed() -> Any:
    """Bytes that may be missing."""
    return Field(default=None, sa_type=LargeBinary, nullable=True)


def once(*names: str) -> tuple[CheckConstraint, ...]:
    """Each of them in clear or sealed, never both."""
    return tuple(
        CheckConstraint(f"num_nonnulls({name}, {name}_sealed) <= 1", name=f"{name}_once") for name in names
    )


def ids() -> Any:
    """A JSON object of ids."""
    return Field(sa_type=JSONB, nullable=False)


def count_at_first() -> Any:
    """A number, and 0 for those who write rows without knowing of it yet."""
    return Field(nullable=False, sa_column_kwargs={"server_default": "0"})


def json() -> Any:
    """A JSON value."""
    return Field(sa_type=JSONB, nullable=False)


def json_at_first() -> Any:
    """A JSON list, and an empty one for those who write rows without knowing of it yet."""
    return Field(sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": "[]"})


def points_to(
    columns: list[str], table: str, targets: list[str], name: str, *, closes_circle: bool = False
) -> ForeignKeyConstraint:
    """A composite foreign key that stays within the organisation. `closes_circle`: of two tables that point at each other,
    the one that is added when both are there."""
    columns_there = [f"{table}.{target}" for target in targets]
    return ForeignKeyConstraint(columns, columns_there, name=name, use_alter=closes_circle)


def table_of(model: type[SQLModel]) -> Table:
    """The Core table that a model declares."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]
