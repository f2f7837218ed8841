"""Examples of meetings."""

from typing import Any

from app.api.rest.examples.shared import GROUP, MEETING, MEMBERSHIP

_ABSENCE = {
    "meeting_id": MEETING,
    "membership_id": MEMBERSHIP,
    "alias": "Alke",
    "is_me": True,
    "late": False,
    "agreed": {
        "channel": "text_message",
        "hours": 4,
        "in_words": (
            "Your group has agreed to send a text message. Your group has agreed to say it at least 4 hours before the"
            " meeting. Later is fine, too, and has no consequence."
        ),
    },
    "later_than_agreed": False,
}
VIEWS: dict[str, Any] = {
    "MeetingAgendaView": {
        "meeting_id": MEETING,
        "kind": "ordinary",
        "items": [
            {
                "key": "opening_round",
                "title": "Opening round",
                "text": "A few words from each: how do you come here today?",
                "minutes": 10,
                "rules": ["M-15"],
                "sources": ["Frivilligcentre & Selvhjælp Danmark: Kvalitetsgrundlag for selvhjælpsgrupper"],
                "removable": True,
            },
            {
                "key": None,
                "title": "Summer outing",
                "text": None,
                "minutes": 10,
                "rules": [],
                "sources": [],
                "removable": True,
            },
        ],
        "minutes": 20,
        "arranged": True,
        "next_meeting_at": "2026-12-17T17:00:00Z",
        "version": 2,
    },
    "AbsenceView": _ABSENCE,
    "AttendeeView": {"membership_id": MEMBERSHIP, "alias": "Alke", "is_me": True},
    "RoundsPlanView": {
        "meeting_id": MEETING,
        "speakers": 5,
        "minutes": 120,
        "share": 20,
        "parts": [
            {"kind": "opening", "title": "Opening round", "from_minute": 0, "minutes": 5, "turns": []},
            {
                "kind": "round",
                "title": "Round",
                "from_minute": 5,
                "minutes": 50,
                "turns": [10, 10, 10, 10, 10],
            },
            {"kind": "break", "title": "Break", "from_minute": 55, "minutes": 10, "turns": []},
            {
                "kind": "round",
                "title": "Round",
                "from_minute": 65,
                "minutes": 50,
                "turns": [10, 10, 10, 10, 10],
            },
            {"kind": "closing", "title": "Closing round", "from_minute": 115, "minutes": 5, "turns": []},
        ],
        "text": "Let somebody keep the time, and take turns at it.",
    },
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
        "starts_at": "2027-12-02T18:00:00+01:00",
        "place": "Fjordby library, second floor",
        "place_type": "library",
        "minutes": 120,
    },
    "SeriesIn": {
        "first_local": "2027-10-07T18:00",
        "time_zone": "Europe/Oslo",
        "weekly_meetings": 4,
        "then_every_weeks": 2,
        "until": None,
        "place": "Fjordby library, second floor",
        "place_type": "library",
        "minutes": 120,
    },
    "ArrangeAgendaIn": {
        "items": [
            {"key": "opening_round", "minutes": 10},
            {"title": "Summer outing", "minutes": 10},
            {"key": "closing", "minutes": 5},
        ]
    },
    "NoteAttendanceIn": {"present": True},
    "CorrectMeetingIn": {"held": False},
}
