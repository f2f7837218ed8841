"""The count: what the role `verksted_tally` alone may do, in a transaction of its own, on a pool of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, select, update

from app.adapters.postgres.bell import Bell
from app.adapters.postgres.outbox import keep_events
from app.adapters.postgres.repositories.ballots import (
    ENVELOPE,
    FORGET_WHO_VOTED,
    LIVE,
    LOAD_BALLOT,
    LOCK_BALLOT,
    LOCK_LIVE,
    REMOVE_ENVELOPES,
    to_ballot,
)
from app.adapters.postgres.repositories.decisions import IS_LIVE, ROLL
from app.adapters.postgres.repositories.own_affairs import LEAVE
from app.adapters.postgres.repositories.standing import BALLOT, DECLARATION, MEETING, MEMBER, OUTCOME, SEAT
from app.adapters.postgres.repositories.stays import PostgresStays
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.organisations import PolicyRow
from app.adapters.postgres.transact import run_counting
from app.adapters.postgres.work import Chance, Shift, Work, no_shift
from app.domain.admission.ballot import Ballot
from app.domain.admission.decision_rules import Verdict
from app.domain.admission.questions import TERMS
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, GroupId, MembershipId, OrganisationId, organisation_of

R = TypeVar("R")
_POLICY = col.table_of(PolicyRow)
_ENVELOPES = Statement(
    select(ENVELOPE.c.membership_id, ENVELOPE.c.sealed).where(
        ENVELOPE.c.organisation_id == p("organisation_id"), ENVELOPE.c.ballot_id == p("ballot")
    )
)
_NOT_ON_ROLL = and_(
    MEMBER.c.id.is_distinct_from(BALLOT.c.member_id),
    ~exists().where(
        ROLL.c.organisation_id == BALLOT.c.organisation_id,
        ROLL.c.ballot_id == BALLOT.c.id,
        ROLL.c.membership_id == MEMBER.c.id,
    ),
)
_AWAY = Statement(
    select(LEAVE.c.membership_id).where(
        LEAVE.c.organisation_id == p("organisation_id"),
        LEAVE.c.group_id == p("group_id"),
        LEAVE.c.starts_at <= p("moment"),
        LEAVE.c.ends_at > p("moment"),
    )
)
# Whoever all others have excluded: their place ends, and they drop off every roll, their envelopes unopened (B-03).
_EXCLUDE = Statement(
    update(MEMBER)
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.id == p("member"),
        MEMBER.c.left_at.is_(None),
    )
    .values(left_at=p("moment"), excluded_by=p("ballot"), excluded_verdict=p("verdict"))
)
_THEIR_SEAT = Statement(
    delete(SEAT).where(SEAT.c.organisation_id == p("organisation_id"), SEAT.c.membership_id == p("member"))
)
_THEIR_ENVELOPES = Statement(
    delete(ENVELOPE).where(
        ENVELOPE.c.organisation_id == p("organisation_id"), ENVELOPE.c.membership_id == p("member")
    )
)
_THEIR_ROLLS = Statement(
    update(ROLL)
    .where(
        ROLL.c.organisation_id == p("organisation_id"),
        ROLL.c.membership_id == p("member"),
        ROLL.c.dropped_at.is_(None),
        exists().where(
            BALLOT.c.organisation_id == ROLL.c.organisation_id, BALLOT.c.id == ROLL.c.ballot_id, IS_LIVE
        ),
    )
    .values(has_voted=False, dropped_at=p("moment"))
)
_LEFT_OUT = Statement(
    select(func.count())
    .select_from(
        DECLARATION.join(
            MEMBER,
            and_(
                MEMBER.c.organisation_id == DECLARATION.c.organisation_id,
                MEMBER.c.id == DECLARATION.c.membership_id,
            ),
        ).join(
            BALLOT,
            and_(
                BALLOT.c.organisation_id == DECLARATION.c.organisation_id,
                BALLOT.c.group_id == DECLARATION.c.group_id,
                BALLOT.c.generation == DECLARATION.c.generation,
            ),
        )
    )
    .where(
        BALLOT.c.organisation_id == p("organisation_id"),
        BALLOT.c.id == p("ballot"),
        DECLARATION.c.signed_at < BALLOT.c.opened_at,
        MEMBER.c.left_at.is_(None),
        _NOT_ON_ROLL,
    )
)
_LEFT_OUT_OF_ALL = Statement(
    select(func.count())
    .select_from(
        MEMBER.join(
            BALLOT,
            and_(
                BALLOT.c.organisation_id == MEMBER.c.organisation_id, BALLOT.c.group_id == MEMBER.c.group_id
            ),
        )
    )
    .where(
        BALLOT.c.organisation_id == p("organisation_id"),
        BALLOT.c.id == p("ballot"),
        BALLOT.c.secret.is_(False),
        MEMBER.c.joined_at < BALLOT.c.opened_at,
        MEMBER.c.left_at.is_(None),
        _NOT_ON_ROLL,
    )
)
_PLANNED = Statement(
    select(MEETING.c.starts_at)
    .where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == p("group_id"),
        MEETING.c.cancelled_at.is_(None),
        MEETING.c.starts_at > p("after"),
    )
    .order_by(MEETING.c.starts_at)
    .limit(2)
)
_OFFER_DAYS = Statement(
    select(_POLICY.c.entry_offer_days)
    .where(_POLICY.c.organisation_id == p("organisation_id"), _POLICY.c.effective_from <= p("as_of"))
    .order_by(_POLICY.c.version.desc())
    .limit(1)
)
_OUTCOME = inserting(OUTCOME)
_COUNTED = Statement(
    update(BALLOT)
    .where(BALLOT.c.organisation_id == p("organisation_id"), BALLOT.c.id == p("ballot"))
    .values(counted_at=p("moment"))
)
_FREE_SEAT = Statement(
    delete(SEAT).where(SEAT.c.organisation_id == p("organisation_id"), SEAT.c.ballot_id == p("ballot"))
)


@dataclass(slots=True)
class PostgresCountingBox:
    """See `services.ports.counting.CountingBox`."""

    work: Work

    @property
    def now(self) -> datetime:
        return self.work.now

    @property
    def stays(self) -> PostgresStays:
        return PostgresStays(self.work)

    async def lock(self, ballot: BallotId) -> Ballot | None:
        scope = {"organisation_id": self.work.organisation, "id_": ballot}
        await LOCK_BALLOT.row(self.work.connection, **scope)
        row = await LOAD_BALLOT.row(self.work.connection, **self.work.scope(id_=ballot))
        if row is None:
            return None
        self.work.tell(row["clock"])
        return to_ballot(row)

    async def roll_is_whole(self, ballot: BallotId) -> bool:
        scope = {"organisation_id": self.work.organisation, "ballot": ballot}
        left_out: int = await _LEFT_OUT.value(self.work.connection, **scope)
        # The open consent of all is that of all, signed or not: who can't vote yet hasn't consented (B-19).
        unasked: int = await _LEFT_OUT_OF_ALL.value(self.work.connection, **scope)
        return left_out == unasked == 0

    async def lock_live(self, group: GroupId) -> list[Ballot]:
        scope = {"organisation_id": self.work.organisation, "group_id": group}
        await LOCK_LIVE.fetch(self.work.connection, **scope)
        return [to_ballot(row) for row in await LIVE.fetch(self.work.connection, **self.work.scope(**scope))]

    async def away(self, ballot: Ballot) -> set[MembershipId]:
        rows = await _AWAY.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=ballot.group_id,
            moment=ballot.closes_at,
        )
        return {MembershipId(row["membership_id"]) for row in rows}

    async def envelopes(self, ballot: BallotId) -> list[tuple[MembershipId, bytes]]:
        rows = await _ENVELOPES.fetch(
            self.work.connection, organisation_id=self.work.organisation, ballot=ballot
        )
        return [(MembershipId(row["membership_id"]), bytes(row["sealed"])) for row in rows]

    async def planned_meetings(self, group: GroupId, after: datetime) -> list[datetime]:
        rows = await _PLANNED.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, after=after
        )
        return [row["starts_at"] for row in rows]

    async def offer_days(self, as_of: datetime) -> int:
        days: int = await _OFFER_DAYS.value(
            self.work.connection, organisation_id=self.work.organisation, as_of=as_of
        )
        return days

    async def conclude(self, ballot: Ballot, verdict: Verdict, offer_expires_at: datetime | None) -> None:
        connection, organisation = self.work.connection, self.work.organisation
        await _OUTCOME.run(
            connection,
            organisation_id=organisation,
            ballot_id=ballot.id,
            group_id=ballot.group_id,
            applicant_id=ballot.subject.applicant_id,
            member_id=ballot.subject.member_id,
            verdict=verdict,
            counted_at=self.work.now,
            offer_expires_at=offer_expires_at,
        )
        await _COUNTED.run(connection, organisation_id=organisation, ballot=ballot.id, moment=self.work.now)
        await REMOVE_ENVELOPES.run(connection, organisation_id=organisation, ballot=ballot.id)
        await FORGET_WHO_VOTED.run(connection, organisation_id=organisation, ballot=ballot.id)
        if verdict is not Verdict.ADOPTED and TERMS[ballot.question].keeps_seat:
            await _FREE_SEAT.run(connection, organisation_id=organisation, ballot=ballot.id)
        if verdict is Verdict.ADOPTED and ballot.subject.member_id is not None:
            await self._exclude(ballot, ballot.subject.member_id)
        ids: dict[str, UUID] = {"ballot": ballot.id, "group": ballot.group_id}
        self.work.events.append(Event("group.ballot.closed", ballot.group_id, ids))

    async def _exclude(self, ballot: Ballot, member: MembershipId) -> None:
        connection = self.work.connection
        scope = {"organisation_id": self.work.organisation, "member": member}
        values = {"moment": self.work.now, "ballot": ballot.id, "verdict": Verdict.ADOPTED}
        if not await _EXCLUDE.run(connection, **scope, **values):
            return
        await _THEIR_SEAT.run(connection, **scope)
        await _THEIR_ENVELOPES.run(connection, **scope)
        await _THEIR_ROLLS.run(connection, **scope, moment=self.work.now)
        ids: dict[str, UUID] = {"group": ballot.group_id, "membership": member}
        self.work.events.append(Event("group.member.excluded", ballot.group_id, ids))


@dataclass(slots=True)
class PostgresCounting:
    """Opens the transaction in which one ballot is counted."""

    pool: Any
    chance: Chance
    shift: Shift = field(default=no_shift)
    bell: Bell | None = None

    async def __call__(self, ballot: BallotId, work: Callable[[PostgresCountingBox], Awaitable[R]]) -> R:
        """Run work on the box of this ballot's organisation, commit, answer. `Busy` if the database can't."""
        organisation: OrganisationId = organisation_of(ballot)

        async def once(connection: Any) -> R:
            open_work = Work(connection, organisation, None, self.chance, self.shift, bell=self.bell)
            result = await work(PostgresCountingBox(open_work))
            await keep_events(open_work)
            return result

        return await run_counting(self.pool, organisation, self.chance, once)
