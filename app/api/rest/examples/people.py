"""Examples of people."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, PERSON

VIEWS: dict[str, Any] = {
    "MeView": {
        "id": PERSON,
        "chosen_name": "Hanne",
        "languages": ["nb", "en"],
        "of_age_confirmed_at": "2026-11-01T09:00:00Z",
        "of_age_confirmed_by": "self_declared",
        "organisations": [ORGANISATION],
        "version": 1,
    },
}

BODIES: dict[str, Any] = {
    "IntroduceMyselfIn": {"chosen_name": "Hanne", "languages": ["nb", "en"], "i_am_of_age": True},
}
