"""Volunteers, their training records, and what a record amounts to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.organisations import POLICY, STAFF, to_policy
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.volunteers import TrainingEntryRow, VolunteerRow
from app.adapters.postgres.work import Work
from app.domain.organisations.organisation import OrganisationNotFound
from app.domain.organisations.policy import Policy
from app.domain.shared.ids import PersonId
from app.domain.volunteers.errors import VolunteerNotFound
from app.domain.volunteers.qualification import Qualification, qualification
from app.domain.volunteers.training_record import EntryContent, EntryKind, TrainingEntry, TrainingRecord
from app.domain.volunteers.volunteer import Volunteer

VOLUNTEER = col.table_of(VolunteerRow)
ENTRY = col.table_of(TrainingEntryRow)
VOLUNTEERS = Mapper(Volunteer, VOLUNTEER)
_CONTENT = tuple(field.name for field in fields(EntryContent))
_HEAD = ("id", "organisation_id", "person_id", "recorded_by", "recorded_at")
_CONTENTS = Mapper(EntryContent, ENTRY, added=_HEAD)
_ENTRIES = Mapper(TrainingEntry, ENTRY, computed=("content",), added=_CONTENT)

_ADD = Statement(
    insert(VOLUNTEER)
    .values({column.name: p(column.name) for column in VOLUNTEER.columns})
    .on_conflict_do_nothing(constraint="pk_volunteer")
)
_MINE = and_(VOLUNTEER.c.organisation_id == p("organisation_id"), VOLUNTEER.c.person_id == p("person_id"))
_LOCK = Statement(select(*VOLUNTEER.columns).where(_MINE).with_for_update(of=VOLUNTEER))
_CLOCK = Statement(select(service_clock()))
_HOLD = Statement(select(VOLUNTEER.c.person_id).where(_MINE).with_for_update(read=True, of=VOLUNTEER))
_SAVE = Statement(
    update(VOLUNTEER)
    .where(VOLUNTEER.c.organisation_id == p("key_org"), VOLUNTEER.c.person_id == p("key_person"))
    .values(
        {name: p(f"new_{name}") for name in ("partner_id", "partner_code_sha256", "partner_code_expires_at")}
    )
)
_ERASE = Statement(delete(VOLUNTEER).where(_MINE))
_PROPOSER = Statement(
    select(VOLUNTEER.c.person_id).where(
        VOLUNTEER.c.organisation_id == p("organisation_id"),
        VOLUNTEER.c.partner_code_sha256 == p("code_sha256"),
    )
)
_PARTNER_OF = Statement(select(VOLUNTEER.c.partner_id).where(_MINE))
_APPEND = inserting(ENTRY)
_ALL_OF = Statement(
    select(*ENTRY.columns).where(
        ENTRY.c.organisation_id == p("organisation_id"), ENTRY.c.person_id == p("person_id")
    )
)
_LATER = ENTRY.alias("later")
_STANDING = Statement(
    select(*ENTRY.columns).where(
        ENTRY.c.organisation_id == p("organisation_id"),
        ENTRY.c.person_id == func.any(p("people")),
        ENTRY.c.kind != EntryKind.STRUCK.value,
        ~exists().where(_LATER.c.organisation_id == ENTRY.c.organisation_id, _LATER.c.corrects == ENTRY.c.id),
    )
)
DECLARED = (
    select(func.min(STAFF.c.signed_at))
    .where(
        STAFF.c.organisation_id == REGISTRATION.c.organisation_id,
        STAFF.c.person_id == REGISTRATION.c.person_id,
    )
    .correlate(REGISTRATION)
    .scalar_subquery()
)
_OFFERS = Statement(
    select(REGISTRATION.c.person_id, VOLUNTEER.c.offered_at, DECLARED.label("declared_at"))
    .select_from(
        REGISTRATION.outerjoin(
            VOLUNTEER,
            and_(
                VOLUNTEER.c.organisation_id == REGISTRATION.c.organisation_id,
                VOLUNTEER.c.person_id == REGISTRATION.c.person_id,
            ),
        )
    )
    .where(
        REGISTRATION.c.organisation_id == p("organisation_id"),
        REGISTRATION.c.person_id == func.any(p("people")),
    )
)


def _holding_then() -> Select[Any]:
    return (
        select(func.max(POLICY.c.version))
        .where(POLICY.c.organisation_id == p("organisation_id"), POLICY.c.effective_from <= p("since"))
        .correlate(None)
    )


_POLICIES = Statement(
    select(*POLICY.columns).where(
        POLICY.c.organisation_id == p("organisation_id"),
        or_(POLICY.c.effective_from > p("since"), POLICY.c.version == _holding_then().scalar_subquery()),
    )
)


def to_entry(row: Any) -> TrainingEntry:
    """The entry of a row, its content gathered."""
    return _ENTRIES.to_entity(row, content=_CONTENTS.to_entity(row))


async def standing_entries(work: Work, people: Iterable[PersonId]) -> dict[PersonId, list[TrainingEntry]]:
    """The entries that count, of several people, in one statement."""
    found: dict[PersonId, list[TrainingEntry]] = {person: [] for person in people}
    rows = await _STANDING.fetch(work.connection, organisation_id=work.organisation, people=list(found))
    for row in rows:
        found[row["person_id"]].append(to_entry(row))
    return found


async def policies_since(work: Work, since: datetime) -> list[Policy]:
    """The version of the policy that holds then, and all that hold from a later instant on."""
    rows = await _POLICIES.fetch(work.connection, organisation_id=work.organisation, since=since)
    if not rows:
        raise OrganisationNotFound
    return [to_policy(row) for row in rows]


@dataclass(slots=True)
class PostgresVolunteers:
    """See `services.volunteers.ports.Volunteers`."""

    work: Work

    async def add(self, volunteer: Volunteer) -> bool:
        return await _ADD.run(self.work.connection, **VOLUNTEERS.to_values(volunteer)) == 1

    async def lock(self, person: PersonId) -> Volunteer:
        row = await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, person_id=person)
        if row is None:
            raise VolunteerNotFound
        await _read_clock(self.work)
        return VOLUNTEERS.to_entity(row)

    async def find_proposer(self, code_sha256: str) -> PersonId | None:
        found: PersonId | None = await _PROPOSER.value(
            self.work.connection, organisation_id=self.work.organisation, code_sha256=code_sha256
        )
        return found

    async def partner_of(self, person: PersonId) -> PersonId | None:
        found: PersonId | None = await _PARTNER_OF.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return found

    async def save(self, volunteer: Volunteer) -> None:
        values = VOLUNTEERS.to_values(volunteer)
        await _SAVE.run(
            self.work.connection,
            key_org=volunteer.organisation_id,
            key_person=volunteer.person_id,
            **{f"new_{name}": value for name, value in values.items()},
        )

    async def erase(self, person: PersonId) -> None:
        await _ERASE.run(self.work.connection, organisation_id=self.work.organisation, person_id=person)

    async def record(self, person: PersonId) -> TrainingRecord:
        rows = await _ALL_OF.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        record = (await offers(self.work, [person]))[person]
        record.entries.extend(to_entry(row) for row in rows)
        return record

    async def append(self, entry: TrainingEntry) -> None:
        values = _ENTRIES.to_values(entry, **_content_of(entry))
        await _APPEND.run(self.work.connection, **values)


@dataclass(slots=True)
class PostgresQualifications:
    """See `services.ports.qualification.Qualifications`."""

    work: Work

    async def status(self, person: PersonId, as_of: datetime) -> Qualification:
        return (await self.of([person], as_of))[person]

    async def of(self, people: Sequence[PersonId], as_of: datetime) -> dict[PersonId, Qualification]:
        records = await offers(self.work, people)
        entries = await standing_entries(self.work, records)
        policies = await policies_since(self.work, as_of)
        for person, record in records.items():
            record.entries.extend(entries[person])
        return {person: qualification(record, policies, as_of) for person, record in records.items()}

    async def hold(self, person: PersonId) -> None:
        await _HOLD.row(self.work.connection, organisation_id=self.work.organisation, person_id=person)
        await _read_clock(self.work)


async def offers(work: Work, people: Iterable[PersonId]) -> dict[PersonId, TrainingRecord]:
    """Records of several people without their entries: when they have offered, and signed, if they have."""
    found = {person: TrainingRecord(offered_at=None, declared_at=None) for person in people}
    rows = await _OFFERS.fetch(work.connection, organisation_id=work.organisation, people=list(found))
    for row in rows:
        found[row["person_id"]] = TrainingRecord(offered_at=row["offered_at"], declared_at=row["declared_at"])
    return found


async def _read_clock(work: Work) -> None:
    # In a statement of its own: in the one that locks, it would be read before the lock is had.
    work.tell(await _CLOCK.value(work.connection, shift=work.shift()))


def _content_of(entry: TrainingEntry) -> dict[str, Any]:
    values = {name: getattr(entry.content, name) for name in _CONTENT}
    return {**values, "qualities": list(entry.content.qualities)}
