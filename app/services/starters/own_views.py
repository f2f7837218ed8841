"""What starters and visitors see of their own, and what a group sees of visits and messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from app.domain.shared.ids import (
    AssignmentId,
    GroupId,
    MeetingId,
    OrganisationId,
    StarterMessageId,
    VisitId,
)
from app.domain.starters.assignment import AssignmentStatus, GroupMeeting, status_of
from app.domain.volunteers.qualification import Qualification, VolunteerStatus
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED
from app.services.starters.ports import AssignmentFacts, MessageFacts, VisitFacts
from app.services.starters.views import TOPIC, last_day, training_advice


@dataclass(frozen=True, slots=True, kw_only=True)
class MyAssignmentView:
    """Your help for a group. What is about the group ends with it; that you have helped, and when, stays yours."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssignmentId
    """Id of the assignment."""
    organisation_id: OrganisationId
    """The organisation."""
    group_id: GroupId | None
    """The group, as long as you help it."""
    status: AssignmentStatus
    """Computed."""
    assigned_at: datetime
    """Since when, UTC."""
    latest_date: date
    """The last day on which you may be there."""
    max_meetings: int
    """After how many held meetings you leave at the latest."""
    ends_at: datetime
    """When it ends or has ended, as things stand, UTC; your access ends with it by itself (X-10). While it rests: the
    latest possible time."""
    training: VolunteerStatus | None
    """How your training stands, as long as you help (S-h5)."""
    advice: list[str]
    """What is worth thinking of."""

    @staticmethod
    def of(
        facts: AssignmentFacts,
        meetings: Sequence[GroupMeeting],
        training: Qualification | None,
        *,
        now: datetime,
        zone: str,
        rests_on_lapse: bool,
        words: Words,
        language: str,
    ) -> "MyAssignmentView":
        """The assignment, for the starter alone."""
        assignment = facts.assignment
        bounds, ends_at = assignment.bounds, assignment.ends_at(meetings)
        lapsed = training is not None and not training.is_assignable
        status = status_of(ends_at=ends_at, rests=lapsed and rests_on_lapse, now=now)
        goes_on = status is AssignmentStatus.ACTIVE
        known = None if status is AssignmentStatus.OVER else training
        return MyAssignmentView(
            id=assignment.id,
            organisation_id=assignment.organisation_id,
            group_id=assignment.group_id if goes_on else None,
            status=status,
            assigned_at=assignment.assigned_at,
            latest_date=last_day(bounds.until, zone),
            max_meetings=bounds.meetings,
            ends_at=bounds.until if status is AssignmentStatus.RESTING else ends_at,
            training=known.status if known is not None else None,
            advice=[
                words.say(TOPIC, key, language)
                for key in training_advice(known, rests_on_lapse=rests_on_lapse)
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """The group's invitation to a starter who has left, to one meeting (X-07)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: VisitId
    """Id of the invitation."""
    assignment_id: AssignmentId
    """Who is invited: the starter of this assignment."""
    name: str | None
    """The name by which the organisation knows them."""
    meeting_id: MeetingId
    """The meeting."""
    starts_at: datetime
    """Its start, UTC."""
    stands: bool
    """Whether it still opens that meeting's door: not withdrawn, the meeting neither cancelled nor over."""
    invited_at: datetime
    """When, UTC."""

    @staticmethod
    def of(facts: VisitFacts, now: datetime) -> "VisitView":
        """The invitation, for the group."""
        visit = facts.visit
        return VisitView(
            id=visit.id,
            assignment_id=visit.assignment_id,
            name=facts.name,
            meeting_id=visit.meeting_id,
            starts_at=facts.starts_at,
            stands=visit.withdrawn_at is None and facts.meeting_stands and now < facts.ends_at,
            invited_at=visit.invited_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MyVisitView:
    """A group that you helped to start invites you back to one meeting. It gives time and place, and no more."""

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
    def of(facts: VisitFacts) -> "MyVisitView":
        """The invitation, for the visitor, as long as it stands."""
        return MyVisitView(
            id=facts.visit.id,
            organisation_id=facts.visit.organisation_id,
            assignment_id=facts.visit.assignment_id,
            starts_at=facts.starts_at,
            ends_at=facts.ends_at,
            place=facts.place,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterMessageView:
    """A few words of the starter before the first meeting (V-17). They end with the exit."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: StarterMessageId
    """Id of the message."""
    assignment_id: AssignmentId
    """The starter's assignment."""
    name: str | None
    """The name by which the organisation knows the starter."""
    words: str
    """What they write."""
    written_at: datetime
    """When, UTC."""

    @staticmethod
    def of(facts: MessageFacts) -> "StarterMessageView":
        """The message."""
        return StarterMessageView(
            id=facts.message.id,
            assignment_id=facts.message.assignment_id,
            name=facts.name,
            words=facts.message.words,
            written_at=facts.message.written_at,
        )
