"""Offers, ballots and applications for showing."""

from dataclasses import dataclass

from sqlalchemy import DateTime, Uuid, func, literal_column, or_, select, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.applications import (
    APPLICATION,
    LOAD_APPLICATIONS,
    to_application,
)
from app.adapters.postgres.repositories.ballots import LOAD_BALLOTS, to_ballot
from app.adapters.postgres.repositories.decisions import ended, opened_for_new_at
from app.adapters.postgres.repositories.standing import BALLOT, GROUP, group_facts
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.domain.groups.group import Form
from app.domain.shared.ids import GroupId, PersonId
from app.services.admission.views import OfferView
from app.services.ports.paging import Page, PageRequest

_FACTS = (
    select(
        *group_facts(),
        opened_for_new_at().label("opened_for_new_at"),
        ended().label("ended"),
    )
    .where(GROUP.c.organisation_id == p("organisation_id"))
    .subquery("facts")
)
_OFFERS = Statement(
    select(_FACTS)
    .where(
        _FACTS.c.opened_for_new_at
        > func.coalesce(_FACTS.c.closed_for_new_at, literal_column("timestamptz '-infinity'")),
        _FACTS.c.first_meeting_at <= _FACTS.c.clock,
        _FACTS.c.members > 0,
        ~_FACTS.c.ended,
        or_(p("theme", _FACTS.c.theme.type).is_(None), _FACTS.c.theme == p("theme")),
        or_(p("form", _FACTS.c.form.type).is_(None), _FACTS.c.form == p("form")),
        or_(
            p("after_at", DateTime(timezone=True)).is_(None),
            tuple_(_FACTS.c.created_at, _FACTS.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(_FACTS.c.created_at.desc(), _FACTS.c.id.desc())
    .limit(p("limit"))
)
_BY_CODE = Statement(
    select(GROUP.c.id).where(
        GROUP.c.organisation_id == p("organisation_id"), GROUP.c.application_code == p("code")
    )
)
_BALLOTS = Statement(
    LOAD_BALLOTS.where(
        BALLOT.c.group_id == p("group_id"),
        or_(
            p("after_at", DateTime(timezone=True)).is_(None),
            tuple_(BALLOT.c.opened_at, BALLOT.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(BALLOT.c.opened_at.desc(), BALLOT.c.id.desc())
    .limit(p("limit"))
)
_APPLICATIONS = Statement(
    LOAD_APPLICATIONS.where(
        APPLICATION.c.group_id == p("group_id"),
        or_(
            p("after_at", DateTime(timezone=True)).is_(None),
            tuple_(APPLICATION.c.applied_at, APPLICATION.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc())
    .limit(p("limit"))
)
_MINE = Statement(
    LOAD_APPLICATIONS.where(APPLICATION.c.applicant_id == p("person_id")).order_by(
        APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc()
    )
)


@dataclass(slots=True)
class PostgresAdmissionReads:
    """See `services.admission.ports.AdmissionReads`."""

    work: Work

    async def offers(self, request: PageRequest, *, theme: str | None, form: str | None) -> Page[OfferView]:
        rows = await _OFFERS.fetch(
            self.work.connection,
            **self.work.scope(theme=theme, form=form, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: OfferView(
                organisation_id=row["organisation_id"],
                application_code=row["application_code"],
                theme=row["theme"],
                form=Form(row["form"]),
                area=row["area"],
                language=row["language"],
            ),
            lambda row: (row["created_at"].isoformat(), str(row["id"])),
        )

    async def group_by_code(self, code: str) -> GroupId | None:
        found = await _BY_CODE.value(self.work.connection, organisation_id=self.work.organisation, code=code)
        return None if found is None else GroupId(found)

    async def ballots(self, group: GroupId, request: PageRequest) -> Page[Ballot]:
        rows = await _BALLOTS.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(rows, request, to_ballot, lambda row: (row["opened_at"].isoformat(), str(row["id"])))

    async def applications(self, group: GroupId, request: PageRequest) -> Page[Application]:
        rows = await _APPLICATIONS.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, to_application, lambda row: (row["applied_at"].isoformat(), str(row["id"]))
        )

    async def applications_of(self, person: PersonId) -> list[Application]:
        rows = await _MINE.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [to_application(row) for row in rows]
