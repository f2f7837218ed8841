"""Examples of webhooks. The secret is an example and signs nothing anywhere."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION

_WEBHOOK = "019a8f00-1000-8c09-8000-2a7f55aa77cc"
_SYSTEM = "019a8f00-1000-8c01-8000-2a7f55dd66ee"
_COURSE = "019a8c3e-4d00-8c02-8000-2a7f5511aa22"
_CHANGED = {
    "url": "https://hooks.fjordby.example.org/verksted",
    "purpose": "Keeps the municipality's list of courses fresh.",
    "types": ["course.created", "course.cancelled"],
}
_VIEW = {
    "id": _WEBHOOK,
    "organisation_id": ORGANISATION,
    "system_id": _SYSTEM,
    **_CHANGED,
    "state": "active",
    "registered_at": "2026-11-24T09:30:00Z",
    "failing_since": None,
    "disabled_at": None,
    "disabled_because": None,
    "overlap_until": None,
    "version": 1,
}
VIEWS: dict[str, Any] = {
    "WebhookView": _VIEW,
    "WebhookSecretView": {"webhook": _VIEW, "secret": "whsec_YW4gZXhhbXBsZSB0aGF0IHNpZ25zIG5vdGhpbmcgISE="},
    "DeliveryView": {
        "webhook_id": _WEBHOOK,
        "event_id": "019a8c3e-4d00-8c07-8000-2a7f5511aa33",
        "type": "course.created",
        "subject": _COURSE,
        "occurred_at": "2026-11-24T12:00:00Z",
        "state": "waiting",
        "attempts": 2,
        "next_at": "2026-11-24T12:01:12Z",
        "held_because": None,
        "last_at": "2026-11-24T12:00:07Z",
        "status": 503,
        "fault": "status",
        "ended_at": None,
    },
}
BODIES: dict[str, Any] = {
    "ChangeWebhookIn": _CHANGED,
    "RegisterWebhookIn": {**_CHANGED, "system_id": _SYSTEM},
    "RotateWebhookSecretIn": {"overlap_hours": 48},
}
