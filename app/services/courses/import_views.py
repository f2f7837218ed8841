"""How an import is shown: row by row, and as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.domain.courses.course_import import CourseImport, ImportRow, RowOutcome
from app.domain.shared.ids import CourseId, OrganisationId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRowView:
    """What came of one row."""

    row: int
    """Its number: the line that it stood on, from 1."""
    outcome: RowOutcome
    """What came of it."""
    done_before: bool
    """Whether an earlier sending of the same import had done it, so that nothing was done now."""
    course_id: CourseId | None
    """The course that it was about."""

    @classmethod
    def of(cls, row: ImportRow, *, done_before: bool) -> "ImportedRowView":
        """The row, for its system."""
        return cls(row=row.number, outcome=row.outcome, done_before=done_before, course_id=row.course_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRowView:
    """A row that was refused; it can be put right and sent again with the same import."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    row: int
    """Its number: the line that it stood on, from 1."""
    code: str
    """Why; the same code as in a problem document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseImportView:
    """How far an import has come."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: UUID
    """Id of the import, as your system chose it."""
    organisation_id: OrganisationId
    """The organisation."""
    rows: int
    """How many rows have an outcome, by all sendings together."""
    created: int
    """How many of them made a course."""
    changed: int
    """How many changed one."""
    unchanged: int
    """How many said what was so already."""
    refused: int
    """How many were refused."""
    refused_rows: list[RefusedRowView]
    """The first hundred of these."""
    begun_at: datetime
    """When it was first sent (UTC)."""
    finished_at: datetime | None
    """When the end of the file was reached (UTC); null before, and again while it is sent once more."""

    @classmethod
    def of(
        cls, found: CourseImport, counts: Mapping[RowOutcome, int], refused: list[ImportRow]
    ) -> "CourseImportView":
        """The import, for its system."""
        return cls(
            id=found.id,
            organisation_id=found.organisation_id,
            rows=sum(counts.values()),
            created=counts.get(RowOutcome.CREATED, 0),
            changed=counts.get(RowOutcome.CHANGED, 0),
            unchanged=counts.get(RowOutcome.UNCHANGED, 0),
            refused=counts.get(RowOutcome.REFUSED, 0),
            refused_rows=[RefusedRowView(row=each.number, code=each.code or "") for each in refused],
            begun_at=found.begun_at,
            finished_at=found.finished_at,
        )
