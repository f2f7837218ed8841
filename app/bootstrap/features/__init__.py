"""Every feature, wired by hand."""

from app.bootstrap.features import (
    admission,
    courses,
    events,
    groups,
    guidance,
    intake,
    keeping,
    meetings,
    messages,
    organisations,
    people,
    starters,
    statistics,
    systems,
    volunteers,
)
from app.bootstrap.kit import Kit
from app.services.registry import Services


def all_services(kit: Kit) -> Services:
    """What both ways in receive."""
    return Services(
        people=people.people(kit),
        organisations=organisations.organisations(kit),
        intake=intake.intake(kit),
        groups=groups.groups(kit),
        meetings=meetings.meetings(kit),
        starters=starters.starters(kit),
        systems=systems.systems(kit),
        admission=admission.admission(kit),
        courses=courses.courses(kit),
        guidance=guidance.guidance(kit),
        volunteers=volunteers.volunteers(kit),
        keeping=keeping.keeping(kit),
        statistics=statistics.statistics(kit),
        events=events.events(kit),
        messages=messages.messages(kit),
    )
