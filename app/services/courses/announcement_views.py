"""How announced courses are shown: to the system that has announced them, under its own ids."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.courses.announcement import AnnouncementOutcome
from app.services.courses.views import CourseView
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedCourseView:
    """A course that your system has announced, under the id that it has there."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    own_id: str
    """Your own id of it. No other system sees it, or can mean your course by it."""
    outcome: AnnouncementOutcome | None
    """What your sending has done: `unchanged` where all was so already. Null where you have only looked."""
    course: CourseView
    """The course as it stands."""
