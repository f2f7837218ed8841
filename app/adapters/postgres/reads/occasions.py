"""What has happened lately in somebody's groups: what a message can be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Uuid, and_, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.helping import helped_until, helping_in, require_no_due_ballot
from app.adapters.postgres.repositories.standing import BALLOT, GROUP, MEETING, MEMBER, OUTCOME
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.ids import BallotId, GroupId, PersonId
from app.services.people.occasion_ports import Change, Decided, OwnPlace

_GROUPS = p("groups", ARRAY(Uuid))
_SINCE = p("since", DateTime(timezone=True))
_PLACES = Statement(
    select(MEMBER.c.group_id, MEMBER.c.joined_at, GROUP.c.generation_formed_at)
    .select_from(MEMBER.join(GROUP, same_group(MEMBER)))
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.left_at.is_(None),
    )
)
_CHANGED_AT = func.coalesce(MEETING.c.cancelled_at, MEETING.c.moved_at)
_IN_GROUPS = and_(
    MEETING.c.organisation_id == p("organisation_id"),
    MEETING.c.group_id == func.any(_GROUPS),
    MEETING.c.starts_at > service_clock(),
)
_CHANGES = Statement(
    select(
        MEETING.c.id.label("subject"),
        MEETING.c.group_id,
        _CHANGED_AT.label("changed_at"),
        MEETING.c.starts_at.label("matters_until"),
    )
    .where(_IN_GROUPS, MEETING.c.replaced_at.is_(None), _CHANGED_AT > _SINCE)
    .order_by(MEETING.c.id)
)
_RHYTHMS = Statement(  # all that gave way to another rhythm did so at one instant
    select(
        MEETING.c.group_id,
        MEETING.c.replaced_at.label("changed_at"),
        func.max(MEETING.c.starts_at).label("matters_until"),
    )
    .where(_IN_GROUPS, MEETING.c.replaced_at > _SINCE)
    .group_by(MEETING.c.group_id, MEETING.c.replaced_at)
)
_DECIDED = Statement(
    select(BALLOT.c.id, BALLOT.c.group_id, BALLOT.c.opened_at, OUTCOME.c.counted_at)
    .select_from(
        BALLOT.join(
            OUTCOME,
            and_(OUTCOME.c.organisation_id == BALLOT.c.organisation_id, OUTCOME.c.ballot_id == BALLOT.c.id),
        )
    )
    .where(
        BALLOT.c.organisation_id == p("organisation_id"),
        BALLOT.c.group_id == func.any(_GROUPS),
        OUTCOME.c.counted_at > _SINCE,
    )
    .order_by(BALLOT.c.id)
)
_EXITS = Statement(
    select(GROUP.c.id, helping_in(GROUP, p("nobody", Uuid), and_lately=True).label("helping")).where(
        GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == func.any(_GROUPS)
    )
)


@dataclass(slots=True)
class PostgresOccasionReads:
    """See `services.people.occasion_ports.OccasionReads`."""

    work: Work

    async def places(self, person: PersonId) -> dict[GroupId, OwnPlace]:
        rows = await self._ask(_PLACES, person_id=person)
        return {
            GroupId(row["group_id"]): OwnPlace(
                joined_at=row["joined_at"], generation_formed_at=row["generation_formed_at"]
            )
            for row in rows
        }

    async def changes(self, groups: Sequence[GroupId], since: datetime) -> list[Change]:
        asked = {"groups": list(groups), "since": since}
        found = [dict(row) for row in await self._ask(_CHANGES, **asked)]
        found += [{**row, "subject": row["group_id"]} for row in await self._ask(_RHYTHMS, **asked)]
        return [Change(**row) for row in found]

    async def decided(self, groups: Sequence[GroupId], since: datetime) -> list[Decided]:
        rows = await self._ask(_DECIDED, groups=list(groups), since=since)
        return [
            Decided(
                ballot_id=BallotId(row["id"]),
                group_id=GroupId(row["group_id"]),
                opened_at=row["opened_at"],
                counted_at=row["counted_at"],
            )
            for row in rows
        ]

    async def exits(self, groups: Sequence[GroupId]) -> dict[GroupId, datetime]:
        found: dict[GroupId, datetime] = {}
        for row in await self._ask(_EXITS, groups=list(groups), nobody=None):
            require_no_due_ballot(*row["helping"] or ())
            ends_at = helped_until(row["helping"])
            if ends_at is not None:
                found[GroupId(row["id"])] = ends_at
        return found

    async def _ask(self, statement: Statement, **values: Any) -> list[Any]:
        return await statement.fetch(self.work.connection, **self.work.scope(**values))
