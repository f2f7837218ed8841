"""Intake conversations, their criteria, and what was confided in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.intake import (
    AssessmentConflictRow,
    AssessmentRow,
    AssessmentTextRow,
    IntakeCriteriaRow,
)
from app.adapters.postgres.work import Work
from app.domain.intake.assessment import Appointment, Assessment, NamedBy
from app.domain.intake.criteria import CriteriaVersion, Criterion
from app.domain.intake.errors import AssessmentNotFound
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId, PersonId

ASSESSMENT = col.table_of(AssessmentRow)
CONFLICT = col.table_of(AssessmentConflictRow)
TEXT = col.table_of(AssessmentTextRow)
CRITERIA = col.table_of(IntakeCriteriaRow)
APPOINTMENT = ("interviewer_id", "starts_at", "form", "place")
ASSESSMENTS = Mapper(Assessment, ASSESSMENT, computed=("appointment", "known"), added=APPOINTMENT)
VERSIONS = Mapper(CriteriaVersion, CRITERIA)
_CHANGING = ("kept_until", *APPOINTMENT, "completed_at", "outcome_id", "version")

_HERE = ASSESSMENT.c.organisation_id == p("organisation_id")
_ADD = inserting(ASSESSMENT)
_LOCK = Statement(select(*ASSESSMENT.columns).where(_HERE, ASSESSMENT.c.id == p("id_")).with_for_update())
_LOCK_LIVE = Statement(
    select(*ASSESSMENT.columns)
    .where(_HERE, ASSESSMENT.c.person_id == p("person_id"), ASSESSMENT.c.completed_at.is_(None))
    .with_for_update()
)
_CLOCK = Statement(select(service_clock()))
_SAVE = Statement(
    update(ASSESSMENT)
    .where(_HERE, ASSESSMENT.c.id == p("id_"))
    .values({name: p(name, ASSESSMENT.c[name].type) for name in _CHANGING})
)
_KNOWN = Statement(
    select(CONFLICT.c.interviewer_id, CONFLICT.c.named_by).where(
        CONFLICT.c.organisation_id == p("organisation_id"), CONFLICT.c.assessment_id == p("assessment_id")
    )
)
_FORGET_KNOWN, _FORGET_TEXTS = (
    Statement(
        delete(table).where(
            table.c.organisation_id == p("organisation_id"), table.c.assessment_id == p("assessment_id")
        )
    )
    for table in (CONFLICT, TEXT)
)
_ADD_KNOWN = inserting(CONFLICT)
_REMOVE = Statement(delete(ASSESSMENT).where(_HERE, ASSESSMENT.c.id == p("id_")))
_TAKE_BACK = Statement(
    delete(TEXT).where(
        TEXT.c.organisation_id == p("organisation_id"),
        TEXT.c.assessment_id == p("assessment_id"),
        TEXT.c.kind == p("kind"),
    )
)
_NEW_TEXT = insert(TEXT).values({column.name: p(column.name) for column in TEXT.columns})
_CONFIDE = Statement(
    _NEW_TEXT.on_conflict_do_update(
        constraint="pk_assessment_text",
        set_={name: _NEW_TEXT.excluded[name] for name in ("sealed", "gone_at")},
    )
)
_CONFIDED = Statement(
    select(TEXT.c.kind, TEXT.c.sealed, TEXT.c.gone_at).where(
        TEXT.c.organisation_id == p("organisation_id"),
        TEXT.c.assessment_id == p("assessment_id"),
        TEXT.c.gone_at > p("now"),
    )
)
_ADD_CRITERIA = inserting(CRITERIA)
_CRITERIA = select(*CRITERIA.columns).where(CRITERIA.c.organisation_id == p("organisation_id"))
_NEWEST = Statement(_CRITERIA.order_by(CRITERIA.c.version.desc()).limit(1))


@dataclass(slots=True)
class PostgresCriteria:
    """See `services.intake.ports.Criteria`."""

    work: Work

    async def add(self, version: CriteriaVersion) -> None:
        values = VERSIONS.to_values(version)
        await _ADD_CRITERIA.run(self.work.connection, **(values | {"criteria": list(version.criteria)}))

    async def newest(self) -> CriteriaVersion | None:
        row = await _NEWEST.row(self.work.connection, organisation_id=self.work.organisation)
        if row is None:
            return None
        held = tuple(Criterion(each) for each in row["criteria"])
        return CriteriaVersion(
            organisation_id=row["organisation_id"],
            version=row["version"],
            criteria=held,
            adopted_at=row["adopted_at"],
        )


@dataclass(slots=True)
class PostgresAssessments:
    """See `services.intake.ports.Assessments`."""

    work: Work

    async def add(self, assessment: Assessment) -> None:
        await _ADD.run(self.work.connection, **ASSESSMENTS.to_values(assessment, **_appointed(assessment)))
        await self._keep_known(assessment)

    async def lock(self, assessment: AssessmentId) -> Assessment:
        row = await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=assessment)
        if row is None:
            raise AssessmentNotFound
        return await self._whole(row)

    async def lock_live(self, person: PersonId) -> Assessment | None:
        row = await _LOCK_LIVE.row(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return None if row is None else await self._whole(row)

    async def save(self, assessment: Assessment) -> None:
        values = ASSESSMENTS.to_values(assessment, **_appointed(assessment))
        await _SAVE.run(
            self.work.connection,
            organisation_id=assessment.organisation_id,
            id_=assessment.id,
            **{name: values[name] for name in _CHANGING},
        )
        await self._forget(_FORGET_KNOWN, assessment.id)
        await self._keep_known(assessment)

    async def remove(self, assessment: AssessmentId) -> None:
        await self._forget(_FORGET_TEXTS, assessment)
        await self._forget(_FORGET_KNOWN, assessment)
        await _REMOVE.run(self.work.connection, organisation_id=self.work.organisation, id_=assessment)

    async def confide(self, assessment: AssessmentId, kind: str, sealed: bytes, gone_at: datetime) -> None:
        await _CONFIDE.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            assessment_id=assessment,
            kind=kind,
            sealed=sealed,
            gone_at=gone_at,
        )

    async def take_back(self, assessment: AssessmentId, kind: str) -> None:
        await _TAKE_BACK.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            assessment_id=assessment,
            kind=kind,
        )

    async def confided(self, assessment: AssessmentId, now: datetime) -> dict[str, tuple[bytes, datetime]]:
        rows = await _CONFIDED.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            assessment_id=assessment,
            now=now,
        )
        return {row["kind"]: (bytes(row["sealed"]), row["gone_at"]) for row in rows}

    async def _whole(self, row: Any) -> Assessment:
        known = await _KNOWN.fetch(
            self.work.connection, organisation_id=self.work.organisation, assessment_id=row["id"]
        )
        self.work.tell(await _CLOCK.value(self.work.connection, shift=self.work.shift()))
        appointment = None
        if row["interviewer_id"] is not None:
            appointment = Appointment(
                interviewer_id=row["interviewer_id"],
                starts_at=row["starts_at"],
                form=Form(row["form"]),
                place=row["place"],
            )
        said = {PersonId(each["interviewer_id"]): NamedBy(each["named_by"]) for each in known}
        return ASSESSMENTS.to_entity(row, appointment=appointment, known=said)

    async def _keep_known(self, assessment: Assessment) -> None:
        await _ADD_KNOWN.run_many(
            self.work.connection,
            [
                {
                    "organisation_id": assessment.organisation_id,
                    "assessment_id": assessment.id,
                    "interviewer_id": interviewer,
                    "named_by": by,
                }
                for interviewer, by in assessment.known.items()
            ],
        )

    async def _forget(self, statement: Statement, assessment: AssessmentId) -> None:
        await statement.run(
            self.work.connection, organisation_id=self.work.organisation, assessment_id=assessment
        )


def _appointed(assessment: Assessment) -> dict[str, Any]:
    held = assessment.appointment
    return {name: None if held is None else getattr(held, name) for name in APPOINTMENT}
