"""Which columns are sealed, and how their values get in and out.

A sealed column stands beside the one that it comes after: `name_sealed` beside `name`. Only the sealed one is written; the
other is read as long as something is left in it. What can't be opened any more reads as an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, LargeBinary, Text, func, literal_column, type_coerce

from app.domain.shared.ids import NOBODY, PersonId
from app.services.ports.vault import Place, Vault

GONE = ""
"""What is shown for words whose key has been destroyed."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """The sealed columns of a table. `row`: what names a row, beside its organisation; `owner`: SQL for whose they are."""

    table: str
    columns: tuple[str, ...]
    row: tuple[str, ...]
    owner: str
    of_organisation: bool = True
    beside: bool = True
    """Whether the sealed value stands in a column of its own; what was never in clear stands in the column itself."""
    stays_clear: str = "false"
    """SQL for rows whose words are nobody's: they stay as they are."""

    def kept_in(self, column: str) -> str:
        """The column that a sealed value stands in."""
        return f"{column}_sealed" if self.beside else column

    def place(self, values: Mapping[str, Any], column: str) -> Place:
        """Where a value of this row stands."""
        organisation = values["organisation_id"] if self.of_organisation else NOBODY
        return Place(organisation, self.table, column, tuple(values[name] for name in self.row))

    def sealed(self, vault: Vault, owner: PersonId, values: Mapping[str, Any]) -> dict[str, Any]:
        """These columns of a row, the clear ones emptied."""
        found: dict[str, Any] = {}
        for name in self.columns:
            words = values[name]
            found[name] = None
            found[f"{name}_sealed"] = (
                None if words is None else vault.seal(owner, self.place(values, name), words)
            )
        return found

    def opened(self, vault: Vault, record: Mapping[str, Any]) -> dict[str, str | None]:
        """The words of these columns."""
        found: dict[str, str | None] = {}
        for name in self.columns:
            sealed = record[f"{name}_sealed"]
            found[name] = record[name]
            if sealed is not None:
                found[name] = vault.open(self.place(record, name), sealed) or GONE
        return found


_MEMBERS_PERSON = (
    "(select m.person_id from membership m"
    " where m.organisation_id = t.organisation_id and m.id = t.membership_id)"
)
_STARTER = (
    "(select a.person_id from starter_assignment a"
    " where a.organisation_id = t.organisation_id and a.id = t.assignment_id)"
)
PERSON = Sealing("person", ("chosen_name",), ("id",), "t.id", of_organisation=False)
REGISTRATION = Sealing("registration", ("name",), ("person_id",), "t.person_id", stays_clear="t.is_protected")
"""Of a protected identity the database itself keeps a cover there, in clear (ADR 23)."""
DECLARATION = Sealing("declaration", ("typed_name",), ("id",), _MEMBERS_PERSON)
STAFF_DECLARATION = Sealing(
    "staff_declaration", ("typed_name",), ("person_id", "text_version"), "t.person_id"
)
NOBODYS_WORD: Final = "'–'"
"""What stands in the place of a word that has to be there, once its time is over."""
APPLICATION = Sealing(
    "application",
    ("introduction", "known_as"),
    ("id",),
    "t.applicant_id",
    stays_clear=f"coalesce(t.introduction, '') = {NOBODYS_WORD}",
)
STARTER_MESSAGE = Sealing("starter_message", ("words",), ("id",), _STARTER)
SEALED = (PERSON, REGISTRATION, DECLARATION, STAFF_DECLARATION, APPLICATION, STARTER_MESSAGE)
"""What was in clear once."""
_ASSESSED = (
    "(select a.person_id from assessment a"
    " where a.organisation_id = t.organisation_id and a.id = t.assessment_id)"
)
CONFIDED = (
    Sealing("assessment_text", ("sealed",), ("assessment_id", "kind"), _ASSESSED, beside=False),
    Sealing("interest", ("private_wish",), ("person_id",), "t.person_id", beside=False),
    Sealing("contact", ("sealed",), ("id", "kind"), "t.person_id", beside=False),
)
"""What never was: use cases seal it themselves."""
BY_TABLE = {each.table: each for each in (*SEALED, *CONFIDED)}


def registered_name(registration: FromClause, label: str = "name") -> ColumnElement[Any]:
    """The name of a registration as it is kept; `opened_name` reads it."""
    clear = func.convert_to(registration.c.name, literal_column("'UTF8'", Text))
    return type_coerce(func.coalesce(registration.c.name_sealed, clear), LargeBinary).label(label)


def opened_name(vault: Vault, organisation: UUID, person: UUID, kept: bytes) -> str:
    """The name of a registration."""
    return vault.open(Place(organisation, "registration", "name", (person,)), kept) or GONE


def opened_name_if_any(
    vault: Vault, organisation: UUID, person: UUID | None, kept: bytes | None
) -> str | None:
    """The same where there may be nobody."""
    return None if kept is None or person is None else opened_name(vault, organisation, person, kept)
