"""When a row is past its time, and what becomes of it then: a line for each class and table of the inventory that has days.

The days stand in the domain (`TERMS`); here stands from which event on they count. Where an organisation's policy shortens
a class, the row's own end was written by it (`kept_until`, `gone_at`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Interval,
    Table,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    text,
)

from app.adapters.postgres import sealing
from app.adapters.postgres.statements import p
from app.adapters.postgres.tables import metadata
from app.domain.keeping.past import Ending
from app.domain.keeping.retention import TERMS, Kept

T = metadata.tables
NOW = p("now", DateTime(timezone=True))
_HERE = p("organisation_id")
NOBODYS_WORD = text(sealing.NOBODYS_WORD)


@dataclass(frozen=True, slots=True)
class Rule:
    """A class in a table: which rows are past, and the statement that ends `most` of them."""

    kept: Kept
    table: str
    past: ColumnElement[bool]
    ending: Ending = Ending.DELETED

    @property
    def count(self) -> Any:
        """How many are past."""
        return select(func.count()).select_from(T[self.table]).where(here(T[self.table]), self.past)

    def some(self, *columns: Any) -> Any:
        """Some of them, the next that come."""
        return select(*columns).where(here(T[self.table]), self.past).limit(p("most")).correlate(None)


def here(table: Table) -> ColumnElement[bool]:
    """Within the organisation of the transaction."""
    within: ColumnElement[bool] = table.c.organisation_id == _HERE
    return within


def after(kept: Kept, event: Any) -> ColumnElement[bool]:
    """The days of the class have gone by since the event."""
    days = TERMS[kept].days
    assert days is not None
    past: ColumnElement[bool] = event + literal(timedelta(days=days), Interval) <= NOW
    return past


def _same(one: Table, other: Table, **columns: str) -> ColumnElement[bool]:
    """Rows of two tables that belong together, within the organisation."""
    pairs = [one.c[mine] == other.c[theirs] for mine, theirs in columns.items()]
    return and_(one.c.organisation_id == other.c.organisation_id, *pairs)


_MEETING, _MEMBER, APPLICATION, BALLOT = T["meeting"], T["membership"], T["application"], T["ballot"]
OUTCOME, _PLACEMENT, _ASSESSMENT = T["ballot_outcome"], T["placement"], T["assessment"]


def _of_meeting(table: Table) -> ColumnElement[bool]:
    over = and_(_same(_MEETING, table, id="meeting_id"), after(Kept.PRESENCE, _MEETING.c.starts_at))
    return exists().where(over)


def _left_long_ago(kept: Kept, table: Table) -> ColumnElement[bool]:
    """Of a membership that has ended."""
    return exists().where(_same(_MEMBER, table, id="membership_id"), after(kept, _MEMBER.c.left_at))


def _application_ended() -> ColumnElement[Any]:
    """The latest instant at which an application can have ended; null while a ballot on it lives.

    It waits as long as it may wait, anew after each ballot that decided nothing, and an offer as long as it stands.
    """
    ended_at = func.coalesce(BALLOT.c.withdrawn_at, BALLOT.c.voided_at, BALLOT.c.counted_at)
    waits = APPLICATION.c.waits_until - APPLICATION.c.applied_at
    newest = (
        select(func.max(func.greatest(ended_at + waits, OUTCOME.c.offer_expires_at)))
        .select_from(BALLOT.outerjoin(OUTCOME, _same(OUTCOME, BALLOT, ballot_id="id")))
        .where(_same(BALLOT, APPLICATION, application_id="id"))
        .correlate(APPLICATION)
        .scalar_subquery()
    )
    return func.coalesce(
        APPLICATION.c.withdrawn_at,
        APPLICATION.c.declined_at,
        APPLICATION.c.entered_at,
        APPLICATION.c.closed_at,
        func.greatest(APPLICATION.c.waits_until, newest),
    )


_LIVE_BALLOT = exists().where(
    _same(BALLOT, APPLICATION, application_id="id"),
    func.num_nonnulls(BALLOT.c.withdrawn_at, BALLOT.c.voided_at, BALLOT.c.counted_at) == 0,
)
_STILL_SOMEBODYS_PLACE = exists().where(
    _same(BALLOT, APPLICATION, application_id="id"),
    _same(_MEMBER, BALLOT, ballot_id="id"),
    _MEMBER.c.person_id.is_not(None),
)
WORDS = ("introduction", "introduction_sealed", "known_as", "known_as_sealed")
_EMPTIED = and_(
    APPLICATION.c.introduction_sealed.is_(None),
    APPLICATION.c.known_as.is_(None),
    APPLICATION.c.known_as_sealed.is_(None),
    func.coalesce(APPLICATION.c.introduction, NOBODYS_WORD) == NOBODYS_WORD,
)
_PLACED = exists().where(_same(_MEMBER, _PLACEMENT, placement_id="id"), _MEMBER.c.person_id.is_not(None))
_ANSWERED_AT = func.coalesce(_PLACEMENT.c.declined_at, _PLACEMENT.c.withdrawn_at, _PLACEMENT.c.accepted_at)
_ASSIGNMENT, _MESSAGE, _SIGN_UP, _COURSE = (
    T["starter_assignment"], T["starter_message"], T["course_sign_up"], T["course"],
)  # fmt: skip
_DAY_AFTER = func.timezone(text("'UTC'"), cast(_COURSE.c.last_day, DateTime) + text("interval '1 day'"))
_WAITING, _OUTBOX, _RECEIPT, _READING = T["waiting"], T["outbox"], T["recommendation"], T["intake_reading"]
_INTAKE, _CODE, _INTEREST, _TEXT = (
    T["intake_outcome"],
    T["recommendation_code"],
    T["interest"],
    T["assessment_text"],
)
_CONFLICT = T["assessment_conflict"]
_NOTED = exists().where(_same(_ASSESSMENT, _INTAKE, outcome_id="id"))


def _of_conversation(table: Table) -> ColumnElement[bool]:
    return exists().where(_same(_ASSESSMENT, table, id="assessment_id"), _ASSESSMENT.c.kept_until <= NOW)


PURGED = (
    Rule(Kept.CONFIDED_TEXT, "assessment_text", or_(_TEXT.c.gone_at <= NOW, _of_conversation(_TEXT))),
    Rule(Kept.CONVERSATION, "assessment_conflict", _of_conversation(_CONFLICT)),
    Rule(Kept.CONVERSATION, "assessment", _ASSESSMENT.c.kept_until <= NOW),
    Rule(Kept.INTEREST, "interest", _INTEREST.c.kept_until <= NOW),
    Rule(Kept.RECOMMENDATION, "recommendation_code", _CODE.c.expires_at <= NOW),
    Rule(Kept.RECOMMENDATION, "recommendation", after(Kept.RECOMMENDATION, _RECEIPT.c.expires_at)),
    Rule(Kept.READING, "intake_reading", after(Kept.READING, _READING.c.read_at)),
)
"""What `services.intake.purge` takes out, as the service's own role."""

