"""Volunteers for showing, with their whole records: three statements for a page, however many people are on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.volunteers import (
    DECLARED,
    ENTRY,
    VOLUNTEER,
    VOLUNTEERS,
    policies_since,
    standing_entries,
    to_entry,
)
from app.adapters.postgres.sealing import opened_name, opened_name_if_any, registered_name
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.organisations.policy import Policy
from app.domain.shared.ids import PersonId
from app.domain.volunteers.errors import VolunteerNotFound
from app.domain.volunteers.training_record import TrainingRecord
from app.services.ports.paging import Page, PageRequest
from app.services.volunteers.ports import RecordedEntry, VolunteerFacts

_PARTNER = REGISTRATION.alias("partner")
_FACTS = (
    select(
        *VOLUNTEER.columns,
        registered_name(REGISTRATION),
        registered_name(_PARTNER, "partner_name"),
        DECLARED.label("declared_at"),
    )
    .select_from(
        VOLUNTEER.join(
            REGISTRATION,
            and_(
                REGISTRATION.c.organisation_id == VOLUNTEER.c.organisation_id,
                REGISTRATION.c.person_id == VOLUNTEER.c.person_id,
            ),
        ).outerjoin(
            _PARTNER,
            and_(
                _PARTNER.c.organisation_id == VOLUNTEER.c.organisation_id,
                _PARTNER.c.person_id == VOLUNTEER.c.partner_id,
            ),
        )
    )
    .where(VOLUNTEER.c.organisation_id == p("organisation_id"))
)
_ONE = Statement(_FACTS.where(VOLUNTEER.c.person_id == p("person_id")))
_IS_ONE = Statement(
    select(VOLUNTEER.c.person_id).where(
        VOLUNTEER.c.organisation_id == p("organisation_id"), VOLUNTEER.c.person_id == p("person_id")
    )
)
_MANY = Statement(
    _FACTS.where(before_cursor(VOLUNTEER.c.offered_at, VOLUNTEER.c.person_id))
    .order_by(VOLUNTEER.c.offered_at.desc(), VOLUNTEER.c.person_id.desc())
    .limit(p("limit"))
)
_BETTER = ENTRY.alias("better")
_ENTRIES = Statement(
    select(*ENTRY.columns, _BETTER.c.id.label("corrected_by"))
    .select_from(
        ENTRY.outerjoin(
            _BETTER,
            and_(_BETTER.c.organisation_id == ENTRY.c.organisation_id, _BETTER.c.corrects == ENTRY.c.id),
        )
    )
    .where(
        ENTRY.c.organisation_id == p("organisation_id"),
        ENTRY.c.person_id == p("person_id"),
        before_cursor(ENTRY.c.recorded_at, ENTRY.c.id),
    )
    .order_by(ENTRY.c.recorded_at.desc(), ENTRY.c.id.desc())
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresVolunteerReads:
    """See `services.volunteers.ports.VolunteerReads`."""

    work: Work

    async def one(self, person: PersonId) -> VolunteerFacts:
        rows = await _ONE.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        if not rows:
            raise VolunteerNotFound
        return (await self._with_records(rows))[person]

    async def require(self, person: PersonId) -> None:
        found = await _IS_ONE.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        if found is None:
            raise VolunteerNotFound

    async def many(self, request: PageRequest) -> Page[VolunteerFacts]:
        rows = await _MANY.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        found = await self._with_records(rows)
        return page_of(
            rows,
            request,
            lambda row: found[row["person_id"]],
            lambda row: (row["offered_at"].isoformat(), str(row["person_id"])),
        )

    async def entries(self, person: PersonId, request: PageRequest) -> Page[RecordedEntry]:
        rows = await _ENTRIES.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            person_id=person,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: RecordedEntry(entry=to_entry(row), corrected_by=row["corrected_by"]),
            lambda row: (row["recorded_at"].isoformat(), str(row["id"])),
        )

    async def policies(self, since: datetime) -> list[Policy]:
        return await policies_since(self.work, since)

    async def _with_records(self, rows: list[Any]) -> dict[PersonId, VolunteerFacts]:
        entries = await standing_entries(self.work, [row["person_id"] for row in rows])
        return {
            row["person_id"]: VolunteerFacts(
                volunteer=VOLUNTEERS.to_entity(row),
                name=opened_name(self.work.vault, row["organisation_id"], row["person_id"], row["name"]),
                partner_name=opened_name_if_any(
                    self.work.vault, row["organisation_id"], row["partner_id"], row["partner_name"]
                ),
                record=TrainingRecord(
                    offered_at=row["offered_at"],
                    declared_at=row["declared_at"],
                    entries=entries[row["person_id"]],
                ),
            )
            for row in rows
        }
