"""The web application: both ways in, the documents, health, and the edge around them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from app.api.rest.build import rest_routes
from app.api.rest.calendars import calendar_route
from app.api.rest.course_imports import import_route
from app.api.rest.fhir.routes import SEARCHES, fhir_routes
from app.api.rest.news import news_route
from app.api.rest.openapi import document_of
from app.api.rest.turning_off import turning_off_routes
from app.api.shared.access import AccessLog, Metrics
from app.api.shared.docs_pages import DemoPerson, DemoSystem, docs_router
from app.api.shared.draining import Drain
from app.api.shared.health import health_routes
from app.api.shared.later import Later
from app.api.shared.mail_pages import Mailbox, mail_router
from app.api.shared.message_addresses import TURN_OFF
from app.api.shared.middleware import install_edge
from app.api.shared.operations.announcements import IMPORT_PATH
from app.api.shared.problem_handlers import install_problem_handlers, note_surprise
from app.api.shared.problem_pages import problem_pages
from app.api.shared.streams.hub import Bounds, Streams
from app.api.shared.streams.measured import StreamMetrics
from app.bootstrap import Running
from app.bootstrap.streams import streams_of
from app.content.texts import Texts

if TYPE_CHECKING:
    from app.api.graphql.http import GraphQLEndpoint

_ASKED = [
    "Authorization",
    "Content-Type",
    "Accept-Language",
    "If-Match",
    "If-None-Match",
    "Idempotency-Key",
    "DPoP",
    "Last-Event-ID",
]
_TOLD = [
    "ETag",
    "Location",
    "Content-Language",
    "Retry-After",
    "Idempotency-Replayed",
    "X-Request-Id",
    "WWW-Authenticate",
    "RateLimit",
    "RateLimit-Policy",
]
Mint = Callable[[str], str]
MintSystem = Callable[[str, Sequence[str]], str]
Beside = Callable[[Running, CollectorRegistry], AbstractAsyncContextManager[None]]


def nothing_beside(_service: Running, _metrics: CollectorRegistry) -> AbstractAsyncContextManager[None]:
    """Serve, and do nothing else."""
    return nullcontext()


def create_app(
    start: Callable[[], AbstractAsyncContextManager[Running]],
    *,
    development: bool,
    public_url: str,
    demo_people: Callable[[], list[DemoPerson]] | None = None,
    mint: Mint | None = None,
    mint_system: MintSystem | None = None,
    demo_systems: Sequence[DemoSystem] = (),
    pocket: Path | None = None,
    mailbox: Mailbox | None = None,
    reads_one_in: int = 10,
    allowed_origins: tuple[str, ...] = (),
    trusted_documents: tuple[Path, ...] = (),
    most_streams: Bounds | None = None,
    settled: Callable[[], None] = lambda: None,
    beside: Beside = nothing_beside,
) -> FastAPI:
    """The application. `start` opens what it runs on when the server starts, and closes it at the end.

    REST is there when the server begins to listen. GraphQL is made right after that, beside the loop: its first
    requests wait for it, and `/readyz` says no until it stands. `settled` is called when the statements are compiled, and
    again when GraphQL stands, or can't be made. `beside`: what goes on in this process as long as it serves.
    """
    drain = Drain()
    graphql = Later(lambda: _graphql(trusted_documents))
    metrics = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as service, beside(service, metrics):
            app.state.ways, app.state.running, app.state.graphql = service.ways, service, graphql
            app.state.streams = streams = streams_of(service, most_streams)
            _end_with(drain, streams)
            watching = StreamMetrics(streams)
            metrics.register(watching)
            await service.sweep()
            warming = asyncio.create_task(_warm_up(graphql, service.prepare, settled))
            yield
            drain.begin()
            metrics.unregister(watching)
            streams.close()
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
    app.router.routes += [*rest_routes(), calendar_route(), import_route(), news_route(), *fhir_routes()]
    app.router.routes += turning_off_routes()
    app.router.routes.append(
        Route("/graphql", _EntersLater(graphql), methods=["POST"], include_in_schema=False)
    )
    app.router.routes.append(
        WebSocketRoute("/graphql", _SocketsLater(graphql, _origins(public_url, allowed_origins)))
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
        docs_router(
            development=development,
            demo_people=demo_people,
            mint=mint if development else None,
            mint_system=mint_system if development else None,
            demo_systems=demo_systems if development else (),
            pocket=pocket,
            with_mail=mailbox is not None,
        )
    )
    if development and mailbox is not None:
        app.include_router(mail_router(mailbox))
    app.openapi = lambda: document_of(app, public_url)  # type: ignore[method-assign]
    install_edge(
        app,
        log=AccessLog(Metrics(metrics), reads_one_in=reads_one_in),
        drain=drain,
        reads_json_itself=frozenset({"/graphql", TURN_OFF}) | SEARCHES,
        reads_lines=frozenset({IMPORT_PATH}),
    )
    if allowed_origins:
        _let_browsers_in(app, allowed_origins)
    return app


def _end_with(drain: Drain, streams: Streams) -> None:
    """Streams never end by themselves: the server would wait for them until it loses its patience."""
    loop = asyncio.get_running_loop()
    ending: set[asyncio.Task[None]] = set()

    def end() -> None:
        ending.add(loop.create_task(streams.drain()))

    def begun() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(end)

    drain.then(begun)


def _let_browsers_in(app: FastAPI, origins: tuple[str, ...]) -> None:
    """Around the edge, so that its refusals can be read from there, too."""
    within = app.build_middleware_stack
    app.build_middleware_stack = lambda: CORSMiddleware(  # type: ignore[method-assign]
        within(),
        allow_origins=list(origins),
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=_ASKED,
        expose_headers=_TOLD,
        max_age=600,
    )


class _EntersLater:
    """An ASGI application that is still being made."""

    def __init__(self, made: "Later[GraphQLEndpoint]") -> None:
        self._later = made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._later.made())(scope, receive, send)


class _SocketsLater:
    """WebSockets to the same, which are imported with the first of them."""

    def __init__(self, made: "Later[GraphQLEndpoint]", origins: frozenset[str]) -> None:
        self._later, self._origins = made, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._later.made()
        from app.api.graphql.sockets import Sockets

        await Sockets(self._later, self._origins)(scope, receive, send)


def _origins(public_url: str, allowed: tuple[str, ...]) -> frozenset[str]:
    """Whose pages may open a WebSocket: our own, and those that are let in otherwise."""
    own = urlsplit(public_url)
    return frozenset(each.rstrip("/").lower() for each in (f"{own.scheme}://{own.netloc}", *allowed))


def _graphql(trusted: tuple[Path, ...]) -> "GraphQLEndpoint":
    # strawberry and graphql-core are a fifth of what a start imports.
    from app.api.graphql.endpoint import make_endpoint

    return make_endpoint(trusted)


async def _warm_up(
    graphql: "Later[GraphQLEndpoint]", prepare: Callable[[], None], settled: Callable[[], None]
) -> None:
    """Make what nobody needs in order to listen. A failure keeps the server from being ready, and is noted."""
    try:
        await asyncio.to_thread(prepare)
        settled()
        await graphql.made()
    except Exception as error:
        note_surprise(error, "", "start")
    finally:
        settled()
