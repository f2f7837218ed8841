"""GraphQL over HTTP, after the draft of 2026: https://graphql.github.io/graphql-over-http/draft/

POST with JSON and nothing else: no GET (ids would land in logs), no forms and no multipart (nothing that a browser
sends across origins without asking first), no batches; subscriptions go over WebSocket (`sockets.py`).

What is no GraphQL response (405, 406, 413, 415) is raised as `HTTPException` with its code as `detail`, so that the
application's one handler for problems answers it. A refusal from `make_context` goes the same way.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from inspect import isawaitable
from typing import Any, cast

import orjson
from graphql import ExecutionResult, OperationType, execute, get_operation_ast
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema
from strawberry.execution import optimized_is_awaitable

from app.api.graphql.limits import LimitExceeded, Limits
from app.api.graphql.masking import ErrorMask, plain_error, variable_error
from app.api.graphql.plans import PlannedExecution
from app.api.graphql.preparation import MAX_ERRORS, Documents, Prepared, RequestRefused, exceeded
from app.api.graphql.trusted import TrustedDocuments, named_in

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
MAX_BODY = 256 * 1024
"""Bytes of a request's body."""

_OVER_HTTP = (OperationType.QUERY, OperationType.MUTATION)
_OTHER_WAY = "Subscriptions go over WebSocket (graphql-transport-ws), and nothing else does."
_NO_MORE: Mapping[str, str] = {}
_MAY_INTROSPECT = re.compile(r"\b__(?:schema|type)\b")


class GraphQLEndpoint:
    """An ASGI application for one path: `Route("/graphql", GraphQLEndpoint(...))`.

    `loads` parses the body and raises `ValueError`; `introspection_allowed` is asked only where it matters; `charge` hears
    what is about to be carried out costs. `trusted` are the documents that everybody may name; what else somebody writes is
    carried out where `writes_freely` says so.
    """

    def __init__(
        self,
        schema: Schema,
        make_context: Callable[[Request], Awaitable[object]],
        loads: Callable[[bytes], object],
        limits: Limits,
        introspection_allowed: Callable[[Any], bool],
        mask: ErrorMask,
        more_headers: Callable[[Any], Mapping[str, str]] = lambda context: {},
        charge: Callable[[Any, int], None] = lambda context, cost: None,
        trusted: TrustedDocuments | None = None,
        writes_freely: Callable[[Any], bool] = lambda context: True,
    ) -> None:
        if schema.get_extensions():
            raise ValueError("extensions and directives of strawberry's would not run here: leave them out")
        self._schema = schema
        self._make_context = make_context
        self._loads = loads
        self._limits = limits
        self._introspection_allowed = introspection_allowed
        self.mask = mask
        self._more_headers = more_headers
        self.charge = charge
        self._trusted = trusted or TrustedDocuments()
        self._writes_freely = writes_freely
        self.documents = Documents(schema._schema, limits)
        self.schema = schema._schema
        self.execution_class = schema.execution_context_class

    @cached_property
    def schema_text(self) -> str:
        """The schema in its own language."""
        return self._schema.as_str() + "\n"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.respond(Request(scope, receive))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The answer to one request; `HTTPException` where it is none of GraphQL's."""
        if request.method != "POST":
            raise HTTPException(405, "graphql.method_not_allowed", {"Allow": "POST"})
        if not _is_json(request.headers.get("content-type", "")):
            raise HTTPException(415, "graphql.unsupported_media_type", {"Accept": JSON})
        media_type = negotiate(request.headers.getlist("accept"))
        if media_type is None:
            raise HTTPException(406, "graphql.not_acceptable")
        context = await self._make_context(request)
        try:
            payload = await self._answer(await _body(request), context)
        except RequestRefused as refused:
            # Clients that know only application/json get it for 2xx alone: with any other status they could not
            # tell this response from one that a proxy made up.
            return _response({"errors": refused.errors}, refused.status, GRAPHQL)
        return _response(payload, 200, media_type, self._more_headers(context))

    async def _answer(self, body: bytes, context: object) -> dict[str, object]:
        query, variables, name = self.read(self._parsed(body), context)
        may_introspect = bool(_MAY_INTROSPECT.search(query)) and self._introspection_allowed(context)
        prepared = self.documents.prepare(query, may_introspect)
        cost = self.cost_of(prepared, name, variables)
        self.charge(context, cost)
        result = await self._execute(prepared, variables, name, context)
        errors = result.errors or []
        if result.data is None and errors and all(error.path is None for error in errors):
            raise RequestRefused(422, *map(variable_error, errors))
        payload: dict[str, object] = {"data": result.data}
        if errors:
            payload["errors"] = [self.mask.formatted(error, context) for error in errors]
        payload["extensions"] = {"cost": {"requested": cost, "limit": self._limits.cost}}
        return payload

    def _parsed(self, body: bytes) -> object:
        try:
            return self._loads(body)
        except (ValueError, RecursionError):
            raise RequestRefused(
                400, plain_error("The body is no JSON that we take.", "graphql.bad_json")
            ) from None

    def read(self, content: object, context: object) -> tuple[str, dict[str, object], str | None]:
        """The document that is meant, its variables, and the name of the operation; `RequestRefused` otherwise."""
        if not isinstance(content, dict):
            raise _malformed("The body must be one object: batches are not taken.", "")
        variables, name = content.get("variables"), content.get("operationName")
        if not (variables is None or isinstance(variables, dict)):
            raise _malformed("`variables` must be an object.", "/variables")
        if not (name is None or isinstance(name, str)):
            raise _malformed("`operationName` must be a string.", "/operationName")
        if not isinstance(content.get("extensions") or {}, dict):
            raise _malformed("`extensions` must be an object.", "/extensions")
        return self.text_of(content, context), variables or {}, name

    def text_of(self, content: Mapping[str, Any], context: object) -> str:
        """The document that a request brings, or names; `RequestRefused` where it may not, or can't."""
        text, identifier = content.get("query"), content.get("documentId")
        if identifier is not None and (text is not None or not isinstance(identifier, str)):
            raise _malformed("Either `query` or `documentId`, and each is a string.", "/documentId")
        named = named_in(content)
        if named is not None:
            return self._trusted.by_id(named)
        if not isinstance(text, str):
            raise _malformed("`query` must be a string.", "/query")
        if not self._writes_freely(context):
            self._trusted.require(text)
        return text

    def cost_of(
        self,
        prepared: Prepared,
        name: str | None,
        variables: Mapping[str, object],
        *kinds: OperationType,
    ) -> int:
        """What the operation costs that is meant; `RequestRefused` where it is none that is carried out in this way.

        `kinds`: queries and mutations, if nothing else is said.
        """
        node = get_operation_ast(prepared.document, name)
        if node is None:
            if name is not None:
                raise RequestRefused(
                    422,
                    plain_error("The document has no operation of that name.", "graphql.unknown_operation"),
                )
            raise RequestRefused(
                422,
                plain_error(
                    "Say by `operationName` which operation is meant.", "graphql.operation_name_needed"
                ),
            )
        if node.operation not in (kinds or _OVER_HTTP):
            raise RequestRefused(422, plain_error(_OTHER_WAY, "graphql.subscription"))
        operation = prepared.measured.operations[node.name.value if node.name else None]
        try:
            return operation.check_cost(self._limits, variables)
        except LimitExceeded as error:
            raise exceeded(error) from None

    async def _execute(
        self, prepared: Prepared, variables: dict[str, object], name: str | None, context: object
    ) -> ExecutionResult:
        """Straight to the executor, strawberry's own with plans: what `Schema.execute` adds is parsing, validation
        and a log that quotes values, and none of them is wanted here."""
        result = execute(
            self.schema,
            prepared.document,
            context_value=context,
            variable_values=variables,
            operation_name=name,
            executor_class=PlannedExecution,
            is_awaitable=cast(Any, optimized_is_awaitable),
            max_coercion_errors=MAX_ERRORS,
            hide_suggestions=True,
            operation_extensions=None,
            plans=prepared.plans,
        )
        return await result if isawaitable(result) else result


