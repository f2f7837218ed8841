"""Examples of admission."""

from typing import Any

from app.api.rest.examples.shared import (
    ANYBODY,
    APPLICATION,
    BALLOT,
    GROUP,
    MEMBERSHIP,
    ORGANISATION,
    SIGNATURE,
)

_MEMBERS = [
    {"id": MEMBERSHIP, "alias": "Alke", "signed": True, "is_me": True},
    {"id": "019a8c3e-5220-8b02-8000-2a7f77d1c9a5", "alias": "Brushane", "signed": True, "is_me": False},
]

VIEWS: dict[str, Any] = {
    "OfferView": {
        "organisation_id": ORGANISATION,
        "application_code": "qjx5v2k7m3n4p6r2s7t5u3wy",
        "kind": "forming",
        "theme": "Grief",
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
        "composition": ANYBODY,
        "starter_helps": True,
        "first_meeting_on": "2026-12-03",
    },
    "ApplicationView": {
        "id": APPLICATION,
        "group_id": GROUP,
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
        "id": BALLOT,
        "group_id": GROUP,
        "question": "admission",
        "application_id": APPLICATION,
        "ends_at": None,
        "ground_rules_id": None,
        "member_id": None,
        "assignment_id": None,
        "latest_date": None,
        "max_meetings": None,
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
    "EntryView": {"group_id": GROUP, "membership_id": MEMBERSHIP, "alias": "Havella", "generation": 2},
}

BODIES: dict[str, Any] = {
    "ApplyIn": {
        "application_code": "qjx5v2k7m3n4p6r2s7t5u3wy",
        "alias": "Havella",
        "introduction": "I lost my father last winter and would like to be among people who know how that is.",
        "known_as": None,
    },
    "CorrectApplicationIn": {
        "alias": "Havella",
        "introduction": "I lost my father two winters ago and would like to be among people who know how that is.",
        "known_as": None,
    },
    "OpenBallotIn": {"question": "admission", "application_id": APPLICATION, "window_days": 14},
    "CastVoteIn": {"choice": "for"},
    "AcceptEntryIn": {"signature": SIGNATURE, "alias": None},
}
