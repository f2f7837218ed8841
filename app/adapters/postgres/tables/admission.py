"""Applications, ballots, envelopes, outcomes. Nothing here relates a voter to a choice once the count is done."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

ENVELOPE_LENGTH = 80
"""Bytes: 32 of encapsulation, 32 of padded choice, 16 of tag."""
_LIVE = "counted_at is null and voided_at is null and withdrawn_at is null"


def _one_live(name: str, *columns: str, only: str | None = None) -> Index:
    """Of this, one ballot at a time."""
    where = _LIVE if only is None else f"{only} and {_LIVE}"
    return Index(name, *columns, unique=True, postgresql_where=text(where))


class ApplicationRow(SQLModel, table=True):
    """A person's wish to enter a group that already meets. `applicant_id` is null once that person has been erased."""

    __tablename__ = "application"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"],
            "self_help_group",
            ["organisation_id", "id"],
            "fk_application_group",
        ),
        col.points_to(
            ["organisation_id", "applicant_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_application_registration",
        ),
        UniqueConstraint(
            "organisation_id", "group_id", "id", "applicant_id", name="uq_application_applicant"
        ),
        CheckConstraint("num_nonnulls(withdrawn_at, declined_at, entered_at) <= 1", name="one_end"),
        CheckConstraint("char_length(alias) between 1 and 40", name="alias_length"),
        CheckConstraint("char_length(introduction) between 1 and 2000", name="introduction_length"),
        *col.once("introduction", "known_as"),
        Index(
            "uq_application_live",
            "organisation_id",
            "group_id",
            "applicant_id",
            unique=True,
            postgresql_where=text(
                "closed_at is null and withdrawn_at is null and declined_at is null and entered_at is null"
            ),
        ),
        Index("ix_application_by_group", "organisation_id", "group_id", "applied_at", "id"),
        Index("ix_application_by_applicant", "organisation_id", "applicant_id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    applicant_id: UUID | None = col.optional_ref()
    alias: str = col.text()
    introduction: str | None = col.optional_text()
    introduction_sealed: bytes | None = col.optional_sealed()
    known_as: str | None = col.optional_text()
    known_as_sealed: bytes | None = col.optional_sealed()
    applied_at: datetime = col.instant()
    waits_until: datetime = col.instant()
    withdrawn_at: datetime | None = col.optional_instant()
    declined_at: datetime | None = col.optional_instant()
    entered_at: datetime | None = col.optional_instant()
    closed_at: datetime | None = col.optional_instant()


class BallotRow(SQLModel, table=True):
    """A question to the group, with rule, quorum and closing time as they were at the opening."""

    __tablename__ = "ballot"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("organisation_id", "group_id", "id", name="uq_ballot_group"),
        UniqueConstraint("organisation_id", "group_id", "id", "applicant_id", name="uq_ballot_applicant"),
        col.points_to(
            ["organisation_id", "group_id", "generation"],
            "generation",
            ["organisation_id", "group_id", "number"],
            "fk_ballot_generation",
        ),
        col.points_to(
            ["organisation_id", "group_id", "application_id", "applicant_id"],
            "application",
            ["organisation_id", "group_id", "id", "applicant_id"],
            "fk_ballot_application",
        ),
        CheckConstraint(
            "question in ('open_for_new_people', 'admission', 'end_date', 'ground_rules', 'exclusion',"
            " 'longer_stay')",
            name="question",
        ),
        CheckConstraint(
            "(question = 'admission') = (application_id is not null)"
            " and (applicant_id is null or application_id is not null)"
            " and (applicant_id is not null or application_id is null"
            " or num_nonnulls(withdrawn_at, voided_at, counted_at) = 1)",
            name="subject",
        ),
        CheckConstraint("(question = 'end_date') = (ends_at is not null)", name="subject_end"),
        CheckConstraint("ends_at > closes_at", name="end_after_closing"),
        CheckConstraint("(question = 'ground_rules') = (ground_rules_id is not null)", name="subject_rules"),
        CheckConstraint("(question = 'exclusion') = (member_id is not null)", name="subject_member"),
        CheckConstraint(
            "question <> 'exclusion' or (rule in ('unanimous', 'consent_of_all') and quorum_percent = 100)",
            name="all_others",
        ),
        UniqueConstraint("organisation_id", "group_id", "id", "member_id", name="uq_ballot_member"),
        col.points_to(
            ["organisation_id", "group_id", "ground_rules_id"],
            "ground_rules",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_ground_rules",
        ),
        col.points_to(
            ["organisation_id", "group_id", "member_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_member",
            closes_circle=True,
        ),
        _one_live("uq_ballot_live_member", "organisation_id", "member_id", only="member_id is not null"),
        CheckConstraint("(question = 'longer_stay') = (assignment_id is not null)", name="subject_stay"),
        CheckConstraint(
            "(num_nonnulls(latest_date, max_meetings) > 0) = (assignment_id is not null)"
            " and (latest_date is null) = (latest_until is null)",
            name="longer_stay",
        ),
        CheckConstraint("max_meetings between 1 and 12", name="max_meetings"),
        col.points_to(
            ["organisation_id", "group_id", "assignment_id"],
            "starter_assignment",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_assignment",
        ),
        _one_live(
            "uq_ballot_live_stay", "organisation_id", "assignment_id", only="assignment_id is not null"
        ),
        CheckConstraint("closes_at >= opened_at + interval '7 days'", name="window"),
        CheckConstraint("num_nonnulls(withdrawn_at, voided_at, counted_at) <= 1", name="one_end"),
        CheckConstraint("quorum_percent between 50 and 100", name="quorum"),
        _one_live("uq_ballot_live_application", "organisation_id", "application_id"),
        _one_live(
            "uq_ballot_live_question",
            "organisation_id",
            "group_id",
            "question",
            only="question in ('open_for_new_people', 'end_date', 'ground_rules')",
        ),
        Index("ix_ballot_by_application", "organisation_id", "application_id", "opened_at"),
        Index("ix_ballot_by_group", "organisation_id", "group_id", "opened_at", "id"),
        Index("ix_ballot_live", "organisation_id", "group_id", postgresql_where=text(_LIVE)),
        Index(
            "ix_ballot_end_date",
            "organisation_id",
            "group_id",
            postgresql_where=text("question = 'end_date'"),
        ),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    generation: int
    question: str = col.text()
    application_id: UUID | None = col.optional_ref()
    applicant_id: UUID | None = col.optional_ref()
    ends_at: datetime | None = col.optional_instant()
    ground_rules_id: UUID | None = col.optional_ref()
    member_id: UUID | None = col.optional_ref()
    assignment_id: UUID | None = col.optional_ref()
    latest_date: date | None = col.optional_day()
    latest_until: datetime | None = col.optional_instant()
    max_meetings: int | None = None
    rule: str = col.text()
    quorum_percent: int
    secret: bool
    opened_at: datetime = col.instant()
    closes_at: datetime = col.instant()
    public_key: bytes = col.sealed()
    withdrawn_at: datetime | None = col.optional_instant()
    voided_at: datetime | None = col.optional_instant()
    counted_at: datetime | None = col.optional_instant()


class BallotRollRow(SQLModel, table=True):
    """Who may vote. Whether they have is known only until the count."""

    __tablename__ = "ballot_roll"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id", "ballot_id"],
            "ballot",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_roll_ballot",
        ),
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_roll_membership",
        ),
        CheckConstraint("not (has_voted and dropped_at is not null)", name="dropped_without_vote"),
    )
    organisation_id: UUID = col.key()
    ballot_id: UUID = col.key()
    membership_id: UUID = col.key()
    group_id: UUID = col.ref()
    has_voted: bool
    dropped_at: datetime | None = col.optional_instant()


