"""Whether somebody helps a group to start: what decides it, as one column of whatever statement has to know."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import and_, exists, func, literal_column, or_, select, text

from app.adapters.postgres.repositories.decisions import due_on_stay
from app.adapters.postgres.statements import json_object, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.meetings import MeetingRow
from app.adapters.postgres.tables.organisations import PolicyRow
from app.adapters.postgres.tables.starters import ExitVersionRow, StarterAssignmentRow
from app.domain.groups.standing import Helping
from app.domain.meetings.meeting import StarterAt
from app.domain.shared.ids import AssignmentId, BallotId, PersonId
from app.domain.starters.exit_limit import ExitStep, end_under
from app.domain.starters.leader_hunt import LEADER_HUNT_FOR
from app.domain.volunteers.qualification import Qualification
from app.services.ports.transaction import BallotDue

ASSIGNMENT = col.table_of(StarterAssignmentRow)
EXIT = col.table_of(ExitVersionRow)
_MEETING = col.table_of(MeetingRow).alias("counting")
_POLICY = col.table_of(PolicyRow).alias("holding_policy")


class Trained(Protocol):
    """What somebody's training amounts to: as much of `services.ports.qualification` as is needed here."""

    async def status(self, person: PersonId, as_of: datetime) -> Qualification: ...


def told_of(assignment: Any, **more: Any) -> Any:
    """An assignment with the version of its exit that holds, as JSON, and what it is read from."""
    holding, later = EXIT.alias("holding"), EXIT.alias("later")
    newest = (
        select(func.max(later.c.number))
        .where(
            later.c.organisation_id == assignment.c.organisation_id, later.c.assignment_id == assignment.c.id
        )
        .correlate(assignment)
        .scalar_subquery()
    )
    allowed = func.least(holding.c.max_meetings, assignment.c.ceiling_meetings)
    last_meeting = (
        select(_MEETING.c.starts_at + _MEETING.c.minutes * text("interval '1 minute'"))
        .where(
            _MEETING.c.organisation_id == assignment.c.organisation_id,
            _MEETING.c.group_id == assignment.c.group_id,
            _MEETING.c.cancelled_at.is_(None),
            _MEETING.c.not_held_at.is_(None),
            _MEETING.c.starts_at >= assignment.c.counts_from,
        )
        .order_by(_MEETING.c.starts_at, _MEETING.c.id)
        .offset(allowed - literal_column("1"))
        .limit(literal_column("1"))
        .correlate(assignment, holding)
        .scalar_subquery()
    )
    told = json_object(
        id=assignment.c.id,
        step=holding.c.step,
        recorded_at=holding.c.recorded_at,
        until=func.least(holding.c.until, assignment.c.ceiling_until),
        last_meeting_ends_at=last_meeting,
        due=due_on_stay(assignment),
        **more,
    )
    read_from = assignment.join(
        holding,
        and_(
            holding.c.organisation_id == assignment.c.organisation_id,
            holding.c.assignment_id == assignment.c.id,
            holding.c.number == newest,
        ),
    )
    return told, read_from


def helping_in(group: Any, person: Any, *, and_lately: bool = False) -> Any:
    """The assignment of a person in the group of the outer statement, in a JSON list; null where there is none.

    And lately: those of all who leave it or have left it not long ago are in the list, too, for `helped_until`. Nobody
    stays past the ceiling, so whoever left long ago costs no more than the look that finds one's own.
    """
    each = ASSIGNMENT.alias("each_who_helps")
    is_mine = each.c.person_id == person
    told, read_from = told_of(
        each, rests_on_lapse=rests_on_lapse(each), mine=func.coalesce(is_mine, literal_column("false"))
    )
    return (
        select(func.jsonb_agg(told))
        .select_from(read_from)
        .where(
            each.c.organisation_id == group.c.organisation_id,
            each.c.group_id == group.c.id,
            or_(is_mine, _lately(each)) if and_lately else is_mine,
        )
        .correlate(group)
        .scalar_subquery()
    )


def _lately(each: Any) -> Any:
    """Whether somebody may still help, or may have left so lately that it matters (X-13)."""
    return each.c.ceiling_until > service_clock() - literal_column(f"interval '{LEADER_HUNT_FOR.days} days'")


