"""Services: one attribute per feature, one attribute per use case. What both ways in receive."""

from dataclasses import dataclass

from app.services.registry.admission import Admission
from app.services.registry.courses import Courses
from app.services.registry.events import Events
from app.services.registry.groups import Groups
from app.services.registry.guidance import Guidance
from app.services.registry.intake import Intake
from app.services.registry.keeping import Keeping
from app.services.registry.meetings import Meetings
from app.services.registry.messages import Messages
from app.services.registry.organisations import Organisations
from app.services.registry.people import People
from app.services.registry.starters import Starters
from app.services.registry.statistics import Statistics
from app.services.registry.systems import Systems
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
    systems: Systems
    admission: Admission
    courses: Courses
    guidance: Guidance
    volunteers: Volunteers
    keeping: Keeping
    statistics: Statistics
    events: Events
    messages: Messages


__all__ = [
    "Admission",
    "Courses",
    "Events",
    "Groups",
    "Guidance",
    "Intake",
    "Keeping",
    "Meetings",
    "Messages",
    "Organisations",
    "People",
    "Services",
    "Starters",
    "Statistics",
    "Systems",
    "Volunteers",
]