RULES = (
    Rule(
        Kept.INTAKE_OUTCOME,
        "intake_outcome",
        and_(after(Kept.INTAKE_OUTCOME, _INTAKE.c.valid_until), not_(_NOTED)),
    ),
    Rule(
        Kept.WAITING,
        "waiting",
        exists().where(
            _same(_MEETING, _WAITING, group_id="group_id"),
            _MEETING.c.cancelled_at.is_(None),
            _MEETING.c.starts_at <= NOW,
        ),
    ),
    Rule(
        Kept.SIGN_UP,
        "course_sign_up",
        exists().where(
            _same(_COURSE, _SIGN_UP, id="course_id"),
            after(
                Kept.SIGN_UP,
                func.timezone(text("'UTC'"), cast(_COURSE.c.last_day, DateTime) + text("interval '1 day'")),
            ),
        ),
    ),
    Rule(Kept.PRESENCE, "attendance", _of_meeting(T["attendance"])),
    Rule(Kept.PRESENCE, "absence_notice", _of_meeting(T["absence_notice"])),
    Rule(Kept.RELAY, "starter_message", after(Kept.RELAY, _MESSAGE.c.written_at)),
    Rule(Kept.OUTBOX, "outbox", after(Kept.OUTBOX, _OUTBOX.c.occurred_at)),
    Rule(Kept.OUTBOX, "feed_event", after(Kept.OUTBOX, T["feed_event"].c.occurred_at)),
    Rule(Kept.OUTBOX, "course_import", after(Kept.OUTBOX, T["course_import"].c.begun_at)),
    Rule(Kept.OUTBOX, "imported_row", after(Kept.OUTBOX, T["imported_row"].c.done_at)),
    Rule(Kept.MESSAGE, "message", after(Kept.MESSAGE, T["message"].c.until)),
    Rule(Kept.OUTBOX, "webhook_delivery", after(Kept.OUTBOX, T["webhook_delivery"].c.made_at)),
    Rule(Kept.DECLARATION, "declaration", _left_long_ago(Kept.DECLARATION, T["declaration"])),
    Rule(Kept.MEMBERSHIP, "convenor", _left_long_ago(Kept.MEMBERSHIP, T["convenor"])),
    Rule(Kept.MEMBERSHIP, "member_leave", _left_long_ago(Kept.MEMBERSHIP, T["member_leave"])),
    Rule(Kept.MEMBERSHIP, "seat", _left_long_ago(Kept.MEMBERSHIP, T["seat"])),
    Rule(
        Kept.APPLICATION,
        "application",
        and_(after(Kept.APPLICATION, _application_ended()), not_(_LIVE_BALLOT), not_(_EMPTIED)),
        Ending.EMPTIED,
    ),
    Rule(
        Kept.MEMBERSHIP,
        "membership",
        and_(_MEMBER.c.person_id.is_not(None), after(Kept.MEMBERSHIP, _MEMBER.c.left_at)),
        Ending.UNLINKED,
    ),
    Rule(
        Kept.MEMBERSHIP,
        "placement",
        and_(_PLACEMENT.c.person_id.is_not(None), after(Kept.MEMBERSHIP, _ANSWERED_AT), not_(_PLACED)),
        Ending.UNLINKED,
    ),
    Rule(
        Kept.MEMBERSHIP,
        "application",
        and_(
            APPLICATION.c.applicant_id.is_not(None),
            after(Kept.MEMBERSHIP, _application_ended()),
            not_(_LIVE_BALLOT),
            not_(_STILL_SOMEBODYS_PLACE),
        ),
        Ending.UNLINKED,
    ),
    Rule(
        Kept.MEMBERSHIP,
        "starter_assignment",
        # Nobody stays past the ceiling, so whoever left earlier is kept no longer than they might have stayed.
        and_(_ASSIGNMENT.c.person_id.is_not(None), after(Kept.MEMBERSHIP, _ASSIGNMENT.c.ceiling_until)),
        Ending.UNLINKED,
    ),
)
"""What is ended as the role that erases, children before what they hang on."""

ELSEWHERE = {
    ("audit_entry", Kept.READING): "the role that seals takes it out, by the database's own policy",
    ("audit_waiting", Kept.READING): "the seal takes it out",
    ("idempotency", Kept.KEPT_ANSWER): "of each person in turn: a row of one person is nobody else's to see",
    ("envelope", Kept.SEALED_VOTE): "the count takes it out",
    ("ballot", Kept.MEMBERSHIP): "unlinked together with its application",
    ("ballot_outcome", Kept.MEMBERSHIP): "unlinked together with its application",
    ("exit_version", Kept.MEMBERSHIP): "it leads to nobody but over its assignment",
    ("starter_visit", Kept.MEMBERSHIP): "it leads to nobody but over its assignment",
    ("shown_proof", Kept.SHOWN_PROOF): "the next uses take it away",
    ("attempt", Kept.ATTEMPT): "the next attempts take it away",
    ("erasure", Kept.ERASURE): "gone when the erasure is finished",
}
"""What has days, and is ended by something else."""
