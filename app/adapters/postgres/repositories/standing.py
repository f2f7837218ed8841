"""How somebody stands to a group: all that decides it, in one statement."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select, text

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.decisions import decisions, due_about, same_group, what_was_decided
from app.adapters.postgres.repositories.helping import (
    helping_from,
    helping_in,
    mine_of,
    require_no_due_ballot,
)
from app.adapters.postgres.statements import p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.admission import BallotOutcomeRow, BallotRow
from app.adapters.postgres.tables.groups import (
    DeclarationRow,
    GenerationRow,
    GroupRow,
    MembershipRow,
    SeatRow,
)
from app.adapters.postgres.tables.meetings import MeetingRow
from app.adapters.postgres.tables.organisations import RoleGrantRow
from app.adapters.postgres.work import Work
from app.domain.groups.group import Group, Origin
from app.domain.groups.standing import Inside, standing_of
from app.domain.organisations.organisation import Role
from app.domain.shared.ids import BallotId, MembershipId
from app.services.ports.repositories import Seen
from app.services.ports.transaction import BallotDue

GROUP = col.table_of(GroupRow)
MEMBER = col.table_of(MembershipRow)
MEETING = col.table_of(MeetingRow)
SEAT = col.table_of(SeatRow)
DECLARATION = col.table_of(DeclarationRow)
GENERATION = col.table_of(GenerationRow)
BALLOT = col.table_of(BallotRow)
OUTCOME = col.table_of(BallotOutcomeRow)
ROLE = col.table_of(RoleGrantRow)

GROUP_MAPPER = Mapper(
    Group,
    GROUP,
    computed=("first_meeting_at", "opened_for_new_at", "end", "rules"),
    added=("application_code",),
)


FIRST_MEETING = (
    select(func.min(MEETING.c.starts_at))
    .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None))
    .correlate(GROUP)
    .scalar_subquery()
)
MEMBERS = (
    select(func.count())
    .select_from(MEMBER)
    .where(same_group(MEMBER), MEMBER.c.left_at.is_(None))
    .correlate(GROUP)
    .scalar_subquery()
)


def group_facts() -> list[Any]:
    """A group's columns, and what is computed from its meetings and ballots."""
    reserved = (
        select(func.count())
        .select_from(
            SEAT.outerjoin(
                OUTCOME,
                and_(
                    OUTCOME.c.organisation_id == SEAT.c.organisation_id,
                    OUTCOME.c.ballot_id == SEAT.c.ballot_id,
                ),
            )
        )
        .where(
            same_group(SEAT),
            SEAT.c.ballot_id.is_not(None),
            OUTCOME.c.ballot_id.is_(None) | (OUTCOME.c.offer_expires_at > service_clock()),
        )
        .scalar_subquery()
    )
    return [
        *GROUP.columns,
        service_clock().label("clock"),
        FIRST_MEETING.label("first_meeting_at"),
        decisions().label("decisions"),
        MEMBERS.label("members"),
        reserved.label("reserved"),
    ]


_MINE = MINE = MEMBER.alias("mine")


def signing_of(member: Any) -> tuple[Any, Any]:
    """The newest generation that a member has signed, and when their grace ends (`Inside`), as columns."""
    signed = (
        select(func.max(DECLARATION.c.generation))
        .where(
            DECLARATION.c.organisation_id == member.c.organisation_id,
            DECLARATION.c.group_id == member.c.group_id,
            DECLARATION.c.membership_id == member.c.id,
        )
        .correlate(member)
        .scalar_subquery()
    )
    next_formed = (
        select(GENERATION.c.formed_at)
        .where(same_group(GENERATION), GENERATION.c.number == signed + text("1"))
        .correlate(GROUP, member)
        .scalar_subquery()
    )
    grace_ends = (
        select(func.min(MEETING.c.starts_at + MEETING.c.minutes * text("interval '1 minute'")))
        .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at >= next_formed)
        .correlate(GROUP, member)
        .scalar_subquery()
    )
    return signed, grace_ends


_SIGNED, _GRACE_ENDS = signing_of(_MINE)


def is_coordinator(organisation: Any) -> ColumnElement[bool]:
    """Whether the viewer is a coordinator of that organisation."""
    return exists().where(
        ROLE.c.organisation_id == organisation,
        ROLE.c.person_id == p("person_id"),
        ROLE.c.role == text(f"'{Role.COORDINATOR}'"),
    )


def standing_select(*more: Any, and_lately: bool = False) -> Any:
    """The statement's beginning: a group's facts and the viewer's own place in it (and lately: `helping_in`)."""
    return (
        select(
            *group_facts(),
            _MINE.c.id.label("membership_id"),
            _SIGNED.label("signed_generation"),
            _GRACE_ENDS.label("grace_ends_at"),
            helping_in(GROUP, p("person_id"), and_lately=and_lately).label("helping"),
            due_about(_MINE).label("due_about_me"),
            and_(  # who begins a group without staff keeps it without staff (G-23)
                GROUP.c.origin != text(f"'{Origin.STAND_ALONE}'"), is_coordinator(GROUP.c.organisation_id)
            ).label("is_coordinator"),
            *more,
        )
        .select_from(
            GROUP.outerjoin(
                _MINE,
                and_(same_group(_MINE), _MINE.c.person_id == p("person_id"), _MINE.c.left_at.is_(None)),
            )
        )
        .where(GROUP.c.organisation_id == p("organisation_id"))
    )


def seen_from(record: Any, work: Work, *, rests: bool | None = None) -> Seen:
    """What the record says about the group and the viewer, as of the clock that it has read.

    `rests`: whether the viewer's assignments as a starter rest (`helping.resting`).
    """
    now = work.tell(record["clock"])
    if record["due_about_me"] is not None:
        # All others may have decided that the viewer goes: that is counted before anything is shown or done.
        raise BallotDue(BallotId(record["due_about_me"]))
    my_help = mine_of(record["helping"])
    require_no_due_ballot(my_help)
    group = GROUP_MAPPER.to_entity(
        record, first_meeting_at=record["first_meeting_at"], **what_was_decided(record["decisions"])
    )
    membership: UUID | None = record["membership_id"]
    inside = (
        None
        if membership is None
        else Inside(
            membership_id=MembershipId(membership),
            signed_generation=record["signed_generation"],
            grace_ends_at=record["grace_ends_at"],
        )
    )
    helping = helping_from(my_help, rests=rests)
    standing, membership_id = standing_of(
        inside,
        generation=group.generation,
        is_coordinator=record["is_coordinator"],
        now=now,
        helping=helping,
        is_closed=group.is_closed(now),
    )
    return Seen(
        group=group,
        standing=standing,
        membership_id=membership_id,
        members=record["members"],
        reserved=record["reserved"],
        signed=record["signed_generation"] == group.generation,
        assignment_id=helping.assignment_id if helping is not None and helping.goes_on(now) else None,
        helps_until=helping.ends_at if helping is not None else None,
    )
