"""Leaves and drafts of ground rules."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.decisions import BALLOT, OUTCOME
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.own_affairs import GroundRulesRow, MemberLeaveRow
from app.adapters.postgres.work import Work
from app.domain.admission.decision_rules import Verdict
from app.domain.groups.ground_rules import AbsenceChannel, Agreement, GroundRules
from app.domain.groups.leave import Leave
from app.domain.shared.ids import GroundRulesId, MembershipId

LEAVE = col.table_of(MemberLeaveRow)
RULES = col.table_of(GroundRulesRow)
_AGREED = (
    "rhythm", "absence_channel", "absence_hours", "refreshments", "breaks", "decision_rule", "points",
)  # fmt: skip
_LEAVES = Mapper(Leave, LEAVE)
_RULES = Mapper(GroundRules, RULES, computed=("agreement", "adopted_at"), added=_AGREED)
_FIND_LEAVE = Statement(
    select(*LEAVE.columns).where(
        LEAVE.c.organisation_id == p("organisation_id"), LEAVE.c.membership_id == p("membership_id")
    )
)
_PUT_LEAVE = Statement(
    insert(LEAVE)
    .values({column.name: p(column.name) for column in LEAVE.columns})
    .on_conflict_do_update(
        constraint="pk_member_leave", set_={"starts_at": p("starts_at"), "ends_at": p("ends_at")}
    )
)
_END_LEAVE = Statement(
    delete(LEAVE).where(
        LEAVE.c.organisation_id == p("organisation_id"), LEAVE.c.membership_id == p("membership_id")
    )
)
_ADOPTED_AT = (
    select(func.max(OUTCOME.c.counted_at))
    .join(
        BALLOT,
        and_(BALLOT.c.organisation_id == OUTCOME.c.organisation_id, BALLOT.c.id == OUTCOME.c.ballot_id),
    )
    .where(
        BALLOT.c.organisation_id == RULES.c.organisation_id,
        BALLOT.c.group_id == RULES.c.group_id,
        BALLOT.c.ground_rules_id == RULES.c.id,
        OUTCOME.c.verdict == text(f"'{Verdict.ADOPTED}'"),
    )
    .scalar_subquery()
)
LOAD_RULES = select(*RULES.columns, _ADOPTED_AT.label("adopted_at"), service_clock().label("clock")).where(
    RULES.c.organisation_id == p("organisation_id")
)
_FIND_RULES = Statement(LOAD_RULES.where(RULES.c.id == p("id_")))
_ADD_RULES = inserting(RULES)


def to_rules(row: Any) -> GroundRules:
    """The draft of a row of `LOAD_RULES`."""
    channel = row["absence_channel"]
    given = {name: row[name] for name in _AGREED} | {
        "absence_channel": None if channel is None else AbsenceChannel(channel),
        "points": tuple(row["points"]),
    }
    return _RULES.to_entity(row, agreement=Agreement(**given), adopted_at=row["adopted_at"])


@dataclass(slots=True)
class PostgresLeaves:
    """See `services.ports.repositories.Leaves`."""

    work: Work

    async def find(self, membership: MembershipId) -> Leave | None:
        row = await _FIND_LEAVE.row(
            self.work.connection, organisation_id=self.work.organisation, membership_id=membership
        )
        return None if row is None else _LEAVES.to_entity(row)

    async def put(self, leave: Leave) -> None:
        await _PUT_LEAVE.run(self.work.connection, **_LEAVES.to_values(leave))

    async def end(self, membership: MembershipId) -> None:
        await _END_LEAVE.run(
            self.work.connection, organisation_id=self.work.organisation, membership_id=membership
        )


@dataclass(slots=True)
class PostgresGroundRulesBook:
    """See `services.ports.repositories.GroundRulesBook`."""

    work: Work

    async def add(self, rules: GroundRules) -> None:
        agreed = {name: getattr(rules.agreement, name) for name in _AGREED}
        await _ADD_RULES.run(self.work.connection, **_RULES.to_values(rules, **agreed))

    async def find(self, rules: GroundRulesId) -> GroundRules | None:
        row = await _FIND_RULES.row(self.work.connection, **self.work.scope(id_=rules))
        return None if row is None else to_rules(row)
