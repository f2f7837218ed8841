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
        "place_type": "library",
        "in_series": True,
        "kind": "ordinary",
        "status": "planned",
        "advice": [],
        "version": 1,
    },
    "SeriesView": {
        "group_id": GROUP,
        "first_local": "2026-10-08T18:00",
        "time_zone": "Europe/Oslo",
        "weekly_meetings": 4,
        "then_every_weeks": 2,
        "until": None,
        "recurrence": [
            "DTSTART;TZID=Europe/Oslo:20261008T180000\nRRULE:FREQ=WEEKLY;COUNT=4",
            "DTSTART;TZID=Europe/Oslo:20261112T180000\nRRULE:FREQ=WEEKLY;INTERVAL=2",
        ],
        "minutes": 120,
        "place": "Fjordby library, second floor",
        "place_type": "library",
        "ended": False,
        "advice": [
            {
                "code": "public_holiday",
                "rules": ["M-01"],
                "text": "2026-12-25 is a public holiday (Christmas Day). Is the room open, does it suit all?",
            }
        ],
        "version": 1,
    },
}

BODIES: dict[str, Any] = {
    "MeetingIn": {
        "starts_at": "2026-12-03T18:00:00+01:00",
        "place": "Fjordby library, second floor",
        "place_type": "library",
        "minutes": 120,
    },
    "SeriesIn": {
        "first_local": "2026-10-08T18:00",
        "time_zone": "Europe/Oslo",
        "weekly_meetings": 4,
        "then_every_weeks": 2,
        "until": None,
        "place": "Fjordby library, second floor",
        "place_type": "library",
        "minutes": 120,
    },
    "CorrectMeetingIn": {"held": False},
}
