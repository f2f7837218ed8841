"""REST routes, made from the table of operations: unpack, call, return."""

import inspect
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any, TypeVar, cast

from fastapi import Path, Query
from fastapi.routing import APIRoute
from pydantic import Strict, create_model
from starlette.requests import Request
from starlette.responses import Response

from app.api.rest.direct import Direct
from app.api.rest.documents import described_parameters
from app.api.rest.outputs import ListOut, PageOut, answer
from app.api.rest.route import OperationRoute
from app.api.shared.auth import actor_of, require_login
from app.api.shared.later import MAKING
from app.api.shared.operations import ALL, Operation
from app.api.shared.operations.operation import Shape
from app.api.shared.paging import PageIn, next_cursor, open_page, question_of
from app.api.shared.problem_docs import refusals
from app.api.shared.strict_model import StrictModel, Uuid
from app.api.shared.ways import Ways
from app.content.texts import Language
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Kind, PreconditionRequired, TokenExpired, Unauthenticated

_NO_VERSION = 0
"""No version has this number. Whoever may not see one may not change it either, and the use case says why, in the same
words as in GraphQL."""
_VERSIONED_TAG = re.compile(r'(?<!W/)"v([0-9]{1,9})-[0-9a-f]{32}"')
T = TypeVar("T")
_BY_NAME = {operation.name: operation for operation in ALL}
_NAMES = {
    "organisation_id": "Id of the organisation.",
    "webhook_id": "Id of the webhook.",
    "event_id": "Id of the event.",
    "person_id": "Id of the person.",
    "group_id": "Id of the group.",
    "placement_id": "Id of the invitation.",
    "meeting_id": "Id of the meeting.",
    "application_id": "Id of the application.",
    "ballot_id": "Id of the ballot.",
    "membership_id": "Id of the membership.",
    "assessment_id": "Id of the intake conversation.",
    "assignment_id": "Id of the assignment.",
    "visit_id": "Id of the invitation to a visit.",
    "ground_rules_id": "Id of a draft of the ground rules.",
    "role": "The role.",
    "country": "The country.",
    "course_id": "Id of the course.",
    "own_id": "The id that the course has in your system: letters, digits and `. _ : -`.",
    "import_id": "Id of the import: any UUID of your own.",
    "milestone": "The milestone.",
    "sign_up_id": "Id of the sign-up.",
    "system_id": "Id of the system's account.",
    "consent_id": "Id of the receipt.",
    "purpose": "What for; a closed list.",
    "kind": "Which way of reaching somebody.",
    "message_id": "Id of the message, as its link has it.",
    "message_kind": "The kind of messages; a closed list.",
    "rule_id": "Id of the rule, as refusals name it: `A-01`.",
}


def rest_routes() -> list[OperationRoute]:
    """The routes of all operations."""
    return [_route(operation) for operation in ALL]


def _route(operation: Operation) -> OperationRoute:
    endpoint = _endpoint(operation)
    query = _query_model(operation.filters, operation.shape)
    if not operation.path_types:
        endpoint.direct = Direct(  # type: ignore[attr-defined]
            endpoint, query, operation.takes, body_optional=operation.body_optional
        )
    return OperationRoute(
        operation.path,
        endpoint,
        method=operation.method,
        name=operation.name,
        parameters=frozenset() if query is None else query.model_fields.keys(),
        described=lambda: _made(lambda: _described(operation, endpoint)),
    )


def _made(make: Callable[[], T]) -> T:
    """Made by nobody else at the same time."""
    with MAKING:
        return make()


def _described(operation: Operation, endpoint: Callable[..., Awaitable[Response]]) -> APIRoute:
    view: Any = operation.gives
    login = (TokenExpired,) if operation.is_public else (Unauthenticated, TokenExpired)
    endpoint.__signature__ = _signature(operation)  # type: ignore[attr-defined]
    return APIRoute(
        operation.path,
        endpoint,
        methods=[operation.method],
        tags=[operation.feature, *(["municipal"] if operation.is_municipal else [])],
        operation_id=operation.name,
        name=operation.name,
        summary=operation.summary,
        description=operation.details,
        status_code=operation.status,
        response_model=_model(view, operation.shape),
        responses=refusals(*login, *operation.refuses),
        openapi_extra=described_parameters(operation),
    )


