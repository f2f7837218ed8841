"""The meetings that somebody's first screen shows of each of their groups, with their own word on each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, func, select

from app.adapters.postgres.repositories.at_the_table import NOTICE
from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.standing import GROUP, MEETING, MEMBER
from app.adapters.postgres.statements import service_clock
from app.domain.meetings.place import PlaceType
from app.services.people.home_ports import MEETINGS_EACH, ComingMeeting

STANDS = and_(same_group(MEETING), MEETING.c.cancelled_at.is_(None))
MY_PLACE = MEMBER.alias("my_place")
_ROWS = (
    select(
        MEETING.c.id,
        MEETING.c.starts_at,
        MEETING.c.minutes,
        MEETING.c.place,
        MEETING.c.place_type,
        exists()
        .where(
            NOTICE.c.organisation_id == MEETING.c.organisation_id,
            NOTICE.c.meeting_id == MEETING.c.id,
            NOTICE.c.membership_id == MY_PLACE.c.id,
        )
        .correlate(MEETING, MY_PLACE)
        .label("my_absence"),
    )
    .where(STANDS, MEETING.c.starts_at > service_clock())
    .order_by(MEETING.c.starts_at, MEETING.c.id)
    .limit(MEETINGS_EACH)
    .correlate(GROUP, MY_PLACE)
    .subquery("coming")
)
COMING = select(func.array_agg(func.row(*_ROWS.columns))).correlate(GROUP, MY_PLACE).scalar_subquery()


def to_coming(rows: Sequence[Any] | None) -> list[ComingMeeting]:
    """The soonest first."""
    return [
        ComingMeeting(
            id=each[0],
            starts_at=each[1],
            minutes=each[2],
            place=each[3],
            place_type=PlaceType(each[4]),
            my_absence=each[5],
        )
        for each in sorted(rows or (), key=lambda each: (each[1], each[0]))
    ]
