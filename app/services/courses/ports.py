"""What the use cases of courses need of a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.courses.announcement import Announcement
from app.domain.courses.course import Course, SignUp
from app.domain.courses.course_import import CourseImport, ImportRow, RowOutcome
from app.domain.shared.ids import CourseId, PersonId, SignUpId, SystemId
from app.services.courses.views import MySignUp, SignUpEntry
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import (
    Groups,
    IntakeOutcomes,
    Organisations,
    Placements,
    Policies,
    Registrations,
    Roles,
    StaffDeclarations,
)
from app.services.ports.systems import LetsSystemsIn


class Courses(Protocol):
    """Courses and who has signed up for their groups."""

    async def add(self, course: Course) -> None: ...
    async def get(self, course: CourseId) -> Course:
        """Read, without a lock, clock included; `CourseNotFound` where there is none."""

    async def lock(self, course: CourseId) -> Course:
        """Lock it; the clock is read after the lock."""

    async def save(self, course: Course) -> None:
        """Keep what was changed, milestones included."""

    async def lock_by_code(self, code: str) -> Course | None:
        """The course with this sign-up code, locked against its cancelling; the clock is read after the lock."""

    async def sign_up(self, sign_up: SignUp) -> None:
        """`AlreadySignedUp` where one stands."""

    async def withdraw(self, sign_up: SignUpId, person: PersonId) -> bool:
        """Remove one's own; False where there is none."""

    async def remove_sign_ups(self, course: CourseId, people: list[PersonId]) -> None: ...
    async def remove_all_sign_ups(self, course: CourseId) -> None: ...
    async def waiting(self, course: CourseId) -> list[SignUp]:
        """Who has signed up and isn't invited yet, in the order in which they did."""


class Announcements(Protocol):
    """Which courses systems mean by their own ids."""

    async def find(self, systems: Sequence[SystemId], own_id: str) -> list[Announcement]:
        """What these accounts have announced under this id: one each at most."""

    async def add(self, announcement: Announcement) -> None: ...


class CourseImports(Protocol):
    """Imports, and what came of their rows."""

    async def begin(self, begun: CourseImport) -> None:
        """Note it; one that is there already stays as it is, but isn't finished any more."""

    async def finish(self, system: SystemId, import_id: UUID, now: datetime) -> None: ...
    async def find(self, system: SystemId, import_id: UUID) -> CourseImport | None: ...
    async def row(self, system: SystemId, import_id: UUID, number: int) -> ImportRow | None: ...
    async def keep(self, row: ImportRow) -> None:
        """Note what came of a row; in place of what came of it before."""

    async def counts(self, system: SystemId, import_id: UUID) -> dict[RowOutcome, int]: ...
    async def refused(self, system: SystemId, import_id: UUID, limit: int) -> list[ImportRow]:
        """Rows that were refused, the first ones first."""


class CourseReads(Protocol):
    """Courses for showing."""

    async def page(self, request: PageRequest) -> Page[Course]:
        """The organisation's courses, newest first day first."""

    async def announced(self, systems: Sequence[SystemId], request: PageRequest) -> Page[tuple[str, Course]]:
        """What these accounts have announced, with their own ids, the newest first."""

    async def sign_ups(self, course: CourseId, request: PageRequest) -> Page[SignUpEntry]:
        """Who has signed up and isn't invited yet, in the order in which they did."""

    async def mine(self, person: PersonId, now: datetime) -> list[MySignUp]:
        """This person's sign-ups for groups that are still to come."""


class CoursesUnitOfWork(LetsSystemsIn, Protocol):
    """One transaction over courses."""

    @property
    def courses(self) -> Courses: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def course_imports(self) -> CourseImports: ...
    @property
    def course_reads(self) -> CourseReads: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def placements(self) -> Placements: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
