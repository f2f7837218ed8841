"""Examples of systems."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION

_SYSTEM = "019a8f00-1000-8c01-8000-2a7f55dd66ee"
_CHANGED = {
    "name": "Fjordby healthy-life centre",
    "purpose": "Hands out codes at the end of a course.",
    "scopes": ["recommendations.write", "courses.read"],
    "expires_at": "2027-10-01T00:00:00Z",
    "suppliers": ["987654325"],
}
VIEWS: dict[str, Any] = {
    "SystemAccountView": {
        "id": _SYSTEM,
        "organisation_id": ORGANISATION,
        **_CHANGED,
        "consumer": "991825827",
        "issuer": None,
        "client_id": None,
        "state": "active",
        "holds_from": "2027-01-01T00:00:00Z",
        "registered_at": "2026-12-14T09:30:00Z",
        "revoked_at": None,
        "last_used_at": "2027-02-23T18:00:00Z",
        "continued_by": None,
        "version": 2,
    },
    "OwnSystemView": {
        "id": _SYSTEM,
        "organisation_id": ORGANISATION,
        "name": "Fjordby healthy-life centre",
        "scopes": ["recommendations.write"],
        "missing_in_token": ["courses.read"],
        "expires_at": "2027-10-01T00:00:00Z",
    },
}
BODIES: dict[str, Any] = {
    "ChangeSystemIn": _CHANGED,
    "RegisterSystemIn": {**_CHANGED, "consumer": "991825827", "holds_from": "2027-01-01T00:00:00Z"},
}
