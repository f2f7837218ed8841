"""Groups and their seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, select, update

from app.adapters.postgres.repositories.standing import BALLOT, GENERATION, GROUP, GROUP_MAPPER, OUTCOME, SEAT
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.work import Work
from app.domain.admission.errors import SeatReserved
from app.domain.groups.errors import NoFreeSeat
from app.domain.groups.group import Group
from app.domain.shared.ids import BallotId, GroupId, MembershipId

_MINE = and_(GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == p("id_"))
_ADD = inserting(GROUP)
_SAVE = Statement(
    update(GROUP)
    .where(_MINE)
    .values(
        {
            name: p(f"new_{name}")
            for name in (
                "theme",
                "form",
                "area",
                "language",
                "generation",
                "generation_formed_at",
                "closed_for_new_at",
                "end_dropped_at",
                "starter_helps",
                "offered_at",
                "age_from",
                "age_to",
                "genders",
                "in_common",
                "version",
            )
        }
    )
)
_ADD_GENERATION = inserting(GENERATION)
_SEATS = Statement(
    select(SEAT.c.number).where(
        SEAT.c.organisation_id == p("organisation_id"), SEAT.c.group_id == p("group_id")
    )
)
_TAKE = inserting(SEAT)
_SEAT_THE_RESERVED = Statement(
    update(SEAT)
    .where(SEAT.c.organisation_id == p("organisation_id"), SEAT.c.ballot_id == p("held_for"))
    .values(ballot_id=None, membership_id=p("member"))
)
_FREE_RESERVATIONS = Statement(
    delete(SEAT).where(
        SEAT.c.organisation_id == p("organisation_id"), SEAT.c.ballot_id == func.any(p("ballots"))
    )
)
_FREE_SEAT = Statement(
    delete(SEAT).where(SEAT.c.organisation_id == p("organisation_id"), SEAT.c.membership_id == p("member"))
)
_STALE = Statement(
    select(SEAT.c.ballot_id)
    .select_from(
        SEAT.join(
            BALLOT,
            and_(BALLOT.c.organisation_id == SEAT.c.organisation_id, BALLOT.c.id == SEAT.c.ballot_id),
        ).outerjoin(
            OUTCOME,
            and_(
                OUTCOME.c.organisation_id == SEAT.c.organisation_id, OUTCOME.c.ballot_id == SEAT.c.ballot_id
            ),
        )
    )
    .where(
        SEAT.c.organisation_id == p("organisation_id"),
        SEAT.c.group_id == p("group_id"),
        BALLOT.c.withdrawn_at.is_not(None)
        | BALLOT.c.voided_at.is_not(None)
        | (BALLOT.c.counted_at.is_not(None) & OUTCOME.c.offer_expires_at.is_(None))
        | (OUTCOME.c.offer_expires_at <= p("moment")),
    )
)


@dataclass(slots=True)
class PostgresGroups:
    """See `services.ports.repositories.Groups`."""

    work: Work

    async def add(self, group: Group, application_code: str) -> None:
        values = GROUP_MAPPER.to_values(group, application_code=application_code)
        await _ADD.run(self.work.connection, **values)
        await self.add_generation(group, group.generation_formed_at, None)

    async def save(self, group: Group) -> None:
        group.version += 1
        values = GROUP_MAPPER.to_values(group, application_code=None)
        await _SAVE.run(
            self.work.connection,
            organisation_id=group.organisation_id,
            id_=group.id,
            **{f"new_{name}": value for name, value in values.items()},
        )

    async def add_generation(self, group: Group, formed_at: datetime, ballot: BallotId | None) -> None:
        await _ADD_GENERATION.run(
            self.work.connection,
            organisation_id=group.organisation_id,
            group_id=group.id,
            number=group.generation,
            formed_at=formed_at,
            ballot_id=ballot,
        )

    async def take_seat(self, group: Group, membership: MembershipId) -> None:
        number = await self._free_number(group)
        if number is None:
            raise NoFreeSeat
        await self._put(group, number, membership, None)

    async def reserve_seat(self, group: Group, ballot: BallotId) -> None:
        number = await self._free_number(group)
        if number is None:
            raise SeatReserved
        await self._put(group, number, None, ballot)

    async def turn_reservation_into_seat(self, ballot: BallotId, membership: MembershipId) -> None:
        moved = await _SEAT_THE_RESERVED.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            held_for=ballot,
            member=membership,
        )
        if moved != 1:
            raise NoFreeSeat

    async def free_reservations(self, ballots: Sequence[BallotId]) -> None:
        if ballots:
            await _FREE_RESERVATIONS.run(
                self.work.connection, organisation_id=self.work.organisation, ballots=list(ballots)
            )

    async def free_seat(self, membership: MembershipId) -> None:
        await _FREE_SEAT.run(self.work.connection, organisation_id=self.work.organisation, member=membership)

    async def stale_reservations(self, group: GroupId, now: datetime) -> list[BallotId]:
        rows = await _STALE.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, moment=now
        )
        return [BallotId(row["ballot_id"]) for row in rows]

    async def _free_number(self, group: Group) -> int | None:
        rows = await _SEATS.fetch(
            self.work.connection, organisation_id=group.organisation_id, group_id=group.id
        )
        taken = {row["number"] for row in rows}
        return next((number for number in range(1, group.seats + 1) if number not in taken), None)

    async def _put(
        self, group: Group, number: int, membership: MembershipId | None, ballot: BallotId | None
    ) -> None:
        await _TAKE.run(
            self.work.connection,
            organisation_id=group.organisation_id,
            group_id=group.id,
            number=number,
            membership_id=membership,
            ballot_id=ballot,
        )