def negotiate(accept: list[str]) -> str | None:
    """The media type to answer with, by the `Accept` headers; None if we can't."""
    ranges = [part for line in accept for part in line.split(",") if part.strip()]
    if not ranges:
        return GRAPHQL
    best: dict[str, tuple[int, float]] = {}
    for part in ranges:
        media_range, *parameters = (item.strip().lower() for item in part.split(";"))
        quality = _quality(parameters)
        for media_type in (GRAPHQL, JSON):
            precision = {media_type: 3, "application/*": 2, "*/*": 1}.get(media_range, 0)
            if precision > best.get(media_type, (0, 0.0))[0]:
                best[media_type] = (precision, quality)
    wanted = {media_type: quality for media_type, (_, quality) in best.items() if quality > 0}
    # On a tie the one that tells a GraphQL response from a proxy's goes first.
    return max((GRAPHQL, JSON), key=lambda media_type: wanted.get(media_type, 0.0)) if wanted else None


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if re.fullmatch(r"\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", value) else 0.0
    return 1.0


def _is_json(content_type: str) -> bool:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [part.partition("=")[2].strip('" ') for part in parameters if part.startswith("charset")]
    return media_type == JSON and all(charset in {"utf-8", "utf8"} for charset in charsets)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, "graphql.body_too_large")
    return bytes(body)


def _malformed(message: str, pointer: str) -> RequestRefused:
    return RequestRefused(422, plain_error(message, "graphql.bad_request", pointer=pointer))


def _response(
    payload: Mapping[str, object], status: int, media_type: str, more: Mapping[str, str] = _NO_MORE
) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Accept",
        "Content-Type": f"{media_type}; charset=utf-8",
        **more,
    }
    return Response(orjson.dumps(payload), status, headers)
