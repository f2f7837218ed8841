"""Examples of people."""

from typing import Any

from app.api.rest.examples.shared import APPLICATION, BALLOT, GROUP, MEETING, ORGANISATION, PERSON, PLACEMENT

_FORMING = "019a8c3e-4d77-8a11-8000-2a7f5c31d0e7"
_HELPED = "019a8c3e-4d79-8a11-8000-2a7f5c31d0e9"
_WAITED_FOR = "019a8c3e-4d7a-8a11-8000-2a7f5c31d0ea"
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
            "my_absence": False,
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
    "helping": [
        {
            "id": "019a8c3e-5300-8c71-8000-2a7f40c6a2b8",
            "organisation_id": ORGANISATION,
            "status": "active",
            "ends_at": "2026-12-17T19:00:00Z",
            "group_id": _HELPED,
            "theme": "Divorce",
            "form": "in_person",
            "next_meeting": {
                "id": "019a9f10-2c41-8d15-8000-2a7f91fe3c78",
                "group_id": _HELPED,
                "starts_at": "2026-12-10T17:00:00Z",
                "ends_at": "2026-12-10T19:00:00Z",
                "place": "Fjordby church, the small hall",
                "place_type": "church",
                "is_first": False,
                "my_absence": False,
            },
        }
    ],
    "visits": [],
    "waiting": [
        {
            "organisation_id": ORGANISATION,
            "group_id": _WAITED_FOR,
            "theme": "Grief",
            "form": "in_person",
            "area": "Fjordby",
            "language": "nb",
            "alias": "Alke",
            "asked_at": "2026-11-22T08:30:00Z",
            "invited": False,
        }
    ],
    "webhooks": [],
}

VIEWS: dict[str, Any] = {
    "ProtectionView": {
        "is_protected": True,
        "protected_at": "2026-11-01T09:05:00Z",
        "protected_by": "oneself",
    },
    "MeView": {
        "id": PERSON,
        "chosen_name": "Hanne",
        "languages": ["nb", "en"],
        "of_age_confirmed_at": "2026-11-01T09:00:00Z",
        "of_age_confirmed_by": "self_declared",
        "organisations": [ORGANISATION],
        "protected_identity": False,
        "version": 1,
        "home": _HOME,
    },
    "AccessView": {
        "id": "019a8c3e-4d91-8a11-8000-2a7f5c31d0f1",
        "organisation_id": ORGANISATION,
        "occurred_at": "2026-11-04T12:00:00Z",
        "acting_as": "interviewer",
        "who": "Ivar",
        "consumer": None,
        "supplier": None,
        "deed": "read",
        "data_class": "assessment",
        "purpose": "intake",
        "ended": "done",
    },
}

BODIES: dict[str, Any] = {
    "IntroduceMyselfIn": {"chosen_name": "Hanne", "languages": ["nb", "en"], "i_am_of_age": True},
}
