"""Intake for showing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Text, Uuid, and_, func, or_, select, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.intake import (
    HAS_WISH,
    INTEREST,
    RECEIPT,
    RECEIPTS,
    SHOWN,
    to_interest,
)
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.intake.recommendation import Recommendation
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import PersonId
from app.services.intake.views import InterestView
from app.services.ports.paging import Page, PageRequest

_STANDING = (
    select(*SHOWN, HAS_WISH, REGISTRATION.c.name)
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
_ALL = Statement(
    _STANDING.where(
        or_(p("theme", Text).is_(None), INTEREST.c.theme == p("theme")),
        or_(p("form", Text).is_(None), p("form", Text) == func.any(INTEREST.c.forms)),
        or_(
            p("weekday", Text).is_(None),
            func.cardinality(INTEREST.c.weekdays) == 0,
            p("weekday", Text) == func.any(INTEREST.c.weekdays),
        ),
        or_(p("language_", Text).is_(None), INTEREST.c.language == p("language_")),
        or_(
            p("after_at", DateTime(timezone=True)).is_(None),
            tuple_(INTEREST.c.registered_at, INTEREST.c.person_id)
            < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(INTEREST.c.registered_at.desc(), INTEREST.c.person_id.desc())
    .limit(p("limit"))
)

_RECEIPTS = Statement(
    select(*RECEIPT.columns)
    .where(
        RECEIPT.c.organisation_id == p("organisation_id"),
        RECEIPT.c.giver_id == p("giver_id"),
        or_(
            p("after_at", DateTime(timezone=True)).is_(None),
            tuple_(RECEIPT.c.given_at, RECEIPT.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(RECEIPT.c.given_at.desc(), RECEIPT.c.id.desc())
    .limit(p("limit"))
)


def _to_view(row: Any) -> InterestView:
    return InterestView.of(to_interest(row), row["name"])


@dataclass(slots=True)
class PostgresIntakeReads:
    """See `services.intake.ports.IntakeReads`."""

    work: Work

    async def interest(self, person: PersonId, now: datetime) -> InterestView | None:
        row = await _ONE.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, now=now
        )
        return None if row is None else _to_view(row)

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
            rows, request, _to_view, lambda row: (row["registered_at"].isoformat(), str(row["person_id"]))
        )

    async def receipts(self, giver: UUID, request: PageRequest) -> Page[Recommendation]:
        rows = await _RECEIPTS.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            giver_id=giver,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, RECEIPTS.to_entity, lambda row: (row["given_at"].isoformat(), str(row["id"]))
        )
