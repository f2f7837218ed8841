"""A group as its members ask for it nearly always: one lean statement.

Everything that can be decides how somebody stands to a group (`repositories.standing`), and each table that is asked
costs PostgreSQL more to begin with than to find something in (measured, docs/performance-measured.md). Nearly everybody who
asks is a member who has signed, while no ballot is over: for them most of it can't matter. So this asks for the rest
alone and says when that isn't enough. Then the whole statement is asked, and it alone decides.
"""

from typing import Any

from sqlalchemy import and_, case, false, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.adapters.postgres.repositories.decisions import (
    BALLOT,
    DECIDED,
    GROUP,
    IS_LIVE,
    OUTCOME,
    ROLL,
    STANDING,
    last_decisions,
    same_group,
)
from app.adapters.postgres.repositories.standing import DECLARATION, GROUP_MAPPER, MEETING, MEMBER, SEAT
from app.adapters.postgres.statements import p, statement_clock
from app.adapters.postgres.work import Work
from app.domain.admission.decision_rules import SECRECY_NEEDS, Verdict
from app.domain.groups.standing import Standing
from app.domain.shared.ids import MembershipId
from app.services.ports.repositories import Seen

_TO_WAIT_FOR = (
    select(
        or_(
            func.bool_and(ROLL.c.has_voted), func.count() < text(str(SECRECY_NEEDS))
        )  # Ballot.is_over, or nearly
    )
    .where(
        ROLL.c.organisation_id == BALLOT.c.organisation_id,
        ROLL.c.ballot_id == BALLOT.c.id,
        ROLL.c.dropped_at.is_(None),
    )
    .correlate(BALLOT)
    .scalar_subquery()
)
_OVER = or_(BALLOT.c.closes_at <= statement_clock(), func.coalesce(_TO_WAIT_FOR, text("true")))
_SAME_BALLOT = and_(OUTCOME.c.organisation_id == BALLOT.c.organisation_id, OUTCOME.c.ballot_id == BALLOT.c.id)
_KEPT = and_(SEAT.c.organisation_id == BALLOT.c.organisation_id, SEAT.c.ballot_id == BALLOT.c.id)
_BALLOTS = (
    select(
        func.array_agg(
            aggregate_order_by(
                func.row(BALLOT.c.question, OUTCOME.c.counted_at, *(BALLOT.c[name] for name in DECIDED)),
                OUTCOME.c.counted_at,
            )
        )
        .filter(
            OUTCOME.c.verdict == text(f"'{Verdict.ADOPTED}'"),
            BALLOT.c.question.in_([literal_column(f"'{each}'") for each in STANDING]),
        )
        .label("decided"),
        func.bool_or(case((IS_LIVE, _OVER), else_=false())).label("one_is_over"),
        func.count(SEAT.c.number)
        .filter(or_(OUTCOME.c.ballot_id.is_(None), OUTCOME.c.offer_expires_at > statement_clock()))
        .label("reserved"),
    )
    .select_from(BALLOT.outerjoin(OUTCOME, _SAME_BALLOT).outerjoin(SEAT, _KEPT))
    .where(same_group(BALLOT))
    .correlate(GROUP)
    .lateral("ballots")
)
_FIRST = (
    select(
        MEETING.c.starts_at,
        (MEETING.c.starts_at + MEETING.c.minutes * text("interval '1 minute'")).label("ends_at"),
    )
    .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None))
    .order_by(MEETING.c.starts_at)
    .limit(literal_column("1"))
    .correlate(GROUP)
    .lateral("first_meeting")
)
_HAS_SIGNED = and_(
    DECLARATION.c.organisation_id == MEMBER.c.organisation_id,
    DECLARATION.c.group_id == MEMBER.c.group_id,
    DECLARATION.c.generation == GROUP.c.generation,
    DECLARATION.c.membership_id == MEMBER.c.id,
)


def inside_select(*more: Any, of_each: tuple[Any, ...] = (), joined: Any = MEMBER) -> Any:
    """The statement's beginning: a group's facts and its members, one row of them for each: id, whether they have signed,
    whether it is the viewer, and whatever is asked `of_each` (from `joined`, which holds the members)."""
    members = (
        select(
            func.array_agg(
                func.row(
                    MEMBER.c.id,
                    DECLARATION.c.membership_id.is_not(None),
                    MEMBER.c.person_id == p("person_id"),
                    *of_each,
                )
            ).label("members")
        )
        .select_from(joined.outerjoin(DECLARATION, _HAS_SIGNED))
        .where(same_group(MEMBER), MEMBER.c.left_at.is_(None))
        .correlate(GROUP)
        .lateral("inside")
    )
    return (
        select(
            *GROUP.columns,
            statement_clock().label("clock"),
            members.c.members,
            _FIRST.c.starts_at.label("first_meeting_at"),
            _FIRST.c.ends_at.label("first_meeting_ends_at"),
            _BALLOTS.c.decided,
            _BALLOTS.c.one_is_over,
            _BALLOTS.c.reserved,
            *more,
        )
        .select_from(
            GROUP.join(members, text("true")).join(_BALLOTS, text("true")).outerjoin(_FIRST, text("true"))
        )
        .where(GROUP.c.organisation_id == p("organisation_id"))
    )


def seen_inside(record: Any, work: Work) -> Seen | None:
    """What `seen_from` would say about a member who has signed; None where only the whole statement can tell."""
    members = record["members"]
    if not members or record["one_is_over"]:
        return None
    me = next((member for member in members if member[2]), None)
    if me is None or not me[1]:
        return None
    work.tell(record["clock"])
    group = GROUP_MAPPER.to_entity(
        record, first_meeting_at=record["first_meeting_at"], **last_decisions(record["decided"])
    )
    return Seen(
        group=group,
        standing=Standing.MEMBER,
        membership_id=MembershipId(me[0]),
        members=len(members),
        reserved=record["reserved"],
        signed=True,
    )
