"""Examples for the OpenAPI document: one story told through every operation."""

from typing import Any

_ORGANISATION = "00000000-0000-8000-8000-2a7f00000000"
_GROUP = "019a8c3e-4d00-8a11-8000-2a7f5c31d0e2"
_PERSON = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b11"
_MEMBERSHIP = "019a8c3e-5110-8b02-8000-2a7f77d1c9a4"
_BALLOT = "019a9f00-1b20-8c44-8000-2a7f0b6e19d3"
_APPLICATION = "019a9e80-0a10-8d15-8000-2a7f91fe3c20"
_MEETING = "019a8c40-7a30-8e21-8000-2a7fe01b66f8"
_PLACEMENT = "019a8c3e-4f00-8f01-8000-2a7f31c2aa90"
_SHA = "9d1f0f7f3d0a3a6e0c5e9d6f6a3d7a0b2b1c4e5f60718293a4b5c6d7e8f90a1b"
_HELP = {
    "key": "mental-helse",
    "name": "Mental Helse Hjelpetelefonen",
    "description": "Somebody to talk to, day and night.",
    "phone": "116 123",
    "url": "https://mentalhelse.no",
}
_SIGNATURE = {"text_version": "1", "language": "nb", "text_sha256": _SHA, "typed_name": "Hanne Haug"}
_SETTINGS = {
    "intake_mode": "self_declaration",
    "minimum_age": 18,
    "youth_programme": False,
    "size_warn_below": 5,
    "size_start_min": 3,
    "size_max": 8,
    "ballot_rule": "no_objection",
    "ballot_quorum_percent": 100,
    "ballot_window_days": 14,
    "entry_offer_days": 14,
    "application_wait_days": 60,
    "reapply_after_days": 30,
    "intake_valid_days": 183,
    "parallel_membership": True,
}
_NEXT_MEETING = {
    "id": _MEETING,
    "starts_at": "2026-12-03T17:00:00Z",
    "minutes": 120,
    "place": "Fjordby library, second floor",
}
_MEMBERS = [
    {"id": _MEMBERSHIP, "alias": "Alke", "signed": True, "is_me": True},
    {"id": "019a8c3e-5220-8b02-8000-2a7f77d1c9a5", "alias": "Brushane", "signed": True, "is_me": False},
]

