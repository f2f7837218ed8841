"""Examples of organisations."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, PERSON, SIGNATURE

_SETTINGS = {
    "intake_mode": "self_declaration",
    "minimum_age": 18,
    "youth_programme": False,
    "size_warn_below": 5,
    "age_span_hint": 10,
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
    "starter_default_meetings": 3,
    "starter_max_meetings": 6,
    "starter_max_days": 183,
    "follow_up_after_meetings": 4,
    "supervision_every_days": 183,
    "course_every_days": 730,
    "network_meeting_every_days": 365,
    "renewal_window_days": 60,
    "dormant_after_days": 42,
    "recommendation_days": 60,
    "interest_days": 365,
    "assessment_text_days": 90,
    "appointment_no_show_days": 30,
    "suspend_starter_on_lapse": False,
}

VIEWS: dict[str, Any] = {
    "OrganisationView": {
        "id": ORGANISATION,
        "name": "Fjordby Frivilligsentral",
        "country": "NO",
        "level": "local",
        "parent_id": None,
        "municipalities": ["4601"],
        "mergers": [{"on": "2020-01-01", "out_of": ["1201"], "into": "4601"}],
        "time_zone": "Europe/Oslo",
    },
    "PolicyView": {
        "organisation_id": ORGANISATION,
        "version": 1,
        "effective_from": "2026-01-01T00:00:00Z",
        "newest_version": 1,
        "settings": _SETTINGS,
    },
    "StaffDeclarationView": {
        "organisation_id": ORGANISATION,
        "text_version": "1",
        "signed_at": "2026-11-01T09:06:00Z",
    },
    "RegistrationView": {
        "organisation_id": ORGANISATION,
        "person_id": PERSON,
        "name": "Hanne",
        "registered_at": "2026-11-01T09:05:00Z",
        "roles": [],
    },
}

BODIES: dict[str, Any] = {
    "NoteMergersIn": {"mergers": [{"on": "2020-01-01", "out_of": ["1201"], "into": "4601"}]},
    "CreateOrganisationIn": {
        "parent_id": "00000000-0000-8000-8000-000100000000",
        "name": "Fjordby Frivilligsentral",
        "country": "NO",
        "level": "local",
        "municipalities": ["4601"],
        "time_zone": "Europe/Oslo",
    },
    "AdoptPolicyIn": {"settings": _SETTINGS, "effective_from": "2028-01-01T00:00:00+01:00"},
    "SignForOrganisationIn": {"signature": SIGNATURE},
    "RegisterIn": {"name": "Hanne"},
}