class EnvelopeRow(SQLModel, table=True):
    """A sealed vote: of constant length, without a time, readable by the role that counts alone."""

    __tablename__ = "envelope"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "ballot_id", "membership_id"],
            "ballot_roll",
            ["organisation_id", "ballot_id", "membership_id"],
            "fk_envelope_roll",
        ),
        CheckConstraint(f"octet_length(sealed) = {ENVELOPE_LENGTH}", name="constant_length"),
    )
    organisation_id: UUID = col.key()
    ballot_id: UUID = col.key()
    membership_id: UUID = col.key()
    sealed: bytes = col.sealed()


class BallotOutcomeRow(SQLModel, table=True):
    """What a count found. Written by the role that counts alone; every later membership points here."""

    __tablename__ = "ballot_outcome"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id", "ballot_id"],
            "ballot",
            ["organisation_id", "group_id", "id"],
            "fk_ballot_outcome_ballot",
        ),
        col.points_to(
            ["organisation_id", "group_id", "ballot_id", "applicant_id"],
            "ballot",
            ["organisation_id", "group_id", "id", "applicant_id"],
            "fk_ballot_outcome_applicant",
        ),
        UniqueConstraint(
            "organisation_id",
            "group_id",
            "ballot_id",
            "applicant_id",
            "verdict",
            name="uq_ballot_outcome_verdict",
        ),
        col.points_to(
            ["organisation_id", "group_id", "ballot_id", "member_id"],
            "ballot",
            ["organisation_id", "group_id", "id", "member_id"],
            "fk_ballot_outcome_member",
        ),
        UniqueConstraint(
            "organisation_id",
            "group_id",
            "ballot_id",
            "member_id",
            "verdict",
            name="uq_ballot_outcome_member",
        ),
        CheckConstraint("verdict in ('adopted', 'not_adopted', 'lapsed')", name="verdict"),
        CheckConstraint(
            "(offer_expires_at is not null) = (verdict = 'adopted' and applicant_id is not null)",
            name="offer",
        ),
    )
    organisation_id: UUID = col.key()
    ballot_id: UUID = col.key()
    group_id: UUID = col.ref()
    applicant_id: UUID | None = col.optional_ref()
    member_id: UUID | None = col.optional_ref()
    verdict: str = col.text()
    counted_at: datetime = col.instant()
    offer_expires_at: datetime | None = col.optional_instant()
