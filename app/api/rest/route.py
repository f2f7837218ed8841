"""The route of an operation, of which a start makes no more than the path.

What FastAPI makes of an endpoint (its parameters, its models, its part of the OpenAPI document) costs 15 to 30 ms of
processor time for each operation. It is made when it is first needed: by a request that the short way
(`app.api.rest.direct`) has left alone, or by the document.
"""

from collections.abc import Awaitable, Callable, Iterable, Set
from functools import cached_property

from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from app.api.rest.repeated import refuse_repeated


class OperationRoute(Route):
    """Found by path and method like any other route; `fastapi` is the same route as FastAPI knows it."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Awaitable[Response]],
        *,
        method: str,
        name: str,
        parameters: Set[str] = frozenset(),
        described: Callable[[], APIRoute],
    ) -> None:
        super().__init__(path, endpoint, name=name)
        self.methods = {method}  # Starlette adds HEAD, and the edge answers that
        self.app = self._run
        self._parameters = parameters
        self._described = described

    @cached_property
    def fastapi(self) -> APIRoute:
        """Made at the first call."""
        return self._described()

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        refuse_repeated(scope["query_string"], self._parameters)
        await self.fastapi.app(scope, receive, send)


def as_fastapi_knows(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """The routes for the OpenAPI document, the operations' own in their long form."""
    return [route.fastapi if isinstance(route, OperationRoute) else route for route in routes]
