"""The log of accesses in PostgreSQL: the service's role can add to it and do nothing else with it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.sealing import opened_name, registered_name
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.audit import AuditEntryRow
from app.adapters.postgres.work import Work
from app.domain.audit.entry import Access
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PersonId

ENTRY = col.table_of(AuditEntryRow)
_WRITTEN = [column.name for column in ENTRY.columns if column.name != "recorded_at"]
_NOTE = Statement(
    # No target is named: that would want to read the rows of others, and this role can't.
    insert(ENTRY).values({name: p(name) for name in _WRITTEN}).on_conflict_do_nothing()
)
_NAMES = Statement(
    select(REGISTRATION.c.person_id, registered_name(REGISTRATION)).where(
        REGISTRATION.c.organisation_id == p("organisation_id"),
        REGISTRATION.c.person_id == func.any(p("people", ARRAY(Uuid))),
    )
)


@dataclass(slots=True)
class PostgresAccessLog:
    """See `services.ports.access_log.AccessLog`."""

    work: Work

    async def note(self, actor: Actor, *accesses: Access) -> None:
        rows = [self._row(actor, access) for access in accesses]
        if len(rows) == 1:
            await _NOTE.run(self.work.connection, **rows[0])
        else:
            await _NOTE.run_many(self.work.connection, rows)

    def _row(self, actor: Actor, access: Access) -> dict[str, Any]:
        return {
            "organisation_id": self.work.organisation,
            "id": self.work.new_id(),
            "actor_id": None if actor.is_system else actor.person,
            "client": actor.client or None,
            "consumer": actor.consumer,
            "supplier": actor.supplier,
            "acting_as": access.acting_as,
            "deed": access.deed,
            "data": access.data,
            "row_id": access.row,
            "subject_id": access.about,
            "purpose": access.purpose,
            "ended": access.ended,
            "request_id": UUID(actor.mark.request_id) if actor.mark.request_id else None,
            "occurred_at": self.work.now,
        }


@dataclass(slots=True)
class PostgresNames:
    """See `services.ports.access_log.Names`."""

    work: Work

    async def names_of(self, people: Collection[PersonId]) -> dict[PersonId, str]:
        rows = await _NAMES.fetch(
            self.work.connection, organisation_id=self.work.organisation, people=list(people)
        )
        names = {
            PersonId(row["person_id"]): opened_name(
                self.work.vault, self.work.organisation, row["person_id"], row["name"]
            )
            for row in rows
        }
        return {person: name for person, name in names.items() if name}
