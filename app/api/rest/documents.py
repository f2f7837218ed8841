"""What the OpenAPI document says beside what FastAPI reads from the signatures."""

from typing import Any

from app.api.shared.auth import KEY_PATTERN
from app.api.shared.operations import Operation

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The `ETag` of what you have read: your change builds on that (412 if it has changed since).",
    "schema": {
        "type": "string",
        "format": "etags",
        "pattern": r"\S",
        "examples": ['"3f6c0d2a9be14f0c8a51d7e2b4c6f801"'],
    },
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` that you have: 304 without a body if it still holds.",
    # Read leniently (RFC 9110): whatever makes no sense is as good as none, so there is nothing to be refused.
    "schema": {"type": "string", "format": "etags", "examples": ['"3f6c0d2a9be14f0c8a51d7e2b4c6f801"']},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own for this one request: sending it again is then the same as sending it once.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 202,
        "pattern": KEY_PATTERN,
        "examples": ['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    },
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "Language of texts for people: nb, nn, da or en; nb if nothing is said.",
    "schema": {"type": "string", "format": "languages", "examples": ["nn, nb;q=0.8, en;q=0.5"]},
}


def described_parameters(operation: Operation) -> dict[str, Any]:
    """Headers of this operation, for `openapi_extra`."""
    headers: list[dict[str, Any]] = [_LANGUAGE]
    if operation.read_before is not None:
        headers.append(_IF_MATCH)
    if operation.is_query:
        headers.append(_IF_NONE_MATCH)
    if operation.idempotent_by_key:
        headers.append(_IDEMPOTENCY_KEY)
    extra: dict[str, Any] = {"parameters": headers}
    extra["security"] = [{}, {"bearer": []}] if operation.is_public else [{"bearer": []}]
    if operation.body_optional:
        # An absent one never gets as far as FastAPI (`app.api.rest.direct`), so for it every body is a whole one.
        extra["requestBody"] = {"required": False}
    if operation.assurance is not None:
        extra["x-least-assurance"] = operation.assurance.name.lower()
    if operation.scope is not None:
        extra["x-system-scope"] = operation.scope.value
    return extra
