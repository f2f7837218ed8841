"""Examples of what is held about oneself."""

from typing import Any

from app.api.rest.examples.shared import ORGANISATION, PERSON

_ABOUT_YOU = {
    "organisation_id": None,
    "name": "person",
    "what": "a human being who logs in",
    "why": "to greet them as they wish, in a language of theirs, and to know that they are of age",
    "kept": "account",
    "kept_days": None,
    "seen_by": ["oneself"],
    "entries": [
        {
            "names": ["id", "chosen_name", "languages"],
            "values": [[PERSON], ["Hanne"], ["nb", "en"]],
        }
    ],
    "withheld": [],
    "entries_about_others": 0,
}
_CONFIDED = {
    "organisation_id": ORGANISATION,
    "name": "assessment",
    "what": "one intake conversation: who, when, with whom; nothing of what was said (P-17)",
    "why": "to hold the conversation before a group",
    "kept": "conversation",
    "kept_days": 365,
    "seen_by": ["oneself", "interviewer_of_the_assessment", "coordinator"],
    "entries": [],
    "withheld": [{"name": "interviewer_id", "reason": "another person's id"}],
    "entries_about_others": 0,
}
_GOES = {
    "name": "contact",
    "words": "Hvordan du kan nås",
    "becomes": "gone",
    "why": "Det slettes.",
    "entries": 1,
}
_STAYS = {
    "name": "membership",
    "words": "Gruppene dine",
    "becomes": "unlinked",
    "why": "Tidspunktene blir stående uten deg, slik at det gruppa har bestemt, fortsatt er sant.",
    "entries": 2,
}
VIEWS: dict[str, Any] = {
    "MyDataView": {
        "sections": [_ABOUT_YOU, _CONFIDED],
    },
    "ErasurePlanView": {
        "sorts": [_GOES, _STAYS],
        "sentences": ["Du går ut av gruppene dine, som om du hadde sagt det i hver av dem."],
        "last_administrator_of": [],
        "confirmation": "5f0c1b7a90de",
    },
    "ErasureView": {
        "erased_at": "2026-10-01T12:00:00Z",
        "sorts": [_GOES, _STAYS],
        "verified": True,
        "message": "Du er slettet.",
    },
    "ReadableDataView": {
        "language": "nb",
        "text": "# Det som er lagret om deg\n\n## Deg\n\n- det du vil bli kalt: Hanne\n",
    },
}
BODIES: dict[str, Any] = {"EraseMeIn": {"confirmation": "5f0c1b7a90de"}}
