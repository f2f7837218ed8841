"""The index finds what the framework would find."""

from types import SimpleNamespace

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from prometheus_client import CollectorRegistry
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Route

from app.api.shared.access import AccessLog, Metrics
from app.api.shared.draining import Drain
from app.api.shared.middleware import install_edge
from app.api.shared.route_index import RouteIndex


def _app() -> FastAPI:
    async def nothing(**_: str) -> None:
        return None

    app = FastAPI(openapi_url=None)
    app.add_api_route("/early/{rest:path}", lambda: None, methods=["GET"])
    app.add_api_route("/early/late", lambda: None, methods=["GET"])
    inner, outer = APIRouter(prefix="/groups"), APIRouter(prefix="/v1")
    for method, path in [
        ("GET", ""), ("POST", ""), ("GET", "/me"), ("GET", "/{group_id}"), ("PATCH", "/{group_id}"),
        ("DELETE", "/{group_id}/members/{person_id}"), ("GET", "/{group_id}/files/{name:path}"),
    ]:  # fmt: skip
        inner.add_api_route(path, lambda: None, methods=[method])
    outer.include_router(inner)
    outer.add_api_route("/{anything}", lambda: None, methods=["PUT"])
    app.include_router(outer)
    app.mount("/static", PlainTextResponse("x"))
    app.router.routes.append(Route("/plain", nothing, methods=["GET"]))
    app.add_api_websocket_route("/ws", nothing)
    return app


APP = _app()


@pytest.mark.parametrize(
    ("method", "path", "template", "allow"),
    [
        ("GET", "/v1/groups", "/v1/groups", "GET, HEAD, OPTIONS, POST, PUT"),
        ("PUT", "/v1/groups", "/v1/{anything}", "GET, HEAD, OPTIONS, POST, PUT"),
        ("GET", "/v1/groups/me", "/v1/groups/me", "GET, HEAD, OPTIONS, PATCH"),
        ("PATCH", "/v1/groups/me", "/v1/groups/{group_id}", "GET, HEAD, OPTIONS, PATCH"),
        ("GET", "/v1/groups/1/files/a/b/c", "/v1/groups/{group_id}/files/{name}", "GET, HEAD, OPTIONS"),
        ("PUT", "/v1/x", "/v1/{anything}", "OPTIONS, PUT"),
        ("GET", "/early/late", "/early/{rest}", "GET, HEAD, OPTIONS"),
        ("GET", "/plain", "/plain", "GET, HEAD, OPTIONS"),
        ("DELETE", "/v1/groups/1/members/2", "/v1/groups/{group_id}/members/{person_id}", "DELETE, OPTIONS"),
    ],
)
def test_template_and_methods(method: str, path: str, template: str, allow: str) -> None:
    found = RouteIndex(APP.routes).find(path, method)
    assert found is not None
    assert (found.template, found.allow) == (template, allow)


async def test_the_framework_is_not_asked_to_search_again(
    client: httpx.AsyncClient, toy: SimpleNamespace
) -> None:
    async def search(*_: object) -> None:
        raise AssertionError("searched")

    toy.app.router.middleware_stack._search = search
    assert (await client.get("/v1/things")).status_code == 200


def test_a_mounted_app_decides_for_itself() -> None:
    found = RouteIndex(APP.routes).find("/static/a/b.css", "GET")
    assert found is not None
    assert (found.template, found.methods) == ("/static", frozenset())


@pytest.mark.parametrize(
    "path", ["/", "", "/v1", "/v1/", "/v1/groups/", "/v1/groups/1/x", "/ws", "/v2/groups", "/v1/a/b/c/d"]
)
def test_it_finds_nothing_where_the_framework_finds_nothing(path: str) -> None:
    scope = {"type": "http", "path": path, "method": "GET", "root_path": "", "headers": []}
    assert all(route.matches(dict(scope))[0] is Match.NONE for route in APP.routes)
    assert RouteIndex(APP.routes).find(path, "GET") is None


async def test_the_route_that_was_found_runs_with_what_the_framework_would_give_it() -> None:
    app = FastAPI()
    inner = APIRouter(prefix="/v1")

    @inner.get("/{number:int}/{name:path}")
    async def show(number: int, name: str, request: Request) -> dict[str, object]:
        link = request.url_for("show", number=number, name="x").path
        return {"got": f"{number} {name}", "link": link, "route": type(request.scope["route"]).__name__,
                "path_params": request.path_params, "is_routed": request.scope["router"] is app.router}  # fmt: skip

    app.include_router(inner)
    app.mount("/static", PlainTextResponse("file"))
    install_edge(app, log=AccessLog(Metrics(CollectorRegistry())), drain=Drain())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy") as client:
        answer = await client.get("/v1/7/a/b")
        assert (await client.get("/static/a")).text == "file"
        assert (await client.get(f"/v1/{'9' * 5000}/a")).status_code == 404
    assert answer.json() == {
        "got": "7 a/b",
        "link": "/v1/7/x",
        "route": "APIRoute",
        "path_params": {"number": 7, "name": "a/b"},
        "is_routed": True,
    }
