"""The OpenAPI document: FastAPI's own, completed with what people need to use it."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.rest.answers import describe_answers
from app.api.rest.examples import add_examples
from app.api.rest.route import as_fastapi_knows
from app.api.rest.webhooks import describe_webhooks
from app.api.shared.operations import SENT_ONCE
from app.api.shared.problem_docs import document_problems
from app.domain.shared.errors import Busy

_DESCRIPTION = """\
The backend that self-organised self-help groups run on. Nobody enters a closed group unless its members have jointly
decided it.

**Errors** are problem documents (RFC 9457): decide by `code`, show `title`, `detail` and `next` to people; `rules` names
the rules of self-help groups behind a refusal. What is hidden from you and what doesn't exist look the same.

**Languages**: `Accept-Language` with nb, nn, da or en. **Times** are instants in UTC (RFC 3339). **Lists** have a
cursor and no total. **Repeating** a POST with the same `Idempotency-Key` is the same as sending it once; GET, PUT and
DELETE need none. Some POSTs take no key: send them once, and look first whether it was done if no answer comes. They are
{sent_once}.

The same operations are there in GraphQL, under the same names in camel case: POST JSON with `query`, `variables` and
`operationName` to `/graphql`. Its contract is the schema (`openapi/schema.graphql`), so it is no operation here.
Offers and one's own meetings are there as FHIR R4, too: its contract is `/fhir/R4/metadata`."""

_TAGS = {
    "people": "Oneself: introduce yourself, see what is known of you.",
    "keeping": "What is held about oneself: all of it, a copy, its end.",
    "organisations": "Organisations, their versioned policies, and who works for them.",
    "intake": "What comes before a group.",
    "groups": "Groups, places in forming groups, declarations of confidentiality, leaving.",
    "meetings": "When and where a group meets. Nothing that is said there is kept.",
    "messages": "Messages to oneself by mail: which, when, in which language, and what was sent.",
    "admission": "Offers, applications and secret ballots: the only way into a closed group.",
    "events": "What has happened, in order: for systems that poll and for staff, and sent to webhooks.",
    "courses": "Courses that become groups: milestones, sign-ups, and the group that grows from them.",
    "starters": "Starters, and the exit that is fixed before they start.",
    "guidance": "Words that people need at the moment.",
    "systems": "Systems of municipalities and others: which are let in, for what, until when. None sees a person.",
    "municipal": "What a municipality's systems do, all in one place: courses under their own ids, codes to hand out,"
    " offers, figures, what has happened. Never a person. `docs/integrate.md` walks through it.",
    "statistics": "Figures about groups that can't betray anybody in them.",
    "volunteers": "Volunteers and their training: who can be given a group, until when, and what is missing.",
}


def document_of(app: FastAPI, public_url: str) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Verksted",
            version="0.1.0",
            summary="Self-organised self-help groups: closed, leaderless, confidential",
            description=_DESCRIPTION.replace(
                "{sent_once}", ", ".join(f"`POST {each.path}`" for each in SENT_ONCE)
            ),
            routes=as_fastapi_knows(app.routes),
            tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
            servers=[{"url": public_url, "description": "This server"}],
            contact={"name": "Verksted", "url": "https://verksted.example/contact"},
            license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        )
        document.setdefault("components", {})["securitySchemes"] = {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "An access token of an issuer that this server is configured for.",
            }
        }
        describe_answers(document)
        document_problems(document, Busy)
        add_examples(document)
        describe_webhooks(document)
        app.openapi_schema = document
    return app.openapi_schema
