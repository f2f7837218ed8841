"""An import: many rows that are said at once, each for itself, so that it can be broken off and sent again.

A row is one transaction together with the note that it was done; a row that was refused may be tried again, put right or
not. Nothing is kept of what a row said but a hash.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.courses.announcement import AnnouncementOutcome, CourseSaid, MilestoneSaid
from app.domain.courses.errors import ImportDiffers
from app.domain.shared.errors import Kind
from app.domain.shared.ids import CourseId, OrganisationId, SystemId

MOST_ROWS = 5_000
"""Rows of an import; whoever has more sends several."""
LONGEST_ROW_KB = 16


OF_THE_ROW = frozenset({Kind.CONFLICT, Kind.INVALID, Kind.NOT_FOUND})
"""What is wrong with a row. Everything else is wrong with who sends it, or with us, and is no row's outcome."""


class RowOutcome(StrEnum):
    """What came of a row."""

    CREATED = AnnouncementOutcome.CREATED.value
    CHANGED = AnnouncementOutcome.CHANGED.value
    UNCHANGED = AnnouncementOutcome.UNCHANGED.value
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSaid:
    """What a row says of the course with this own id."""

    own_id: str
    says: CourseSaid | MilestoneSaid


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseImport:
    """An import of a system's. Its id is the system's own choice, and means nothing to any other system."""

    organisation_id: OrganisationId
    system_id: SystemId
    id: UUID
    begun_at: datetime
    finished_at: datetime | None
    """When the end of a file was reached; None before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A row, as it is remembered."""

    organisation_id: OrganisationId
    system_id: SystemId
    import_id: UUID
    number: int
    digest: bytes
    """SHA-256 of the row as it was sent."""
    outcome: RowOutcome
    code: str | None
    """Why it was refused."""
    course_id: CourseId | None
    done_at: datetime

    def stands_for(self, digest: bytes) -> bool:
        """Whether this row needn't be done any more; `ImportDiffers` if it is another one than was done before."""
        if self.outcome is RowOutcome.REFUSED:
            return False
        if self.digest != digest:
            raise ImportDiffers
        return True
