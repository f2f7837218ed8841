"""The short way to an endpoint, for requests that can be read at a glance.

FastAPI's own reading of path, query and body took a fifth of the processor time of a small read (measured,
docs/performance-measured.md). This reads the same names into the same models; whatever it can't read without a doubt
it leaves to FastAPI, whose word alone decides what is invalid and how that is told.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.shared.exchange import replayed
from app.api.shared.strict_model import StrictModel

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNREADABLE: Any = object()


class Direct:
    """Runs one endpoint; see `app.api.shared.middleware.Edge`, which asks it first."""

    __slots__ = ("_body", "_body_optional", "_endpoint", "_query")

    def __init__(
        self,
        endpoint: Callable[..., Awaitable[Response]],
        query: type[StrictModel] | None,
        body: type[StrictModel] | None,
        *,
        body_optional: bool = False,
    ) -> None:
        self._endpoint, self._query, self._body = endpoint, query, body
        self._body_optional = body_optional

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        """None when it has answered; otherwise it has done nothing, and what it returns still holds the whole body."""
        given = _ids(scope["path_params"])
        if given is None:
            return receive
        if self._query is not None:
            given["query"] = _query(self._query, scope["query_string"])
            if given["query"] is _UNREADABLE:
                return receive
        request = Request(scope, receive)
        if self._body is not None:
            sent = await request.body()
            given["body"] = self._body() if self._body_optional and not sent else _body(self._body, sent)
            if given["body"] is _UNREADABLE:
                return replayed(sent, receive)
        response = await self._endpoint(request, **given)
        await response(scope, receive, send)
        return None


def _ids(found: dict[str, str]) -> dict[str, Any] | None:
    if all(_UUID.fullmatch(value) for value in found.values()):
        return {name: UUID(value) for name, value in found.items()}
    return None


def _query(model: type[StrictModel], query: bytes) -> Any:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    values = dict(pairs)
    if len(values) != len(pairs) or "" in values.values():
        return _UNREADABLE
    try:
        return model.model_validate(values)
    except ValidationError:
        return _UNREADABLE


def _body(model: type[StrictModel], sent: bytes) -> Any:
    try:
        return model.model_validate(json.loads(sent))
    except ValueError:  # not JSON, or not what the model takes
        return _UNREADABLE
