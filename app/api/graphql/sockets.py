"""Subscriptions over WebSocket: graphql-transport-ws as strawberry speaks it, with our own limits, documents and masks.

Nothing but subscriptions is carried out here: queries and mutations are asked by HTTP, where keys, versions and quotas are.
The token comes in the payload of `connection_init` (`{"authorization": "Bearer …"}`), never in the address.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any, cast

import orjson
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL as PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler

from app.api.graphql.context import Context
from app.api.graphql.http import GraphQLEndpoint
from app.api.graphql.preparation import RequestRefused
from app.api.graphql.subscribing import Subscribing
from app.api.shared.auth import Credentials, actor_of, require_person, seconds_left
from app.api.shared.buckets import Buckets
from app.api.shared.later import Later
from app.api.shared.strict_json import MalformedJson, loads
from app.api.shared.ways import Ways
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Kind
from app.services.ports.attempts import Quota

INIT_SECONDS = 5
SUBSCRIPTIONS_EACH = 5
"""On one line."""
MESSAGES = Quota(60, 60)
"""That somebody may send on one line: subscriptions, pings and all."""
PATIENCE_SECONDS = 20.0
LONGEST_MESSAGE = 64 * 1024
_TOO_MANY, _FORBIDDEN, _AGAIN_LATER, _RESTARTING = 4429, 4403, 1013, 1012
_POLICY = 1008


class Sockets:
    """An ASGI application for WebSocket connections to one path. `origins`: whose pages may open one."""

    def __init__(self, endpoint: Later[GraphQLEndpoint], origins: frozenset[str]) -> None:
        self._endpoint, self._origins = endpoint, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        ways: Ways = socket.app.state.ways
        origin = socket.headers.get("origin")
        try:
            ways.limits.nobody(scope)
        except DomainError:
            await socket.close(_POLICY)
            return
        # No cookie is ever a login here, so a foreign page could do nothing; it is refused all the same.
        if origin is not None and origin.lower() not in self._origins:
            await socket.close(_POLICY)
            return
        endpoint = await self._endpoint.made()
        if PROTOCOL not in scope["subprotocols"]:
            await socket.accept()
            await socket.close(4406, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        async with AsyncExitStack() as stack:
            talk = Talk(socket, ways, stack)
            await Handler(talk, endpoint).handle()


@dataclass
class Talk:
    """One line, and who is at its other end: the context of strawberry's handler."""

    socket: WebSocket
    ways: Ways
    stack: AsyncExitStack
    connection_params: Mapping[str, Any] = field(default_factory=dict)
    actor: Actor = field(default_factory=Actor)

    def context(self) -> Context:
        """What resolvers share: new for each operation."""
        return Context(cast(Any, self.socket), self.ways, self.actor)

    async def on_ws_connect(self, _context: object) -> dict[str, object]:
        """Who it is; refused in strawberry's way where that isn't said, or isn't good."""
        shown = Credentials(_text(self.connection_params, "authorization"), self._proofs())
        try:
            self.actor = await actor_of(self.socket, self.ways, shown=shown)
            require_person(self.actor)
            line = self.socket.app.state.streams.line(self.actor, self._send_back)
            await self.stack.enter_async_context(line)
        except DomainError as error:
            await self.close(*_CLOSED_FOR.get(error.kind, (_FORBIDDEN, error.code)))
            raise ConnectionRejectionError from None
        left = seconds_left(self.socket.scope, self.ways)
        ending = asyncio.create_task(self._end_after(left))
        self.stack.callback(ending.cancel)
        return {"expires_in": max(0, int(left))}

    async def close(self, code: int, reason: str) -> None:
        """Close the line, if it is open still."""
        if self.socket.application_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self.socket.close(code, reason)

    async def _send_back(self, in_seconds: int) -> None:
        await self.close(_RESTARTING, f"Come back in {in_seconds} seconds")

    async def _end_after(self, seconds: float) -> None:
        # A moment later than the streams themselves, so that their last word comes through.
        await asyncio.sleep(seconds + 1)
        await self.close(_FORBIDDEN, "shared.token_expired")

    def _proofs(self) -> tuple[str, ...]:
        proof = _text(self.connection_params, "dpop")
        return () if proof is None else (proof,)


_CLOSED_FOR = {
    Kind.TOO_MANY: (_TOO_MANY, "shared.too_many"),
    Kind.UNAVAILABLE: (_AGAIN_LATER, "shared.busy"),
}


class Line:
    """Messages in and out, as strawberry's handler wants them: read strictly, sent with patience, but not with too much."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._socket = talk, talk.socket
        self._messages = Buckets(MESSAGES)

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object]:
        """Each message that can be meant."""
        with suppress(WebSocketDisconnect):
            while self._socket.application_state is WebSocketState.CONNECTED:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                if not self._messages.take("line", monotonic()).is_allowed:
                    await self.close(_TOO_MANY, "Too many messages")
                    return
                text = message.get("text")
                if text is None:
                    raise NonTextMessageReceived
                yield _meant(text)

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send one; whoever doesn't read it in time has gone."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._socket.send_text(orjson.dumps(message).decode())
        except (TimeoutError, RuntimeError, WebSocketDisconnect):
            raise WebSocketDisconnected from None

    async def close(self, code: int, reason: str) -> None:
        """Close the line; what a caller sent is in no reason."""
        await self._talk.close(code, reason if code != 4400 else "Bad message")


class Handler(BaseGraphQLTransportWSHandler[Any, None]):
    """Strawberry's own, which looks at what is asked before it is begun."""

    def __init__(self, talk: Talk, endpoint: GraphQLEndpoint) -> None:
        self._talk, self._endpoint = talk, endpoint
        super().__init__(
            view=cast(Any, talk),
            websocket=cast(Any, Line(talk)),
            context=talk,
            root_value=None,
            schema=cast(Any, Subscribing(endpoint, talk.context)),
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
            max_subscriptions_per_connection=SUBSCRIPTIONS_EACH,
        )

    async def handle_subscribe(self, message: Any) -> None:
        """As over HTTP: the same shape, trusted documents, and who may bring their own."""
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                text, variables, name = self._endpoint.read(message["payload"], self._talk.context())
            except RequestRefused as refused:
                errors = cast(Any, list(refused.errors))
                await self.send_message({"id": message["id"], "type": "error", "payload": errors})
                return
            message["payload"] = {"query": text, "variables": variables, "operationName": name}
        await super().handle_subscribe(message)


def _meant(text: str) -> dict[str, Any]:
    """A message whose members are of the types that strawberry takes for granted."""
    if len(text) > LONGEST_MESSAGE:
        raise NonJsonMessageReceived
    try:
        message = loads(text.encode())
    except (MalformedJson, UnicodeEncodeError):
        raise NonJsonMessageReceived from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise NonJsonMessageReceived
    identifier = message.get("id")
    if message["type"] in ("subscribe", "complete") and not (
        isinstance(identifier, str) and len(identifier) <= 100
    ):
        raise NonJsonMessageReceived
    if message["type"] == "subscribe" and not isinstance(message.get("payload"), dict):
        raise NonJsonMessageReceived
    return message


def _text(params: Mapping[str, Any], name: str) -> str | None:
    found = params.get(name, params.get(name.capitalize()))
    return found if isinstance(found, str) else None
