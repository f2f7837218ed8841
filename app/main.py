"""The web application: both ways in, the documents, health, and the edge around them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry import Schema

from app.api.graphql.context import Context
from app.api.graphql.http import GraphQLEndpoint
from app.api.graphql.limits import Limits
from app.api.graphql.masking import ErrorMask
from app.api.graphql.schema import make_schema
from app.api.rest.build import rest_routes
from app.api.rest.openapi import document_of
from app.api.shared.access import AccessLog, Metrics
from app.api.shared.auth import actor_of
from app.api.shared.docs_pages import DemoPerson, docs_router
from app.api.shared.draining import Drain
from app.api.shared.health import health_routes
from app.api.shared.middleware import install_edge
from app.api.shared.problem_handlers import install_problem_handlers
from app.api.shared.problem_pages import problem_pages
from app.api.shared.problems import describe
from app.api.shared.strict_json import loads
from app.bootstrap import Running
from app.content.texts import Language, Texts
from app.domain.shared.errors import DomainError

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
) -> FastAPI:
    """The application. `start` opens what it runs on when the server starts, and closes it at the end."""
    drain = Drain()
    metrics = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as service:
            app.state.ways, app.state.running = service.ways, service
            await service.sweep()
            yield
            drain.begin()

    app = FastAPI(
        title="Verksted",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.drain = drain
    install_problem_handlers(app, Texts.load())
    app.router.routes += rest_routes()
    schema = make_schema()
    graphql_text = schema.as_str() + "\n"
    app.router.routes.append(
        Route("/graphql", _graphql(app, schema), methods=["POST"], include_in_schema=False)
    )

    @app.get("/schema.graphql", include_in_schema=False)
    async def schema_text() -> Response:
        """The GraphQL schema, for whoever makes a client."""
        return Response(graphql_text, media_type="text/plain")

    async def missing() -> list[str]:
        found: list[str] = await app.state.running.missing()
        return found

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


def _graphql(app: FastAPI, schema: Schema) -> GraphQLEndpoint:
    async def make_context(request: Request) -> Context:
        actor = await actor_of(request, app.state.ways, b"graphql")
        return Context(request, app.state.ways, actor)

    def described(error: DomainError, context: Any) -> dict[str, Any]:
        mark = cast("Context", context).actor.mark
        problem = describe(error, cast("Language", mark.language), mark.request_id)
        return {"message": problem["title"], "code": problem["code"], "rules": list(problem["rules"])}

    def may_introspect(context: Any) -> bool:
        return cast("Context", context).actor.is_known

    return GraphQLEndpoint(
        schema,
        make_context,
        loads,
        Limits(list_sizes={"Group.members": 8, "Group.upcomingMeetings": 5, "GroupList.items": 10}),
        may_introspect,
        ErrorMask(described, lambda context: cast("Context", context).actor.mark.request_id),
    )
