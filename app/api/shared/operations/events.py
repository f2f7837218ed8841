"""Following what happens."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import PageSize, StrictModel
from app.domain.events.errors import EventsForgotten, EventTypeNotTold, EventTypeUnknown
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotStaff
from app.domain.shared.errors import CursorMismatch
from app.domain.systems.account import SystemScope
from app.services.events.list_events import ListEvents
from app.services.events.views import EventPageView


class EventsFilter(StrictModel):
    """From where on, and which."""

    after: Annotated[
        str | None,
        Field(
            max_length=1024,
            description="`next` of the answer before; it goes with the same `types`. Default: three weeks ago.",
        ),
    ] = None
    limit: Annotated[PageSize, Field(description="How many events at most, 1 to 100.")] = 25
    types: Annotated[
        str | None,
        Field(
            pattern=r"^[a-z_]+(\.[a-z_]+)+(,[a-z_]+(\.[a-z_]+)+)*$",
            max_length=1000,
            description="Only these types, with commas between them: `course.created,course.cancelled`.",
        ),
    ] = None


OPERATIONS = (
    Operation(
        name="list_events",
        feature="events",
        use=lambda services: services.events.list_events,
        use_case=ListEvents,
        method="GET",
        path="/v1/organisations/{organisation_id}/events",
        gives=EventPageView,
        filters=EventsFilter,
        refuses=(
            NotStaff,
            StaffDeclarationNeeded,
            CursorMismatch,
            EventsForgotten,
            EventTypeUnknown,
            EventTypeNotTold,
        ),
        scope=SystemScope.EVENTS_READ,
    ),
)
