"""Examples of intake."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, PERSON

VIEWS: dict[str, Any] = {
    "IntakeOutcomeView": {
        "id": "019a8c00-1100-8a01-8000-2a7f00aa11bb",
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "outcome": "group",
        "method": "self_declaration",
        "signposted_to": [],
        "recorded_at": "2026-11-01T09:10:00Z",
        "valid_until": "2027-05-03T09:10:00Z",
    },
}

BODIES: dict[str, Any] = {
    "RecordOutcomeIn": {"person_id": PERSON, "outcome": "group", "signposted_to": []},
}
