"""Ballots with their rolls, as the service's own role may load and save them: sealed envelopes go in, none comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.decisions import BALLOT, IS_LIVE, OUTCOME, ROLL
from app.adapters.postgres.statements import Statement, inserting, json_object, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.admission import EnvelopeRow
from app.adapters.postgres.work import Work
from app.domain.admission.ballot import Ballot
from app.domain.admission.errors import BallotNotFound
from app.domain.admission.questions import Subject
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, GroupId, MembershipId

ENVELOPE = col.table_of(EnvelopeRow)
_ABOUT = tuple(field.name for field in fields(Subject))
_MAPPER = Mapper(Ballot, BALLOT, computed=("verdict", "roll", "subject"), added=("counted_at", *_ABOUT))

_ROLL = (
    select(
        func.jsonb_agg(
            json_object(
                membership_id=ROLL.c.membership_id, has_voted=ROLL.c.has_voted, dropped_at=ROLL.c.dropped_at
            )
        )
    )
    .where(ROLL.c.organisation_id == BALLOT.c.organisation_id, ROLL.c.ballot_id == BALLOT.c.id)
    .scalar_subquery()
)
_VERDICT = (
    select(OUTCOME.c.verdict)
    .where(OUTCOME.c.organisation_id == BALLOT.c.organisation_id, OUTCOME.c.ballot_id == BALLOT.c.id)
    .scalar_subquery()
)
_IN_ORGANISATION = BALLOT.c.organisation_id == p("organisation_id")
LOAD_BALLOTS = select(
    *BALLOT.columns, _ROLL.label("roll"), _VERDICT.label("verdict"), service_clock().label("clock")
).where(_IN_ORGANISATION)
LOCK_BALLOT = Statement(
    select(BALLOT.c.id).where(_IN_ORGANISATION, BALLOT.c.id == p("id_")).with_for_update()
)
LOAD_BALLOT = Statement(LOAD_BALLOTS.where(BALLOT.c.id == p("id_")))
LOCK_LIVE = Statement(
    select(BALLOT.c.id)
    .where(_IN_ORGANISATION, BALLOT.c.group_id == p("group_id"), IS_LIVE)
    .order_by(BALLOT.c.id)
    .with_for_update()
)
LIVE = Statement(LOAD_BALLOTS.where(BALLOT.c.group_id == p("group_id"), IS_LIVE).order_by(BALLOT.c.id))
_LIVE_IN = Statement(
    LOAD_BALLOTS.where(BALLOT.c.group_id == func.any(p("groups")), IS_LIVE).order_by(BALLOT.c.id)
)
_OVERDUE = Statement(
    select(BALLOT.c.id).where(_IN_ORGANISATION, IS_LIVE, BALLOT.c.closes_at <= service_clock())
)
_ADD = inserting(BALLOT)
_ADD_ROLL = inserting(ROLL)
_ENTRY = and_(
    ROLL.c.organisation_id == p("organisation_id"),
    ROLL.c.ballot_id == p("ballot"),
    ROLL.c.membership_id == p("member"),
)
_DROPPED = Statement(update(ROLL).where(_ENTRY).values(has_voted=False, dropped_at=p("moment")))
_PUT = insert(ENVELOPE).values({column.name: p(column.name) for column in ENVELOPE.columns})
# One statement for both: a vote waits for the database as seldom as it can.
_PUT_VOTE = Statement(
    update(ROLL)
    .where(_ENTRY)
    .values(has_voted=True)
    .add_cte(
        _PUT.on_conflict_do_update(constraint="pk_envelope", set_={"sealed": p("sealed", LargeBinary)}).cte(
            "envelope_put"
        )
    )
)
_REMOVE_ENVELOPE = Statement(
    delete(ENVELOPE).where(
        ENVELOPE.c.organisation_id == p("organisation_id"),
        ENVELOPE.c.ballot_id == p("ballot"),
        ENVELOPE.c.membership_id == p("member"),
    )
)
REMOVE_ENVELOPES = Statement(
    delete(ENVELOPE).where(
        ENVELOPE.c.organisation_id == p("organisation_id"), ENVELOPE.c.ballot_id == p("ballot")
    )
)
_END = Statement(
    update(BALLOT)
    .where(_IN_ORGANISATION, BALLOT.c.id == p("id_"))
    .values(withdrawn_at=p("new_withdrawn_at"), voided_at=p("new_voided_at"))
)
FORGET_WHO_VOTED = Statement(
    update(ROLL)
    .where(ROLL.c.organisation_id == p("organisation_id"), ROLL.c.ballot_id == p("ballot"))
    .values(has_voted=False)
)


def to_ballot(row: Any) -> Ballot:
    """The aggregate of a row of `LOAD_BALLOTS`."""
    roll: Sequence[dict[str, Any]] = row["roll"] or ()
    return _MAPPER.to_entity(
        row,
        verdict=row["verdict"],
        roll={entry["membership_id"]: entry for entry in roll},
        subject=Subject(**{name: row[name] for name in _ABOUT}),
    )


@dataclass(slots=True)
class PostgresBallots:
    """See `services.ports.repositories.Ballots`."""

    work: Work

    async def add(self, ballot: Ballot) -> None:
        about = {name: getattr(ballot.subject, name) for name in _ABOUT}
        await _ADD.run(self.work.connection, **_MAPPER.to_values(ballot, counted_at=None, **about))
        await _ADD_ROLL.run_many(
            self.work.connection,
            [
                {
                    "organisation_id": ballot.organisation_id,
                    "ballot_id": ballot.id,
                    "group_id": ballot.group_id,
                    "membership_id": entry.membership_id,
                    "has_voted": entry.has_voted,
                    "dropped_at": entry.dropped_at,
                }
                for entry in ballot.roll.values()
            ],
        )

    async def lock(self, ballot: BallotId) -> Ballot:
        if self.work.locked != ballot:
            await LOCK_BALLOT.row(self.work.connection, organisation_id=self.work.organisation, id_=ballot)
        found = await self.find(ballot)
        if found is None:
            raise BallotNotFound
        return found

    async def lock_live(self, group: GroupId) -> list[Ballot]:
        await LOCK_LIVE.fetch(self.work.connection, organisation_id=self.work.organisation, group_id=group)
        return await self.live(group)

    async def live(self, group: GroupId) -> list[Ballot]:
        rows = await LIVE.fetch(self.work.connection, **self.work.scope(group_id=group))
        if rows:
            self.work.tell(rows[0]["clock"])
        return [to_ballot(row) for row in rows]

    async def live_in(self, groups: Sequence[GroupId]) -> list[Ballot]:
        if not groups:
            return []
        rows = await _LIVE_IN.fetch(self.work.connection, **self.work.scope(groups=list(groups)))
        return [to_ballot(row) for row in rows]

    async def overdue(self) -> list[BallotId]:
        rows = await _OVERDUE.fetch(self.work.connection, **self.work.scope())
        return [BallotId(row["id"]) for row in rows]

    async def find(self, ballot: BallotId) -> Ballot | None:
        row = await LOAD_BALLOT.row(self.work.connection, **self.work.scope(id_=ballot))
        if row is None:
            return None
        self.work.tell(row["clock"])
        return to_ballot(row)

    async def put_vote(self, ballot: BallotId, voter: MembershipId, sealed: bytes) -> None:
        await _PUT_VOTE.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            ballot_id=ballot,
            membership_id=voter,
            ballot=ballot,
            member=voter,
            sealed=sealed,
        )

    async def drop(self, ballot: BallotId, member: MembershipId, now: datetime) -> None:
        scope = {"organisation_id": self.work.organisation, "ballot": ballot, "member": member}
        await _REMOVE_ENVELOPE.run(self.work.connection, **scope)
        await _DROPPED.run(self.work.connection, **scope, moment=now)

    async def end(self, ballot: Ballot) -> None:
        scope = {"organisation_id": self.work.organisation, "ballot": ballot.id}
        # In this order: votes can be taken out of the box of a ballot that has ended, of no other (kept_vote).
        await _END.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            id_=ballot.id,
            new_withdrawn_at=ballot.withdrawn_at,
            new_voided_at=ballot.voided_at,
        )
        await REMOVE_ENVELOPES.run(self.work.connection, **scope)
        await FORGET_WHO_VOTED.run(self.work.connection, **scope)
        ids: dict[str, UUID] = {"ballot": ballot.id, "group": ballot.group_id}
        self.work.events.append(Event("group.ballot.ended", ballot.group_id, ids))
