"""Starters, and the exit that is fixed before they start."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Day, StrictModel, Text, Uuid
from app.domain.groups.errors import DeclarationNeeded, GroupIsClosed, GroupNotFound
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.starters.errors import (
    AssignmentNotFound,
    AssignmentOver,
    EnoughStarters,
    ExitInThePast,
    ExitNeeded,
    IntakeConflict,
    NotAssignable,
    NotForThisGroup,
    NothingLeftToReplace,
    NotYetAgreed,
    OnlyShorter,
    PastCeiling,
    RelayClosed,
    RelayFull,
    StillThere,
    TooEarlyForAFollowUp,
    VisitNotFound,
    VisitNotPossible,
)
from app.services.starters.assign_starter import AssignStarter
from app.services.starters.confirm_exit import ConfirmExit
from app.services.starters.end_assignment import EndAssignment
from app.services.starters.invite_visitor import InviteVisitor
from app.services.starters.list_my_assignments import ListMyAssignments
from app.services.starters.list_my_visits import ListMyVisits
from app.services.starters.list_starter_messages import ListStarterMessages
from app.services.starters.list_starters import ListStarters
from app.services.starters.list_visits import ListVisits
from app.services.starters.own_views import MyAssignmentView, MyVisitView, StarterMessageView, VisitView
from app.services.starters.read_assignment import ReadAssignment
from app.services.starters.replace_starter import ReplaceStarter
from app.services.starters.set_follow_up import SetFollowUp
from app.services.starters.shorten_exit import ShortenExit
from app.services.starters.views import AssignmentView
from app.services.starters.withdraw_visit import WithdrawVisit
from app.services.starters.write_to_participants import WriteToParticipants

LatestDate = Annotated[
    Day | None,
    Field(description="The last day on which the starter may be there, by the organisation's calendar."),
]
MaxMeetings = Annotated[
    int | None,
    Field(ge=1, le=12, description="After how many held meetings they leave at the latest (X-03)."),
]
Acknowledged = Annotated[
    bool,
    Field(
        description="We know that this person holds intake conversations, and may have held one of somebody in the group"
        " (V-16)."
    ),
]


class AssignStarterIn(StrictModel):
    """Who, and until when. Without a limit the organisation's usual number of meetings holds."""

    person_id: Annotated[Uuid, Field(description="A volunteer who is assignable today.")]
    latest_date: LatestDate = None
    max_meetings: MaxMeetings = None
    acknowledge_intake_conflict: Acknowledged = False


class ReplaceStarterIn(StrictModel):
    """Who takes over what is left of the limit."""

    person_id: Annotated[Uuid, Field(description="A volunteer who is assignable today.")]
    acknowledge_intake_conflict: Acknowledged = False


class ShortenExitIn(StrictModel):
    """What becomes shorter; what isn't named stays."""

    latest_date: LatestDate = None
    max_meetings: MaxMeetings = None


class SetFollowUpIn(StrictModel):
    """The day that group and starter have agreed."""

    day: Annotated[Day, Field(description="Today or later.")]


class InviteVisitorIn(StrictModel):
    """The one meeting."""

    meeting_id: Annotated[Uuid, Field(description="A meeting of your group that is still to come.")]


class WriteToParticipantsIn(StrictModel):
    """A few words."""

    words: Annotated[
        Text, Field(min_length=1, max_length=1000, description="Who you are, and what people have asked.")
    ]


