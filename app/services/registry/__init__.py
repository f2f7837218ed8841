"""Services: one attribute per feature, one attribute per use case. What both ways in receive."""

from dataclasses import dataclass

from app.services.registry.admission import Admission
from app.services.registry.courses import Courses
from app.services.registry.groups import Groups
from app.services.registry.guidance import Guidance
from app.services.registry.intake import Intake
from app.services.registry.meetings import Meetings
from app.services.registry.organisations import Organisations
from app.services.registry.people import People
from app.services.registry.starters import Starters
from app.services.registry.volunteers import Volunteers


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that people can do."""

    people: People
    organisations: Organisations
    intake: Intake
    groups: Groups
    meetings: Meetings
    starters: Starters
    admission: Admission
    courses: Courses
    guidance: Guidance
    volunteers: Volunteers


__all__ = [
    "Admission",
    "Courses",
    "Groups",
    "Guidance",
    "Intake",
    "Meetings",
    "Organisations",
    "People",
    "Services",
    "Starters",
    "Volunteers",
]
