"""The web application: both ways in, the documents, health, and the edge around them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.api.rest.build import rest_routes
from app.api.rest.openapi import document_of
from app.api.shared.access import AccessLog, Metrics
from app.api.shared.docs_pages import DemoPerson, docs_router
from app.api.shared.draining import Drain
from app.api.shared.health import health_routes
from app.api.shared.later import Later
from app.api.shared.middleware import install_edge
from app.api.shared.problem_handlers import install_problem_handlers, note_surprise
from app.api.shared.problem_pages import problem_pages
from app.bootstrap import Running
from app.content.texts import Texts

if TYPE_CHECKING:
    from app.api.graphql.http import GraphQLEndpoint

_ASKED = ["Authorization", "Content-Type", "Accept-Language", "If-Match", "If-None-Match", "Idempotency-Key"]
_TOLD = ["ETag", "Location", "Content-Language", "Retry-After", "Idempotency-Replayed", "X-Request-Id"]
Mint = Callable[[str], str]


def create_app(
    start: Callable[[], AbstractAsyncContextManager[Running]],
    *,
    development: bool,
    public_url: str,
    demo_people: Callable[[], list[DemoPerson]] | None = None,
    mint: Mint | None = None,
    reads_one_in: int = 10,
    allowed_origins: tuple[str, ...] = (),
    settled: Callable[[], None] = lambda: None,
) -> FastAPI:
    """The application. `start` opens what it runs on when the server starts, and closes it at the end.

    REST is there when the server begins to listen. GraphQL is made right after that, beside the loop: its first
    requests wait for it, and `/readyz` says no until it stands; then `settled` is called, once.
    """
    drain = Drain()
    graphql = Later(_graphql)
    metrics = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as service:
            app.state.ways, app.state.running, app.state.graphql = service.ways, service, graphql
            await service.sweep()
            warming = asyncio.create_task(_warm_up(graphql, settled))
            yield
            drain.begin()
            await warming

    app = FastAPI(
        title="Verksted",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        # Nobody's provider is set up here, and to find that out at each request costs more than our own metrics do.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=lifespan,
    )
    app.state.drain = drain
    install_problem_handlers(app, Texts.load())
    app.router.routes += rest_routes()
    app.router.routes.append(
        Route("/graphql", _EntersLater(graphql), methods=["POST"], include_in_schema=False)
    )

    @app.get("/schema.graphql", include_in_schema=False)
    async def schema_text() -> Response:
        """The GraphQL schema, for whoever makes a client."""
        return Response((await graphql.made()).schema_text, media_type="text/plain")

    async def missing() -> list[str]:
        found: list[str] = await app.state.running.missing()
        return found if graphql.is_made else [*found, "graphql"]

    app.include_router(health_routes(missing, drain, metrics))
    app.include_router(problem_pages)
    app.include_router(
        docs_router(development=development, demo_people=demo_people, mint=mint if development else None)
    )
    app.openapi = lambda: document_of(app, public_url)  # type: ignore[method-assign]
    install_edge(
        app,
        log=AccessLog(Metrics(metrics), reads_one_in=reads_one_in),
        drain=drain,
        reads_json_itself=frozenset({"/graphql"}),
    )
    if allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(allowed_origins),
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=_ASKED,
            expose_headers=_TOLD,
            max_age=600,
        )
    return app


class _EntersLater:
    """An ASGI application that is still being made."""

    def __init__(self, made: "Later[GraphQLEndpoint]") -> None:
        self._later = made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._later.made())(scope, receive, send)


def _graphql() -> "GraphQLEndpoint":
    # strawberry and graphql-core are a fifth of what a start imports.
    from app.api.graphql.endpoint import make_endpoint

    return make_endpoint()


async def _warm_up(graphql: "Later[GraphQLEndpoint]", settled: Callable[[], None]) -> None:
    """Make what nobody needs in order to listen. A failure keeps the server from being ready, and is noted."""
    try:
        await graphql.made()
    except Exception as error:
        note_surprise(error, "", "start")
    finally:
        settled()
