"""Assignments of starters with every version of their exit, and what ties people to groups."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Integer, and_, exists, false, func, literal, or_, select, text, update

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.applications import APPLICATION
from app.adapters.postgres.repositories.assessments import ASSESSMENT
from app.adapters.postgres.repositories.forming import WAITING
from app.adapters.postgres.repositories.helping import ASSIGNMENT, EXIT
from app.adapters.postgres.repositories.members import PLACEMENT
from app.adapters.postgres.repositories.organisations import INTAKE
from app.adapters.postgres.repositories.standing import MEETING, MEMBER
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.ids import AssignmentId, GroupId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.exit_limit import ExitLimit, ExitVersion
from app.domain.starters.ties import Ties

ASSIGNMENTS = Mapper(Assignment, ASSIGNMENT, computed=("exit_versions",))
_OF_LIMIT = ("latest_date", "until", "max_meetings")
_EXITS = Mapper(
    ExitVersion,
    EXIT,
    computed=("limit",),
    added=("organisation_id", "assignment_id", "group_id", "line_id", *_OF_LIMIT),
)
MEETINGS_THAT_MATTER = 24
"""More than any ceiling allows (12), so that the ones after the exit are among them, too."""
MEETING_ENDS = MEETING.c.starts_at + MEETING.c.minutes * text("interval '1 minute'")

_ADD = inserting(ASSIGNMENT)
_ADD_EXIT = inserting(EXIT)
_SAVE = Statement(
    update(ASSIGNMENT)
    .where(ASSIGNMENT.c.organisation_id == p("key_org"), ASSIGNMENT.c.id == p("key_id"))
    .values(follow_up_on=p("new_follow_up"))
)
_KEPT = Statement(
    select(func.count())
    .select_from(EXIT)
    .where(EXIT.c.organisation_id == p("organisation_id"), EXIT.c.assignment_id == p("id_"))
)
_ONE = Statement(
    select(*ASSIGNMENT.columns).where(
        ASSIGNMENT.c.organisation_id == p("organisation_id"), ASSIGNMENT.c.id == p("id_")
    )
)
_OF_GROUP = Statement(
    select(*ASSIGNMENT.columns)
    .where(ASSIGNMENT.c.organisation_id == p("organisation_id"), ASSIGNMENT.c.group_id == p("group_id"))
    .order_by(ASSIGNMENT.c.assigned_at, ASSIGNMENT.c.id)
)
_EXITS_OF = Statement(
    select(*EXIT.columns)
    .where(EXIT.c.organisation_id == p("organisation_id"), EXIT.c.assignment_id == func.any(p("ids")))
    .order_by(EXIT.c.assignment_id, EXIT.c.number)
)
_IN_ORDER = (
    select(
        MEETING.c.group_id,
        MEETING.c.starts_at,
        MEETING_ENDS.label("ends_at"),
        func.row_number()
        .over(partition_by=MEETING.c.group_id, order_by=(MEETING.c.starts_at, MEETING.c.id))
        .label("place_in_line"),
    )
    .where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == func.any(p("groups")),
        MEETING.c.cancelled_at.is_(None),
        MEETING.c.not_held_at.is_(None),
    )
    .subquery("in_order")
)
_MEETINGS = Statement(
    select(_IN_ORDER.c.group_id, _IN_ORDER.c.starts_at, _IN_ORDER.c.ends_at)
    .where(_IN_ORDER.c.place_in_line <= literal(MEETINGS_THAT_MATTER, Integer))
    .order_by(_IN_ORDER.c.group_id, _IN_ORDER.c.place_in_line)
)


def standing_invitation(group: Any, person: Any) -> Any:
    """An invitation into a forming group that is accepted or not answered."""
    return and_(
        PLACEMENT.c.organisation_id == p("organisation_id"),
        PLACEMENT.c.group_id == group,
        PLACEMENT.c.person_id == person,
        PLACEMENT.c.declined_at.is_(None),
        PLACEMENT.c.withdrawn_at.is_(None),
    )


def _has_or_wants_a_place(group: Any, person: Any) -> Any:
    # Said in so many words what is correlated: two levels down nothing is by itself, and any group would do.
    return or_(
        exists()
        .where(
            MEMBER.c.organisation_id == p("organisation_id"),
            MEMBER.c.group_id == group,
            MEMBER.c.person_id == person,
            MEMBER.c.left_at.is_(None),
        )
        .correlate_except(MEMBER),
        exists().where(standing_invitation(group, person)).correlate_except(PLACEMENT),
        exists()
        .where(
            WAITING.c.organisation_id == p("organisation_id"),
            WAITING.c.group_id == group,
            WAITING.c.person_id == person,
        )
        .correlate_except(WAITING),
    )


def held_intake(group: Any, person: Any, *, closed: Any = None) -> Any:
    """Whether this person held or is to hold the intake conversation of somebody who has or wants a place in the group; of
    one that has met, of anybody (V-16, `Ties.held_intake`)."""
    of_anybody = false() if closed is None else closed
    return or_(
        exists()
        .where(
            INTAKE.c.organisation_id == p("organisation_id"),
            INTAKE.c.recorded_by == person,
            INTAKE.c.person_id != person,
            or_(of_anybody, _has_or_wants_a_place(group, INTAKE.c.person_id)),
        )
        .correlate_except(INTAKE),
        exists()
        .where(
            ASSESSMENT.c.organisation_id == p("organisation_id"),
            ASSESSMENT.c.interviewer_id == person,
            ASSESSMENT.c.kept_until > service_clock(),
            or_(of_anybody, _has_or_wants_a_place(group, ASSESSMENT.c.person_id)),
        )
        .correlate_except(ASSESSMENT),
    )


_TIES = Statement(
    select(
        exists()
        .where(
            MEMBER.c.organisation_id == p("organisation_id"),
            MEMBER.c.group_id == p("group_id"),
            MEMBER.c.person_id == p("person_id"),
        )
        .label("is_or_was_member"),
        exists()
        .where(
            APPLICATION.c.organisation_id == p("organisation_id"),
            APPLICATION.c.group_id == p("group_id"),
            APPLICATION.c.applicant_id == p("person_id"),
            func.num_nonnulls(APPLICATION.c.closed_at, APPLICATION.c.withdrawn_at, APPLICATION.c.declined_at)
            == 0,
        )
        .label("applies"),
        exists().where(standing_invitation(p("group_id"), p("person_id"))).label("is_invited"),
        exists()
        .where(
            ASSIGNMENT.c.organisation_id == p("organisation_id"),
            ASSIGNMENT.c.group_id == p("group_id"),
            ASSIGNMENT.c.person_id == p("person_id"),
        )
        .label("has_helped"),
        held_intake(p("group_id"), p("person_id"), closed=p("closed", Boolean)).label("held_intake"),
    )
)


def to_exit_values(assignment: Assignment, version: ExitVersion) -> dict[str, Any]:
    """The row of one version of an exit."""
    return _EXITS.to_values(
        version,
        organisation_id=assignment.organisation_id,
        assignment_id=assignment.id,
        group_id=assignment.group_id,
        line_id=assignment.line_id,
        **{name: getattr(version.limit, name) for name in _OF_LIMIT},
    )


async def with_exits(work: Work, rows: list[Any]) -> list[Assignment]:
    """Assignments from their rows, each with its exit's versions; one statement more, however many there are."""
    exits = await _EXITS_OF.fetch(
        work.connection, organisation_id=work.organisation, ids=[row["id"] for row in rows]
    )
    found: dict[UUID, list[ExitVersion]] = {}
    for each in exits:
        limit = ExitLimit(**{name: each[name] for name in _OF_LIMIT})
        found.setdefault(each["assignment_id"], []).append(_EXITS.to_entity(each, limit=limit))
    return [ASSIGNMENTS.to_entity(row, exit_versions=found[row["id"]]) for row in rows]


