"""The strict mapper between entities and rows: same names, and it refuses to forget a field."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Table

from app.adapters.postgres.sealing import Sealing
from app.domain.shared.ids import PersonId
from app.services.ports.vault import Vault

E = TypeVar("E")
_AS_THEY_COME = (UUID, datetime, date, str, int, bool, bytes)


class Unmapped(TypeError):
    """Entity and table do not fit: a field would be forgotten on the way."""


class Mapper(Generic[E]):
    """Joins an entity with its table.

    `computed`: fields of the entity that no column holds; they are given to `to_entity` from elsewhere.
    `added`: columns that the entity does not have; they are given to `to_values` from elsewhere.
    Both lists have to be complete and without surplus, or `Unmapped` is raised when the mapper is made.
    `sealing`: fields that are sealed on the way in and opened on the way out (`SealedMapper`).
    """

    def __init__(
        self,
        entity: type[E],
        table: Table,
        *,
        computed: tuple[str, ...] = (),
        added: tuple[str, ...] = (),
        sealing: Sealing | None = None,
    ) -> None:
        names = {field.name for field in fields(entity)}  # type: ignore[arg-type]
        columns = {column.name for column in table.columns}
        if sealing is not None:
            columns -= {f"{name}_sealed" for name in sealing.columns}
        forgotten = (names - columns - set(computed)) | (columns - names - set(added))
        surplus = (set(computed) - (names - columns)) | (set(added) - (columns - names))
        if forgotten or surplus:
            raise Unmapped(f"{entity.__name__} and {table.name}: {sorted(forgotten | surplus)}")
        self._shared = tuple(sorted(names & columns))
        self._computed = frozenset(computed)
        self._added = frozenset(added)
        self._entity = entity
        hints = get_type_hints(entity)
        opened = () if sealing is None else sealing.columns
        self._readers = tuple((name, _reader(hints[name])) for name in self._shared if name not in opened)
        self._given = tuple((name, _reader(hints[name])) for name in computed)

    def to_values(self, entity: E, **added: Any) -> dict[str, Any]:
        """The row of an entity, as parameters of a statement."""
        if added.keys() != self._added:
            raise Unmapped(f"columns to add: {sorted(self._added ^ added.keys())}")
        return {name: getattr(entity, name) for name in self._shared} | added

    def to_entity(self, record: Mapping[str, Any], **computed: Any) -> E:
        """The entity of a row. Enums come back as enums, and rubbish found in a table is rejected."""
        return self._entity_of(record, {}, computed)

    def _entity_of(self, record: Mapping[str, Any], opened: dict[str, str | None], computed: Any) -> E:
        if computed.keys() != self._computed:
            raise Unmapped(f"fields to compute: {sorted(self._computed ^ computed.keys())}")
        values = {
            name: record[name] if reader is None else reader(record[name]) for name, reader in self._readers
        }
        if opened:
            values |= opened
        for name, reader in self._given:
            values[name] = computed[name] if reader is None else reader(computed[name])
        return self._entity(**values)


class SealedMapper(Mapper[E]):
    """A mapper of a table with sealed columns: nothing gets in or out of it without a vault."""

    def __init__(
        self,
        entity: type[E],
        table: Table,
        sealing: Sealing,
        *,
        computed: tuple[str, ...] = (),
        added: tuple[str, ...] = (),
    ) -> None:
        super().__init__(entity, table, computed=computed, added=added, sealing=sealing)
        self._sealing = sealing

    def to_sealed(self, vault: Vault, owner: PersonId, entity: E, **added: Any) -> dict[str, Any]:
        """The row of an entity, its words sealed under this person's key."""
        values = self.to_values(entity, **added)
        return values | self._sealing.sealed(vault, owner, values)

    def to_opened(self, vault: Vault, record: Mapping[str, Any], **computed: Any) -> E:
        """The entity of a row, its words opened."""
        return self._entity_of(record, self._sealing.opened(vault, record), computed)


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """How a column's value becomes the field's: None where PostgreSQL's types are the entity's own already.

    Choices and nested values are read strictly, as rubbish is most likely there; ids, times, numbers and texts come from
    typed columns. Reading all of it through pydantic costs four times as much (docs/performance-measured.md).
    """
    plain = getattr(hint, "__supertype__", hint)
    if get_origin(plain) in (Union, UnionType):
        members = [member for member in get_args(plain) if member is not NoneType]
        inner = _reader(members[0]) if len(members) == 1 else TypeAdapter(hint).validate_python
        return None if inner is None else lambda value: None if value is None else inner(value)
    if plain in _AS_THEY_COME:
        return None
    if isinstance(plain, type) and issubclass(plain, Enum):
        return plain
    return TypeAdapter(hint).validate_python
