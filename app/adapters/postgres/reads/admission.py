"""Offers, ballots and applications for showing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Text, and_, cast, func, literal_column, or_, select, text

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.applications import (
    APPLICATION,
    IS_KNOWN_BALLOT,
    KNOWS_APPLICATION,
    KNOWS_BALLOT,
    LOAD_APPLICATIONS,
    STANDS_TO,
    to_application,
)
from app.adapters.postgres.repositories.ballots import LOAD_BALLOTS, to_ballot
from app.adapters.postgres.repositories.decisions import ended, opened_for_new_at
from app.adapters.postgres.repositories.forming import composition_of
from app.adapters.postgres.repositories.organisations import ORGANISATION
from app.adapters.postgres.repositories.standing import BALLOT, FIRST_MEETING, GROUP, group_facts
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.domain.groups.group import Form
from app.domain.shared.ids import ApplicationId, BallotId, GroupId, MembershipId, PersonId
from app.services.admission.views import OfferKind, OfferView
from app.services.ports.composition import CompositionView
from app.services.ports.paging import Page, PageRequest

_FACTS = (
    select(
        *group_facts(),
        opened_for_new_at().label("opened_for_new_at"),
        ended().label("ended"),
        cast(func.timezone(ORGANISATION.c.time_zone, FIRST_MEETING), Date).label("first_meeting_on"),
    )
    .select_from(GROUP.join(ORGANISATION, ORGANISATION.c.id == GROUP.c.organisation_id))
    .where(GROUP.c.organisation_id == p("organisation_id"))
    .subquery("facts")
)
_IS_FORMING = func.coalesce(_FACTS.c.clock < _FACTS.c.first_meeting_at, text("true"))
_IS_OPEN = and_(
    ~_IS_FORMING,
    _FACTS.c.opened_for_new_at
    > func.coalesce(_FACTS.c.closed_for_new_at, literal_column("timestamptz '-infinity'")),
    _FACTS.c.members > 0,
    ~_FACTS.c.ended,
)
_OFFERS = Statement(
    select(_FACTS, _IS_FORMING.label("is_forming"))
    .where(
        or_(and_(_IS_FORMING, _FACTS.c.offered_at.is_not(None)), _IS_OPEN),
        or_(p("kind", Text).is_(None), (p("kind") == text(f"'{OfferKind.FORMING}'")) == _IS_FORMING),
        or_(p("theme", _FACTS.c.theme.type).is_(None), _FACTS.c.theme == p("theme")),
        or_(p("form", _FACTS.c.form.type).is_(None), _FACTS.c.form == p("form")),
        before_cursor(_FACTS.c.created_at, _FACTS.c.id),
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
        IS_KNOWN_BALLOT,
        before_cursor(BALLOT.c.opened_at, BALLOT.c.id),
    )
    .order_by(BALLOT.c.opened_at.desc(), BALLOT.c.id.desc())
    .limit(p("limit"))
)
_APPLICATIONS = Statement(
    LOAD_APPLICATIONS.where(
        APPLICATION.c.group_id == p("group_id"),
        STANDS_TO,
        before_cursor(APPLICATION.c.applied_at, APPLICATION.c.id),
    )
    .order_by(APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc())
    .limit(p("limit"))
)
_MINE = Statement(
    LOAD_APPLICATIONS.where(APPLICATION.c.applicant_id == p("person_id")).order_by(
        APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc()
    )
)


def _to_offer(row: Any) -> OfferView:
    forming = row["is_forming"]
    return OfferView(
        organisation_id=row["organisation_id"],
        application_code=row["application_code"],
        kind=OfferKind.FORMING if forming else OfferKind.MEETING,
        theme=row["theme"],
        form=Form(row["form"]),
        area="" if row["shields_place"] else row["area"],
        language=row["language"],
        composition=CompositionView.of(composition_of(row)),
        starter_helps=row["starter_helps"] if forming else None,
        first_meeting_on=row["first_meeting_on"] if forming else None,
    )


@dataclass(slots=True)
class PostgresAdmissionReads:
    """See `services.admission.ports.AdmissionReads`."""

    work: Work

    async def offers(
        self, request: PageRequest, *, theme: str | None, form: str | None, kind: str | None
    ) -> Page[OfferView]:
        rows = await _OFFERS.fetch(
            self.work.connection,
            **self.work.scope(theme=theme, form=form, kind=kind, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            _to_offer,
            lambda row: (row["created_at"].isoformat(), str(row["id"])),
        )

    async def group_by_code(self, code: str) -> GroupId | None:
        found = await _BY_CODE.value(self.work.connection, organisation_id=self.work.organisation, code=code)
        return None if found is None else GroupId(found)

    async def ballots(self, group: GroupId, member: MembershipId, request: PageRequest) -> Page[Ballot]:
        rows = await _BALLOTS.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, membership_id=member, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(rows, request, to_ballot, lambda row: (row["opened_at"].isoformat(), str(row["id"])))

    async def applications(
        self, group: GroupId, member: MembershipId, request: PageRequest
    ) -> Page[Application]:
        rows = await _APPLICATIONS.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, membership_id=member, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: to_application(self.work.vault, row),
            lambda row: (row["applied_at"].isoformat(), str(row["id"])),
        )

    async def applications_of(self, person: PersonId) -> list[Application]:
        rows = await _MINE.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [to_application(self.work.vault, row) for row in rows]

    async def knows_application(self, member: MembershipId, application: ApplicationId) -> bool:
        return await self._knows(KNOWS_APPLICATION, member, application)

    async def knows_ballot(self, member: MembershipId, ballot: BallotId) -> bool:
        return await self._knows(KNOWS_BALLOT, member, ballot)

    async def _knows(
        self, statement: Statement, member: MembershipId, what: ApplicationId | BallotId
    ) -> bool:
        found = await statement.value(
            self.work.connection, organisation_id=self.work.organisation, membership_id=member, id_=what
        )
        return found is not None
