"""Examples of groups."""

from typing import Any

from app.api.rest.examples.shared import (
    ANYBODY,
    GROUP,
    MEETING,
    MEMBERSHIP,
    ORGANISATION,
    PERSON,
    PLACEMENT,
    RULES,
    SIGNATURE,
)

_NEXT_MEETING = {
    "id": MEETING,
    "starts_at": "2026-12-03T17:00:00Z",
    "minutes": 120,
    "place": "Fjordby library, second floor",
    "place_type": "library",
}
_MEMBERS = [
    {"id": MEMBERSHIP, "alias": "Alke", "signed": True, "away": False, "is_me": True},
    {
        "id": "019a8c3e-5220-8b02-8000-2a7f77d1c9a5",
        "alias": "Brushane",
        "signed": True,
        "away": False,
        "is_me": False,
    },
]

VIEWS: dict[str, Any] = {
    "GroupView": {
        "id": GROUP,
        "organisation_id": ORGANISATION,
        "theme": "Grief",
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
        "origin": "organisation",
        "composition": ANYBODY,
        "starter_helps": True,
        "phase": "meeting",
        "my_standing": "member",
        "size_band": "five_to_eight",
        "seats": 6,
        "member_count": 5,
        "free_seats": 1,
        "generation": 1,
        "vulnerable": False,
        "open_for_new_people": True,
        "ends_at": None,
        "ground_rules_id": RULES,
        "ground_rules_to_be_renewed": False,
        "convening": False,
        "my_membership_id": MEMBERSHIP,
        "declaration_due": False,
        "members": _MEMBERS,
        "next_meeting": _NEXT_MEETING,
        "version": 1,
        "guidance": [],
    },
    "InvitationView": {
        "id": PLACEMENT,
        "organisation_id": ORGANISATION,
        "group_id": GROUP,
        "theme": None,
        "form": "video",
        "area": "Online",
        "language": "nb",
        "composition": ANYBODY,
        "starter_helps": False,
        "first_meeting_at": None,
        "invited_at": "2026-11-02T10:00:00Z",
    },
    "PlacementView": {
        "id": PLACEMENT,
        "group_id": GROUP,
        "person_id": PERSON,
        "answer": "open",
        "invited_at": "2026-11-02T10:00:00Z",
        "convenor": False,
    },
    "DeclarationView": {
        "group_id": GROUP,
        "membership_id": MEMBERSHIP,
        "generation": 1,
        "how": "in_app",
        "text_version": "1",
        "signed_at": "2026-11-03T17:10:00Z",
    },
}

BODIES: dict[str, Any] = {
    "FormGroupIn": {"form": "in_person", "area": "Fjordby", "language": "nb", "theme": "Grief", "seats": 6},
    "EditGroupIn": {"form": "in_person", "area": "Fjordby centre", "language": "nb", "theme": "Grief"},
    "InviteToPlaceIn": {"person_id": PERSON},
    "AcceptPlaceIn": {"alias": "Alke"},
    "ChangeAliasIn": {"alias": "Havella"},
    "SignDeclarationIn": {"signature": SIGNATURE},
    "WitnessDeclarationIn": {"membership_id": MEMBERSHIP, "language": "nb"},
}
