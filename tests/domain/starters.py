"""Assignments as a test of rules wants them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.domain.shared.ids import AssignmentId, GroupId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.exit_limit import ExitLimit
from tests.domain.build import HERE, NOW, an_id

ZONE = "Europe/Oslo"
STARTER = PersonId(an_id(300))
FIRST = AssignmentId(an_id(400))


def assignment(
    *, latest_date: date | None = None, max_meetings: int | None = None, ceiling: int = 6, days: int = 183
) -> Assignment:
    """An assignment of `NOW` whose exit is fixed; without a limit, three meetings."""
    made = Assignment(
        id=FIRST,
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        person_id=STARTER,
        line_id=FIRST,
        assigned_at=NOW,
        counts_from=NOW,
        policy_version=1,
        ceiling_meetings=ceiling,
        ceiling_until=NOW + timedelta(days=days),
        replaces_id=None,
        conflict_acknowledged=False,
        follow_up_on=None,
    )
    if latest_date is None and max_meetings is None:
        max_meetings = 3
    made.fix_exit(ExitLimit.of(latest_date, max_meetings, ZONE), NOW)
    return made


def meetings(*days: float) -> list[GroupMeeting]:
    """Meetings of two hours that many days after `NOW`."""
    starts = [NOW + timedelta(days=day) for day in days]
    return [GroupMeeting(starts_at=start, ends_at=start + timedelta(hours=2)) for start in starts]


def copied(it: Assignment) -> Assignment:
    """The same, to try something on."""
    return replace(it, exit_versions=list(it.exit_versions))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
