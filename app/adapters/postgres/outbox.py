"""The outbox: events wait here, in the transaction that made them, until somebody tells them. And the feed, which keeps
those of them that can be followed from outside, in the order in which they became certain."""

from typing import Any

from app.adapters.postgres.statements import inserting
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.events import FeedEventRow
from app.adapters.postgres.tables.system import OutboxRow
from app.adapters.postgres.work import Work
from app.domain.events.catalogue import type_of

ADD_EVENT = inserting(col.table_of(OutboxRow), without=("position",))
"""What has happened, for whoever has to be told: a type and ids, never words, names or votes."""
ADD_TO_FEED = inserting(col.table_of(FeedEventRow), without=("position",))
"""The database gives the number (migration 0031), under a lock that lasts until the commit."""


async def keep_events(work: Work) -> None:
    """Write the events of this transaction down, in the order in which they happened.

    This is the last thing that a transaction does: the feed's lock is held for no longer than the commit takes, and
    whoever holds it waits for nobody.
    """
    await into_feed(work, await into_outbox(work))


async def into_outbox(work: Work) -> list[dict[str, Any]]:
    """Write all of them into the outbox, and tell the replicas of them; what of them is for the feed."""
    rows, for_the_feed = [], []
    for event in work.events:
        row = {
            "organisation_id": work.organisation,
            "id": work.new_id(),
            "type": event.type,
            "subject": event.subject,
            "ids": {name: str(value) for name, value in event.ids.items()},
            "occurred_at": work.now,
        }
        rows.append(row)
        if type_of(event).in_the_feed:
            for_the_feed.append(row)
    await ADD_EVENT.run_many(work.connection, rows)
    if work.bell is not None:
        await work.bell.ring(work.connection, work.organisation, work.events)
    return for_the_feed


async def into_feed(work: Work, rows: list[dict[str, Any]]) -> None:
    """Take the organisation's lock, and write them into its feed: nothing else may come after this."""
    await ADD_TO_FEED.run_many(work.connection, rows)