async def meetings_of(work: Work, groups: list[GroupId]) -> dict[GroupId, list[GroupMeeting]]:
    """The first meetings that stand of each of these groups."""
    rows = await _MEETINGS.fetch(work.connection, organisation_id=work.organisation, groups=groups)
    found: dict[GroupId, list[GroupMeeting]] = {group: [] for group in groups}
    for row in rows:
        found[row["group_id"]].append(GroupMeeting(starts_at=row["starts_at"], ends_at=row["ends_at"]))
    return found


@dataclass(slots=True)
class PostgresAssignments:
    """See `services.starters.ports.Assignments`."""

    work: Work

    async def add(self, assignment: Assignment) -> None:
        await _ADD.run(self.work.connection, **ASSIGNMENTS.to_values(assignment))
        await self._add_exits(assignment, 0)

    async def save(self, assignment: Assignment) -> None:
        await _SAVE.run(
            self.work.connection,
            key_org=assignment.organisation_id,
            key_id=assignment.id,
            new_follow_up=assignment.follow_up_on,
        )
        kept = await _KEPT.value(
            self.work.connection, organisation_id=assignment.organisation_id, id_=assignment.id
        )
        await self._add_exits(assignment, kept)

    async def get(self, assignment: AssignmentId) -> Assignment:
        row = await _ONE.row(self.work.connection, organisation_id=self.work.organisation, id_=assignment)
        if row is None:
            raise AssignmentNotFound
        (found,) = await with_exits(self.work, [row])
        return found

    async def group_of(self, assignment: AssignmentId) -> GroupId:
        row = await _ONE.row(self.work.connection, organisation_id=self.work.organisation, id_=assignment)
        if row is None:
            raise AssignmentNotFound
        return GroupId(row["group_id"])

    async def of_group(self, group: GroupId) -> list[Assignment]:
        rows = await _OF_GROUP.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        return await with_exits(self.work, rows)

    async def meetings_of(self, group: GroupId) -> list[GroupMeeting]:
        return (await meetings_of(self.work, [group]))[group]

    async def ties(self, group: GroupId, person: PersonId, *, closed: bool) -> Ties:
        row = await _TIES.row(
            self.work.connection, **self.work.scope(group_id=group, person_id=person, closed=closed)
        )
        assert row is not None
        return Ties(**row)

    async def _add_exits(self, assignment: Assignment, kept: int) -> None:
        await _ADD_EXIT.run_many(
            self.work.connection,
            [to_exit_values(assignment, version) for version in assignment.exit_versions[kept:]],
        )
