"""The edge: the one ASGI layer around everything, on every request's path.

It gives each request an id and a deadline, refuses what can't be meant before the framework sees it, answers
OPTIONS, HEAD, 404, 405 and our own mistakes in one shape, completes the headers and notes how it ended.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.shared.access import AccessLog
from app.api.shared.asking import Gone, TooLarge, is_clean_address, new_request_id, read_body, read_headers
from app.api.shared.draining import Drain
from app.api.shared.exchange import AS_SENT, Exchange, replayed
from app.api.shared.problem_handlers import note_surprise, where_of
from app.api.shared.problems import edge_answer, refusal_answer, shown_in
from app.api.shared.route_index import FOUND, Direct, Dispatch, Found, RouteIndex
from app.api.shared.strict_json import MalformedJson, loads
from app.domain.shared.errors import Busy, DomainError

DEADLINE_SECONDS = 10.0
_LONGEST_QUERY = 4096
"""Bytes; a cursor, every filter and some air."""
_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_CLOSE = {"Connection": "close"}


def install_edge(
    app: FastAPI,
    *,
    log: AccessLog,
    drain: Drain,
    deadline_seconds: float = DEADLINE_SECONDS,
    reads_json_itself: frozenset[str] = frozenset(),
    reads_lines: frozenset[str] = frozenset(),
) -> None:
    """Put the edge around an app, once, outside of the framework's own layers, and its dispatch before the app's router.

    What the framework's outermost layer does, answering our mistakes, the edge does itself; what is answered on the short
    way never meets those layers. The routes are read at the first request; what is added later is not found.
    `reads_json_itself` are paths (GraphQL) that judge type and JSON of the body on their own, or where they end with a
    slash, all paths right below; the limit of 256 kB holds there too. `reads_lines` are routes that read JSON line by line
    while it comes, and see to every limit themselves.
    """
    within = app.build_middleware_stack

    def around() -> ASGIApp:
        return Edge(
            within(),
            log=log,
            drain=drain,
            deadline_seconds=deadline_seconds,
            reads_json_itself=reads_json_itself,
            reads_lines=reads_lines,
        )

    app.build_middleware_stack = around  # type: ignore[method-assign]
    app.router.middleware_stack = Dispatch(app.router)


class Edge:
    """Plain ASGI middleware; see `install_edge`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        log: AccessLog,
        drain: Drain,
        deadline_seconds: float,
        reads_json_itself: frozenset[str],
        reads_lines: frozenset[str],
    ) -> None:
        self._app = app
        self._log = log
        self._drain = drain
        self._deadline = deadline_seconds
        self._reads_json_itself = reads_json_itself
        self._reads_lines = reads_lines
        self._routes: RouteIndex | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._exchange(scope, receive, send)
            return
        if scope["type"] == "websocket":
            asked = read_headers(scope)
            scope.setdefault("state", {})["request_id"] = asked.request_id or new_request_id()
            send = self._unwritten(scope, send)
        await self._app(scope, receive, send)

    def _unwritten(self, scope: Scope, send: Send) -> Send:
        """The server writes a WebSocket's address into its log when it is answered, by this very scope. A query has no
        meaning here and could be a token; an address that no route has could be anything."""
        scope["query_string"] = b""

        async def answer(message: Message) -> None:
            if scope["path"] not in self._reads_json_itself:
                scope["path"] = "/"
            await send(message)

        return answer

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = read_headers(scope)
        request_id = asked.request_id or new_request_id()
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        exchange = Exchange(scope, send, asked, request_id, self._drain.has_begun)
        try:
            async with asyncio.timeout(self._deadline) as exchange.timeout:
                await self._serve(exchange, scope, receive)
        except Gone:
            pass
        except Exception as error:
            await self._fail(exchange, error, scope, receive)
        finally:
            exchange.timeout = None
            self._log.note(request_id, exchange.method, exchange.template, exchange.status, exchange.seconds)

    async def _serve(self, exchange: Exchange, scope: Scope, receive: Receive) -> None:
        refusal = self._refuse_address(exchange, scope)
        if refusal is None and exchange.template in self._reads_lines and exchange.method in _WITH_BODY:
            if exchange.asked.has_body and not exchange.asked.is_lines:
                refusal = self._answer(
                    "shared.unsupported_media_type", exchange, {"Accept": "application/x-ndjson"}
                )
        elif refusal is None and exchange.method in _WITH_BODY and exchange.asked.has_body:
            exchange.is_reading = True
            body = await self._body(exchange, scope["path"], receive)
            exchange.is_reading = False
            if isinstance(body, Response):
                refusal = body
            else:
                receive = replayed(body, receive)
        if refusal is not None:
            await refusal(scope, receive, exchange.send)
            return
        if exchange.asks_as_get:
            scope["state"][AS_SENT] = exchange.method
            scope = {**scope, "method": "GET"}
        found: Found = scope[FOUND]
        if found.direct is not None:
            left = await self._directly(found.direct, exchange, scope, receive, found.child_scope)
            if left is None:
                return
            receive = left
        await self._app(scope, receive, exchange.send)

    @staticmethod
    async def _directly(
        direct: Direct, exchange: Exchange, scope: Scope, receive: Receive, child_scope: Mapping[str, Any]
    ) -> Receive | None:
        """The short way around the framework's own layers (a tenth of a small read's processor time)."""
        scope.update(child_scope)
        try:
            return await direct(scope, receive, exchange.send)
        except DomainError as error:
            answer = refusal_answer(
                error,
                exchange.language,
                exchange.request_id,
                shown_in(scope),
                fhir=exchange.speaks_fhir,
                where=where_of(error, scope),
            )
            await answer(scope, receive, exchange.send)
            return None

    def _refuse_address(self, exchange: Exchange, scope: Scope) -> Response | None:
        """The answer to whatever can be answered by method, path and headers alone; None where a route must."""
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return self._answer("shared.uri_too_long", exchange)
        if exchange.asked.is_ambiguous or not is_clean_address(scope):
            return self._answer("shared.malformed", exchange)
        if self._routes is None:
            self._routes = RouteIndex(scope["app"].routes)
        method = exchange.method
        found = self._routes.find(_path(scope), "GET" if exchange.is_head else method)
        if found is None:
            return self._answer("shared.route_not_found", exchange)
        exchange.template = found.template
        scope[FOUND] = found
        if method == "TRACE":
            return self._refuse_method(found, exchange)
        if not found.methods or method in found.methods:
            return None
        if method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": found.allow})
        if exchange.is_head and "GET" in found.methods:
            exchange.asks_as_get = True
            return None
        return self._refuse_method(found, exchange)

    async def _body(self, exchange: Exchange, path: str, receive: Receive) -> bytes | Response:
        """The body, if it is one that we read; otherwise the refusal."""
        if exchange.asked.announces_too_much:
            return self._answer("shared.too_large", exchange, _CLOSE)
        judges_itself = not self._reads_json_itself.isdisjoint((path, path[: path.rfind("/") + 1]))
        if not judges_itself and not exchange.asked.is_json:
            return self._answer("shared.unsupported_media_type", exchange, {"Accept": "application/json"})
        try:
            body = await read_body(receive)
            if body and not judges_itself:
                loads(body)
        except TooLarge:
            return self._answer("shared.too_large", exchange, _CLOSE)
        except MalformedJson:
            return self._answer("shared.malformed", exchange)
        return body

    async def _fail(self, exchange: Exchange, error: Exception, scope: Scope, receive: Receive) -> None:
        """End what could not be finished: too late, too slow to arrive, or our own mistake."""
        is_late = (
            isinstance(error, TimeoutError) and exchange.timeout is not None and exchange.timeout.expired()
        )
        if not is_late:
            note_surprise(error, exchange.request_id, exchange.template or "")
        if exchange.has_started:
            # Too late for another answer: returning without an end makes the server cut the connection.
            exchange.status = 500
            return
        if not is_late:
            answer = self._answer("shared.surprise", exchange)
        elif exchange.is_reading:
            answer = self._answer("shared.too_slow", exchange, _CLOSE)
        else:
            answer = refusal_answer(Busy(), exchange.language, exchange.request_id, fhir=exchange.speaks_fhir)
        await answer(scope, receive, exchange.send)

    @staticmethod
    def _refuse_method(found: Found, exchange: Exchange) -> Response:
        return Edge._answer("shared.method_not_allowed", exchange, {"Allow": found.allow})

    @staticmethod
    def _answer(code: str, exchange: Exchange, headers: dict[str, str] | None = None) -> Response:
        return edge_answer(code, exchange.language, exchange.request_id, headers, fhir=exchange.speaks_fhir)


def _path(scope: Scope) -> str:
    """The path below the place where the app is mounted, as the routes know it."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path
