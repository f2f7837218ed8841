"""How refusals are written down in OpenAPI: every operation tells which ones it really gives."""

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from app.api.shared.problems import (
    EDGE_STATUS,
    PROBLEM_JSON,
    Problem,
    ProblemItem,
    describe,
    describe_edge,
    status_of,
)
from app.content.texts import Language
from app.domain.shared.errors import DomainError

Responses = dict[int | str, dict[str, Any]]

_DOCUMENT_LANGUAGE: Language = "en"
_EXAMPLE_REQUEST = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_DESCRIPTIONS = {
    400: "The question can't be read",
    401: "We don't know who you are",
    403: "You may know that it exists, but this isn't yours to do",
    404: "It isn't there, or it isn't there for you",
    406: "We can't answer in this form",
    408: "The request took too long to arrive",
    409: "Its state doesn't allow this now",
    412: "Somebody changed it since you read it",
    413: "More than 256 kB",
    414: "The address is too long",
    415: "Not application/json",
    422: "A value can't be meant",
    428: "Say which version you have read",
    429: "Too many requests",
    500: "A mistake of ours",
    503: "Busy, or not ready: try again",
}
_HEADERS = {
    401: {"WWW-Authenticate": "How to authenticate (RFC 6750, 9470)"},
    429: {
        "Retry-After": "Seconds to wait; then there is room again",
        "RateLimit-Policy": "The quotas that held",
        "RateLimit": "What is left of them",
    },
    503: {"Retry-After": "Seconds to wait"},
}
_ALWAYS = ("shared.malformed", "shared.uri_too_long", "shared.too_many", "shared.surprise")
_WITH_BODY = ("shared.too_slow", "shared.too_large", "shared.unsupported_media_type")
_METHODS = ("get", "put", "post", "delete", "patch")


def refusals(*errors: type[DomainError]) -> Responses:
    """FastAPI's `responses=` for these refusals: grouped by status, an example by code, as problem+json.

    `Busy`, malformed and oversized requests and our own mistakes need no mention: `document_problems` adds them.
    """
    responses: Responses = {}
    for error in errors:
        # Only the class's own words are needed, and some refusals demand arguments of their own.
        refusal = error.__new__(error)
        DomainError.__init__(refusal)
        _add_example(
            responses, status_of(error), error.code, describe(refusal, _DOCUMENT_LANGUAGE, _EXAMPLE_REQUEST)
        )
    return responses


def document_problems(document: dict[str, Any], busy: type[DomainError] | None = None) -> dict[str, Any]:
    """Complete an OpenAPI document in place: the `Problem` schema, FastAPI's own 422 replaced by ours, and what
    every operation may answer (`components.responses`). `busy` is documented as the 503 of every operation.
    """
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unwanted in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unwanted, None)
    _, ours = models_json_schema(
        [(Problem, "validation"), (ProblemItem, "validation")], ref_template="#/components/schemas/{model}"
    )
    schemas.update(ours["$defs"])
    shared = document["components"].setdefault("responses", {})
    for path in document.get("paths", {}).values():
        for method in _METHODS:
            if method in path:
                _complete(path[method], shared, busy)
    return document


def _complete(operation: dict[str, Any], shared: dict[str, Any], busy: type[DomainError] | None) -> None:
    responses = operation["responses"]
    content = responses.get("422", {}).get("content", {})
    if content.pop("application/json", None) and not content:
        del responses["422"]
    for code in _codes(operation):
        status = EDGE_STATUS.get(code, 422)
        if str(status) in responses:
            example = describe_edge(code, _DOCUMENT_LANGUAGE, _EXAMPLE_REQUEST)
            _add_example(responses, str(status), code, example)
            continue
        responses[str(status)] = {"$ref": f"#/components/responses/{_shared_name(code)}"}
        if _shared_name(code) not in shared:
            alone: Responses = {}
            _add_example(alone, status, code, describe_edge(code, _DOCUMENT_LANGUAGE, _EXAMPLE_REQUEST))
            shared[_shared_name(code)] = alone[status]
    if busy is not None and "503" not in responses:
        shared.setdefault(_shared_name(busy.code), refusals(busy)[status_of(busy)])
        responses["503"] = {"$ref": f"#/components/responses/{_shared_name(busy.code)}"}
    operation["responses"] = dict(sorted(responses.items()))


def _codes(operation: dict[str, Any]) -> Iterable[str]:
    yield from _ALWAYS
    if "requestBody" in operation:
        yield from _WITH_BODY
    if "requestBody" in operation or operation.get("parameters"):
        yield "shared.invalid"


def _shared_name(code: str) -> str:
    return "".join(word.capitalize() for word in code.removeprefix("shared.").split("_"))


def _add_example(responses: Any, status: int | str, code: str, problem: Any) -> None:
    if status not in responses:
        responses[status] = {
            "description": _DESCRIPTIONS.get(int(status), "A refusal"),
            "content": {PROBLEM_JSON: {"schema": _SCHEMA, "examples": {}}},
        }
        headers = _HEADERS.get(int(status))
        if headers:
            responses[status]["headers"] = {
                name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()
            }
    content = responses[status].setdefault("content", {})
    examples = content.setdefault(PROBLEM_JSON, {"schema": _SCHEMA}).setdefault("examples", {})
    examples[code] = {"summary": problem["title"], "value": problem}