_GROUP = "/v1/groups/{group_id}"
_ASSIGNMENT = "/v1/starter-assignments/{assignment_id}"
_CHOICE = (NotAssignable, NotForThisGroup, EnoughStarters, IntakeConflict)
_MEMBERS = (AssignmentNotFound, DeclarationNeeded)
OPERATIONS = (
    Operation(
        name="list_my_assignments",
        feature="starters",
        use=lambda services: services.starters.list_my_assignments,
        use_case=ListMyAssignments,
        method="GET",
        path="/v1/me/assignments",
        gives=MyAssignmentView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_my_visits",
        feature="starters",
        use=lambda services: services.starters.list_my_visits,
        use_case=ListMyVisits,
        method="GET",
        path="/v1/me/visits",
        gives=MyVisitView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_starters",
        feature="starters",
        use=lambda services: services.starters.list_starters,
        use_case=ListStarters,
        method="GET",
        path=f"{_GROUP}/starters",
        gives=AssignmentView,
        shape=Shape.PAGE,
        refuses=(GroupNotFound, StaffDeclarationNeeded),
    ),
    Operation(
        name="assign_starter",
        feature="starters",
        use=lambda services: services.starters.assign_starter,
        use_case=AssignStarter,
        method="POST",
        path=f"{_GROUP}/starters",
        gives=AssignmentView,
        takes=AssignStarterIn,
        status=201,
        refuses=(
            GroupNotFound,
            StaffDeclarationNeeded,
            GroupIsClosed,
            *_CHOICE,
            ExitInThePast,
            PastCeiling,
        ),
        idempotent_by_key=True,
        location="/v1/starter-assignments/{id}",
    ),
    Operation(
        name="read_assignment",
        feature="starters",
        use=lambda services: services.starters.read_assignment,
        use_case=ReadAssignment,
        method="GET",
        path=_ASSIGNMENT,
        gives=AssignmentView,
        refuses=(AssignmentNotFound, StaffDeclarationNeeded),
    ),
    Operation(
        name="confirm_exit",
        feature="starters",
        use=lambda services: services.starters.confirm_exit,
        use_case=ConfirmExit,
        method="POST",
        path=f"{_ASSIGNMENT}/confirmation",
        gives=AssignmentView,
        refuses=(*_MEMBERS, AssignmentOver, NotYetAgreed),
        idempotent_by_key=True,
    ),
    Operation(
        name="shorten_exit",
        feature="starters",
        use=lambda services: services.starters.shorten_exit,
        use_case=ShortenExit,
        method="POST",
        path=f"{_ASSIGNMENT}/shortening",
        gives=AssignmentView,
        takes=ShortenExitIn,
        refuses=(*_MEMBERS, AssignmentOver, ExitNeeded, ExitInThePast, OnlyShorter),
        idempotent_by_key=True,
    ),
    Operation(
        name="end_assignment",
        feature="starters",
        use=lambda services: services.starters.end_assignment,
        use_case=EndAssignment,
        method="POST",
        path=f"{_ASSIGNMENT}/end",
        gives=AssignmentView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(AssignmentNotFound, StaffDeclarationNeeded),
    ),
    Operation(
        name="replace_starter",
        feature="starters",
        use=lambda services: services.starters.replace_starter,
        use_case=ReplaceStarter,
        method="POST",
        path=f"{_ASSIGNMENT}/replacement",
        gives=AssignmentView,
        takes=ReplaceStarterIn,
        status=201,
        refuses=(AssignmentNotFound, StaffDeclarationNeeded, *_CHOICE, NothingLeftToReplace),
        idempotent_by_key=True,
        location="/v1/starter-assignments/{id}",
    ),
    Operation(
        name="set_follow_up",
        feature="starters",
        use=lambda services: services.starters.set_follow_up,
        use_case=SetFollowUp,
        method="PUT",
        path=f"{_ASSIGNMENT}/follow-up",
        gives=AssignmentView,
        takes=SetFollowUpIn,
        refuses=(*_MEMBERS, TooEarlyForAFollowUp),
    ),
    Operation(
        name="write_to_participants",
        feature="starters",
        use=lambda services: services.starters.write_to_participants,
        use_case=WriteToParticipants,
        method="POST",
        path=f"{_ASSIGNMENT}/messages",
        gives=StarterMessageView,
        takes=WriteToParticipantsIn,
        status=201,
        refuses=(AssignmentNotFound, RelayClosed, RelayFull),
        idempotent_by_key=True,
    ),
    Operation(
        name="list_starter_messages",
        feature="starters",
        use=lambda services: services.starters.list_starter_messages,
        use_case=ListStarterMessages,
        method="GET",
        path=f"{_GROUP}/starter-messages",
        gives=StarterMessageView,
        shape=Shape.PAGE,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="invite_visitor",
        feature="starters",
        use=lambda services: services.starters.invite_visitor,
        use_case=InviteVisitor,
        method="POST",
        path=f"{_ASSIGNMENT}/visits",
        gives=VisitView,
        takes=InviteVisitorIn,
        status=201,
        refuses=(*_MEMBERS, StillThere, VisitNotPossible),
        idempotent_by_key=True,
    ),
    Operation(
        name="withdraw_visit",
        feature="starters",
        use=lambda services: services.starters.withdraw_visit,
        use_case=WithdrawVisit,
        method="POST",
        path="/v1/visits/{visit_id}/withdrawal",
        gives=VisitView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(VisitNotFound,),
    ),
    Operation(
        name="list_visits",
        feature="starters",
        use=lambda services: services.starters.list_visits,
        use_case=ListVisits,
        method="GET",
        path=f"{_GROUP}/visits",
        gives=VisitView,
        shape=Shape.PAGE,
        refuses=(GroupNotFound, DeclarationNeeded),
    ),
)
