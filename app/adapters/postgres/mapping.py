"""The strict mapper between entities and rows: same names, and it refuses to forget a field."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Table

E = TypeVar("E")


class Unmapped(TypeError):
    """Entity and table do not fit: a field would be forgotten on the way."""


class Mapper(Generic[E]):
    """Joins an entity with its table.

    `computed`: fields of the entity that no column holds; they are given to `to_entity` from elsewhere.
    `added`: columns that the entity does not have; they are given to `to_values` from elsewhere.
    Both lists have to be complete and without surplus, or `Unmapped` is raised when the mapper is made.
    """

    def __init__(
        self, entity: type[E], table: Table, *, computed: tuple[str, ...] = (), added: tuple[str, ...] = ()
    ) -> None:
        names = {field.name for field in fields(entity)}  # type: ignore[arg-type]
        columns = {column.name for column in table.columns}
        forgotten = (names - columns - set(computed)) | (columns - names - set(added))
        surplus = (set(computed) - (names - columns)) | (set(added) - (columns - names))
        if forgotten or surplus:
            raise Unmapped(f"{entity.__name__} and {table.name}: {sorted(forgotten | surplus)}")
        self._shared = tuple(sorted(names & columns))
        self._computed = frozenset(computed)
        self._added = frozenset(added)
        self._adapter: TypeAdapter[E] = TypeAdapter(entity)

    def to_values(self, entity: E, **added: Any) -> dict[str, Any]:
        """The row of an entity, as parameters of a statement."""
        if added.keys() != self._added:
            raise Unmapped(f"columns to add: {sorted(self._added ^ added.keys())}")
        return {name: getattr(entity, name) for name in self._shared} | added

    def to_entity(self, record: Mapping[str, Any], **computed: Any) -> E:
        """The entity of a row. Enums come back as enums, and rubbish found in a table is rejected."""
        if computed.keys() != self._computed:
            raise Unmapped(f"fields to compute: {sorted(self._computed ^ computed.keys())}")
        values = {name: record[name] for name in self._shared}
        values.update(computed)
        return self._adapter.validate_python(values)
