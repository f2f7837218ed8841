"""What a municipality's system says of a course, under the id that the course has there.

The system says what the course is. What becomes of it afterwards (whether people can sign up, who does) is the
organisation's, and nothing that a system says is ever about a person (P-h14).
"""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from app.domain.courses.course import Course, Milestone
from app.domain.people.national_id import refuse_national_id_in_name, refuse_national_id_in_words
from app.domain.shared.errors import Invalid
from app.domain.shared.ids import CourseId, OrganisationId, SystemId

LONGEST_OWN_ID = 64
OWN_ID = r"^[A-Za-z0-9]([A-Za-z0-9._:-]{0,62}[A-Za-z0-9])?$"
"""Letters, digits and `. _ : -` between them: it stands in addresses."""
_OWN_ID = re.compile(OWN_ID)


class AnnouncementOutcome(StrEnum):
    """What came of something that was said."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """It was so already: nothing is written, and nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSaid:
    """A course as somebody describes it. What is None is left as it is, or to the organisation."""

    title: str
    first_day: date
    last_day: date
    form: str
    area: str
    language: str
    theme: str | None = None
    seats: int | None = None
    group_starts_at: datetime | None = None
    group_place: str | None = None
    practical: str | None = None
    cancelled: bool = False
    """Cancelled is for good: False takes nothing back."""

    def require_about_nobody(self) -> None:
        """Refuse words in which a national identity number stands: a course is no list of who is in it (P-h14)."""
        for name in _WORDS:
            refuse_national_id_in_words(getattr(self, name) or "", f"/{name}")

    def is_true_of(self, course: Course) -> bool:
        """Whether the course is so already."""
        return all(getattr(course, name) == value for name, value in self._said().items())

    def make_true_of(self, course: Course) -> None:
        """Change the course to what is said; its days, and its start where people can sign up, have to fit (R-02)."""
        for name, value in self._said().items():
            setattr(course, name, value)
        course.require_whole()

    def _said(self) -> dict[str, object]:
        said = {name: getattr(self, name) for name in _SAID}
        return {name: value for name, value in said.items() if value is not None}


_WORDS = ("title", "theme", "area", "group_place", "practical")
_SAID = tuple(each.name for each in fields(CourseSaid) if each.name != "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSaid:
    """That a milestone was done on a day; without one: that it wasn't after all."""

    milestone: Milestone
    done_on: date | None

    def is_true_of(self, course: Course) -> bool:
        """Whether the course says the same already."""
        return course.done.get(self.milestone) == self.done_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Which course a system means by an id of its own. No other system's id is ever the same one."""

    organisation_id: OrganisationId
    system_id: SystemId
    own_id: str
    course_id: CourseId


def require_own_id(own_id: str) -> None:
    """Refuse what can't stand in an address."""
    if _OWN_ID.fullmatch(own_id) is None:
        raise Invalid("/own_id")


def require_id_of_nobody(own_id: str) -> None:
    """Refuse a new id that is somebody's number: it stands in addresses, and where those are noted down (P-h7, P-h14)."""
    refuse_national_id_in_name(own_id, "/own_id")
