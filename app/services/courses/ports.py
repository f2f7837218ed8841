"""What the use cases of courses need of a transaction."""

from datetime import datetime
from typing import Protocol

from app.domain.courses.course import Course, SignUp
from app.domain.shared.ids import CourseId, PersonId, SignUpId
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
from app.services.ports.transaction import UnitOfWork


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


class CourseReads(Protocol):
    """Courses for showing."""

    async def page(self, request: PageRequest) -> Page[Course]:
        """The organisation's courses, newest first day first."""

    async def sign_ups(self, course: CourseId, request: PageRequest) -> Page[SignUpEntry]:
        """Who has signed up and isn't invited yet, in the order in which they did."""

    async def mine(self, person: PersonId, now: datetime) -> list[MySignUp]:
        """This person's sign-ups for groups that are still to come."""


class CoursesUnitOfWork(UnitOfWork, Protocol):
    """One transaction over courses."""

    @property
    def courses(self) -> Courses: ...
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
