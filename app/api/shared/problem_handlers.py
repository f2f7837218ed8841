"""Where every failure of a request ends: as a problem document that repeats nothing of what was sent."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.api.shared.problems import (
    ProblemItemDict,
    describe_edge,
    edge_answer,
    problem_answer,
    refusal_answer,
    shown_in,
)
from app.api.shared.strict_model import is_ours
from app.content.texts import Language, Texts, negotiate
from app.domain.shared.errors import DomainError, Unauthenticated

_log = structlog.get_logger("verksted.problems")
_PARTS = ("body", "query", "path", "header", "cookie")
_WITHOUT_BODY = ("GET", "HEAD", "DELETE")
_MOST_ERRORS = 20
_CODE_BY_STATUS = {
    400: "shared.malformed",
    404: "shared.route_not_found",
    405: "shared.method_not_allowed",
    406: "shared.not_acceptable",
    408: "shared.too_slow",
    413: "shared.too_large",
    414: "shared.uri_too_long",
    415: "shared.unsupported_media_type",
    422: "shared.invalid",
    429: "shared.too_many",
}
_ITEM_CODES = {
    "missing": "missing",
    "missing_argument": "missing",
    "extra_forbidden": "unknown_member",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "bytes_too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "out_of_range": "out_of_range",
    "enum": "not_allowed",
    "literal_error": "not_allowed",
    "union_tag_invalid": "not_allowed",
    "union_tag_not_found": "missing",
    "string_pattern_mismatch": "malformed",
    "malformed": "malformed",
    "mixed_scripts": "mixed_scripts",
    "repeated": "repeated",
}


def install_problem_handlers(app: FastAPI, texts: Texts) -> None:
    """Make every failure of this app's routes a problem document (RFC 9457). `texts` are read before serving."""
    if not texts.refusals["nb"]:
        raise ValueError("there are no texts to refuse with")
    app.add_exception_handler(DomainError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_surprise)


def request_id_of(scope: Any) -> str:
    """The id that the edge gave this request; a new one where there is no edge."""
    state = scope.setdefault("state", {})
    found = state.get("request_id")
    if not isinstance(found, str):
        found = state["request_id"] = str(uuid4())
    return found


def note_surprise(error: BaseException, request_id: str, template: str) -> None:
    """Note what nobody foresaw: the kind of error and where, never its text, which may hold what people wrote."""
    frames = []
    step = error.__traceback__
    while step is not None:
        frames.append(f"{step.tb_frame.f_globals.get('__name__', '?')}:{step.tb_lineno}")
        step = step.tb_next
    _log.error("surprise", request_id=request_id, route=template, error=type(error).__name__, at=frames[-8:])


async def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    shown, request_id = shown_in(request.scope), request_id_of(request.scope)
    return refusal_answer(error, _language(request), request_id, shown, where=where_of(error, request.scope))


def where_of(error: DomainError, scope: Scope) -> str:
    """The part of a request that its refusal points into."""
    name = (error.pointer or "").split("/")[1:2]
    if name and name[0] in scope.get("path_params", {}):
        return "path"
    return "query" if scope["method"] in _WITHOUT_BODY else "body"


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    language, request_id = _language(request), request_id_of(request.scope)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return edge_answer("shared.malformed", language, request_id)
    return problem_answer(
        describe_edge("shared.invalid", language, request_id, items_of(found, language)), language
    )


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    language, request_id = _language(request), request_id_of(request.scope)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    if error.status_code == 401:
        return refusal_answer(Unauthenticated(), language, request_id, shown_in(request.scope))
    if error.status_code >= 500:
        code, status = "shared.surprise", 500
    else:
        code, status = _CODE_BY_STATUS.get(error.status_code, "shared.malformed"), error.status_code
    return problem_answer(describe_edge(code, language, request_id, status=status), language, error.headers)


async def _on_surprise(request: Request, error: Exception) -> Response:
    request_id = request_id_of(request.scope)
    note_surprise(error, request_id, "")
    return edge_answer("shared.surprise", _language(request), request_id)


def items_of(found: Sequence[Any], language: Language) -> list[ProblemItemDict]:
    """What pydantic found (`errors()`), as places with stable codes; the first twenty, values and names left out.

    The name of an unknown member was written by the caller, so the pointer names the object that it stands in.
    """
    texts = Texts.load()
    items: list[ProblemItemDict] = []
    for error in found[:_MOST_ERRORS]:
        location = list(error["loc"])
        where = location.pop(0) if location and location[0] in _PARTS else "body"
        code = _item_code(error["type"])
        if code == "unknown_member":
            location = location[:-1]
        item: ProblemItemDict = {
            "pointer": "".join(f"/{_step(step, where)}" for step in location),
            "where": where,
            "code": code,
            "detail": texts.text("edge", f"field.{code}", language),
        }
        if item not in items:
            items.append(item)
    return items


def _item_code(kind: str) -> str:
    found = _ITEM_CODES.get(kind)
    if found is None:
        found = "wrong_type" if kind.endswith(("_type", "_parsing", "is_instance_of")) else "invalid"
    return found


def _step(step: object, where: str) -> str:
    """What our inputs call a member is shown; any other name in a body may be the caller's own (a key of a free-form
    object), whatever it looks like. Names of parameters are all ours."""
    if isinstance(step, int):
        return str(step)
    return step if isinstance(step, str) and (where != "body" or is_ours(step)) else "*"


def _language(request: Request) -> Language:
    return negotiate(request.headers.get("accept-language"))
