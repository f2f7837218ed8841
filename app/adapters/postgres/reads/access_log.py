"""What of the log of accesses is about whoever asks: the database shows nobody any other part of it."""

from typing import Any

from sqlalchemy import select

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.access_log import ENTRY
from app.adapters.postgres.statements import Statement, p
from app.domain.audit.entry import AccessedData, AccessPurpose, ActingAs, Deed, HowItEnded
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.access_log import NotedAccess
from app.services.ports.paging import Page, PageRequest

_SHOWN = (
    "organisation_id",
    "id",
    "actor_id",
    "consumer",
    "supplier",
    "acting_as",
    "deed",
    "data",
    "purpose",
    "ended",
    "occurred_at",
)
_ABOUT = Statement(
    select(*(ENTRY.c[name] for name in _SHOWN))
    .where(
        ENTRY.c.subject_id == p("person_id"),
        before_cursor(ENTRY.c.occurred_at, ENTRY.c.id),
    )
    .order_by(ENTRY.c.occurred_at.desc(), ENTRY.c.id.desc())
    .limit(p("limit"))
)


async def about(connection: Any, person: PersonId, request: PageRequest) -> Page[NotedAccess]:
    """What is about this person, in all organisations; nothing, unless the transaction is theirs."""
    rows = await _ABOUT.fetch(
        connection, person_id=person, limit=request.limit + 1, **instant_and_id(request.after)
    )
    return page_of(rows, request, _noted, lambda row: (row["occurred_at"].isoformat(), str(row["id"])))


def _noted(row: Any) -> NotedAccess:
    return NotedAccess(
        id=row["id"],
        organisation_id=OrganisationId(row["organisation_id"]),
        actor_id=None if row["actor_id"] is None else PersonId(row["actor_id"]),
        consumer=row["consumer"],
        supplier=row["supplier"],
        acting_as=ActingAs(row["acting_as"]),
        deed=Deed(row["deed"]),
        data=AccessedData(row["data"]),
        purpose=AccessPurpose(row["purpose"]),
        ended=HowItEnded(row["ended"]),
        occurred_at=row["occurred_at"],
    )
