"""Examples of guidance."""

from typing import Any

from app.api.rest.examples.shared import HELP, SHA

_SOURCE = {
    "key": "guidelines",
    "title": "Du kan hjelpe deg selv: Hvordan sette i gang en selvorganisert selvhjelpsgruppe?",
    "publisher": "Selvhjelp Norge",
    "credit": "Written for Verksted, after the content of the source.",
}
_RULE = {
    "id": "A-01",
    "area": "A",
    "binding": "hard",
    "sentence": "Nobody new comes into the group unless its members have decided so together.",
    "source": _SOURCE,
}

VIEWS: dict[str, Any] = {
    "DeclarationTextView": {
        "version": "1",
        "language": "en",
        "sha256": SHA,
        "title": "Declaration of confidentiality",
        "paragraphs": ["What I see and hear in the group stays in the group."],
    },
    "HelpView": HELP,
    "RuleView": _RULE,
    "CardView": {
        "key": "becoming_new",
        "kind": "advice",
        "moments": ["new_generation"],
        "title": "You are a new group now",
        "body": "Somebody has come in. Begin again: say who you are, sign anew, read the ground rules together.",
        "rules": [_RULE],
        "source": _SOURCE,
    },
}

BODIES: dict[str, Any] = {}
