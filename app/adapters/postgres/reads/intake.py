"""Intake for showing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Text, Uuid, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.assessments import ASSESSMENT, CONFLICT
from app.adapters.postgres.repositories.intake import (
    HAS_WISH,
    INTEREST,
    RECEIPT,
    RECEIPTS,
    SHOWN,
    to_interest,
)
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.organisations import INTAKE, OUTCOMES
from app.adapters.postgres.repositories.shown import area_for_others
from app.adapters.postgres.repositories.standing import ROLE
from app.adapters.postgres.sealing import opened_name, opened_name_if_any, registered_name
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.intake.assessment import AssessmentStage
from app.domain.intake.outcome import IntakeOutcome
from app.domain.intake.recommendation import Recommendation
from app.domain.organisations.organisation import Role
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import IntakeOutcomeId, PersonId
from app.services.intake.assessment_views import AssessmentSummaryView, InterviewerView
from app.services.intake.views import InterestView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.vault import Vault

_STANDING = (
    select(*SHOWN, HAS_WISH, registered_name(REGISTRATION))
    .join(
        REGISTRATION,
        and_(
            REGISTRATION.c.organisation_id == INTEREST.c.organisation_id,
            REGISTRATION.c.person_id == INTEREST.c.person_id,
        ),
    )
    .where(INTEREST.c.organisation_id == p("organisation_id"), INTEREST.c.kept_until > p("now"))
)
_ONE = Statement(_STANDING.where(INTEREST.c.person_id == p("person_id")))
_SHOWN_TO_OTHERS = _STANDING.with_only_columns(
    *(area_for_others(column) if column.name == "area" else column for column in _STANDING.selected_columns)
)
_ALL = Statement(
    _SHOWN_TO_OTHERS.where(
        or_(p("theme", Text).is_(None), INTEREST.c.theme == p("theme")),
        or_(p("form", Text).is_(None), p("form", Text) == func.any(INTEREST.c.forms)),
        or_(
            p("weekday", Text).is_(None),
            func.cardinality(INTEREST.c.weekdays) == 0,
            p("weekday", Text) == func.any(INTEREST.c.weekdays),
        ),
        or_(p("language_", Text).is_(None), INTEREST.c.language == p("language_")),
        before_cursor(INTEREST.c.registered_at, INTEREST.c.person_id),
    )
    .order_by(INTEREST.c.registered_at.desc(), INTEREST.c.person_id.desc())
    .limit(p("limit"))
)

_RECEIPTS = Statement(
    select(*RECEIPT.columns)
    .where(
        RECEIPT.c.organisation_id == p("organisation_id"),
        RECEIPT.c.giver_id == func.any(p("givers", ARRAY(Uuid))),
        before_cursor(RECEIPT.c.given_at, RECEIPT.c.id),
    )
    .order_by(RECEIPT.c.given_at.desc(), RECEIPT.c.id.desc())
    .limit(p("limit"))
)

_HOLDER = REGISTRATION.alias("holder")
_CONVERSATIONS = (
    select(*ASSESSMENT.columns, registered_name(REGISTRATION), registered_name(_HOLDER, "interviewer"))
    .join(
        REGISTRATION,
        and_(
            REGISTRATION.c.organisation_id == ASSESSMENT.c.organisation_id,
            REGISTRATION.c.person_id == ASSESSMENT.c.person_id,
        ),
    )
    .outerjoin(
        _HOLDER,
        and_(
            _HOLDER.c.organisation_id == ASSESSMENT.c.organisation_id,
            _HOLDER.c.person_id == ASSESSMENT.c.interviewer_id,
        ),
    )
    .where(ASSESSMENT.c.organisation_id == p("organisation_id"), ASSESSMENT.c.kept_until > p("now"))
    .order_by(ASSESSMENT.c.asked_at.desc(), ASSESSMENT.c.id.desc())
)
_OWN = Statement(_CONVERSATIONS.where(ASSESSMENT.c.person_id == p("person_id")))
_KNOWS = exists().where(
    CONFLICT.c.organisation_id == ASSESSMENT.c.organisation_id,
    CONFLICT.c.assessment_id == ASSESSMENT.c.id,
    CONFLICT.c.interviewer_id == p("viewer"),
)
_HELD = Statement(
    _CONVERSATIONS.where(
        or_(~p("only_mine", Boolean), ASSESSMENT.c.interviewer_id == p("viewer")),
        ~_KNOWS.correlate(ASSESSMENT),
        before_cursor(ASSESSMENT.c.asked_at, ASSESSMENT.c.id),
    ).limit(p("limit"))
)
_INTERVIEWERS = Statement(
    select(REGISTRATION.c.person_id, registered_name(REGISTRATION))
    .join(
        ROLE,
        and_(
            ROLE.c.organisation_id == REGISTRATION.c.organisation_id,
            ROLE.c.person_id == REGISTRATION.c.person_id,
        ),
    )
    .where(REGISTRATION.c.organisation_id == p("organisation_id"), ROLE.c.role == p("role_"))
    .order_by(REGISTRATION.c.person_id)
)
_NAME = Statement(
    select(registered_name(REGISTRATION)).where(
        REGISTRATION.c.organisation_id == p("organisation_id"), REGISTRATION.c.person_id == p("person_id")
    )
)
_IS_PROTECTED = Statement(
    select(REGISTRATION.c.is_protected).where(
        REGISTRATION.c.organisation_id == p("organisation_id"), REGISTRATION.c.person_id == p("person_id")
    )
)
_OUTCOME = Statement(
    select(*INTAKE.columns).where(INTAKE.c.organisation_id == p("organisation_id"), INTAKE.c.id == p("id_"))
)


def _summary(vault: Vault, row: Any, now: datetime) -> AssessmentSummaryView:
    organisation = row["organisation_id"]
    stage = AssessmentStage.ASKED
    if row["completed_at"] is not None:
        stage = AssessmentStage.COMPLETED
    elif row["starts_at"] is not None:
        stage = AssessmentStage.TIME_PASSED if row["starts_at"] <= now else AssessmentStage.APPOINTED
    return AssessmentSummaryView(
        id=row["id"],
        organisation_id=row["organisation_id"],
        person_id=row["person_id"],
        name=opened_name(vault, organisation, row["person_id"], row["name"]),
        stage=stage,
        asked_at=row["asked_at"],
        interviewer=opened_name_if_any(vault, organisation, row["interviewer_id"], row["interviewer"]),
        starts_at=row["starts_at"],
        kept_until=row["kept_until"],
    )


def _to_view(vault: Vault, row: Any) -> InterestView:
    name = opened_name(vault, row["organisation_id"], row["person_id"], row["name"])
    return InterestView.of(to_interest(row), name)


@dataclass(slots=True)
class PostgresIntakeReads:
    """See `services.intake.ports.IntakeReads`."""

    work: Work

    async def interest(self, person: PersonId, now: datetime) -> InterestView | None:
        row = await _ONE.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, now=now
        )
        return None if row is None else _to_view(self.work.vault, row)

    async def interests(
        self,
        request: PageRequest,
        now: datetime,
        *,
        theme: str | None,
        form: Form | None,
        weekday: Weekday | None,
        language: str | None,
    ) -> Page[InterestView]:
        rows = await _ALL.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            now=now,
            theme=theme,
            form=form,
            weekday=weekday,
            language_=language,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: _to_view(self.work.vault, row),
            lambda row: (row["registered_at"].isoformat(), str(row["person_id"])),
        )

    async def receipts(self, givers: Sequence[UUID], request: PageRequest) -> Page[Recommendation]:
        rows = await _RECEIPTS.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            givers=list(givers),
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, RECEIPTS.to_entity, lambda row: (row["given_at"].isoformat(), str(row["id"]))
        )

    async def interviewers(self) -> list[InterviewerView]:
        rows = await _INTERVIEWERS.fetch(
            self.work.connection, organisation_id=self.work.organisation, role_=Role.INTERVIEWER
        )
        found = [
            InterviewerView(person_id=row["person_id"], name=self._name(row["person_id"], row["name"]))
            for row in rows
        ]
        return sorted(found, key=lambda each: each.name.casefold())

    async def name_of(self, person: PersonId) -> str | None:
        kept: bytes | None = await _NAME.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return None if kept is None else self._name(person, kept)

    def _name(self, person: PersonId, kept: bytes) -> str:
        return opened_name(self.work.vault, self.work.organisation, person, kept)

    async def is_protected(self, person: PersonId) -> bool:
        found = await _IS_PROTECTED.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return bool(found)

    async def outcome(self, outcome: IntakeOutcomeId) -> IntakeOutcome | None:
        row = await _OUTCOME.row(self.work.connection, organisation_id=self.work.organisation, id_=outcome)
        return None if row is None else OUTCOMES.to_entity(row)

    async def assessments(
        self, request: PageRequest, now: datetime, *, viewer: PersonId, only_mine: bool
    ) -> Page[AssessmentSummaryView]:
        rows = await _HELD.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            now=now,
            viewer=viewer,
            only_mine=only_mine,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: _summary(self.work.vault, row, now),
            lambda row: (row["asked_at"].isoformat(), str(row["id"])),
        )

    async def assessments_of(self, person: PersonId, now: datetime) -> list[AssessmentSummaryView]:
        rows = await _OWN.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, now=now
        )
        return [_summary(self.work.vault, row, now) for row in rows]
