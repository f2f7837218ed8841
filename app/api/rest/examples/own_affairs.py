"""Examples of a group's own affairs."""

from typing import Any

from app.api.rest.examples.shared import GROUP, HELP, ORGANISATION, RULES

_AGREED = {
    "rhythm": "Every other Thursday, two hours.",
    "absence_channel": "text_message",
    "absence_hours": 4,
    "refreshments": "Coffee in the break; whoever likes brings biscuits.",
    "breaks": None,
    "decision_rule": "three_quarters",
    "points": ["Telephones stay in the pocket."],
}
VIEWS: dict[str, Any] = {
    "LeaveView": {
        "is_away": True,
        "starts_at": "2026-12-01T08:00:00Z",
        "ends_at": "2027-01-11T08:00:00Z",
    },
    "GroundRulesView": {
        "id": RULES,
        "group_id": GROUP,
        "status": "in_force",
        "drafted_at": "2026-11-12T19:30:00Z",
        "adopted_at": "2026-11-19T20:15:00Z",
        **_AGREED,
        "unspoken": ["breaks"],
    },
    "PastMembershipView": {
        "organisation_id": ORGANISATION,
        "group_id": GROUP,
        "alias": "Havella",
        "joined_at": "2026-09-03T17:00:00Z",
        "left_at": "2026-11-20T12:00:00Z",
        "by_the_others": False,
        "message": "You have left the group. What you heard there stays there.",
        "other_help": [HELP],
    },
}
BODIES: dict[str, Any] = {
    "TakeLeaveIn": {"ends_at": "2027-08-16T08:00:00Z", "starts_at": None},
    "DraftGroundRulesIn": {"agreement": _AGREED},
}
