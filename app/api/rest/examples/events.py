"""Examples of events."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION

_COURSE = "019a8c3e-4d00-8c02-8000-2a7f5511aa22"
_DATA = {
    "organisation_id": ORGANISATION,
    "course_id": _COURSE,
    "group_id": None,
    "assignment_id": None,
    "replaces_id": None,
    "system_id": None,
    "webhook_id": None,
}
_EVENT = {
    "specversion": "1.0",
    "id": "019a8c3e-4d00-8c07-8000-2a7f5511aa33",
    "source": f"/v1/organisations/{ORGANISATION}",
    "type": "course.milestone_noted",
    "subject": _COURSE,
    "time": "2026-11-24T12:00:00Z",
    "datacontenttype": "application/json",
    "data": _DATA,
}
VIEWS: dict[str, Any] = {
    "EventDataView": _DATA,
    "EventView": _EVENT,
    "EventPageView": {
        "events": [_EVENT],
        "next": "vq3m8zQm1mV5tJq0Yk2q7w7l6yq3cV0d4bQk9q1xWg",
        "more": False,
        "ask_again_seconds": 60,
    },
}
BODIES: dict[str, Any] = {}
