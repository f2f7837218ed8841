"""The series of a group's meetings."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Minutes, Place, PlaceKind, TimeZone, WallTime
from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import Day, StrictModel
from app.domain.groups.convening import OnlyConvenors
from app.domain.groups.errors import DeclarationNeeded, GroupHasEnded, GroupNotFound
from app.domain.meetings.errors import (
    MeetingInThePast,
    OnlyCoordinatorPlans,
    OnlyMembersPlan,
    SeriesAfterFirst,
    SeriesNotFound,
    SeriesOver,
    SeriesStands,
)
from app.domain.meetings.place import PlaceType
from app.domain.shared.errors import Invalid
from app.services.meetings.change_series import ChangeSeries
from app.services.meetings.end_series import EndSeries
from app.services.meetings.plan_series import PlanSeries
from app.services.meetings.read_series import ReadSeries
from app.services.meetings.views import SeriesView


class SeriesIn(StrictModel):
    """How often, how long and where a group means to meet."""

    first_local: WallTime
    place: Place
    place_type: PlaceKind = PlaceType.OTHER_PUBLIC
    time_zone: TimeZone = None
    weekly_meetings: Annotated[
        int, Field(ge=0, le=52, description="How many meetings, from the first, are a week apart (M-04).")
    ] = 4
    then_every_weeks: Annotated[
        int, Field(ge=1, le=12, description="How many weeks lie between those that follow (M-04, M-05).")
    ] = 2
    until: Annotated[
        Day | None,
        Field(description="Last day on which the group means to meet; its own choice (G-16). Null: no end."),
    ] = None
    minutes: Minutes = 120


_PLANNER = (OnlyConvenors, DeclarationNeeded, OnlyMembersPlan, OnlyCoordinatorPlans, GroupNotFound)
_SERIES = "/v1/groups/{group_id}/series"
OPERATIONS = (
    Operation(
        name="read_series",
        feature="meetings",
        use=lambda services: services.meetings.read_series,
        use_case=ReadSeries,
        method="GET",
        path=_SERIES,
        gives=SeriesView,
        refuses=(SeriesNotFound,),
    ),
    Operation(
        name="plan_series",
        feature="meetings",
        use=lambda services: services.meetings.plan_series,
        use_case=PlanSeries,
        method="POST",
        path=_SERIES,
        gives=SeriesView,
        takes=SeriesIn,
        status=201,
        refuses=(*_PLANNER, GroupHasEnded, SeriesAfterFirst, SeriesStands, MeetingInThePast, Invalid),
        idempotent_by_key=True,
    ),
    Operation(
        name="change_series",
        feature="meetings",
        use=lambda services: services.meetings.change_series,
        use_case=ChangeSeries,
        method="PUT",
        path=_SERIES,
        gives=SeriesView,
        takes=SeriesIn,
        refuses=(*_PLANNER, GroupHasEnded, SeriesNotFound, SeriesOver, MeetingInThePast, Invalid),
        read_before="read_series",
    ),
    Operation(
        name="end_series",
        feature="meetings",
        use=lambda services: services.meetings.end_series,
        use_case=EndSeries,
        method="POST",
        path=f"{_SERIES}/end",
        gives=SeriesView,
        refuses=(*_PLANNER, SeriesNotFound),
        idempotent_by_key=True,
    ),
)
