"""How events are told: as CloudEvents 1.0, with ids alone. Whoever wants to know more asks, with their own rights."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.domain.shared.ids import OrganisationId
from app.services.events.ports import Happened
from app.services.ports.view import DESCRIBED

SPECIFICATION = "1.0"
CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDataView:
    """The ids that an event carries, by what they stand for; null where it is about none."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    course_id: UUID | None
    """The course."""
    group_id: UUID | None
    """The group."""
    assignment_id: UUID | None
    """The starter's assignment."""
    replaces_id: UUID | None
    """The assignment that it takes over from."""
    system_id: UUID | None
    """The system's account."""
    webhook_id: UUID | None
    """The webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One event, in the structure of CloudEvents 1.0 (JSON). Its members keep the names of that specification."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    specversion: str
    """The version of CloudEvents."""
    id: UUID
    """Id of the event; with `source` it is met once."""
    source: str
    """Where it happened: the organisation's address here."""
    type: str
    """What happened, such as `course.created`; the catalogue is in docs/events.md, and it grows."""
    subject: UUID
    """Id of what it is about; of one subject events come in the order in which they happened."""
    time: datetime
    """When, UTC."""
    datacontenttype: str
    """The media type of `data`."""
    data: EventDataView
    """Ids alone."""

    @staticmethod
    def of(happened: Happened, organisation: OrganisationId) -> "EventView":
        """The event, for somebody who may know of it."""
        ids = happened.ids
        return EventView(
            specversion=SPECIFICATION,
            id=happened.id,
            source=f"/v1/organisations/{organisation}",
            type=happened.type,
            subject=happened.subject,
            time=happened.occurred_at,
            datacontenttype=CONTENT_TYPE,
            data=EventDataView(
                organisation_id=organisation,
                course_id=ids.get("course"),
                group_id=ids.get("group"),
                assignment_id=ids.get("assignment"),
                replaces_id=ids.get("replaces"),
                system_id=ids.get("system"),
                webhook_id=ids.get("webhook"),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPageView:
    """What has happened since a position, the earliest first. None is ever missing, and none comes out of order."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    events: list[EventView]
    """The events that you may know of."""
    next: str
    """Keep it, and send it as `after` the next time. It holds for four weeks and moves only with what you are shown."""
    more: bool
    """Whether there are more already."""
    ask_again_seconds: int
    """In how many seconds to ask again, with `next`: 0 if there are more already."""
