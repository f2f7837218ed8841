"""Examples of starters."""

from typing import Any

from app.api.rest.examples.shared import GROUP, MEETING, ORGANISATION, PERSON

_ASSIGNMENT = "019a8c3e-5300-8c71-8000-2a7f40c6a2b8"
_VISIT = "019af000-5300-8c72-8000-2a7f40c6a2b9"
_VERSION = {
    "number": 1,
    "step": "fixed",
    "by": "coordinator",
    "latest_date": None,
    "max_meetings": 3,
    "recorded_at": "2026-11-02T10:00:00Z",
}

VIEWS: dict[str, Any] = {
    "AssignmentView": {
        "id": _ASSIGNMENT,
        "organisation_id": ORGANISATION,
        "group_id": GROUP,
        "person_id": None,
        "name": "Ingrid",
        "status": "active",
        "assigned_at": "2026-11-02T10:00:00Z",
        "latest_date": "2027-05-04",
        "max_meetings": 3,
        "ends_at": "2026-12-17T19:00:00Z",
        "exit_in_words": "The starter helps you to get going, and then leaves you to carry the group yourselves."
        " Meetings with the starter: at most 3. Last possible day: 2027-05-04.",
        "confirmed": False,
        "exit_versions": [_VERSION],
        "replaces_id": None,
        "meetings_held": 1,
        "follow_up_on": None,
        "follow_up_due": False,
        "follow_up_after_meetings": 4,
        "leader_hunt_due": False,
        "intake_conflict": None,
        "training": None,
        "advice": [],
    },
    "MyAssignmentView": {
        "id": _ASSIGNMENT,
        "organisation_id": ORGANISATION,
        "group_id": GROUP,
        "status": "active",
        "assigned_at": "2026-11-02T10:00:00Z",
        "latest_date": "2027-05-04",
        "max_meetings": 3,
        "ends_at": "2026-12-17T19:00:00Z",
        "training": "assignable",
        "advice": [],
    },
    "VisitView": {
        "id": _VISIT,
        "assignment_id": _ASSIGNMENT,
        "name": "Ingrid",
        "meeting_id": MEETING,
        "starts_at": "2027-02-04T17:00:00Z",
        "stands": True,
        "invited_at": "2027-01-21T19:30:00Z",
    },
    "MyVisitView": {
        "id": _VISIT,
        "organisation_id": ORGANISATION,
        "assignment_id": _ASSIGNMENT,
        "starts_at": "2027-02-04T17:00:00Z",
        "ends_at": "2027-02-04T19:00:00Z",
        "place": "Fjordby library, second floor",
    },
    "StarterMessageView": {
        "id": "019a8c3f-5300-8c73-8000-2a7f40c6a2c0",
        "assignment_id": _ASSIGNMENT,
        "name": "Ingrid",
        "words": "I am Ingrid, and I look forward to our first evening. There is coffee, and nobody has to say anything.",
        "written_at": "2026-11-03T18:00:00Z",
    },
}

BODIES: dict[str, Any] = {
    "AssignStarterIn": {"person_id": PERSON, "max_meetings": 3},
    "ReplaceStarterIn": {"person_id": PERSON},
    "ShortenExitIn": {"max_meetings": 2},
    "SetFollowUpIn": {"day": "2028-02-03"},
    "InviteVisitorIn": {"meeting_id": MEETING},
    "WriteToParticipantsIn": {
        "words": "I am Ingrid, and I look forward to our first evening. There is coffee, and nobody has to say anything."
    },
}
