"""What is sent to webhooks, as OpenAPI 3.1 says it (`webhooks`): one request, the event as the feed tells it, signed."""

from typing import Any

from app.api.rest.examples import VIEWS
from app.domain.events.webhook import TEST

_ID = "019a8c3e-4d00-8c07-8000-2a7f5511aa33"
_HEADERS = (
    (
        "webhook-id",
        "Id of the event, the same at every attempt: whoever has it already, has this one already.",
        _ID,
    ),
    ("webhook-timestamp", "When this attempt was made, in seconds since 1970.", "1795521607"),
    (
        "webhook-signature",
        "`v1,` and HMAC-SHA256 over `webhook-id.webhook-timestamp.body` in Base64; while a secret is being changed, one for"
        " each of them, with a space between. Any that fits is enough.",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
)
_DESCRIPTION = """\
An event that the webhook's owner may know of: the same as in the feed, a type and ids alone. Verify the signature over the
body as it came (Standard Webhooks has libraries), answer 2xx at once, and do the work afterwards.

What isn't answered with 2xx within 15 seconds is tried nine times over a day. Who answers 429 or 503 with `Retry-After`
(seconds or a date) isn't asked sooner, up to eight hours and within that day. Of one `subject` events come in their
order: the next waits until the one before has arrived or was given up. The same event can come twice, with the same
`webhook-id`. Redirects aren't followed."""


def describe_webhooks(document: dict[str, Any]) -> None:
    """Add what is sent to the document, in place."""
    event = VIEWS["EventView"]
    test = {
        **event,
        "type": TEST,
        "subject": VIEWS["WebhookView"]["id"],
        "data": {**event["data"], "course_id": None, "webhook_id": VIEWS["WebhookView"]["id"]},
    }
    document["webhooks"] = {
        "event": {
            "post": {
                "tags": ["events"],
                "operationId": "receive_event",
                "summary": "Something has happened",
                "description": _DESCRIPTION,
                "security": [],
                "parameters": [
                    {
                        "name": name,
                        "in": "header",
                        "required": True,
                        "description": text,
                        "schema": {"type": "string", "maxLength": 600},
                        "example": example,
                    }
                    for name, text, example in _HEADERS
                ],
                "requestBody": {
                    "required": True,
                    "description": "A CloudEvent.",
                    "content": {
                        "application/cloudevents+json": {
                            "schema": {"$ref": "#/components/schemas/EventView"},
                            "examples": {
                                "milestone": {"summary": "A milestone of a course was noted", "value": event},
                                "test": {"summary": "A test that somebody has asked for", "value": test},
                            },
                        }
                    },
                },
                "responses": {
                    "204": {
                        "description": "It has arrived (any 2xx says so; what else is answered isn't read)"
                    },
                    "410": {"description": "Nothing more is to be sent here: the webhook is disabled"},
                    "503": {
                        "description": "Not now: it is tried again (so is everything else that isn't 2xx)"
                    },
                },
            }
        }
    }
