"""One request and its answer, as the edge sees them."""

from asyncio import Timeout
from time import perf_counter
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from app.api.shared.asking import Asked
from app.api.shared.limits import told
from app.api.shared.outcomes import FHIR
from app.content.texts import Language, negotiate

_DEFAULTS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
    (b"vary", b"Accept-Language, Authorization"),
)
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
_STREAMS = (b"text/event-stream", b"application/x-ndjson")
CLIENT_GONE = 499
AS_SENT = "method_as_sent"
"""In the state of a request that is answered as if it had been sent with another method (HEAD)."""


class Exchange:
    """Sends the answer on, with what every answer carries, and remembers how it ended."""

    __slots__ = (
        "_send",
        "asked",
        "asks_as_get",
        "has_ended",
        "has_started",
        "is_closing",
        "is_head",
        "is_https",
        "is_reading",
        "method",
        "request_id",
        "since",
        "speaks_fhir",
        "state",
        "status",
        "template",
        "timeout",
    )

    def __init__(self, scope: Scope, send: Send, asked: Asked, request_id: str, is_closing: bool) -> None:
        self._send = send
        self.asked = asked
        self.request_id = request_id
        self.state: dict[str, Any] = scope["state"]
        self.method: str = scope["method"]
        self.is_head = self.method == "HEAD"
        self.asks_as_get = False
        """A HEAD that the route answers as GET."""
        self.is_https = scope.get("scheme") == "https"
        self.speaks_fhir: bool = scope["path"].startswith(FHIR)
        self.is_closing = is_closing
        self.is_reading = False
        self.has_started = False
        self.has_ended = False
        self.status = CLIENT_GONE
        self.template: str | None = None
        self.since = perf_counter()
        self.timeout: Timeout | None = None

    @property
    def language(self) -> Language:
        return negotiate(self.asked.accept_language)

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return perf_counter() - self.since

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on: headers completed, the body of a HEAD answer left out."""
        if message["type"] == "http.response.start":
            self.has_started = True
            self.status = message["status"]
            message["headers"] = self._complete(list(message.get("headers", ())))
        elif message["type"] == "http.response.body":
            is_last = not message.get("more_body", False)
            if self.is_head:
                if not is_last:
                    return
                message = {"type": "http.response.body", "body": b""}
            self.has_ended = is_last
        await self._send(message)

    def _complete(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        present = dict(headers)
        headers += [default for default in _DEFAULTS if default[0] not in present]
        headers.append((b"x-request-id", self.request_id.encode()))
        headers += told(self.state)
        if self.is_https:
            headers.append(_HTTPS_ONLY)
        if self.is_closing:
            headers.append((b"connection", b"close"))
        if self.timeout is not None and present.get(b"content-type", b"").startswith(_STREAMS):
            # A stream lives as long as its listener, or sees to its own end; the deadline was for its beginning.
            self.timeout.reschedule(None)
        return headers


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body which was read already, and then whatever comes (the caller's leaving)."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
