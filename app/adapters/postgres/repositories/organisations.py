"""Organisations, policies, registrations, roles, intake outcomes."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, text, true, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.adapters.postgres import sealing
from app.adapters.postgres.mapping import Mapper, SealedMapper
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.standing import MEMBER, ROLE
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.intake import IntakeOutcomeRow
from app.adapters.postgres.tables.organisations import OrganisationRow, PolicyRow, StaffDeclarationRow
from app.adapters.postgres.tables.people import AffiliationRow
from app.adapters.postgres.work import Work
from app.domain.intake.outcome import IntakeOutcome
from app.domain.organisations.declaration import StaffDeclaration, StaffDeclarationNeeded
from app.domain.organisations.organisation import (
    Organisation,
    OrganisationNotFound,
    Registration,
    Role,
)
from app.domain.organisations.policy import Policy, PolicySettings
from app.domain.shared.ids import GroupId, OrganisationId, PersonId

ORGANISATION = col.table_of(OrganisationRow)
POLICY = col.table_of(PolicyRow)
INTAKE = col.table_of(IntakeOutcomeRow)
AFFILIATION = col.table_of(AffiliationRow)
SETTINGS = tuple(field.name for field in fields(PolicySettings))
ORGANISATIONS = Mapper(Organisation, ORGANISATION)
POLICIES = Mapper(Policy, POLICY, computed=("settings",), added=SETTINGS)
REGISTRATIONS = SealedMapper(Registration, REGISTRATION, sealing.REGISTRATION)
STAFF = col.table_of(StaffDeclarationRow)
STAFF_DECLARATIONS = SealedMapper(StaffDeclaration, STAFF, sealing.STAFF_DECLARATION)
OUTCOMES = Mapper(IntakeOutcome, INTAKE)

_ADD_ORGANISATION = inserting(ORGANISATION)
_GET_ORGANISATION = Statement(select(*ORGANISATION.columns).where(ORGANISATION.c.id == p("id_")))
_NOTE_MERGERS = Statement(
    update(ORGANISATION).where(ORGANISATION.c.id == p("key_id")).values(mergers=p("mergers_", JSONB))
)
_ADD_POLICY = inserting(POLICY)
_HOLDING = Statement(
    select(*POLICY.columns)
    .where(POLICY.c.organisation_id == p("organisation_id"), POLICY.c.effective_from <= p("as_of"))
    .order_by(POLICY.c.version.desc())
    .limit(1)
)
_NEWEST = Statement(
    select(*POLICY.columns)
    .where(POLICY.c.organisation_id == p("organisation_id"))
    .order_by(POLICY.c.version.desc())
    .limit(1)
)
_REGISTER = insert(REGISTRATION).values({column.name: p(column.name) for column in REGISTRATION.columns})
_PUT_REGISTRATION = Statement(
    _REGISTER.on_conflict_do_update(
        constraint="pk_registration",
        set_={name: _REGISTER.excluded[name] for name in ("name", "name_sealed")},
    ).returning(*REGISTRATION.columns)
)
_PUT_AFFILIATION = Statement(
    insert(AFFILIATION)
    .values({column.name: p(column.name) for column in AFFILIATION.columns})
    .on_conflict_do_nothing()
)
_HAS_REGISTERED = Statement(
    select(text("1")).where(
        REGISTRATION.c.organisation_id == p("organisation_id"), REGISTRATION.c.person_id == p("person_id")
    )
)
_ROLES_OF = Statement(
    select(ROLE.c.role).where(
        ROLE.c.organisation_id == p("organisation_id"), ROLE.c.person_id == p("person_id")
    )
)
_GRANT = Statement(
    insert(ROLE)
    .values({column.name: p(column.name) for column in ROLE.columns})
    .on_conflict_do_nothing(constraint="pk_role_grant")
)
_REVOKE = Statement(
    delete(ROLE).where(
        and_(
            ROLE.c.organisation_id == p("organisation_id"),
            ROLE.c.person_id == p("person_id"),
            ROLE.c.role == p("role_"),
        )
    )
)
_ADMINISTRATORS = Statement(
    select(ROLE.c.person_id)
    .where(ROLE.c.organisation_id == p("organisation_id"), ROLE.c.role == text(f"'{Role.ADMINISTRATOR}'"))
    .order_by(ROLE.c.person_id)
    .with_for_update()
)
_SIGN_STAFF = Statement(
    insert(STAFF)
    .values({column.name: p(column.name) for column in STAFF.columns})
    .on_conflict_do_nothing(constraint="pk_staff_declaration")
)
_STAFF_SIGNED = Statement(
    select(*STAFF.columns)
    .where(STAFF.c.organisation_id == p("organisation_id"), STAFF.c.person_id == p("person_id"))
    .order_by(STAFF.c.signed_at.desc())
    .limit(1)
)
_ADD_OUTCOME = inserting(INTAKE)
_LATEST_OUTCOME = Statement(
    select(*INTAKE.columns)
    .where(INTAKE.c.organisation_id == p("organisation_id"), INTAKE.c.person_id == p("person_id"))
    .order_by(INTAKE.c.recorded_at.desc(), INTAKE.c.id.desc())
    .limit(1)
)
_NEWEST_OUTCOME = (
    select(*INTAKE.columns)
    .where(INTAKE.c.organisation_id == MEMBER.c.organisation_id, INTAKE.c.person_id == MEMBER.c.person_id)
    .order_by(INTAKE.c.recorded_at.desc(), INTAKE.c.id.desc())
    .limit(1)
    .lateral("newest")
)
_OUTCOMES_OF_MEMBERS = Statement(
    select(*_NEWEST_OUTCOME.c)
    .select_from(MEMBER.outerjoin(_NEWEST_OUTCOME, true()))
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.group_id == p("group_id"),
        MEMBER.c.left_at.is_(None),
    )
    .order_by(_NEWEST_OUTCOME.c.id)
)


def to_policy(row: Any) -> Policy:
    """The policy of a row, its settings gathered."""
    return POLICIES.to_entity(row, settings={name: row[name] for name in SETTINGS})


@dataclass(slots=True)
class PostgresOrganisations:
    """See `services.ports.repositories.Organisations`."""

    work: Work

    async def add(self, organisation: Organisation) -> None:
        values = ORGANISATIONS.to_values(organisation)
        values["municipalities"] = list(organisation.municipalities)
        values["mergers"] = _written(organisation)
        await _ADD_ORGANISATION.run(self.work.connection, **values)

    async def get(self, organisation: OrganisationId) -> Organisation:
        row = await _GET_ORGANISATION.row(self.work.connection, id_=organisation)
        if row is None:
            raise OrganisationNotFound
        return ORGANISATIONS.to_entity(row)

    async def note_mergers(self, organisation: Organisation) -> None:
        await _NOTE_MERGERS.run(self.work.connection, key_id=organisation.id, mergers_=_written(organisation))


def _written(organisation: Organisation) -> list[dict[str, Any]]:
    return [{"on": str(it.on), "out_of": [*it.out_of], "into": it.into} for it in organisation.mergers]


@dataclass(slots=True)
class PostgresPolicies:
    """See `services.ports.repositories.Policies`."""

    work: Work

    async def add(self, policy: Policy) -> None:
        settings = {name: getattr(policy.settings, name) for name in SETTINGS}
        await _ADD_POLICY.run(self.work.connection, **POLICIES.to_values(policy, **settings))

    async def holding(self, as_of: datetime) -> Policy:
        row = await _HOLDING.row(self.work.connection, organisation_id=self.work.organisation, as_of=as_of)
        if row is None:
            return await self.newest()
        return to_policy(row)

    async def newest(self) -> Policy:
        row = await _NEWEST.row(self.work.connection, organisation_id=self.work.organisation)
        if row is None:
            raise OrganisationNotFound
        return to_policy(row)


@dataclass(slots=True)
class PostgresRegistrations:
    """See `services.ports.repositories.Registrations`."""

    work: Work

    async def put(self, registration: Registration) -> Registration:
        values = REGISTRATIONS.to_sealed(self.work.vault, registration.person_id, registration)
        row = await _PUT_REGISTRATION.row(self.work.connection, **values)
        await _PUT_AFFILIATION.run(
            self.work.connection,
            person_id=registration.person_id,
            organisation_id=registration.organisation_id,
            since=registration.registered_at,
        )
        assert row is not None
        return REGISTRATIONS.to_opened(self.work.vault, row)

    async def has(self, person: PersonId) -> bool:
        found = await _HAS_REGISTERED.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return found is not None


@dataclass(slots=True)
class PostgresRoles:
    """See `services.ports.repositories.Roles`."""

    work: Work

    async def of(self, person: PersonId) -> frozenset[Role]:
        rows = await _ROLES_OF.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return frozenset(Role(row["role"]) for row in rows)

    async def grant(self, person: PersonId, role: Role, now: datetime) -> None:
        await _GRANT.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            person_id=person,
            role=role,
            granted_at=now,
        )

    async def revoke(self, person: PersonId, role: Role) -> bool:
        gone = await _REVOKE.run(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, role_=role
        )
        return gone == 1

    async def lock_administrators(self) -> list[PersonId]:
        rows = await _ADMINISTRATORS.fetch(self.work.connection, organisation_id=self.work.organisation)
        return [PersonId(row["person_id"]) for row in rows]


@dataclass(slots=True)
class PostgresStaffDeclarations:
    """See `services.ports.repositories.StaffDeclarations`."""

    work: Work

    async def put(self, declaration: StaffDeclaration) -> StaffDeclaration:
        values = STAFF_DECLARATIONS.to_sealed(self.work.vault, declaration.person_id, declaration)
        await _SIGN_STAFF.run(self.work.connection, **values)
        row = await _STAFF_SIGNED.row(
            self.work.connection,
            organisation_id=declaration.organisation_id,
            person_id=declaration.person_id,
        )
        assert row is not None
        return STAFF_DECLARATIONS.to_opened(self.work.vault, row)

    async def require(self, person: PersonId) -> None:
        if not await self.has(person):
            raise StaffDeclarationNeeded

    async def has(self, person: PersonId) -> bool:
        row = await _STAFF_SIGNED.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return row is not None


@dataclass(slots=True)
class PostgresIntakeOutcomes:
    """See `services.ports.repositories.IntakeOutcomes`."""

    work: Work

    async def add(self, outcome: IntakeOutcome) -> None:
        values = OUTCOMES.to_values(outcome)
        values["signposted_to"] = list(outcome.signposted_to)
        await _ADD_OUTCOME.run(self.work.connection, **values)

    async def latest(self, person: PersonId) -> IntakeOutcome | None:
        row = await _LATEST_OUTCOME.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return None if row is None else OUTCOMES.to_entity(row)

    async def of_members(self, group: GroupId) -> list[IntakeOutcome | None]:
        rows = await _OUTCOMES_OF_MEMBERS.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        return [None if row["id"] is None else OUTCOMES.to_entity(row) for row in rows]
