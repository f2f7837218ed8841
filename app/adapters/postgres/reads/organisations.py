"""The directory of organisations, and who has registered with one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Text, Uuid, exists, func, literal_column, or_, select, tuple_

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.organisations import ORGANISATION, ORGANISATIONS, REGISTRATIONS
from app.adapters.postgres.repositories.standing import ROLE
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.organisations.organisation import Role
from app.domain.shared.errors import CursorMismatch
from app.domain.shared.ids import PersonId
from app.services.organisations.views import OrganisationView, RegistrationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.vault import Vault

_DIRECTORY = Statement(
    select(*ORGANISATION.columns)
    .where(
        or_(p("country", Text).is_(None), ORGANISATION.c.country == p("country")),
        or_(
            p("after_name", Text).is_(None),
            tuple_(ORGANISATION.c.name, ORGANISATION.c.id) > tuple_(p("after_name"), p("after_id", Uuid)),
        ),
    )
    .order_by(ORGANISATION.c.name, ORGANISATION.c.id)
    .limit(p("limit"))
)
_SAME_PERSON = (ROLE.c.organisation_id == REGISTRATION.c.organisation_id) & (
    ROLE.c.person_id == REGISTRATION.c.person_id
)
_ROLES = (
    select(func.coalesce(func.array_agg(ROLE.c.role), literal_column("'{}'::text[]")))
    .where(_SAME_PERSON)
    .correlate(REGISTRATION)
    .scalar_subquery()
)
_REGISTERED = select(*REGISTRATION.columns, _ROLES.label("roles")).where(
    REGISTRATION.c.organisation_id == p("organisation_id")
)
_REGISTRATIONS = Statement(
    _REGISTERED.where(
        or_(
            ~p("staff_only", Boolean),
            exists().where(_SAME_PERSON).correlate(REGISTRATION),
        ),
        or_(
            p("role_", Text).is_(None),
            exists().where(_SAME_PERSON, ROLE.c.role == p("role_")).correlate(REGISTRATION),
        ),
        before_cursor(REGISTRATION.c.registered_at, REGISTRATION.c.person_id),
    )
    .order_by(REGISTRATION.c.registered_at.desc(), REGISTRATION.c.person_id.desc())
    .limit(p("limit"))
)
_REGISTRATION = Statement(_REGISTERED.where(REGISTRATION.c.person_id == p("person_id")))


def _to_view(vault: Vault, row: Any) -> RegistrationView:
    roles = frozenset(Role(role) for role in row["roles"])
    return RegistrationView.of(REGISTRATIONS.to_opened(vault, row), roles)


@dataclass(slots=True)
class PostgresOrganisationReads:
    """See `services.organisations.ports.OrganisationReads`."""

    work: Work

    async def directory(
        self, request: PageRequest, now: datetime, *, country: str | None
    ) -> Page[OrganisationView]:
        if request.after is not None and len(request.after) != 2:
            raise CursorMismatch
        name, entry = request.after or (None, None)
        rows = await _DIRECTORY.fetch(
            self.work.connection,
            country=country,
            after_name=name,
            after_id=entry,
            limit=request.limit + 1,
        )
        return page_of(
            rows,
            request,
            lambda row: OrganisationView.of(ORGANISATIONS.to_entity(row), now),
            lambda row: (row["name"], str(row["id"])),
        )

    async def registrations(
        self, request: PageRequest, *, role: str | None, staff_only: bool
    ) -> Page[RegistrationView]:
        rows = await _REGISTRATIONS.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            role_=role,
            staff_only=staff_only,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: _to_view(self.work.vault, row),
            lambda row: (row["registered_at"].isoformat(), str(row["person_id"])),
        )

    async def registration(self, person: PersonId) -> RegistrationView | None:
        row = await _REGISTRATION.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return None if row is None else _to_view(self.work.vault, row)
