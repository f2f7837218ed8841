"""A small app behind the real edge."""

import asyncio
from collections.abc import AsyncIterator
from enum import StrEnum
from types import SimpleNamespace
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Query, Request
from prometheus_client import CollectorRegistry
from pydantic import Field
from starlette.responses import StreamingResponse

from app.api.shared.access import AccessLog, Metrics
from app.api.shared.draining import Drain
from app.api.shared.etags import answer_with_etag
from app.api.shared.health import health_routes
from app.api.shared.language import CurrentLanguage
from app.api.shared.middleware import install_edge
from app.api.shared.problem_docs import refusals
from app.api.shared.problem_handlers import install_problem_handlers
from app.api.shared.problem_pages import problem_pages
from app.api.shared.strict_model import Instant, Line, OneOf, PageSize, StrictModel, Text, Uuid
from app.content.texts import Texts
from app.domain.shared.errors import Busy, DomainError, Kind, NotFound, TokenExpired, Unauthenticated

CANARY = "canary01017012345"


class Colour(StrEnum):
    RED = "red"


class Inner(StrictModel):
    name: Line
    note: Annotated[Text, Field(max_length=100)] = ""
    sha256: Line = "0"


class ThingIn(StrictModel):
    id: Uuid
    at: Instant
    count: Annotated[int, Field(ge=0, le=10)] = 0
    share: float = 0.5
    colour: OneOf[Colour] = Colour.RED
    inner: list[Inner] = Field(default=[])
    flags: dict[str, bool] = Field(default={})


class ToyConflict(DomainError):
    kind, code, rules = Kind.CONFLICT, "toy.conflict", ("X-01",)


class ToyMany(DomainError):
    kind, code = Kind.TOO_MANY, "toy.many"


RAISED: dict[str, Exception] = {
    "conflict": ToyConflict("/choice"),
    "many": ToyMany(retry_after=7),
    "missing": NotFound(),
    "expired": TokenExpired(),
    "nobody": Unauthenticated(),
    "busy": Busy(),
    "surprise": RuntimeError(f"SELECT {CANARY} FROM secrets"),
    "timeout": TimeoutError(CANARY),
}


def toy_routes() -> APIRouter:
    router = APIRouter(prefix="/v1")

    @router.post("/things", status_code=201, responses=refusals(ToyConflict))
    async def make_thing(thing: ThingIn, language: CurrentLanguage) -> dict[str, str]:
        return {"id": str(thing.id), "at": thing.at.isoformat(), "language": language}

    @router.get("/things")
    async def list_things(
        limit: PageSize = 25, q: Annotated[str, Query(max_length=20)] = ""
    ) -> dict[str, int]:
        return {"limit": limit}

    @router.get("/things/{thing_id}", responses=refusals(NotFound))
    async def get_thing(thing_id: Uuid, request: Request) -> object:
        return answer_with_etag(b'{"a":1}', request.headers.get("if-none-match"))

    @router.delete("/things/{thing_id}", status_code=204)
    async def drop_thing(thing_id: Uuid) -> None:
        return None

    @router.post("/raise/{what}")
    async def refuse(what: str) -> None:
        raise RAISED[what]

    @router.get("/slow")
    async def slow() -> None:
        await asyncio.Event().wait()

    @router.get("/broken")
    async def broken() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"one"
            raise RuntimeError(CANARY)

        return StreamingResponse(parts())

    @router.get("/headers")
    async def headers(request: Request) -> dict[str, str]:
        return {"seen": " ".join(sorted(request.headers)), "id": request.state.request_id}

    return router


@pytest.fixture
def toy() -> SimpleNamespace:
    """The app and its switches: `app`, `drain`, `registry`, `reasons` (what readiness misses)."""
    switches = SimpleNamespace(drain=Drain(), registry=CollectorRegistry(), reasons=[])

    async def ready() -> list[str]:
        if "crash" in switches.reasons:
            raise RuntimeError(CANARY)
        return list(switches.reasons)

    app = FastAPI(redirect_slashes=False, docs_url=None, redoc_url=None)
    app.include_router(toy_routes())
    app.include_router(health_routes(ready, switches.drain, switches.registry))
    app.include_router(problem_pages)
    install_problem_handlers(app, Texts.load())
    install_edge(
        app,
        log=AccessLog(Metrics(switches.registry)),
        drain=switches.drain,
        deadline_seconds=0.2,
        reads_json_itself=frozenset({"/v1/raise/conflict"}),
    )
    switches.app = app
    return switches


@pytest.fixture
async def client(toy: SimpleNamespace) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=toy.app, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as found:
        yield found
