"""Addresses of calendars. The calendar itself is read by programs without a login (`app.api.rest.calendars`)."""

from app.api.shared.operations.operation import Operation, Shape
from app.domain.groups.errors import GroupNotFound
from app.services.meetings.calendar_views import CalendarAddressView, CalendarStateView
from app.services.meetings.make_group_calendar import MakeGroupCalendar
from app.services.meetings.make_my_calendar import MakeMyCalendar
from app.services.meetings.read_group_calendar import ReadGroupCalendar
from app.services.meetings.read_my_calendar import ReadMyCalendar
from app.services.meetings.remove_group_calendar import RemoveGroupCalendar
from app.services.meetings.remove_my_calendar import RemoveMyCalendar

_MINE = "/v1/me/calendar"
_OF_GROUP = "/v1/groups/{group_id}/my-calendar"

OPERATIONS = (
    Operation(
        name="make_my_calendar",
        feature="meetings",
        use=lambda services: services.meetings.make_my_calendar,
        use_case=MakeMyCalendar,
        method="POST",
        path=_MINE,
        gives=CalendarAddressView,
        status=201,
    ),
    Operation(
        name="read_my_calendar",
        feature="meetings",
        use=lambda services: services.meetings.read_my_calendar,
        use_case=ReadMyCalendar,
        method="GET",
        path=_MINE,
        gives=CalendarStateView,
    ),
    Operation(
        name="remove_my_calendar",
        feature="meetings",
        use=lambda services: services.meetings.remove_my_calendar,
        use_case=RemoveMyCalendar,
        method="DELETE",
        path=_MINE,
        gives=CalendarStateView,
        shape=Shape.NOTHING,
        status=204,
    ),
    Operation(
        name="make_group_calendar",
        feature="meetings",
        use=lambda services: services.meetings.make_group_calendar,
        use_case=MakeGroupCalendar,
        method="POST",
        path=_OF_GROUP,
        gives=CalendarAddressView,
        status=201,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="read_group_calendar",
        feature="meetings",
        use=lambda services: services.meetings.read_group_calendar,
        use_case=ReadGroupCalendar,
        method="GET",
        path=_OF_GROUP,
        gives=CalendarStateView,
        refuses=(GroupNotFound,),
    ),
    Operation(
        name="remove_group_calendar",
        feature="meetings",
        use=lambda services: services.meetings.remove_group_calendar,
        use_case=RemoveGroupCalendar,
        method="DELETE",
        path=_OF_GROUP,
        gives=CalendarStateView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(GroupNotFound,),
    ),
)
