"""Examples of courses."""

from typing import Any

from app.api.rest.examples.shared import GROUP, ORGANISATION, PERSON

_COURSE = "019a8d00-1000-8c01-8000-2a7f11aa22bb"
_SIGN_UP = "019a8d90-2000-8c02-8000-2a7f33cc44dd"
_GROUP_START = {"group_starts_at": "2027-03-04T17:00:00Z", "group_place": "Fjordby library"}
_DESCRIBED = {
    "title": "Living with pain",
    "first_day": "2026-09-01",
    "last_day": "2026-11-24",
    "form": "in_person",
    "area": "Fjordby",
    "language": "nb",
    "theme": "Pain",
    "seats": 8,
    **_GROUP_START,
    "practical": "The side entrance is open from half past five.",
}
_SHOWN = {
    "id": _COURSE,
    "organisation_id": ORGANISATION,
    **_DESCRIBED,
    "sign_up_code": "k7m3n4p6r2s7t5u3wyqjx5v2",
    "sign_up_open": True,
    "cancelled": False,
    "milestones": [
        {
            "milestone": "told_from_the_start",
            "rule": "R-03",
            "what": "Tell about the group from the first day.",
            "due_on": "2026-09-01",
            "done_on": "2026-09-02",
            "state": "done",
        }
    ],
    "version": 3,
}
VIEWS: dict[str, Any] = {
    "CourseView": _SHOWN,
    "AnnouncedCourseView": {
        "own_id": "K-2026-014",
        "outcome": "unchanged",
        "course": {**_SHOWN, "sign_up_code": None},
    },
    "CourseImportView": {
        "id": "8f2c1f9e-3b1d-4f0e-9d55-6a1f0c7d2e11",
        "organisation_id": ORGANISATION,
        "rows": 120,
        "created": 4,
        "changed": 2,
        "unchanged": 113,
        "refused": 1,
        "refused_rows": [{"row": 17, "code": "courses.last_day_before_first"}],
        "begun_at": "2026-09-03T02:00:00Z",
        "finished_at": "2026-09-03T02:00:02Z",
    },
    "SignUpEntry": {
        "id": _SIGN_UP,
        "person_id": PERSON,
        "name": "Hanne",
        "signed_up_at": "2026-11-24T18:40:00Z",
    },
    "MySignUp": {
        "id": _SIGN_UP,
        "organisation_id": ORGANISATION,
        "course_title": "Living with pain",
        **_GROUP_START,
        "practical": "The side entrance is open from half past five.",
        "signed_up_at": "2026-11-24T18:40:00Z",
    },
    "CourseGroupView": {
        "course_id": _COURSE,
        "group_id": GROUP,
        "invited": 6,
        "waiting_for_intake": 1,
        "left_over": 0,
    },
}
BODIES: dict[str, Any] = {
    "CourseIn": {**_DESCRIBED, "group_starts_at": "2027-03-04T18:00:00+01:00"},
    "AnnouncedCourseIn": {
        **_DESCRIBED,
        "group_starts_at": "2027-03-04T18:00:00+01:00",
        "cancelled": False,
    },
    "NoteMilestoneIn": {"done_on": "2026-09-02"},
    "SignUpIn": {"sign_up_code": "k7m3n4p6r2s7t5u3wyqjx5v2"},
}
