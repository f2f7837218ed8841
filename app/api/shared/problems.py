"""Refusals as the world sees them: RFC 9457 problem documents, one shape for REST and GraphQL.

The one table that turns kinds into HTTP statuses stands here. Nothing that a caller sent is ever repeated: no
value, no unknown name, no exception's text.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple, NotRequired, TypedDict

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response
from starlette.types import Scope

from app.api.shared.outcomes import FHIR_JSON, outcome_of
from app.content.texts import Language, Texts
from app.domain.shared.errors import (
    CursorMismatch,
    DomainError,
    Kind,
    StepUpNeeded,
    TokenExpired,
    Unauthenticated,
)
from app.services.ports.token_verifier import PROOF_ALGORITHMS

PROBLEM_JSON: Final = "application/problem+json"
VARY: Final = "Accept-Language, Authorization"

STATUS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.UNAUTHENTICATED: 401,
        Kind.FORBIDDEN: 403,
        Kind.NOT_FOUND: 404,
        Kind.CONFLICT: 409,
        Kind.GONE: 410,
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
_BEARER = 'Bearer realm="verksted"'
_DPOP = 'DPoP realm="verksted"'
_ALGS = f', algs="{" ".join(PROOF_ALGORITHMS)}"'
_TAKES_PROOFS = "takes_proofs"


class Shown(NamedTuple):
    """How a caller has shown who they are, as far as a refusal has to know."""

    scheme: str | None = None
    """The scheme of `Authorization`, in small letters; None where none came."""
    takes_proofs: bool = False
    """Whether tokens of some issuer are bound to keys (DPoP)."""


NOTHING_SHOWN: Final = Shown()


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
    purposes: NotRequired[list[str]]


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
    purposes: Annotated[
        list[str] | None,
        Field(description="Where a consent is missing: the purposes of which one would be enough"),
    ] = None


def status_of(error: DomainError | type[DomainError]) -> int:
    """The HTTP status of a refusal. A cursor that isn't ours is a malformed question: 400."""
    return 400 if error.code == CursorMismatch.code else STATUS[error.kind]


def describe(error: DomainError, language: Language, request_id: str, *, where: str = "body") -> ProblemDict:
    """The problem document of a refusal, in a language, for REST and GraphQL alike. `where`: the part pointed into."""
    errors: list[ProblemItemDict] = []
    if error.pointer is not None:
        errors.append({"pointer": error.pointer, "where": where, "code": error.code})
    found = _document(error.code, status_of(error), language, request_id, error.rules, error.facts, errors)
    if error.purposes:
        found["purposes"] = list(error.purposes)
    return found


def describe_edge(
    code: str,
    language: Language,
    request_id: str,
    errors: list[ProblemItemDict] | None = None,
    status: int | None = None,
    *,
    wanted: str = "application/json",
) -> ProblemDict:
    """The problem document of a refusal that the way in itself makes (`EDGE_STATUS`, or `shared.invalid`).

    `wanted` is the type of content that is read there.
    """
    facts = {"wanted": wanted}
    return _document(
        code, status or EDGE_STATUS.get(code, 422), language, request_id, (), facts, errors or []
    )


def note_proofs(scope: Scope) -> None:
    """Remember, for a refusal, that tokens bound to a key are taken here."""
    scope["state"][_TAKES_PROOFS] = True


def shown_in(scope: Scope) -> Shown:
    """How the caller of this request has shown who they are."""
    credentials = dict(scope["headers"]).get(b"authorization")
    takes_proofs = scope.get("state", {}).get(_TAKES_PROOFS, False)
    if credentials is None:
        return Shown(None, takes_proofs)
    return Shown(credentials.partition(b" ")[0].decode("latin-1").lower(), takes_proofs)


def headers_for(error: DomainError, shown: Shown = NOTHING_SHOWN) -> dict[str, str]:
    """The headers that belong to a refusal: `WWW-Authenticate` (RFC 6750, 9449, 9470) or `Retry-After` (seconds).

    Which check of a token failed is never told, except that it has expired (A2). Where no token came at all,
    RFC 6750 3.1 wants no error code.
    """
    if isinstance(error, TokenExpired):
        return _challenge(shown, ', error="invalid_token", error_description="The token has expired"')
    if isinstance(error, StepUpNeeded):
        values = error.facts.get("acr_values")
        wanted = f', acr_values="{values}"' if values else ""
        return _challenge(shown, f', error="insufficient_user_authentication"{wanted}')
    if isinstance(error, Unauthenticated) or error.kind is Kind.UNAUTHENTICATED:
        return _challenge(shown, ', error="invalid_token"' if shown.scheme is not None else "")
    seconds = error.facts.get("retry_after") or _RETRY_AFTER_SECONDS.get(error.kind)
    if error.code == "shared.idempotency_in_progress":
        seconds = seconds or 1
    return {"Retry-After": str(seconds)} if seconds else {}


def problem_answer(
    problem: ProblemDict,
    language: Language,
    headers: Mapping[str, str] | None = None,
    *,
    fhir: bool = False,
) -> Response:
    """The HTTP answer that carries a problem document, or what FHIR has in its place; never stored by anybody."""
    return Response(
        orjson.dumps(outcome_of(problem) if fhir else problem),
        status_code=problem["status"],
        headers={
            **(headers or {}),
            "Content-Language": language,
            "Vary": VARY,
            "Cache-Control": "no-store",
        },
        media_type=FHIR_JSON if fhir else PROBLEM_JSON,
    )


def refusal_answer(
    error: DomainError,
    language: Language,
    request_id: str,
    shown: Shown = NOTHING_SHOWN,
    *,
    fhir: bool = False,
    where: str = "body",
) -> Response:
    """A refusal as an HTTP answer."""
    problem = describe(error, language, request_id, where=where)
    return problem_answer(problem, language, headers_for(error, shown), fhir=fhir)


def edge_answer(
    code: str,
    language: Language,
    request_id: str,
    headers: Mapping[str, str] | None = None,
    *,
    fhir: bool = False,
) -> Response:
    """A refusal of the way in itself as an HTTP answer."""
    wanted = (headers or {}).get("Accept", "application/json")
    problem = describe_edge(code, language, request_id, wanted=wanted)
    return problem_answer(problem, language, headers, fhir=fhir)


def _challenge(shown: Shown, error: str) -> dict[str, str]:
    """In the scheme that the caller has used; beside `Bearer` stands that `DPoP` is there, where it is (RFC 9449 7.1)."""
    if shown.takes_proofs and shown.scheme == "dpop":
        return {"WWW-Authenticate": f"{_DPOP}{error}{_ALGS}"}
    other = f", {_DPOP}{_ALGS}" if shown.takes_proofs else ""
    return {"WWW-Authenticate": f"{_BEARER}{error}{other}"}


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
