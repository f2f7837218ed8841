"""What a group has decided about itself: computed from the outcomes of its ballots, never stored beside them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, exists, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement

from app.adapters.postgres.statements import json_object, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.admission import BallotOutcomeRow, BallotRollRow, BallotRow
from app.adapters.postgres.tables.groups import GroupRow
from app.domain.admission.decision_rules import Verdict
from app.domain.admission.questions import Question
from app.domain.groups.ground_rules import RulesInForce
from app.domain.groups.group import GroupEnd
from app.domain.shared.ids import GroundRulesId

GROUP = col.table_of(GroupRow)
BALLOT = col.table_of(BallotRow)
OUTCOME = col.table_of(BallotOutcomeRow)
ROLL = col.table_of(BallotRollRow)
IS_LIVE = and_(BALLOT.c.counted_at.is_(None), BALLOT.c.voided_at.is_(None), BALLOT.c.withdrawn_at.is_(None))

STANDING = (Question.OPEN_FOR_NEW_PEOPLE, Question.END_DATE, Question.GROUND_RULES)
"""The questions whose last adopted answer holds until something else is decided."""
DECIDED = ("ends_at", "ground_rules_id", "generation")
"""What of their ballots has to be known."""


def same_group(table: Any) -> ColumnElement[bool]:
    """Rows of this table that belong to the group of the outer statement."""
    return and_(table.c.organisation_id == GROUP.c.organisation_id, table.c.group_id == GROUP.c.id)


def decided(question: Question | None, *what: Any) -> Any:
    """Of the adopted ballots of the outer statement's group, on one question or on all that stand: these columns."""
    asked = STANDING if question is None else (question,)
    same_ballot = and_(
        OUTCOME.c.organisation_id == BALLOT.c.organisation_id, OUTCOME.c.ballot_id == BALLOT.c.id
    )
    return (
        select(*what)
        .select_from(BALLOT.join(OUTCOME, same_ballot))
        .where(
            same_group(BALLOT),
            BALLOT.c.question.in_([literal_column(f"'{each}'") for each in asked]),
            OUTCOME.c.verdict == text(f"'{Verdict.ADOPTED}'"),
        )
        .correlate(GROUP)
    )


def opened_for_new_at() -> Any:
    """When a group last decided to be open for new people."""
    return decided(Question.OPEN_FOR_NEW_PEOPLE, func.max(OUTCOME.c.counted_at)).scalar_subquery()


def ended() -> ColumnElement[bool]:
    """Whether a group has come to the end that it has set itself (`Group.has_reached_its_end`, in SQL)."""
    never = text("timestamptz 'infinity'")
    at = case((GROUP.c.end_dropped_at >= OUTCOME.c.counted_at, never), else_=BALLOT.c.ends_at)
    last = decided(Question.END_DATE, at).order_by(OUTCOME.c.counted_at.desc()).limit(1)
    return func.coalesce(last.scalar_subquery(), never) <= service_clock()


def due_about(member: Any) -> Any:
    """A ballot on excluding this member that is over and not counted yet."""
    return _due(member, BALLOT.c.member_id)


def due_on_stay(assignment: Any) -> Any:
    """A ballot on a longer stay of this starter that is over and not counted yet."""
    return _due(assignment, BALLOT.c.assignment_id)


def _due(about: Any, names: Any) -> Any:
    """A ballot about a row of the outer statement that is over: by its time, or as everybody has voted."""
    waited_for = exists().where(
        ROLL.c.organisation_id == BALLOT.c.organisation_id,
        ROLL.c.ballot_id == BALLOT.c.id,
        ROLL.c.dropped_at.is_(None),
        ROLL.c.has_voted.is_(False),
    )
    return (
        select(BALLOT.c.id)
        .where(
            BALLOT.c.organisation_id == about.c.organisation_id,
            names == about.c.id,
            IS_LIVE,
            or_(BALLOT.c.closes_at <= service_clock(), ~waited_for),
        )
        .correlate(about)
        .scalar_subquery()
    )


def decisions() -> Any:
    """By question: the last decision that the group has adopted on it, as JSON."""
    last = (
        decided(None, BALLOT.c.question, OUTCOME.c.counted_at, *(BALLOT.c[name] for name in DECIDED))
        .ext(distinct_on(BALLOT.c.question))
        .order_by(BALLOT.c.question, OUTCOME.c.counted_at.desc())
        .lateral("last_decision")
    )
    found = json_object(at=last.c.counted_at, **{name: last.c[name] for name in DECIDED})
    return select(func.jsonb_object_agg(last.c.question, found)).select_from(last).scalar_subquery()


def what_was_decided(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of a group that follow from its decisions."""
    opened, end, rules = ((found or {}).get(question) for question in STANDING)
    return {
        "opened_for_new_at": None if opened is None else _moment(opened["at"]),
        "rules": None
        if rules is None
        else RulesInForce(
            GroundRulesId(UUID(rules["ground_rules_id"])), _moment(rules["at"]), rules["generation"]
        ),
        "end": None if end is None else GroupEnd(at=_moment(end["ends_at"]), decided_at=_moment(end["at"])),
    }


def last_decisions(found: Iterable[Any] | None) -> dict[str, Any]:
    """The same from rows, oldest first: question, when it was counted, and what is `DECIDED`."""
    last = {row[0]: row for row in found or ()}
    opened, end, rules = (last.get(question) for question in STANDING)
    return {
        "opened_for_new_at": None if opened is None else opened[1],
        "rules": None if rules is None else RulesInForce(GroundRulesId(rules[3]), rules[1], rules[4]),
        "end": None if end is None else GroupEnd(at=end[2], decided_at=end[1]),
    }


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)
