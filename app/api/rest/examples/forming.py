"""Examples of groups that form."""

from typing import Any

from app.api.rest.examples.shared import GROUP, ORGANISATION, PERSON

_CODE = "k3tq5mwz2hn7cbpv4xsd6jfa"
_COMPOSITION = {"age_from": 20, "age_to": 35, "genders": "all", "in_common": "Students"}
_WAITING = {"alias": "Havella", "asked_at": "2026-11-02T10:00:00Z", "state": "waiting"}

VIEWS: dict[str, Any] = {
    "GroupOfferView": {
        "group_id": GROUP,
        "published": True,
        "application_code": _CODE,
        "composition": _COMPOSITION,
        "starter_helps": True,
        "first_meeting_at": None,
        "advice": [
            {
                "code": "two_starters",
                "rules": ["V-09", "R-09"],
                "text": "A starter will help this group. Where you can, let two of them start it together.",
            }
        ],
    },
    "WaitingView": {
        "organisation_id": ORGANISATION,
        "group_id": GROUP,
        "theme": "Grief",
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
        **_WAITING,
    },
    "WaitingEntryView": {"person_id": PERSON, **_WAITING},
}

BODIES: dict[str, Any] = {
    "BeginGroupIn": {
        "form": "phone",
        "area": "Anywhere in the country",
        "language": "nb",
        "alias": "Havella",
        "theme": None,
        "seats": 6,
        "composition": _COMPOSITION,
    },
    "AskForPlaceIn": {"application_code": _CODE, "alias": "Havella"},
}
