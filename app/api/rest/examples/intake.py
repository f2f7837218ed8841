"""Examples of intake."""

from typing import Any

from app.api.rest.examples.shared import HELP, ORGANISATION, PERSON

_WISHES = {
    "theme": "Grief",
    "forms": ["in_person", "phone"],
    "area": "Fjordby",
    "weekdays": ["tuesday"],
    "language": "nb",
    "company": ["near_my_age"],
}
_CODE = "MFRG-GZDF-MZTW-Q2LK-MFRG-GZDF-MZTW-Q2LK"

VIEWS: dict[str, Any] = {
    "InterestView": {
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "name": "Hanne",
        **_WISHES,
        "has_private_wish": False,
        "registered_at": "2026-11-01T09:08:00Z",
        "kept_until": "2027-11-01T09:08:00Z",
    },
    "PrivateWishView": {
        "person_id": PERSON,
        "words": "My sister-in-law.",
        "readings": [
            {"reader": "Kari", "what": "private_wish", "read_at": "2026-11-02T10:00:00Z"},
        ],
        "help": [HELP],
    },
    "RecommendationView": {
        "id": "019a8c00-0f00-8a01-8000-2a7f00aa22cc",
        "organisation_id": ORGANISATION,
        "how_many": 1,
        "codes": [_CODE],
        "status": "sent",
        "given_at": "2026-10-20T08:00:00Z",
        "expires_at": "2026-12-19T08:00:00Z",
    },
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
    "RegisterInterestIn": {"wishes": _WISHES, "i_am_of_age": True},
    "ActivateRecommendationIn": {"code": _CODE, "wishes": _WISHES, "i_am_of_age": True},
    "KeepPrivateWishIn": {"words": "My sister-in-law."},
    "GiveRecommendationIn": {"how_many": 1},
    "RecordOutcomeIn": {"person_id": PERSON, "outcome": "group", "signposted_to": []},
}
