"""A small service with the documentation pages: what the browser tests drive, and a thread that serves it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import strawberry
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from starlette.requests import Request
from strawberry.fastapi import BaseContext, GraphQLRouter

from app.api.shared.docs_pages import DemoPerson, DemoSystem, docs_router
from app.domain.shared.errors import NotFound

PEOPLE = [
    DemoPerson("ingrid", "Ingrid Solberg", "starter of a new group"),
    DemoPerson("omar", "Omar <Haddad>", "member of a grief group"),
]
SYSTEMS = [
    DemoSystem("planner", "Course <planner>", "announces courses", ("v:courses.write", "v:events.read"))
]


@dataclass(frozen=True, slots=True)
class Site:
    """A served application, and what there is to try out in it."""

    url: str
    person: str
    """Slug of a demo person."""
    name: str
    """That person's name, as the pages show it."""
    operation: str
    """Path of a GET operation without parameters that needs a token."""
    operation_answer: str
    """A text that the operation's answer holds for that person."""
    query: str
    """A GraphQL query that needs a token."""
    query_answer: str
    """A text that the query's answer holds for that person."""


class Me(BaseModel):
    """Who the token says you are."""

    person: str


bearer = HTTPBearer(scheme_name="bearer", auto_error=False)


def current_person(token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    if token is None or not token.credentials.startswith("token-of-"):
        raise HTTPException(401)
    return token.credentials.removeprefix("token-of-")


class Context(BaseContext):
    def __init__(self, person: str) -> None:
        super().__init__()
        self.person = person


def graphql_context(person: Annotated[str, Depends(current_person)]) -> Context:
    return Context(person)


@strawberry.type
class Query:
    @strawberry.field
    def me(self, info: strawberry.Info[Context, None]) -> str:
        """Who the token says you are."""
        return f"you are {info.context.person}"


POCKET = Path(__file__).parents[2] / "examples" / "pocket" / "dist"


def toy_app(*, development: bool = True, graphiql: bool | None = None) -> FastAPI:
    app = FastAPI(title="A toy", docs_url=None, redoc_url=None, openapi_tags=[{"name": "people"}])
    app.include_router(
        docs_router(
            development=development,
            demo_people=lambda: PEOPLE,
            mint=lambda slug: f"token-of-{slug}",
            mint_system=lambda client, scopes: f"token-of-{client}-with-{'-'.join(scopes)}",
            demo_systems=SYSTEMS,
            graphiql=graphiql,
            pocket=POCKET,
            with_mail=True,
        )
    )

    @app.get("/v1/me", operation_id="read_me", tags=["people"])
    def read_me(person: Annotated[str, Depends(current_person)]) -> Me:
        """Who the token says you are."""
        return Me(person=person)

    app.include_router(
        GraphQLRouter(strawberry.Schema(Query), graphql_ide=None, context_getter=graphql_context),
        prefix="/graphql",
        include_in_schema=False,
    )

    @app.exception_handler(NotFound)
    def not_found(request: Request, refusal: NotFound) -> JSONResponse:
        return JSONResponse({"code": refusal.code}, status_code=404)

    return app


def toy_site(url: str) -> Site:
    return Site(
        url=url,
        person="ingrid",
        name="Ingrid Solberg",
        operation="/v1/me",
        operation_answer='"person": "ingrid"',
        query="{ me }",
        query_answer="you are ingrid",
    )


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve the application on a free loopback port; the URL has no slash at its end."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    socket.listen()  # from here on a connection waits until the thread takes it
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        socket.close()
