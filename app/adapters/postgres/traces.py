"""What leads to a person, and its end: made from the inventory, so that no table can be forgotten.

As the role `verksted_eraser`, behind the same walls as the service: rows of one organisation, or of the person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    Uuid,
    and_,
    cast,
    delete,
    false,
    func,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Erased, Held, Part
from app.adapters.postgres.own_data import is_tenants, of_person, refs_of
from app.adapters.postgres.repositories.assessments import ASSESSMENT
from app.adapters.postgres.repositories.helping import ASSIGNMENT
from app.adapters.postgres.repositories.members import PLACEMENT, REGISTRATION
from app.adapters.postgres.repositories.standing import MEETING
from app.adapters.postgres.repositories.starter_contacts import VISIT
from app.adapters.postgres.repositories.volunteers import VOLUNTEER
from app.adapters.postgres.sealing import NOBODYS_WORD
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import metadata
from app.adapters.postgres.work import Work
from app.domain.shared.ids import AssignmentId, PersonId

NOT_OURS = frozenset(
    {"audit_entry", "audit_waiting", "audit_seal", "attempt", "duty_turn", "shown_proof", "erasure"}
)
"""What the role has no business with: evidence, hashes that live for minutes, and its own note."""
_HERE = p("organisation_id")
_HOLD = Statement(
    select(REGISTRATION.c.person_id)
    .where(REGISTRATION.c.organisation_id == _HERE, REGISTRATION.c.person_id == p("person_id"))
    .with_for_update()
)
_ASSIGNMENTS = Statement(
    select(ASSIGNMENT.c.id)
    .where(ASSIGNMENT.c.organisation_id == _HERE, ASSIGNMENT.c.person_id == p("person_id"))
    .order_by(ASSIGNMENT.c.group_id, ASSIGNMENT.c.id)
)
_STILL_TO_COME = select(MEETING.c.id).where(
    MEETING.c.organisation_id == _HERE, MEETING.c.starts_at > p("now")
)
_SETTLE = (
    Statement(  # an invitation that waits for their answer
        update(PLACEMENT)
        .where(
            PLACEMENT.c.organisation_id == _HERE,
            PLACEMENT.c.person_id == p("person_id"),
            func.num_nonnulls(PLACEMENT.c.accepted_at, PLACEMENT.c.declined_at, PLACEMENT.c.withdrawn_at)
            == 0,
        )
        .values(withdrawn_at=p("now"))
    ),
    Statement(
        update(VISIT)
        .where(
            VISIT.c.organisation_id == _HERE,
            VISIT.c.withdrawn_at.is_(None),
            VISIT.c.meeting_id.in_(_STILL_TO_COME),
            VISIT.c.assignment_id.in_(
                select(ASSIGNMENT.c.id).where(
                    ASSIGNMENT.c.organisation_id == _HERE, ASSIGNMENT.c.person_id == p("person_id")
                )
            ),
        )
        .values(withdrawn_at=p("now"))
    ),
    Statement(  # a conversation that they were to hold waits for another interviewer
        update(ASSESSMENT)
        .where(
            ASSESSMENT.c.organisation_id == _HERE,
            ASSESSMENT.c.interviewer_id == p("person_id"),
            ASSESSMENT.c.completed_at.is_(None),
        )
        .values(interviewer_id=None, starts_at=None, form=None, place=None, version=ASSESSMENT.c.version + 1)
    ),
    Statement(  # whom they reflected with is without a partner
        update(VOLUNTEER)
        .where(VOLUNTEER.c.organisation_id == _HERE, VOLUNTEER.c.partner_id == p("person_id"))
        .values(partner_id=None)
    ),
)


@dataclass(frozen=True, slots=True)
class Clearing:
    """What is done with one table."""

    table: str
    statement: Statement


@cache
def clearing(*, tenant: bool) -> tuple[Clearing, ...]:
    """The statements of an erasure, children first: a way that leads over another row is there until then."""
    return tuple(_clearing(tenant))


def _clearing(tenant: bool) -> Iterator[Clearing]:
    for table in reversed(metadata.sorted_tables):
        said = INVENTORY[table.name]
        if table.name in NOT_OURS or is_tenants(table) is not tenant:
            continue
        if any(key.ondelete == "CASCADE" for key in table.foreign_key_constraints):
            continue  # it goes with what it hangs on, and in no other way
        if said.erased is Erased.GONE:
            yield Clearing(table.name, Statement(_within(delete(table), table).where(_ways(table, said))))
        elif said.erased is Erased.UNLINKED:
            yield from _unlinking(table, said)
        ways = [ref.column for ref in said.of if ref.part is Part.BY and not ref.stays]
        if said.erased is Erased.GONE and ways and table.name != VOLUNTEER.name:
            mine = or_(false(), *(table.c[name] == p("person_id") for name in ways))
            yield Clearing(table.name, Statement(_within(delete(table), table).where(mine)))


def _unlinking(table: Table, said: Held) -> Iterator[Clearing]:
    ways = [ref.column for ref in said.of if ref.part is Part.ABOUT and ref.via is None]
    if not ways:
        return  # it leads to them over a row that doesn't any more
    emptied = {name: null() if table.c[name].nullable else text(NOBODYS_WORD) for name in said.emptied}
    rows = _within(update(table), table).where(
        or_(false(), *(table.c[name] == p("person_id") for name in ways))
    )
    yield Clearing(table.name, Statement(rows.values({**dict.fromkeys(ways, null()), **emptied})))


def _ways(table: Table, said: Held) -> ColumnElement[bool]:
    plain = tuple(ref for ref in refs_of(said, Part.ABOUT) if not isinstance(table.c[ref.column].type, JSONB))
    within_json = [ref.column for ref in refs_of(said, Part.ABOUT) if ref not in plain]
    return or_(
        of_person(table, plain),
        *(func.strpos(cast(table.c[name], Text), p("written", Text)) > 0 for name in within_json),
    )


def _within(statement: Any, table: Table) -> Any:
    return statement.where(table.c.organisation_id == _HERE) if is_tenants(table) else statement


@cache
def looking(*, tenant: bool) -> tuple[tuple[str, Statement], ...]:
    """For each column of each table of the inventory, whatever it is said to hold: does this person stand in it?"""
    found = []
    for table in metadata.sorted_tables:
        if table.name in NOT_OURS or is_tenants(table) is not tenant:
            continue
        columns = dict(_stands_in_each(table))
        if columns:
            asked = select(*(func.bool_or(it).label(name) for name, it in columns.items())).select_from(table)
            found.append(
                (table.name, Statement(_within(asked, table).where(or_(false(), *columns.values()))))
            )
    return tuple(found)


def _stands_in_each(table: Table) -> Iterator[tuple[str, ColumnElement[bool]]]:
    for column in table.columns:
        stands = None if _may_stay(table, column.name) else stands_in(column)
        if stands is not None:
            yield column.name, stands


def _may_stay(table: Table, column: str) -> bool:
    if (table.name, column) == ("envelope", "sealed"):
        return True  # nobody stands in a sealed vote, and nobody but the count may look
    return any(ref.column == column and ref.stays and ref.via is None for ref in INVENTORY[table.name].of)


def stands_in(column: Any) -> ColumnElement[bool] | None:
    """Whether this person's id stands in a column, in whichever way its type can hold it; None where it can't."""
    kind = column.type
    if isinstance(kind, Uuid):
        return and_(column.is_not(None), column == p("person_id"))
    if isinstance(kind, LargeBinary):  # a sealed value begins with whose it is
        return func.strpos(func.encode(column, "hex"), p("bare", Text)) > 0
    if isinstance(kind, JSONB):
        return func.strpos(cast(column, Text), p("written", Text)) > 0
    if isinstance(kind, ARRAY):
        return func.strpos(cast(column, Text), p("written", Text)) > 0
    if isinstance(kind, Text):
        return func.strpos(column, p("written", Text)) > 0
    return None


@dataclass(slots=True)
class PostgresTraces:
    """See `services.keeping.ports.Traces`."""

    work: Work

    async def hold(self, person: PersonId) -> None:
        await _HOLD.row(self.work.connection, organisation_id=self.work.organisation, person_id=person)

    async def assignments_of(self, person: PersonId) -> list[AssignmentId]:
        rows = await _ASSIGNMENTS.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return [AssignmentId(row["id"]) for row in rows]

    async def settle(self, person: PersonId, now: datetime) -> None:
        for statement in _SETTLE:
            await _run(statement, self.work.connection, self._values(person) | {"now": now})

    async def clear(self, person: PersonId) -> Counter[str]:
        return await clear(self.work.connection, self._values(person), tenant=True)

    async def left(self, person: PersonId) -> list[str]:
        return await left(self.work.connection, self._values(person), tenant=True)

    def _values(self, person: PersonId) -> dict[str, Any]:
        return {"organisation_id": self.work.organisation, **values_of(person)}


def values_of(person: PersonId) -> dict[str, Any]:
    """One person's id, in the ways in which it can stand somewhere."""
    return {"person_id": person, "written": str(person), "bare": person.hex}


async def clear(connection: Any, values: dict[str, Any], *, tenant: bool) -> Counter[str]:
    """Delete and unlink. How many rows, by table."""
    gone: Counter[str] = Counter()
    for each in clearing(tenant=tenant):
        gone[str(each.table)] += await _run(each.statement, connection, values)
    return gone


async def left(connection: Any, values: dict[str, Any], *, tenant: bool) -> list[str]:
    """The columns in which somebody still stands."""
    found = []
    for table, statement in looking(tenant=tenant):
        row = await statement.row(
            connection, **{name: values[name] for name in statement.names if name in values}
        )
        found += [f"{table}.{name}" for name, stands in dict(row or {}).items() if stands]
    return found


async def _run(statement: Statement, connection: Any, values: dict[str, Any]) -> int:
    return await statement.run(
        connection, **{name: values[name] for name in statement.names if name in values}
    )
