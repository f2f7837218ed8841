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
_ASSESSMENT = "019a8c00-1000-8a01-8000-2a7f00aa33dd"
_STEP = {
    "id": _ASSESSMENT,
    "organisation_id": ORGANISATION,
    "stage": "asked",
    "kept_until": "2027-11-01T09:10:00Z",
    "outcome": None,
    "help": [HELP],
    "version": 1,
}
_SUMMARY = {
    "id": _ASSESSMENT,
    "organisation_id": ORGANISATION,
    "person_id": PERSON,
    "name": "Hanne",
    "stage": "appointed",
    "asked_at": "2026-11-01T09:10:00Z",
    "interviewer": "Ivar",
    "starts_at": "2026-11-05T17:00:00Z",
    "kept_until": "2026-12-05T17:00:00Z",
}
_INTERVIEWER = "7a1b5b1f-5c6c-4d47-8b79-1e7b1f2f6c22"
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
    "IntakeGuideView": {
        "organisation_id": ORGANISATION,
        "intake_mode": "conversation_required",
        "minimum_age": 18,
        "youth_programme": None,
        "version": 1,
        "criteria": [
            {"key": "sober", "text": "You come sober to the meetings.", "rules": ["I-08"]},
        ],
        "before_you_write": "Keep it short, and say no more than you want to.",
        "help": [HELP],
    },
    "CriteriaVersionView": {
        "organisation_id": ORGANISATION,
        "version": 2,
        "criteria": ["takes_responsibility", "own_choice", "sober"],
        "adopted_at": "2026-10-01T09:00:00Z",
    },
    "InterviewerView": {"person_id": _INTERVIEWER, "name": "Ivar"},
    "AssessmentStepView": _STEP,
    "AssessmentSummaryView": _SUMMARY,
    "AssessmentView": {
        **_SUMMARY,
        "criteria_version": 1,
        "interviewer_id": _INTERVIEWER,
        "form": "in_person",
        "place": "The volunteer centre, second floor",
        "outcome": None,
        "own_words": "I would like to know more first.",
        "note": None,
        "remark": None,
        "points": [],
        "text_until": "2027-01-30T09:10:00Z",
        "interviewers_i_know": [],
        "readings": [{"reader": "Ivar", "what": "assessment", "read_at": "2026-11-04T12:00:00Z"}],
        "help": [HELP],
        "version": 2,
    },
    "WaysOfReachingView": {
        "assessment_id": _SUMMARY["id"],
        "person_id": PERSON,
        "ways": [{"kind": "telephone", "value": "+4791234567"}],
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
    "AdoptCriteriaIn": {"criteria": ["takes_responsibility", "own_choice", "sober"]},
    "AskForConversationIn": {"own_words": "I would like to know more first.", "interviewers_i_know": []},
    "RemarkOnAssessmentIn": {"words": "I said that evenings suit me, not that I am tired in the evening."},
    "NameKnownInterviewersIn": {"interviewers_i_know": [_INTERVIEWER]},
    "AppointInterviewerIn": {
        "interviewer_id": _INTERVIEWER,
        "starts_at": "2027-11-04T18:00:00+01:00",
        "form": "in_person",
        "place": "The volunteer centre, second floor",
    },
    "CompleteAssessmentIn": {
        "outcome": "group",
        "signposted_to": [],
        "points": [{"key": "listens", "answer": "yes"}],
        "note": None,
    },
    "GiveRecommendationIn": {"how_many": 1},
    "RecordOutcomeIn": {"person_id": PERSON, "outcome": "group", "signposted_to": []},
}
