"""Examples of guidance."""

from typing import Any

from app.api.rest.examples.shared import HELP, SHA

VIEWS: dict[str, Any] = {
    "DeclarationTextView": {
        "version": "1",
        "language": "en",
        "sha256": SHA,
        "title": "Declaration of confidentiality",
        "paragraphs": ["What I see and hear in the group stays in the group."],
    },
    "HelpView": HELP,
}

BODIES: dict[str, Any] = {}
