"""Examples of people."""

from typing import Any

from app.api.rest.examples.shared import APPLICATION, BALLOT, GROUP, MEETING, ORGANISATION, PERSON, PLACEMENT

_FORMING = "019a8c3e-4d77-8a11-8000-2a7f5c31d0e7"
_APPLIED_TO = "019a8c3e-4d88-8a11-8000-2a7f5c31d0e8"
_HOME = {
    "organisations": [
        {
            "id": ORGANISATION,
            "name": "Fjordby Volunteer Centre",
            "my_roles": [],
            "interest": {
                "theme": None,
                "forms": ["in_person", "video"],
                "area": "Fjordby",
                "registered_at": "2026-11-01T09:20:00Z",
                "kept_until": "2027-11-01T09:20:00Z",
            },
            "intake": {
                "outcome": "group",
                "opens_groups": True,
                "recorded_at": "2026-11-02T10:00:00Z",
                "valid_until": "2027-05-04T10:00:00Z",
            },
            "conversation": None,
            "training": {
                "status": "in_training",
                "in_words": "Your training is under way.",
                "is_assignable": False,
                "missing": ["introduction", "declaration"],
                "missing_modules": ["principles"],
                "due": [],
                "next_change_at": None,
                "next_status": None,
            },
        }
    ],
    "groups": [
        {
            "id": GROUP,
            "organisation_id": ORGANISATION,
            "theme": "Grief",
            "form": "in_person",
            "phase": "meeting",
            "my_standing": "member",
            "my_alias": "Alke",
            "vulnerable": False,
            "dormant": False,
            "open_for_new_people": True,
            "ends_at": None,
            "declaration_due": True,
        }
    ],
    "meetings": [
        {
            "id": MEETING,
            "group_id": GROUP,
            "starts_at": "2026-12-03T17:00:00Z",
            "ends_at": "2026-12-03T19:00:00Z",
            "place": "Fjordby library, second floor",
            "place_type": "library",
            "is_first": False,
        }
    ],
    "ballots": [
        {
            "id": BALLOT,
            "group_id": GROUP,
            "question": "admission",
            "closes_at": "2026-12-10T17:00:00Z",
            "has_voted": False,
        }
    ],
    "offers": [
        {
            "kind": "founding_place",
            "organisation_id": ORGANISATION,
            "group_id": _FORMING,
            "application_id": None,
            "placement_id": PLACEMENT,
            "theme": None,
            "form": "video",
            "area": "Online",
            "language": "nb",
            "expires_at": "2026-12-08T18:00:00Z",
        }
    ],
    "applications": [
        {
            "id": APPLICATION,
            "organisation_id": ORGANISATION,
            "group_id": _APPLIED_TO,
            "alias": "Alke",
            "applied_at": "2026-11-20T12:00:00Z",
            "stage": "with_the_group",
            "message": "Your application is with the group.",
        }
    ],
    "declarations_due": [
        {
            "organisation_id": ORGANISATION,
            "group_id": GROUP,
            "shuts_out": False,
            "needed_by": "2026-12-03T19:00:00Z",
        }
    ],
    "sign_ups": [
        {
            "id": "019a9f10-2c40-8d15-8000-2a7f91fe3c77",
            "organisation_id": ORGANISATION,
            "course_title": "Living with pain",
            "group_starts_at": "2027-01-14T17:00:00Z",
            "group_place": "Fjordby library",
        }
    ],
}

VIEWS: dict[str, Any] = {
    "MeView": {
        "id": PERSON,
        "chosen_name": "Hanne",
        "languages": ["nb", "en"],
        "of_age_confirmed_at": "2026-11-01T09:00:00Z",
        "of_age_confirmed_by": "self_declared",
        "organisations": [ORGANISATION],
        "version": 1,
        "home": _HOME,
    },
}

BODIES: dict[str, Any] = {
    "IntroduceMyselfIn": {"chosen_name": "Hanne", "languages": ["nb", "en"], "i_am_of_age": True},
}