VIEWS: dict[str, Any] = {
    "MeView": {
        "id": _PERSON,
        "chosen_name": "Hanne",
        "languages": ["nb", "en"],
        "of_age_confirmed_at": "2026-11-01T09:00:00Z",
        "of_age_confirmed_by": "self_declared",
        "organisations": [_ORGANISATION],
        "version": 1,
    },
    "OrganisationView": {
        "id": _ORGANISATION,
        "name": "Fjordby Frivilligsentral",
        "country": "NO",
        "level": "local",
        "parent_id": None,
        "municipalities": ["4601"],
        "time_zone": "Europe/Oslo",
    },
    "PolicyView": {
        "organisation_id": _ORGANISATION,
        "version": 1,
        "effective_from": "2026-01-01T00:00:00Z",
        "newest_version": 1,
        "settings": _SETTINGS,
    },
    "StaffDeclarationView": {
        "organisation_id": _ORGANISATION,
        "text_version": "1",
        "signed_at": "2026-11-01T09:06:00Z",
    },
    "RegistrationView": {
        "organisation_id": _ORGANISATION,
        "person_id": _PERSON,
        "name": "Hanne",
        "registered_at": "2026-11-01T09:05:00Z",
        "roles": [],
    },
    "IntakeOutcomeView": {
        "id": "019a8c00-1100-8a01-8000-2a7f00aa11bb",
        "organisation_id": _ORGANISATION,
        "person_id": _PERSON,
        "outcome": "group",
        "method": "self_declaration",
        "signposted_to": [],
        "recorded_at": "2026-11-01T09:10:00Z",
        "valid_until": "2027-05-03T09:10:00Z",
    },
    "GroupView": {
        "id": _GROUP,
        "organisation_id": _ORGANISATION,
        "theme": "Grief",
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
        "phase": "meeting",
        "my_standing": "member",
        "size_band": "five_to_eight",
        "seats": 6,
        "member_count": 5,
        "free_seats": 1,
        "generation": 1,
        "vulnerable": False,
        "open_for_new_people": True,
        "my_membership_id": _MEMBERSHIP,
        "declaration_due": False,
        "members": _MEMBERS,
        "next_meeting": _NEXT_MEETING,
        "version": 1,
    },
    "InvitationView": {
        "id": _PLACEMENT,
        "organisation_id": _ORGANISATION,
        "group_id": _GROUP,
        "theme": None,
        "form": "video",
        "area": "Online",
        "language": "nb",
        "first_meeting_at": None,
        "invited_at": "2026-11-02T10:00:00Z",
    },
    "PlacementView": {
        "id": _PLACEMENT,
        "group_id": _GROUP,
        "person_id": _PERSON,
        "answer": "open",
        "invited_at": "2026-11-02T10:00:00Z",
    },
    "DeclarationView": {
        "group_id": _GROUP,
        "membership_id": _MEMBERSHIP,
        "generation": 1,
        "how": "in_app",
        "text_version": "1",
        "signed_at": "2026-11-03T17:10:00Z",
    },
    "MeetingView": {
        "id": _MEETING,
        "group_id": _GROUP,
        "starts_at": "2026-12-03T17:00:00Z",
        "ends_at": "2026-12-03T19:00:00Z",
        "minutes": 120,
        "place": "Fjordby library, second floor",
        "kind": "ordinary",
        "status": "planned",
        "version": 1,
    },
    "OfferView": {
        "organisation_id": _ORGANISATION,
        "application_code": "qjx5v2k7m3n4p6r2s7t5u3wy",
        "theme": "Grief",
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
    },
    "ApplicationView": {
        "id": _APPLICATION,
        "group_id": _GROUP,
        "alias": "Havella",
        "introduction": "I lost my father last winter and would like to be among people who know how that is.",
        "known_as": None,
        "applied_at": "2026-11-10T08:00:00Z",
        "is_mine": True,
        "stage": "with_the_group",
        "message": "Your application is with the group.",
        "offer_expires_at": None,
        "other_help": None,
        "group_stage": None,
        "ballot_id": None,
    },
    "BallotView": {
        "id": _BALLOT,
        "group_id": _GROUP,
        "question": "admission",
        "application_id": _APPLICATION,
        "rule": "no_objection",
        "rule_explained": "Adopted when nobody is against and at least one is for.",
        "quorum_percent": 100,
        "secret": True,
        "roll_size": 5,
        "opened_at": "2026-11-11T18:00:00Z",
        "closes_at": "2026-11-25T18:00:00Z",
        "status": "open",
        "my_vote": {"on_the_roll": True, "has_voted": False},
    },
    "EntryView": {"group_id": _GROUP, "membership_id": _MEMBERSHIP, "alias": "Havella", "generation": 2},
    "DeclarationTextView": {
        "version": "1",
        "language": "en",
        "sha256": _SHA,
        "title": "Declaration of confidentiality",
        "paragraphs": ["What I see and hear in the group stays in the group."],
    },
    "HelpView": _HELP,
}
BODIES: dict[str, Any] = {
    "IntroduceMyselfIn": {"chosen_name": "Hanne", "languages": ["nb", "en"], "i_am_of_age": True},
    "CreateOrganisationIn": {
        "parent_id": "00000000-0000-8000-8000-000100000000",
        "name": "Fjordby Frivilligsentral",
        "country": "NO",
        "level": "local",
        "municipalities": ["4601"],
        "time_zone": "Europe/Oslo",
    },
    "AdoptPolicyIn": {"settings": _SETTINGS, "effective_from": "2027-01-01T00:00:00+01:00"},
    "SignForOrganisationIn": {"signature": _SIGNATURE},
    "RegisterIn": {"name": "Hanne"},
    "RecordOutcomeIn": {"person_id": _PERSON, "outcome": "group", "signposted_to": []},
    "FormGroupIn": {"form": "in_person", "area": "Fjordby", "language": "nb", "theme": "Grief", "seats": 6},
    "EditGroupIn": {"form": "in_person", "area": "Fjordby centre", "language": "nb", "theme": "Grief"},
    "InviteToPlaceIn": {"person_id": _PERSON},
    "AcceptPlaceIn": {"alias": "Alke"},
    "SignDeclarationIn": {"signature": _SIGNATURE},
    "WitnessDeclarationIn": {"membership_id": _MEMBERSHIP, "language": "nb"},
    "MeetingIn": {
        "starts_at": "2026-12-03T18:00:00+01:00",
        "place": "Fjordby library, second floor",
        "minutes": 120,
    },
    "CorrectMeetingIn": {"held": False},
    "ApplyIn": {
        "application_code": "qjx5v2k7m3n4p6r2s7t5u3wy",
        "alias": "Havella",
        "introduction": "I lost my father last winter and would like to be among people who know how that is.",
        "known_as": None,
    },
    "OpenBallotIn": {"question": "admission", "application_id": _APPLICATION, "window_days": 14},
    "CastVoteIn": {"choice": "for"},
    "AcceptEntryIn": {"signature": _SIGNATURE, "alias": None},
}


def add_examples(document: dict[str, Any]) -> None:
    """Put an example beside every body and every answer, in place."""
    for path in document["paths"].values():
        for operation in path.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None:
                content["example"] = BODIES[_name(content["schema"])]
            for status, response in operation["responses"].items():
                answered = response.get("content", {}).get("application/json")
                if status.startswith("2") and answered is not None:
                    answered["example"] = _answer(_name(answered["schema"]))


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def _answer(name: str) -> Any:
    if name.startswith("PageOut_"):
        return {"items": [VIEWS[name.removeprefix("PageOut_").rstrip("_")]], "next_cursor": None}
    if name.startswith("ListOut_"):
        return {"items": [VIEWS[name.removeprefix("ListOut_").rstrip("_")]]}
    return VIEWS[name]
