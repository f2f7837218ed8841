"""Examples of consents and contacts."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, SHA

_CONSENT = "019a9e40-0a10-8d15-8000-2a7f91fe3c31"
_RECEIPT = {
    "id": _CONSENT,
    "controller_id": ORGANISATION,
    "controller": "Fjordby Volunteer Centre",
    "purpose": "contact_about_intake",
    "data_classes": ["contact", "appointment"],
    "text_version": "1",
    "text_sha256": SHA,
    "language": "nb",
    "method": "in_app",
    "given_at": "2026-11-01T09:22:00Z",
    "withdrawn_at": None,
    "stands": True,
}
VIEWS: dict[str, Any] = {
    "ConsentTextView": {
        "purpose": "contact_about_intake",
        "data_classes": ["contact", "appointment"],
        "version": "1",
        "language": "en",
        "sha256": SHA,
        "title": "Being reached about your conversation",
        "paragraphs": [
            "I agree that those who arrange or hold my conversation before a group may see how to reach me."
        ],
    },
    "ConsentView": _RECEIPT,
    "WithdrawalView": {
        "organisation_id": ORGANISATION,
        "purpose": "contact_about_intake",
        "withdrawn_at": "2026-11-20T12:00:00Z",
        "receipt": {**_RECEIPT, "withdrawn_at": "2026-11-20T12:00:00Z", "stands": False},
        "left_groups": [],
        "contacts_removed": 1,
        "message": "From now on nobody sees how to reach you about your conversation.",
    },
    "ContactView": {
        "organisation_id": ORGANISATION,
        "kind": "email",
        "value": "hanne@example.org",
        "kept_at": "2026-11-01T09:23:00Z",
        "rests_on": [_CONSENT],
    },
}
BODIES: dict[str, Any] = {
    "GiveConsentIn": {"read": {"text_version": "1", "language": "nb", "text_sha256": SHA}},
    "KeepContactIn": {"value": "hanne@example.org"},
}
