"""Examples of meetings."""

from typing import Any

from app.api.rest.examples.shared import GROUP, MEETING

VIEWS: dict[str, Any] = {
    "MeetingView": {
        "id": MEETING,
        "group_id": GROUP,
        "starts_at": "2026-12-03T17:00:00Z",
        "ends_at": "2026-12-03T19:00:00Z",
        "minutes": 120,
        "place": "Fjordby library, second floor",
        "kind": "ordinary",
        "status": "planned",
        "version": 1,
    },
}

BODIES: dict[str, Any] = {
    "MeetingIn": {
        "starts_at": "2026-12-03T18:00:00+01:00",
        "place": "Fjordby library, second floor",
        "minutes": 120,
    },
    "CorrectMeetingIn": {"held": False},
}
