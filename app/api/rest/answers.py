"""What the OpenAPI document says about answers that go well: their meaning, their headers, and 304."""

from typing import Any

from app.api.shared.operations import ALL, Operation
from app.api.shared.operations.operation import Shape

_ETAG = {
    "description": "What this is a version of: send it as `If-None-Match` to read, as `If-Match` to change.",
    "schema": {"type": "string", "maxLength": 40},
    "example": '"3f6c0d2a9be14f0c8a51d7e2b4c6f801"',
}
_LANGUAGE = {
    "description": "The language of the texts for people.",
    "schema": {"type": "string", "enum": ["nb", "nn", "da", "en"]},
    "example": "nb",
}
_REQUEST_ID = {
    "description": "Id of this request: yours, if you sent a UUID as `X-Request-Id`; tell us this one.",
    "schema": {"type": "string", "format": "uuid"},
    "example": "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c",
}
_LOCATION = {
    "description": "Where it can be read from now on.",
    "schema": {"type": "string", "format": "uri-reference", "maxLength": 200},
    "example": "/v1/groups/019a8c3e-4d00-8a11-8000-2a7f5c31d0e2",
}
_RATE_LIMIT_POLICY = {
    "description": "The quotas that held for this request: `q` in `w` seconds (draft-ietf-httpapi-ratelimit-headers).",
    "schema": {"type": "string", "maxLength": 200},
    "example": '"burst";q=600;w=60',
}
_RATE_LIMIT = {
    "description": "What is left of them: `r` now, and all of it in `t` seconds. Whoever keeps to it never meets 429.",
    "schema": {"type": "string", "maxLength": 200},
    "example": '"burst";r=587;t=2',
}
_REPLAYED = {
    "description": "There if this key was used before: the answer of the first time, and nothing was done again.",
    "schema": {"type": "string", "enum": ["true"]},
    "example": "true",
}
_SEEN = {Shape.PAGE: "A page of them", Shape.LIST: "All of them", Shape.ONE: "As you may see it"}


def describe_answers(document: dict[str, Any]) -> None:
    """Complete the 2xx answers of every operation, and add 304 where `If-None-Match` is honoured, in place."""
    headers = document.setdefault("components", {}).setdefault("headers", {})
    headers |= {"ETag": _ETAG, "ContentLanguage": _LANGUAGE, "RequestId": _REQUEST_ID}
    headers |= {"Location": _LOCATION, "IdempotencyReplayed": _REPLAYED}
    headers |= {"RateLimitPolicy": _RATE_LIMIT_POLICY, "RateLimit": _RATE_LIMIT}
    for operation in ALL:
        responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        responses[str(operation.status)] |= {
            "description": _meaning(operation),
            "headers": _headers(operation),
        }
        if operation.is_query:
            responses["304"] = {
                "description": "You have it already (`If-None-Match`)",
                "headers": _refs({"ETag": "ETag", "X-Request-Id": "RequestId"}),
            }


def _meaning(operation: Operation) -> str:
    if operation.shape is Shape.NOTHING:
        return "It is done"
    if operation.is_query:
        return _SEEN[operation.shape]
    return (
        "It is made; this is how you see it"
        if operation.status == 201
        else "It is done; this is how you see it"
    )


def _headers(operation: Operation) -> dict[str, Any]:
    names = {"X-Request-Id": "RequestId", "RateLimit-Policy": "RateLimitPolicy", "RateLimit": "RateLimit"}
    if operation.shape is not Shape.NOTHING:
        names |= {"ETag": "ETag", "Content-Language": "ContentLanguage"}
    if operation.location is not None:
        names["Location"] = "Location"
    if operation.idempotent_by_key:
        names["Idempotency-Replayed"] = "IdempotencyReplayed"
    return _refs(names)


def _refs(names: dict[str, str]) -> dict[str, Any]:
    return {header: {"$ref": f"#/components/headers/{name}"} for header, name in names.items()}
