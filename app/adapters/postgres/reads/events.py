"""What has happened, for whoever follows it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Text, func, select

from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.events import FeedEventRow
from app.adapters.postgres.work import Work
from app.services.events.ports import Happened

FEED = col.table_of(FeedEventRow)
_AFTER = Statement(
    select(FEED.c.position, FEED.c.id, FEED.c.type, FEED.c.subject, FEED.c.ids, FEED.c.occurred_at)
    .where(
        FEED.c.organisation_id == p("organisation_id"),
        FEED.c.position > p("number"),
        FEED.c.type == func.any(p("types", ARRAY(Text))),
        FEED.c.occurred_at > p("since"),
    )
    .order_by(FEED.c.position)
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresFeed:
    """See `services.events.ports.Feed`."""

    work: Work

    async def after(self, number: int, types: Collection[str], since: datetime, limit: int) -> list[Happened]:
        rows = await _AFTER.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            number=number,
            types=list(types),
            since=since,
            limit=limit,
        )
        return [
            Happened(
                number=row["position"],
                id=row["id"],
                type=row["type"],
                subject=row["subject"],
                ids={name: UUID(value) for name, value in row["ids"].items()},
                occurred_at=row["occurred_at"],
            )
            for row in rows
        ]