@cache
def _model(view: Any, shape: Shape) -> Any:
    """What the body of an answer is made from. A list has a name of its own (`GroupViewPage`, `GroupViewList`): it stands
    in every client that is made from the document."""
    match shape:
        case Shape.NOTHING:
            return None
        case Shape.PAGE:
            return create_model(f"{view.__name__}Page", __base__=PageOut[view], __doc__=PageOut.__doc__)
        case Shape.LIST:
            return create_model(f"{view.__name__}List", __base__=ListOut[view], __doc__=ListOut.__doc__)
    return view


@cache
def _query_model(filters: Any, shape: Shape) -> type[StrictModel] | None:
    """Filters and page of a list, as one model of query parameters."""
    if shape is not Shape.PAGE:
        return cast("type[StrictModel] | None", filters)
    if filters is None:
        return PageIn
    return type(f"{filters.__name__}Page", (PageIn, filters), {})


def _endpoint(operation: Operation) -> Callable[..., Awaitable[Response]]:
    filter_names = tuple(operation.filters.model_fields) if operation.filters is not None else ()

    async def endpoint(request: Request, **given: Any) -> Response:
        ways: Ways = request.app.state.ways
        body: StrictModel | None = given.pop("body", None)
        query: StrictModel | None = given.pop("query", None)
        actor = await actor_of(request, ways, await _fingerprint(request, operation))
        require_login(actor, operation)
        if operation.limited is not None:
            await ways.limits.before(operation.limited, actor, request.scope)
        arguments = {**given, **operation.arguments(body, None)}
        arguments |= {name: getattr(query, name) for name in filter_names}
        question: dict[str, Any] = {}
        if isinstance(query, PageIn):
            question = question_of(operation, given, query)
            arguments["page"] = open_page(ways, actor, question, query)
        async with ways.even():
            if operation.read_before is not None:
                arguments["version"] = await _version_read(request, ways, actor, operation, given)
            result = await operation.use(ways.services)(actor, **arguments)
        match operation.shape:
            case Shape.NOTHING:
                return Response(status_code=operation.status)
            case Shape.PAGE:
                cursor = next_cursor(ways, actor, question, result)
                result = {"items": result.items, "next_cursor": cursor}
            case Shape.LIST:
                result = {"items": result}
        location = operation.location.format(id=result.id) if operation.location is not None else None
        language = cast("Language", actor.mark.language)
        version = getattr(result, operation.version_in, None)
        return answer(
            request,
            result,
            status=operation.status,
            language=language,
            location=location,
            version=version,
        )

    endpoint.__name__ = operation.name
    return endpoint


def _signature(operation: Operation) -> inspect.Signature:
    """What FastAPI reads: path, query and body of this operation."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)]
    for name in operation.path_names:
        choices: Any = operation.path_types.get(name)
        kind: Any = Uuid if choices is None else Annotated[choices, Strict(False)]
        annotation = Annotated[kind, Path(description=_NAMES[name])]
        parameters.append(inspect.Parameter(name, keyword, annotation=annotation))
    query = _query_model(operation.filters, operation.shape)
    if query is not None:
        parameters.append(inspect.Parameter("query", keyword, annotation=Annotated[query, Query()]))
    if operation.takes is not None:
        parameters.append(inspect.Parameter("body", keyword, annotation=operation.takes))
    return inspect.Signature(parameters, return_annotation=Response)


async def _fingerprint(request: Request, operation: Operation) -> bytes | None:
    """Everything that the request asks for, where an idempotency key is honoured."""
    if not operation.idempotent_by_key:
        return None
    return b"\x00".join((request.method.encode(), request.url.path.encode(), await request.body()))


async def _version_read(
    request: Request, ways: Ways, actor: Actor, operation: Operation, place: dict[str, Any]
) -> int:
    """The version that the caller has read, by their `If-Match`; the use case compares it under its lock.

    A tag of ours begins with the version, so that a change fails for a change of what is edited, and for nothing else
    in the view. A tag that is none of ours is a version that never was: the use case refuses in its own order.
    """
    header = (request.headers.get("if-match") or "").strip()
    if not header:
        raise PreconditionRequired
    if header != "*":
        found = _VERSIONED_TAG.search(header)
        return int(found.group(1)) if found else _NO_VERSION
    try:
        view = await _BY_NAME[operation.read_before or ""].use(ways.services)(actor, **place)
    except DomainError as error:
        if error.kind in (Kind.UNAVAILABLE, Kind.UNAUTHENTICATED):
            raise
        return _NO_VERSION
    version: int | None = getattr(view, operation.version_in)
    return _NO_VERSION if version is None else version
