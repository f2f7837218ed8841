"""What a first screen shows of helping and of waiting: one statement each, asked of those alone who help or wait."""

from typing import Any

from sqlalchemy import func, select

from app.adapters.postgres.reads.forming import PostgresFormingReads
from app.adapters.postgres.reads.starters import PostgresStarterReads
from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.helping import (
    ASSIGNMENT,
    helping_from,
    latest_end,
    require_no_due_ballot,
    rests_on_lapse,
    told_of,
)
from app.adapters.postgres.repositories.shown import SHOWN_AREA
from app.adapters.postgres.repositories.standing import FIRST_MEETING, GROUP, MEETING
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.groups.group import Form
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.forming_views import WaitingState
from app.services.people.home_ports import ComingMeeting, Frame, Helped, Visiting, Waits

_MINE = ASSIGNMENT.alias("given_to_me")
_TOLD, _READ_FROM = told_of(_MINE, rests_on_lapse=rests_on_lapse(_MINE))
_NEXT = (
    select(
        func.row(MEETING.c.id, MEETING.c.starts_at, MEETING.c.minutes, MEETING.c.place, MEETING.c.place_type)
    )
    .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at > service_clock())
    .order_by(MEETING.c.starts_at, MEETING.c.id)
    .limit(1)
    .correlate(GROUP)
    .scalar_subquery()
)
_HELPED = Statement(
    select(
        _TOLD.label("helping"),
        GROUP.c.id.label("group_id"),
        GROUP.c.theme,
        GROUP.c.form,
        SHOWN_AREA,
        GROUP.c.language,
        FIRST_MEETING.label("first_meeting_at"),
        _NEXT.label("coming"),
    )
    .select_from(_READ_FROM.join(GROUP, same_group(_MINE)))
    .where(
        _MINE.c.organisation_id == p("organisation_id"),
        _MINE.c.person_id == p("person_id"),
        _MINE.c.ceiling_until > service_clock(),
    )
)


def _to_helped(row: Any) -> Helped:
    found = row["helping"]
    require_no_due_ballot(found)
    helping = helping_from(found)
    assert helping is not None
    coming = row["coming"]
    return Helped(
        id=helping.assignment_id,
        group_id=GroupId(row["group_id"]),
        frame=Frame(theme=row["theme"], form=Form(row["form"]), area=row["area"], language=row["language"]),
        ends_at=helping.ends_at,
        at_the_latest=latest_end(found),
        may_rest=helping.rests,
        first_meeting_at=row["first_meeting_at"],
        coming=None
        if coming is None
        else ComingMeeting(
            id=coming[0],
            starts_at=coming[1],
            minutes=coming[2],
            place=coming[3],
            place_type=PlaceType(coming[4]),
        ),
    )


async def helped_by(work: Work, person: PersonId) -> list[Helped]:
    """See `HomeReads.helped`."""
    rows = await _HELPED.fetch(work.connection, **work.scope(person_id=person))
    return [_to_helped(row) for row in rows]


async def visits_of(work: Work, person: PersonId) -> list[Visiting]:
    """See `HomeReads.visits`."""
    return [
        Visiting(
            id=each.visit.id,
            assignment_id=each.visit.assignment_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.place,
        )
        for each in await PostgresStarterReads(work).visits_of(person)
    ]


async def waits_of(work: Work, person: PersonId) -> list[Waits]:
    """See `HomeReads.waiting`."""
    return [
        Waits(
            group_id=each.group_id,
            frame=Frame(theme=each.theme, form=each.form, area=each.area, language=each.language),
            alias=each.alias,
            asked_at=each.asked_at,
            invited=each.state is WaitingState.INVITED,
        )
        for each in await PostgresFormingReads(work).my_waiting(person)
    ]
