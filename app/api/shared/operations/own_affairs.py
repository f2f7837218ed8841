"""What a group settles for itself, and for nobody else: its end, its ground rules, and who of it is away."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import Instant, Line, OneOf, StrictModel
from app.domain.groups.errors import (
    DeclarationNeeded,
    GroundRulesNotFound,
    GroupHasEnded,
    GroupNotFound,
    LeaveOutOfBounds,
)
from app.domain.groups.ground_rules import AbsenceChannel, Agreement
from app.domain.organisations.policy import DecisionRuleName
from app.services.groups.draft_ground_rules import DraftGroundRules
from app.services.groups.drop_end_date import DropEndDate
from app.services.groups.end_leave import EndLeave
from app.services.groups.list_ground_rules import ListGroundRules
from app.services.groups.list_past_memberships import ListPastMemberships
from app.services.groups.own_views import GroundRulesView, LeaveView, PastMembershipView
from app.services.groups.read_ground_rules import ReadGroundRules
from app.services.groups.read_leave import ReadLeave
from app.services.groups.take_leave import TakeLeave
from app.services.groups.views import GroupView

_GROUP = "/v1/groups/{group_id}"
_INSIDE = (GroupNotFound, DeclarationNeeded)


class TakeLeaveIn(StrictModel):
    """How long you are away. Nobody asks why."""

    ends_at: Annotated[Instant, Field(description="Until when; a year from now at most.")]
    starts_at: Annotated[Instant | None, Field(description="From when; default: now.")] = None


class AgreementIn(Part):
    """What you might agree on. Leave out whatever you don't want to settle."""

    DOMAIN = Agreement

    rhythm: Annotated[
        Line | None,
        Field(max_length=200, description="How often and how long you meet, in your own words (G-17)."),
    ] = None
    absence_channel: Annotated[
        OneOf[AbsenceChannel] | None, Field(description="How you say that you can't come (N-02).")
    ] = None
    absence_hours: Annotated[
        int | None, Field(ge=0, le=168, description="Until how many hours before a meeting (N-02).")
    ] = None
    refreshments: Annotated[
        Line | None, Field(max_length=200, description="Who brings what, if anybody anything (M-13).")
    ] = None
    breaks: Annotated[Line | None, Field(max_length=200, description="When you pause (M-13).")] = None
    decision_rule: Annotated[
        OneOf[DecisionRuleName] | None,
        Field(description="By which rule you decide from then on; default: your organisation's."),
    ] = None
    points: Annotated[
        list[Annotated[Line, Field(max_length=200)]],
        Field(max_length=20, description="What else you agree on."),
    ] = Field(default_factory=list)

    def to_domain(self) -> Agreement:
        """The agreement, as the domain has it."""
        return Agreement(**{**dict(self), "points": tuple(self.points)})


class DraftGroundRulesIn(StrictModel):
    """A draft of ground rules."""

    agreement: AgreementIn


OPERATIONS = (
    Operation(
        name="drop_end_date",
        feature="groups",
        use=lambda services: services.groups.drop_end_date,
        use_case=DropEndDate,
        method="DELETE",
        path=f"{_GROUP}/end-date",
        gives=GroupView,
        refuses=(*_INSIDE, GroupHasEnded),
    ),
    Operation(
        name="read_leave",
        feature="groups",
        use=lambda services: services.groups.read_leave,
        use_case=ReadLeave,
        method="GET",
        path=f"{_GROUP}/my-leave",
        gives=LeaveView,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="take_leave",
        feature="groups",
        use=lambda services: services.groups.take_leave,
        use_case=TakeLeave,
        method="PUT",
        path=f"{_GROUP}/my-leave",
        gives=LeaveView,
        takes=TakeLeaveIn,
        refuses=(GroupNotFound, LeaveOutOfBounds),
    ),
    Operation(
        name="end_leave",
        feature="groups",
        use=lambda services: services.groups.end_leave,
        use_case=EndLeave,
        method="DELETE",
        path=f"{_GROUP}/my-leave",
        gives=LeaveView,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="list_ground_rules",
        feature="groups",
        use=lambda services: services.groups.list_ground_rules,
        use_case=ListGroundRules,
        method="GET",
        path=f"{_GROUP}/ground-rules",
        gives=GroundRulesView,
        shape=Shape.PAGE,
        refuses=_INSIDE,
    ),
    Operation(
        name="draft_ground_rules",
        feature="groups",
        use=lambda services: services.groups.draft_ground_rules,
        use_case=DraftGroundRules,
        method="POST",
        path=f"{_GROUP}/ground-rules",
        gives=GroundRulesView,
        takes=DraftGroundRulesIn,
        status=201,
        refuses=_INSIDE,
        idempotent_by_key=True,
        location="/v1/ground-rules/{id}",
    ),
    Operation(
        name="read_ground_rules",
        feature="groups",
        use=lambda services: services.groups.read_ground_rules,
        use_case=ReadGroundRules,
        method="GET",
        path="/v1/ground-rules/{ground_rules_id}",
        gives=GroundRulesView,
        refuses=(GroundRulesNotFound, DeclarationNeeded),
    ),
    Operation(
        name="list_past_memberships",
        feature="groups",
        use=lambda services: services.groups.list_past_memberships,
        use_case=ListPastMemberships,
        method="GET",
        path="/v1/me/past-memberships",
        gives=PastMembershipView,
        shape=Shape.LIST,
    ),
)
