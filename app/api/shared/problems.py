"""Refusals as the world sees them: RFC 9457 problem documents, one shape for REST and GraphQL.

The one table that turns kinds into HTTP statuses stands here. Nothing that a caller sent is ever repeated: no
value, no unknown name, no exception's text.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NotRequired, TypedDict

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.content.texts import Language, Texts
from app.domain.shared.errors import CursorMismatch, DomainError, Kind, TokenExpired, Unauthenticated

PROBLEM_JSON: Final = "application/problem+json"
VARY: Final = "Accept-Language, Authorization"

STATUS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.UNAUTHENTICATED: 401,
        Kind.FORBIDDEN: 403,
        Kind.NOT_FOUND: 404,
        Kind.CONFLICT: 409,
        Kind.STALE: 412,
        Kind.INVALID: 422,
        Kind.PRECONDITION_REQUIRED: 428,
        Kind.TOO_MANY: 429,
        Kind.UNAVAILABLE: 503,
    }
)
EDGE_STATUS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "shared.malformed": 400,
        "shared.route_not_found": 404,
        "shared.method_not_allowed": 405,
        "shared.not_acceptable": 406,
        "shared.too_slow": 408,
        "shared.too_large": 413,
        "shared.uri_too_long": 414,
        "shared.unsupported_media_type": 415,
        "shared.too_many": 429,
        "shared.surprise": 500,
        "shared.not_ready": 503,
    }
)
"""The refusals that the way in itself makes, which no use case knows of."""

_RETRY_AFTER_SECONDS = MappingProxyType({Kind.UNAVAILABLE: 2, Kind.TOO_MANY: 10})
_REALM = 'Bearer realm="verksted"'


class ProblemItemDict(TypedDict):
    """One place in the request that is at fault."""

    pointer: str
    where: str
    code: str
    detail: NotRequired[str]


class ProblemDict(TypedDict):
    """A problem document, ready to be written as JSON or to fill a GraphQL `Problem`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    rules: list[str]
    next: str
    errors: list[ProblemItemDict]


class ProblemItem(BaseModel):
    """One place in the request that is at fault. Never the value that stood there."""

    pointer: Annotated[
        str, Field(description="JSON Pointer (RFC 6901) within the part of the request", max_length=500)
    ]
    where: Annotated[str, Field(description="The part: body, query, path, header or cookie", max_length=20)]
    code: Annotated[str, Field(description="What is the matter, stable", max_length=100)]
    detail: Annotated[
        str | None, Field(description="The same for people, in their language", max_length=500)
    ] = None


class Problem(BaseModel):
    """Why something may not happen, and what the person can do (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "/problems/shared.not_found",
                "title": "We can't find this",
                "status": 404,
                "detail": "There is nothing at this place, or nothing that you have access to.",
                "instance": "urn:uuid:6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c",
                "code": "shared.not_found",
                "rules": [],
                "next": "Check the link.",
                "errors": [],
            }
        }
    )

    type: Annotated[str, Field(description="A page about this problem: /problems/{code}", max_length=200)]
    title: Annotated[str, Field(description="Short, in the language of the answer", max_length=200)]
    status: Annotated[int, Field(description="The HTTP status", ge=400, le=599)]
    detail: Annotated[str, Field(description="What happened and why", max_length=2000)]
    instance: Annotated[str, Field(description="urn:uuid of the request: tell us this", max_length=100)]
    code: Annotated[str, Field(description="Stable: decide by this one", max_length=100)]
    rules: Annotated[list[str], Field(description="Ids of the rules behind it")]
    next: Annotated[str, Field(description="What the person can do", max_length=2000)]
    errors: Annotated[list[ProblemItem], Field(description="The places at fault; empty where none is")]


def status_of(error: DomainError | type[DomainError]) -> int:
    """The HTTP status of a refusal. A cursor that isn't ours is a malformed question: 400."""
    return 400 if error.code == CursorMismatch.code else STATUS[error.kind]


def describe(error: DomainError, language: Language, request_id: str) -> ProblemDict:
    """The problem document of a refusal, in a language, for REST and GraphQL alike."""
    errors: list[ProblemItemDict] = []
    if error.pointer is not None:
        errors.append({"pointer": error.pointer, "where": "body", "code": error.code})
    return _document(error.code, status_of(error), language, request_id, error.rules, error.facts, errors)


def describe_edge(
    code: str,
    language: Language,
    request_id: str,
    errors: list[ProblemItemDict] | None = None,
    status: int | None = None,
) -> ProblemDict:
    """The problem document of a refusal that the way in itself makes (`EDGE_STATUS`, or `shared.invalid`)."""
    return _document(code, status or EDGE_STATUS.get(code, 422), language, request_id, (), {}, errors or [])


def headers_for(error: DomainError, has_credentials: bool) -> dict[str, str]:
    """The headers that belong to a refusal: `WWW-Authenticate` (RFC 6750) or `Retry-After` (seconds).

    Which check of a token failed is never told, except that it has expired (A2). Where no token came at all,
    RFC 6750 3.1 wants no error code.
    """
    if isinstance(error, TokenExpired):
        return {
            "WWW-Authenticate": f'{_REALM}, error="invalid_token", error_description="The token has expired"'
        }
    if isinstance(error, Unauthenticated) or error.kind is Kind.UNAUTHENTICATED:
        return {"WWW-Authenticate": f'{_REALM}, error="invalid_token"' if has_credentials else _REALM}
    seconds = error.facts.get("retry_after") or _RETRY_AFTER_SECONDS.get(error.kind)
    if error.code == "shared.idempotency_in_progress":
        seconds = seconds or 1
    return {"Retry-After": str(seconds)} if seconds else {}


def problem_answer(
    problem: ProblemDict, language: Language, headers: Mapping[str, str] | None = None
) -> Response:
    """The HTTP answer that carries a problem document; never stored by anybody."""
    return Response(
        orjson.dumps(problem),
        status_code=problem["status"],
        headers={
            **(headers or {}),
            "Content-Language": language,
            "Vary": VARY,
            "Cache-Control": "no-store",
        },
        media_type=PROBLEM_JSON,
    )


def refusal_answer(
    error: DomainError, language: Language, request_id: str, has_credentials: bool
) -> Response:
    """A refusal as an HTTP answer."""
    return problem_answer(
        describe(error, language, request_id), language, headers_for(error, has_credentials)
    )


def edge_answer(
    code: str, language: Language, request_id: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A refusal of the way in itself as an HTTP answer."""
    return problem_answer(describe_edge(code, language, request_id), language, headers)


def _document(
    code: str,
    status: int,
    language: Language,
    request_id: str,
    rules: tuple[str, ...],
    facts: Mapping[str, Any],
    errors: list[ProblemItemDict],
) -> ProblemDict:
    text = Texts.load().refusal(code, language, facts)
    return {
        "type": f"/problems/{code}",
        "title": text.title,
        "status": status,
        "detail": text.detail,
        "instance": f"urn:uuid:{request_id}",
        "code": code,
        "rules": list(rules),
        "next": text.next,
        "errors": errors,
    }
