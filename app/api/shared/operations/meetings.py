"""Meetings of a group."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Minutes, Place, PlaceKind
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Flag, Instant, StrictModel
from app.domain.groups.convening import OnlyConvenors
from app.domain.groups.errors import DeclarationNeeded, GroupHasEnded, GroupNotFound
from app.domain.intake.outcome import IntakeEndsBefore
from app.domain.meetings.errors import (
    FirstMeetingStands,
    MeetingCancelled,
    MeetingHasStarted,
    MeetingInThePast,
    MeetingNotFound,
    NotCorrectable,
    OnlyCoordinatorPlans,
    OnlyMembersPlan,
    TooFewForAFirstMeeting,
)
from app.domain.meetings.place import PlaceType
from app.services.meetings.cancel_meeting import CancelMeeting
from app.services.meetings.correct_meeting import CorrectMeeting
from app.services.meetings.list_meetings import ListMeetings
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.read_meeting import ReadMeeting
from app.services.meetings.views import MeetingView

_PLANNER = (OnlyConvenors, DeclarationNeeded, OnlyMembersPlan, OnlyCoordinatorPlans)


class MeetingIn(StrictModel):
    """When and where."""

    starts_at: Annotated[Instant, Field(description="Start; RFC 3339 with an offset.")]
    place: Place
    minutes: Minutes = 120
    place_type: PlaceKind = PlaceType.OTHER_PUBLIC


class MeetingsFilter(StrictModel):
    """Which meetings."""

    upcoming: Annotated[
        Flag, Field(description="Only those that are to come and haven't been cancelled (M-14).")
    ] = False


class CorrectMeetingIn(StrictModel):
    """What has become of it."""

    held: Annotated[bool, Field(description="Whether it was held.")]


_MEETING = "/v1/meetings/{meeting_id}"
OPERATIONS = (
    Operation(
        name="list_meetings",
        feature="meetings",
        use=lambda services: services.meetings.list_meetings,
        use_case=ListMeetings,
        method="GET",
        path="/v1/groups/{group_id}/meetings",
        gives=MeetingView,
        filters=MeetingsFilter,
        shape=Shape.PAGE,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="plan_meeting",
        feature="meetings",
        use=lambda services: services.meetings.plan_meeting,
        use_case=PlanMeeting,
        method="POST",
        path="/v1/groups/{group_id}/meetings",
        gives=MeetingView,
        takes=MeetingIn,
        status=201,
        refuses=(
            *_PLANNER,
            GroupHasEnded,
            GroupNotFound,
            MeetingInThePast,
            TooFewForAFirstMeeting,
            FirstMeetingStands,
            IntakeEndsBefore,
        ),
        idempotent_by_key=True,
        location="/v1/meetings/{id}",
    ),
    Operation(
        name="read_meeting",
        feature="meetings",
        use=lambda services: services.meetings.read_meeting,
        use_case=ReadMeeting,
        method="GET",
        path=_MEETING,
        gives=MeetingView,
        refuses=(MeetingNotFound,),
    ),
    Operation(
        name="move_meeting",
        feature="meetings",
        use=lambda services: services.meetings.move_meeting,
        use_case=MoveMeeting,
        method="PUT",
        path=_MEETING,
        gives=MeetingView,
        takes=MeetingIn,
        refuses=(
            *_PLANNER,
            GroupHasEnded,
            MeetingNotFound,
            MeetingInThePast,
            MeetingHasStarted,
            MeetingCancelled,
            IntakeEndsBefore,
        ),
        read_before="read_meeting",
    ),
    Operation(
        name="cancel_meeting",
        feature="meetings",
        use=lambda services: services.meetings.cancel_meeting,
        use_case=CancelMeeting,
        method="POST",
        path=f"{_MEETING}/cancellation",
        gives=MeetingView,
        refuses=(*_PLANNER, MeetingNotFound, MeetingHasStarted),
        idempotent_by_key=True,
    ),
    Operation(
        name="correct_meeting",
        feature="meetings",
        use=lambda services: services.meetings.correct_meeting,
        use_case=CorrectMeeting,
        method="PUT",
        path=f"{_MEETING}/held",
        gives=MeetingView,
        takes=CorrectMeetingIn,
        refuses=(MeetingNotFound, DeclarationNeeded, NotCorrectable),
    ),
)
