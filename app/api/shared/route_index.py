"""Which route a path belongs to, before the framework looks: its template for logs, and every method it has.

FastAPI tries all routes in turn, twice where routers include routers (measured: 10 µs a route, 900 µs for the last
of eighty), and its 405 knows the methods of one route only. This looks into one small bucket, and `Dispatch` runs
what it found.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi.routing import RouteContext, iter_route_contexts
from starlette.convertors import StringConvertor
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send

FOUND: Final = "verksted.found"
_WHOLE_REST = ">.*)"
_Key = tuple[int, str, str, str]
_ANY: Final = "/"
"""In the place of a last segment that may be anything; no segment is one."""
Direct = Callable[[Scope, Receive, Send], Awaitable[Receive | None]]
"""Answers and returns None, or leaves the request to the framework: with what it returns to read the body from."""


@dataclass(slots=True)
class Found:
    """The routes at one path."""

    template: str
    """As written in the code, `/v1/groups/{group_id}`: safe to log, as no value stands in it."""
    methods: frozenset[str]
    """What the routes themselves declare; empty for a mounted app, which decides for itself."""
    run: ASGIApp | None
    """The route's own app; None where the framework has to find its way into a mounted one."""
    child_scope: Mapping[str, Any]
    """What the framework would have put into the scope for this route."""
    direct: Direct | None = None
    """The short way to the endpoint, where it has one."""

    @property
    def allow(self) -> str:
        """The value of the `Allow` header: with HEAD where there is GET, and OPTIONS always."""
        implied = {"OPTIONS"} | ({"HEAD"} if "GET" in self.methods else set())
        return ", ".join(sorted(self.methods | implied))


@dataclass(frozen=True, slots=True)
class _Route:
    order: int
    pattern: re.Pattern[str]
    template: str
    methods: frozenset[str]
    context: RouteContext
    fixed: Mapping[str, Any]
    """What every path of this route puts into the scope."""
    convertors: Mapping[str, Callable[[str], Any]]
    """For the values that aren't taken as they stand in the path."""
    direct: Direct | None

    def found(self, match: re.Match[str], methods: frozenset[str]) -> Found | None:
        """This route, reached by this match; None where a value in the path can't be read (5,000 digits)."""
        if not self.methods:
            return Found(self.template, methods, None, {})
        values: dict[str, Any] = match.groupdict()
        try:
            for name, convert in self.convertors.items():
                values[name] = convert(values[name])
        except ValueError:
            return None
        return Found(
            self.template, methods, self.context.app, {**self.fixed, "path_params": values}, self.direct
        )


class RouteIndex:
    """All HTTP routes of an app, by the number, the beginning and the end of their path's segments."""

    def __init__(self, routes: Iterable[Any]) -> None:
        self._buckets: dict[_Key, list[_Route]] = {}
        self._anywhere: list[_Route] = []
        for order, context in enumerate(iter_route_contexts(list(routes))):
            pattern = getattr(context, "path_regex", None)
            if pattern is None or "websocket" in type(context.original_route).__name__.lower():
                continue
            is_mount = isinstance(context.original_route, Mount)
            methods = frozenset() if is_mount else frozenset(context.methods or ())
            template = context.path_format or context.path or ""
            if is_mount:
                template = template.removesuffix("/{path}")
            fixed = {"endpoint": context.endpoint, "route": context.original_route}
            converted = {
                name: convertor.convert
                for name, convertor in context.param_convertors.items()
                if not isinstance(convertor, StringConvertor)
            }
            direct: Direct | None = getattr(context.endpoint, "direct", None)
            self._add(_Route(order, pattern, template, methods, context, fixed, converted, direct), is_mount)

    def _add(self, route: _Route, is_mount: bool) -> None:
        key = _key(route.template)
        if is_mount or "{" in key[1] + key[2] or _WHOLE_REST in route.pattern.pattern:
            self._anywhere.append(route)
        else:
            self._buckets.setdefault((*key[:3], _ANY) if "{" in key[3] else key, []).append(route)

    def find(self, path: str, method: str) -> Found | None:
        """The routes that this path belongs to, named by the one that has the method; None where there is none."""
        key = _key(path)
        buckets = self._buckets.get(key, ()), self._buckets.get((*key[:3], _ANY), ()), self._anywhere
        hits = [(route, hit) for routes in buckets for route in routes if (hit := route.pattern.match(path))]
        if len(hits) > 1:
            hits.sort(key=lambda pair: pair[0].order)
        if not hits:
            return None
        route, match = next(
            (pair for pair in hits if method in pair[0].methods or not pair[0].methods), hits[0]
        )
        if len(hits) == 1 or not route.methods:
            return route.found(match, route.methods)
        return route.found(match, frozenset().union(*(other.methods for other, _ in hits)))


class Dispatch:
    """Stands before an app's router and runs the route that the edge has found (`scope["verksted.found"]`)."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._search = router.middleware_stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Found | None = scope.pop(FOUND, None)
        if found is None or found.run is None:
            await self._search(scope, receive, send)
            return
        scope["router"] = self._router
        scope.update(found.child_scope)
        await found.run(scope, receive, send)


def _key(path: str) -> _Key:
    """The number of segments, the first two of them, and the last."""
    parts = path.split("/", 3)
    first, second = parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""
    return path.count("/"), first, second, path[path.rfind("/") + 1 :]
