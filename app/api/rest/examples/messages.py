"""Examples of messages to people."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION

_CHOICES = [
    {
        "kind": "meeting_changed",
        "title": "When a meeting was moved or cancelled",
        "rests_on": ["contact_about_group", "messages_about_helping"],
        "may_choose": True,
        "chosen": True,
        "chosen_at": "2026-11-01T09:25:00Z",
    },
    {
        "kind": "training_due",
        "title": "When a course, a network meeting or supervision runs out soon",
        "rests_on": ["messages_about_helping"],
        "may_choose": False,
        "chosen": False,
        "chosen_at": None,
    },
]
VIEWS: dict[str, Any] = {
    "MessageSettingsView": {
        "organisation_id": ORGANISATION,
        "kinds": _CHOICES,
        "language": "nn",
        "time_zone": "Europe/Oslo",
        "quiet_from": "21:00",
        "quiet_until": "08:00",
        "has_address": True,
    },
    "MessageView": {
        "id": "019a9e40-0a10-8d15-8000-2a7f91fe3d40",
        "organisation_id": ORGANISATION,
        "kind": "meeting_changed",
        "subject_id": "019a9e40-0a10-8d15-8000-2a7f91fe3d41",
        "due_at": "2026-11-20T12:00:00Z",
        "state": "sent",
        "sent_at": "2026-11-20T12:04:00Z",
    },
}
BODIES: dict[str, Any] = {
    "SetMyMessagesIn": {
        "language": "nn",
        "time_zone": "Europe/Oslo",
        "quiet_from": "21:00",
        "quiet_until": "08:00",
    },
}
