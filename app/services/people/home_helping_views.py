"""What a starter finds on their first screen: groups until their exit, and where they are invited back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from app.domain.groups.group import Form, has_begun
from app.domain.shared.ids import AssignmentId, GroupId, OrganisationId, VisitId
from app.domain.starters.assignment import AssignmentStatus, status_of
from app.domain.volunteers.qualification import Qualification
from app.services.people.home_group_views import HomeMeeting
from app.services.people.home_ports import Helped, Visiting
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAssignment:
    """A group that you help to start. With your exit it is gone from here, and so is all that you knew of it (X-10)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssignmentId
    """Id of the assignment."""
    organisation_id: OrganisationId
    """The organisation."""
    status: AssignmentStatus
    """`active`, or `resting` while your training has lapsed (S-h5)."""
    ends_at: datetime
    """When it ends, as things stand, UTC; your access ends with it by itself. While it rests: the latest possible time."""
    group_id: GroupId | None
    """The group; null while the assignment rests, as all of the following."""
    theme: str | None
    """What it gathers around, if around one thing."""
    form: Form | None
    """How it meets."""
    next_meeting: HomeMeeting | None
    """Its next meeting, if that is before your exit: what comes after, the group keeps to itself."""

    @staticmethod
    def of(
        helped: Helped, training: Qualification | None, organisation: OrganisationId, now: datetime
    ) -> "HomeAssignment | None":
        """The assignment, for the starter alone; None once it is over."""
        rests = helped.may_rest and (training is None or not training.is_assignable)
        status = status_of(ends_at=helped.ends_at, rests=rests, now=now)
        if status is AssignmentStatus.OVER:
            return None
        helps = status is AssignmentStatus.ACTIVE
        return HomeAssignment(
            id=helped.id,
            organisation_id=organisation,
            status=status,
            ends_at=helped.ends_at if helps else helped.at_the_latest,
            group_id=helped.group_id if helps else None,
            theme=helped.frame.theme if helps else None,
            form=helped.frame.form if helps else None,
            next_meeting=_next_meeting(helped, now) if helps else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """A group that you helped to start invites you back to one meeting: time and place, and no more (X-07)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: VisitId
    """Id of the invitation."""
    organisation_id: OrganisationId
    """The organisation."""
    assignment_id: AssignmentId
    """The assignment by which you knew the group."""
    starts_at: datetime
    """Start of the meeting, UTC."""
    ends_at: datetime
    """Its planned end, UTC; the invitation ends with it."""
    place: str
    """Where."""

    @staticmethod
    def of(visiting: Visiting, organisation: OrganisationId) -> "HomeVisit":
        """The invitation, for the visitor."""
        return HomeVisit(
            id=visiting.id,
            organisation_id=organisation,
            assignment_id=visiting.assignment_id,
            starts_at=visiting.starts_at,
            ends_at=visiting.ends_at,
            place=visiting.place,
        )


def _next_meeting(helped: Helped, now: datetime) -> HomeMeeting | None:
    coming = helped.coming
    if coming is None or coming.starts_at >= helped.ends_at:
        return None
    return HomeMeeting(
        id=coming.id,
        group_id=helped.group_id,
        starts_at=coming.starts_at,
        ends_at=coming.starts_at + timedelta(minutes=coming.minutes),
        place=coming.place,
        place_type=coming.place_type,
        is_first=not has_begun(helped.first_meeting_at, now),
        my_absence=False,
    )
