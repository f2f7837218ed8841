"""Imports of courses, and what came of their rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.courses import CourseImportRow, ImportedRowRow
from app.adapters.postgres.work import Work
from app.domain.courses.course_import import CourseImport, ImportRow, RowOutcome
from app.domain.shared.ids import SystemId

IMPORT = col.table_of(CourseImportRow)
ROW = col.table_of(ImportedRowRow)
_IMPORTS = Mapper(CourseImport, IMPORT)
_ROWS = Mapper(ImportRow, ROW)
_THIS = (
    (IMPORT.c.organisation_id == p("organisation_id"))
    & (IMPORT.c.system_id == p("system_id"))
    & (IMPORT.c.id == p("import_id"))
)
_OF_THIS = (
    (ROW.c.organisation_id == p("organisation_id"))
    & (ROW.c.system_id == p("system_id"))
    & (ROW.c.import_id == p("import_id"))
)
_BEGIN = Statement(
    insert(IMPORT)
    .values({column.name: p(column.name) for column in IMPORT.columns})
    .on_conflict_do_update(index_elements=["organisation_id", "system_id", "id"], set_={"finished_at": None})
)
_FINISH = Statement(update(IMPORT).where(_THIS).values(finished_at=p("now", IMPORT.c.begun_at.type)))
_FIND = Statement(select(*IMPORT.columns).where(_THIS))
_ROW = Statement(select(*ROW.columns).where(_OF_THIS, ROW.c.number == p("number")))
_new = {column.name: p(column.name) for column in ROW.columns}
_KEEP = Statement(
    insert(ROW)
    .values(_new)
    .on_conflict_do_update(
        index_elements=["organisation_id", "system_id", "import_id", "number"],
        set_={name: _new[name] for name in ("digest", "outcome", "code", "course_id", "done_at")},
    )
)
_COUNTS = Statement(select(ROW.c.outcome, func.count().label("rows")).where(_OF_THIS).group_by(ROW.c.outcome))
_REFUSED = Statement(
    select(*ROW.columns)
    .where(_OF_THIS, ROW.c.outcome == RowOutcome.REFUSED.value)
    .order_by(ROW.c.number)
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresCourseImports:
    """See `services.courses.ports.CourseImports`."""

    work: Work

    async def begin(self, begun: CourseImport) -> None:
        await _BEGIN.run(self.work.connection, **_IMPORTS.to_values(begun))

    async def finish(self, system: SystemId, import_id: UUID, now: datetime) -> None:
        await _FINISH.run(self.work.connection, **self._of(system, import_id), now=now)

    async def find(self, system: SystemId, import_id: UUID) -> CourseImport | None:
        row = await _FIND.row(self.work.connection, **self._of(system, import_id))
        return None if row is None else _IMPORTS.to_entity(row)

    async def row(self, system: SystemId, import_id: UUID, number: int) -> ImportRow | None:
        row = await _ROW.row(self.work.connection, **self._of(system, import_id), number=number)
        return None if row is None else _ROWS.to_entity(row)

    async def keep(self, row: ImportRow) -> None:
        await _KEEP.run(self.work.connection, **_ROWS.to_values(row))

    async def counts(self, system: SystemId, import_id: UUID) -> dict[RowOutcome, int]:
        rows = await _COUNTS.fetch(self.work.connection, **self._of(system, import_id))
        return {RowOutcome(row["outcome"]): row["rows"] for row in rows}

    async def refused(self, system: SystemId, import_id: UUID, limit: int) -> list[ImportRow]:
        rows = await _REFUSED.fetch(self.work.connection, **self._of(system, import_id), limit=limit)
        return [_ROWS.to_entity(row) for row in rows]

    def _of(self, system: SystemId, import_id: UUID) -> dict[str, UUID]:
        return {
            "organisation_id": self.work.organisation,
            "system_id": system,
            "import_id": import_id,
        }