def has_helper_lately(group: Any) -> Any:
    """Whether the group of the outer statement may have a starter, or one who has left it lately."""
    each = ASSIGNMENT.alias("helped_lately")
    return (
        exists()
        .where(
            each.c.organisation_id == group.c.organisation_id, each.c.group_id == group.c.id, _lately(each)
        )
        .correlate(group)
    )


def mine_of(helping: list[Any] | None) -> Any:
    """Of that column: the viewer's own assignment, or None."""
    return next((each for each in helping or () if each["mine"]), None)


def helped_until(helping: list[Any] | None) -> datetime | None:
    """Of that column, asked for lately: when the last starter leaves or has left, as things stand.

    What a ballot that is due may have decided about it is for whoever asks to count first.
    """
    return max((_end(each) for each in helping or ()), default=None)


def helpers_of(meeting: Any) -> Any:
    """All assignments in the group of a meeting of the outer statement, as a JSON list; null where there are none."""
    each = ASSIGNMENT.alias("each_to_help")
    told, read_from = told_of(each, assigned_at=each.c.assigned_at)
    return (
        select(func.jsonb_agg(told))
        .select_from(read_from)
        .where(each.c.organisation_id == meeting.c.organisation_id, each.c.group_id == meeting.c.group_id)
        .correlate(meeting)
        .scalar_subquery()
    )


def starter_at(
    helpers: list[Any] | None, starts_at: datetime, ends_at: datetime, next_at: datetime | None, now: datetime
) -> StarterAt:
    """Whether a starter is at a meeting, and whether it is the last one with a starter, as things stand.

    `next_at`: the start of the next meeting that stands. As long as none is planned after the exit and the limit allows
    another, this isn't the last one (S-h11: it becomes that by itself).
    """
    require_no_due_ballot(*helpers or ())
    there = [each for each in helpers or () if _instant(each["assigned_at"]) <= starts_at < _end(each)]
    if not there:
        return StarterAt.NONE
    longest = max(there, key=_end)
    end, last = _end(longest), longest["last_meeting_ends_at"]
    is_the_limits_last = last is not None and _instant(last) <= ends_at
    settled = is_the_limits_last or end <= now or next_at is not None
    return StarterAt.LAST if settled and (next_at is None or end <= next_at) else StarterAt.PRESENT


def rests_on_lapse(mine: Any) -> Any:
    """Whether the organisation's policy lets an assignment of the outer statement rest (S-h5)."""
    return (
        select(_POLICY.c.suspend_starter_on_lapse)
        .where(
            _POLICY.c.organisation_id == mine.c.organisation_id,
            _POLICY.c.effective_from <= service_clock(),
        )
        .order_by(_POLICY.c.version.desc())
        .limit(literal_column("1"))
        .correlate(mine)
        .scalar_subquery()
    )


async def resting(records: Iterable[Any], person: PersonId, trained: Trained) -> bool:
    """Whether this person's assignments rest now (S-h5). Asked only where one goes on and the policy lets it rest."""
    for record in records:
        found, now = mine_of(record["helping"]), record["clock"]
        if found is not None and found["rests_on_lapse"]:
            helping = helping_from(found, rests=False)
            if helping is not None and helping.goes_on(now):
                return not (await trained.status(person, now)).is_assignable
    return False


def require_no_due_ballot(*found: Any) -> None:
    """The group may have decided that a starter stays longer: that is counted before anything is shown or done."""
    due = [BallotId(UUID(each["due"])) for each in found if each is not None and each["due"] is not None]
    if due:
        raise BallotDue(*due)


def helping_from(found: Any, *, rests: bool | None = None) -> Helping | None:
    """What that column says, in the words of the domain; the same function there decides about the end.

    Where nobody has asked whether it rests, though it might, it does.
    """
    if found is None:
        return None
    return Helping(
        assignment_id=AssignmentId(UUID(found["id"])),
        ends_at=_end(found),
        rests=bool(found["rests_on_lapse"]) if rests is None else rests,
    )


def latest_end(found: Any) -> datetime:
    """Of an assignment as it is told: when it ends whatever happens, by its last day or the ceiling."""
    return _instant(found["until"])


def _end(found: Any) -> datetime:
    last = found["last_meeting_ends_at"]
    return end_under(
        step=ExitStep(found["step"]),
        recorded_at=_instant(found["recorded_at"]),
        until=_instant(found["until"]),
        last_meeting_ends_at=None if last is None else _instant(last),
    )


def _instant(text_: str) -> datetime:
    return datetime.fromisoformat(text_).astimezone(UTC)
