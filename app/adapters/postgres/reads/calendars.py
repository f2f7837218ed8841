"""Meetings for calendars: of all groups that somebody may be of, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, func, or_, select, union

from app.adapters.postgres.reads.meetings import FACTS, facts_of
from app.adapters.postgres.repositories.helping import ASSIGNMENT
from app.adapters.postgres.repositories.standing import MEETING, MEMBER
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.shared.ids import GroupId, PersonId
from app.services.meetings.views import MeetingFacts

_GROUPS = Statement(
    union(
        select(MEMBER.c.group_id).where(
            MEMBER.c.organisation_id == p("organisation_id"),
            MEMBER.c.person_id == p("person_id"),
            MEMBER.c.left_at.is_(None),
        ),
        select(ASSIGNMENT.c.group_id).where(
            ASSIGNMENT.c.organisation_id == p("organisation_id"), ASSIGNMENT.c.person_id == p("person_id")
        ),
    )
)
_ENTRIES = Statement(
    FACTS.where(
        MEETING.c.group_id == func.any(p("groups")),
        MEETING.c.starts_at > p("since", DateTime(timezone=True)),
        or_(
            MEETING.c.cancelled_at.is_(None),
            MEETING.c.cancelled_at > p("cancelled_since", DateTime(timezone=True)),
        ),
    ).order_by(MEETING.c.starts_at, MEETING.c.id)
)


@dataclass(slots=True)
class PostgresCalendarReads:
    """See `services.meetings.calendar_ports.CalendarReads`."""

    work: Work

    async def groups(self, person: PersonId) -> list[GroupId]:
        rows = await _GROUPS.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return [GroupId(row["group_id"]) for row in rows]

    async def entries(
        self, groups: Sequence[GroupId], since: datetime, cancelled_since: datetime
    ) -> list[MeetingFacts]:
        rows = await _ENTRIES.fetch(
            self.work.connection,
            **self.work.scope(groups=list(groups), since=since, cancelled_since=cancelled_since),
        )
        return [facts_of(row) for row in rows]
