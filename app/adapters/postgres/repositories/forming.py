"""Forming groups: the convenors, and the waiting list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Uuid, delete, exists, select, text
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.standing import GROUP, MEETING, MEMBER
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.forming import ConvenorRow, WaitingRow
from app.adapters.postgres.work import Work
from app.domain.groups.composition import Composition, Genders
from app.domain.groups.convening import Convening
from app.domain.groups.waiting import Waiting
from app.domain.shared.ids import GroupId, MembershipId, PersonId, PlacementId

CONVENOR = col.table_of(ConvenorRow)
WAITING = col.table_of(WaitingRow)
_WAITING = Mapper(Waiting, WAITING)
_LIVE = MEMBER.alias("still_in")


COMPOSITION = (GROUP.c.age_from, GROUP.c.age_to, GROUP.c.genders, GROUP.c.in_common)


def composition_of(record: Any) -> Composition:
    """What those columns say."""
    return Composition(
        age_from=record["age_from"],
        age_to=record["age_to"],
        genders=Genders(record["genders"]),
        in_common=record["in_common"],
    )


def is_named(membership: Any) -> Any:
    """Whether the member with this id, in the group of the outer statement, was named."""
    return (
        exists()
        .where(same_group(CONVENOR), CONVENOR.c.membership_id == membership)
        .correlate_except(CONVENOR)
    )


def convening(named: Any) -> list[Any]:
    """`Convening` of a member in the group of the outer statement, as columns."""
    anybody = (
        exists()
        .where(
            same_group(CONVENOR),
            _LIVE.c.organisation_id == CONVENOR.c.organisation_id,
            _LIVE.c.id == CONVENOR.c.membership_id,
            _LIVE.c.left_at.is_(None),
        )
        .correlate(GROUP)
    )
    first_ends = (
        select(MEETING.c.starts_at + MEETING.c.minutes * text("interval '1 minute'"))
        .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None))
        .order_by(MEETING.c.starts_at)
        .limit(1)
        .correlate(GROUP)
        .scalar_subquery()
    )
    return [
        named.label("convenor_named"),
        anybody.label("anybody_named"),
        first_ends.label("first_meeting_ends_at"),
    ]


def to_convening(record: Any) -> Convening:
    """What those columns say."""
    return Convening(
        named=record["convenor_named"],
        anybody_named=record["anybody_named"],
        first_meeting_ends_at=record["first_meeting_ends_at"],
    )


_DUTY = Statement(
    select(*convening(is_named(p("membership_id", Uuid)))).where(
        GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == p("group_id")
    )
)
_BY_PLACEMENT = Statement(
    select(MEMBER.c.id).where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.placement_id == p("placement_id"),
        MEMBER.c.left_at.is_(None),
    )
)
_NAME = Statement(
    insert(CONVENOR)
    .values({column.name: p(column.name) for column in CONVENOR.columns})
    .on_conflict_do_nothing(constraint="pk_convenor")
)
_RELIEVE = Statement(
    delete(CONVENOR).where(
        CONVENOR.c.organisation_id == p("organisation_id"), CONVENOR.c.membership_id == p("membership_id")
    )
)
_THEIR_OWN = (
    WAITING.c.organisation_id == p("organisation_id"),
    WAITING.c.group_id == p("group_id"),
    WAITING.c.person_id == p("person_id"),
)
_PUT = Statement(
    insert(WAITING)
    .values({column.name: p(column.name) for column in WAITING.columns})
    .on_conflict_do_nothing(constraint="pk_waiting")
)
_GET = Statement(select(*WAITING.columns).where(*_THEIR_OWN))
_REMOVE = Statement(delete(WAITING).where(*_THEIR_OWN))
_FORGET = Statement(
    delete(WAITING).where(
        WAITING.c.organisation_id == p("organisation_id"),
        exists().where(
            MEETING.c.organisation_id == WAITING.c.organisation_id,
            MEETING.c.group_id == WAITING.c.group_id,
            MEETING.c.cancelled_at.is_(None),
            MEETING.c.starts_at <= service_clock(),
        ),
    )
)


@dataclass(slots=True)
class PostgresConvenors:
    """See `services.ports.forming.Convenors`."""

    work: Work

    async def name(self, group: GroupId, membership: MembershipId, now: datetime) -> None:
        await _NAME.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            membership_id=membership,
            named_at=now,
        )

    async def relieve(self, membership: MembershipId) -> None:
        await _RELIEVE.run(
            self.work.connection, organisation_id=self.work.organisation, membership_id=membership
        )

    async def member_by(self, placement: PlacementId) -> MembershipId | None:
        found = await _BY_PLACEMENT.value(
            self.work.connection, organisation_id=self.work.organisation, placement_id=placement
        )
        return None if found is None else MembershipId(found)

    async def duty_of(self, group: GroupId, membership: MembershipId | None) -> Convening:
        row = await _DUTY.row(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            membership_id=membership,
        )
        assert row is not None
        return to_convening(row)


@dataclass(slots=True)
class PostgresWaitingList:
    """See `services.ports.forming.WaitingList`."""

    work: Work

    async def put(self, waiting: Waiting) -> Waiting:
        await _PUT.run(self.work.connection, **_WAITING.to_values(waiting))
        row = await _GET.row(
            self.work.connection, **self.work.scope(group_id=waiting.group_id, person_id=waiting.person_id)
        )
        assert row is not None
        return _WAITING.to_entity(row)

    async def has(self, group: GroupId, person: PersonId) -> bool:
        found = await _GET.row(self.work.connection, **self.work.scope(group_id=group, person_id=person))
        return found is not None

    async def remove(self, group: GroupId, person: PersonId) -> bool:
        gone = await _REMOVE.run(self.work.connection, **self.work.scope(group_id=group, person_id=person))
        return gone == 1

    async def forget_ended(self) -> None:
        await _FORGET.run(self.work.connection, **self.work.scope())
