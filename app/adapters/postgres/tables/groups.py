"""Groups: the set of people, how each came in, and what they have signed."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col
from app.domain.groups.alias import LOOKS_FROM, LOOKS_TO

_GROUP = (["organisation_id", "group_id"], "self_help_group", ["organisation_id", "id"])


class GroupRow(SQLModel, table=True):
    """A group. Its phase has no column: it is computed."""

    __tablename__ = "self_help_group"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_group_organisation"),
        UniqueConstraint("organisation_id", "application_code", name="uq_group_application_code"),
        CheckConstraint("form in ('in_person', 'phone', 'video')", name="form"),
        CheckConstraint("seats between 3 and 8", name="seats"),
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint("origin in ('organisation', 'stand_alone', 'course')", name="origin"),
        CheckConstraint("origin <> 'stand_alone' or not starter_helps", name="alone_without_starter"),
        CheckConstraint("genders in ('all', 'women', 'men')", name="genders"),
        CheckConstraint("age_from >= 13 and age_to <= 120 and age_to >= age_from", name="ages"),
        CheckConstraint("char_length(in_common) between 1 and 120", name="in_common_length"),
        Index("ix_group_page", "organisation_id", "created_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    theme: str | None = col.optional_text()
    form: str = col.text()
    area: str = col.text()
    language: str = col.text()
    seats: int
    generation: int
    generation_formed_at: datetime = col.instant()
    closed_for_new_at: datetime | None = col.optional_instant()
    end_dropped_at: datetime | None = col.optional_instant()
    application_code: str = col.text()
    created_at: datetime = col.instant()
    version: int
    origin: str = col.text_at_first("organisation")
    starter_helps: bool = col.flag_at_first()
    offered_at: datetime | None = col.optional_instant()
    age_from: int | None = None
    age_to: int | None = None
    genders: str = col.text_at_first("all")
    in_common: str | None = col.optional_text()
    shields_place: bool = col.flag_at_first()


class GenerationRow(SQLModel, table=True):
    """A group as one set of people; each entry makes the next (A-03)."""

    __tablename__ = "generation"
    __table_args__: ClassVar[Any] = (col.points_to(*_GROUP, "fk_generation_group"),)
    organisation_id: UUID = col.key()
    group_id: UUID = col.key()
    number: int = col.number_key()
    formed_at: datetime = col.instant()
    ballot_id: UUID | None = col.optional_ref()


class PlacementRow(SQLModel, table=True):
    """An invitation into a forming group. `person_id` is null once its person has been erased."""

    __tablename__ = "placement"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_GROUP, "fk_placement_group"),
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_placement_registration",
        ),
        UniqueConstraint("organisation_id", "group_id", "id", "person_id", name="uq_placement_person"),
        CheckConstraint("num_nonnulls(accepted_at, declined_at, withdrawn_at) <= 1", name="one_answer"),
        CheckConstraint(
            "person_id is not null or num_nonnulls(accepted_at, declined_at, withdrawn_at) = 1",
            name="somebodys",
        ),
        Index(
            "uq_placement_live",
            "organisation_id",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=text("declined_at is null and withdrawn_at is null"),
        ),
        Index("ix_placement_by_person", "organisation_id", "person_id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    person_id: UUID | None = col.optional_ref()
    invited_at: datetime = col.instant()
    accepted_at: datetime | None = col.optional_instant()
    declined_at: datetime | None = col.optional_instant()
    withdrawn_at: datetime | None = col.optional_instant()


class MembershipRow(SQLModel, table=True):
    """A person's place in a group. It points at the fact that let them in: there is no other way (A-01, B-28).

    `person_id` is null once its person has been erased: the times stay, and so does what was decided.
    """

    __tablename__ = "membership"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("organisation_id", "group_id", "id", name="uq_membership_group"),
        UniqueConstraint("organisation_id", "placement_id", name="uq_membership_placement"),
        UniqueConstraint("organisation_id", "ballot_id", name="uq_membership_ballot"),
        col.points_to(
            ["organisation_id", "group_id", "generation"],
            "generation",
            ["organisation_id", "group_id", "number"],
            "fk_membership_generation",
        ),
        col.points_to(
            ["organisation_id", "group_id", "placement_id", "person_id"],
            "placement",
            ["organisation_id", "group_id", "id", "person_id"],
            "fk_membership_placement",
        ),
        col.points_to(
            ["organisation_id", "group_id", "ballot_id", "person_id", "ballot_verdict"],
            "ballot_outcome",
            ["organisation_id", "group_id", "ballot_id", "applicant_id", "verdict"],
            "fk_membership_adopted_ballot",
        ),
        col.points_to(
            ["organisation_id", "group_id", "excluded_by", "id", "excluded_verdict"],
            "ballot_outcome",
            ["organisation_id", "group_id", "ballot_id", "member_id", "verdict"],
            "fk_membership_exclusion",
            closes_circle=True,
        ),
        CheckConstraint(
            "(excluded_by is null) = (excluded_verdict is null)"
            " and (excluded_by is null or (excluded_verdict = 'adopted' and left_at is not null))",
            name="excluded_by_all",
        ),
        CheckConstraint("num_nonnulls(placement_id, ballot_id) = 1", name="one_founding_fact"),
        CheckConstraint(
            "(ballot_id is null) = (ballot_verdict is null) and coalesce(ballot_verdict = 'adopted', true)",
            name="only_adopted",
        ),
        CheckConstraint("char_length(alias) between 1 and 40", name="alias_length"),
        CheckConstraint("left_at >= joined_at", name="left_after_joining"),
        CheckConstraint("person_id is not null or left_at is not null", name="somebodys"),
        Index(
            "uq_membership_live",
            "organisation_id",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=text("left_at is null"),
        ),
        Index(
            "uq_membership_alias",
            "organisation_id",
            "group_id",
            text("lower(alias)"),
            unique=True,
            postgresql_where=text("left_at is null"),
        ),
        Index(
            "uq_membership_alias_looks",
            "organisation_id",
            "group_id",
            text(f"lower(translate(alias, '{LOOKS_FROM}', '{LOOKS_TO}'))"),
            unique=True,
            postgresql_where=text("left_at is null"),
        ),
        Index("ix_membership_by_person", "organisation_id", "person_id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    person_id: UUID | None = col.optional_ref()
    alias: str = col.text()
    placement_id: UUID | None = col.optional_ref()
    ballot_id: UUID | None = col.optional_ref()
    ballot_verdict: str | None = col.optional_text()
    generation: int
    joined_at: datetime = col.instant()
    left_at: datetime | None = col.optional_instant()
    excluded_by: UUID | None = col.optional_ref()
    excluded_verdict: str | None = col.optional_text()


class SeatRow(SQLModel, table=True):
    """A seat that somebody has, or that is kept for whoever a ballot is about. Its key is the cap (G-07, B-01)."""

    __tablename__ = "seat"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_GROUP, "fk_seat_group"),
        UniqueConstraint("organisation_id", "membership_id", name="uq_seat_membership"),
        UniqueConstraint("organisation_id", "ballot_id", name="uq_seat_ballot"),
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_seat_membership",
        ),
        col.points_to(
            ["organisation_id", "group_id", "ballot_id"],
            "ballot",
            ["organisation_id", "group_id", "id"],
            "fk_seat_ballot",
        ),
        CheckConstraint("number between 1 and 8", name="number"),
        CheckConstraint("num_nonnulls(membership_id, ballot_id) = 1", name="one_holder"),
    )
    organisation_id: UUID = col.key()
    group_id: UUID = col.key()
    number: int = col.number_key()
    membership_id: UUID | None = col.optional_ref()
    ballot_id: UUID | None = col.optional_ref()


class DeclarationRow(SQLModel, table=True):
    """A member's signature in one generation."""

    __tablename__ = "declaration"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint(
            "organisation_id", "group_id", "generation", "membership_id", name="uq_declaration_generation"
        ),
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_declaration_membership",
        ),
        col.points_to(
            ["organisation_id", "group_id", "witnessed_by"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_declaration_witness",
        ),
        col.points_to(
            ["organisation_id", "group_id", "generation"],
            "generation",
            ["organisation_id", "group_id", "number"],
            "fk_declaration_generation",
        ),
        CheckConstraint("how in ('in_app', 'on_paper')", name="how"),
        CheckConstraint("(how = 'on_paper') = (witnessed_by is not null)", name="witness"),
        CheckConstraint(
            "num_nonnulls(typed_name, typed_name_sealed) <= (how = 'in_app')::int", name="typed_name"
        ),
        CheckConstraint("witnessed_by <> membership_id", name="not_ones_own_witness"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    generation: int
    membership_id: UUID = col.ref()
    how: str = col.text()
    text_version: str = col.text()
    language: str = col.text()
    text_sha256: str = col.text()
    typed_name: str | None = col.optional_text()
    typed_name_sealed: bytes | None = col.optional_sealed()
    witnessed_by: UUID | None = col.optional_ref()
    signed_at: datetime = col.instant()
