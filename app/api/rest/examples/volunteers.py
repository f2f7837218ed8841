"""Examples of volunteers."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, PERSON

_COORDINATOR = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b99"
_SUPERVISION = {
    "requirement": "supervision",
    "name": "Supervision",
    "holds": True,
    "until": "2026-12-20T17:00:00Z",
    "is_exempt": False,
    "is_due": True,
}

VIEWS: dict[str, Any] = {
    "VolunteerView": {
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "name": "Hanne",
        "recruited_from": "former_participant",
        "offered_at": "2026-01-12T18:00:00Z",
        "as_of": "2026-11-22T08:00:00Z",
        "status": "renewal_due",
        "in_words": "Can be given a group. Something runs out soon: see which, and take part in good time.",
        "is_assignable": True,
        "policy_version": 1,
        "requirements": [_SUPERVISION],
        "missing": [],
        "missing_modules": [],
        "next_change_at": "2026-12-20T17:00:00Z",
        "next_status": "lapsed",
        "has_discussion_partner": True,
        "discussion_partner_name": "Iben",
    },
    "TrainingEntryView": {
        "id": "019a8c00-2200-8a01-8000-2a7f00aa22cc",
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "kind": "introduction",
        "happened_at": "2026-02-02T17:00:00Z",
        "module": "method",
        "outcome": None,
        "criteria_version": None,
        "qualities": [],
        "requirement": None,
        "reason": None,
        "until": None,
        "corrects": None,
        "corrected_by": None,
        "recorded_by": _COORDINATOR,
        "recorded_at": "2026-02-03T08:10:00Z",
    },
    "VolunteerOutlookView": {
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "name": "Hanne",
        "begins": "2027-01-01T00:00:00Z",
        "ends": "2027-04-01T00:00:00Z",
        "status": "lapsed",
        "can_start": False,
        "can_start_throughout": False,
        "assignable_until": None,
        "missing": ["supervision"],
        "runs_out": [],
    },
    "PartnerProposalView": {"code": "mfzwizlxnbqxg5dfoj2ws3tj", "expires_at": "2026-12-06T08:00:00Z"},
    "HeldCriteriaView": {
        "organisation_id": ORGANISATION,
        "version": 2,
        "adopted_at": "2026-09-01T08:00:00Z",
        "qualities": [
            {
                "key": "steps_back",
                "name": "Can step back",
                "question": "What is it like for you to leave while something is still in motion?",
                "is_required": True,
            },
            {
                "key": "knows_self_help",
                "name": "Knows of self-help",
                "question": "What do you think happens in a group that nobody leads?",
                "is_required": False,
            },
        ],
        "prompts": [
            {
                "key": "two_together",
                "text": "Two together have it easier than one alone.",
                "rules": ["V-09"],
            }
        ],
    },
    "CriteriaView": {
        "version": "1",
        "qualities": [
            {
                "key": "listens",
                "name": "Listens",
                "question": "When did you last listen to somebody without giving advice?",
                "is_required": True,
            }
        ],
        "prompts": [
            {
                "key": "not_the_strong_one",
                "text": "Nobody needs to be the strong or the kind one here.",
                "rules": ["V-13"],
            }
        ],
    },
}

BODIES: dict[str, Any] = {
    "OfferToVolunteerIn": {"recruited_from": "former_participant"},
    "RecordTrainingIn": {
        "kind": "introduction",
        "happened_at": "2026-02-02T17:00:00Z",
        "module": "method",
        "outcome": None,
        "qualities": [],
        "requirement": None,
        "reason": None,
        "until": None,
        "corrects": None,
    },
    "AdoptHeldCriteriaIn": {"required": ["steps_back"], "welcome": ["knows_self_help"]},
    "AcceptPartnerIn": {"code": "mfzwizlxnbqxg5dfoj2ws3tj"},
}
