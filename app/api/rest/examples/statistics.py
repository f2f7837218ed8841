"""Examples of statistics."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION

VIEWS: dict[str, Any] = {
    "StatisticsView": {
        "organisation_id": ORGANISATION,
        "period": "2026-Q3",
        "published_at": "2026-10-15T07:00:00Z",
        "groups": {"value": 9, "suppressed": False},
        "members": {"value": 55, "suppressed": False},
        "entries": {"value": None, "suppressed": True},
        "areas": [
            {
                "area": "Fjordby",
                "groups": {"value": 4, "suppressed": False},
                "members": {"value": 25, "suppressed": False},
            }
        ],
        "some_areas_left_out": True,
    },
}

BODIES: dict[str, Any] = {}
