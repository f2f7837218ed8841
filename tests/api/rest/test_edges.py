"""Methods, tokens, languages, headers, addresses: what holds for every operation (R7, R17, R18, P12, A2, A7, A9)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.adapters.identity.dev_issuer import DevIssuer
from app.api.rest.examples import BODIES
from app.api.shared.operations import ALL, Operation
from app.api.shared.operations.announcements import IMPORT_PATH
from tests.api.rest.conftest import Asking
from tests.support.world import World

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
PATHS = sorted({operation.path for operation in ALL})
KNOWN = [operation for operation in ALL if not operation.is_public]


HIDES = {"introduce_myself", "give_recommendation", "list_recommendations"}
"""What a system may do somewhere, and is told that nothing is there elsewhere."""
CHOICES = {name: kind for operation in ALL for name, kind in operation.path_types.items()}


def url_of(path: str) -> str:
    """The path with something that could stand there in place of each of its names."""

    def something(name: re.Match[str]) -> str:
        kind = CHOICES.get(name[1])
        if kind is None:
            return ID
        return str(next(iter(kind)).value) if isinstance(kind, type) and issubclass(kind, Enum) else "A-01"

    return re.sub(r"\{(\w+)\}", something, path)


def body_of(operation: Operation) -> Any:
    return BODIES[operation.takes.__name__] if operation.takes is not None else None


@pytest.mark.parametrize("path", PATHS)
async def test_methods(http: httpx.AsyncClient, path: str) -> None:
    """405 names every method that there is; OPTIONS says the same; TRACE is never answered."""
    methods = {operation.method for operation in ALL if operation.path == path}
    if path == IMPORT_PATH:
        methods.add("PUT")  # beside the table
    allowed = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
        if method in allowed:
            continue
        answer = await http.request(method, url_of(path))
        assert answer.status_code == 405, method
        assert set(answer.headers["allow"].split(", ")) == allowed
        if method != "HEAD":
            assert answer.json()["code"] == "shared.method_not_allowed"
    options = await http.options(url_of(path))
    assert (options.status_code, options.content) == (204, b"")
    assert set(options.headers["allow"].split(", ")) == allowed


async def test_head_is_get_without_a_body(world: World, asking: Asking) -> None:
    person = asking(world.administrator)
    for url in ("/v1/me", "/v1/me/groups", f"/v1/organisations/{world.organisation}", "/v1/declaration"):
        get, head = await person.get(url), await person.ask("HEAD", url)
        assert (head.status_code, head.content) == (200, b"")
        same = ("etag", "content-type", "content-language", "cache-control", "vary")
        assert {name: head.headers[name] for name in same} == {name: get.headers[name] for name in same}


@pytest.mark.parametrize("operation", KNOWN, ids=lambda operation: operation.name)
async def test_without_a_token_nothing_is_told(http: httpx.AsyncClient, operation: Operation) -> None:
    answer = await http.request(
        operation.method, url_of(operation.path), json=body_of(operation), headers={"If-Match": "*"}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "shared.unauthenticated")
    assert answer.headers["www-authenticate"] == 'Bearer realm="verksted"'


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
async def test_a_token_that_is_shown_has_to_be_good(
    http: httpx.AsyncClient, issuer: DevIssuer, world: World, operation: Operation
) -> None:
    """On public addresses, too; and nobody learns which check it was, but for the time."""
    assert world.administrator.subject is not None
    past = datetime.now(UTC) - timedelta(days=3)
    late = issuer.mint(world.administrator.subject, now=past, client_id="tests")
    good = issuer.mint(world.administrator.subject, now=datetime.now(UTC), client_id="tests")
    head, claims, signature = good.split(".")
    forged = f"{head}.{claims}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    for token, code in (
        (late, "shared.token_expired"),
        (forged, "shared.unauthenticated"),
        (f"{head}.{claims}.", "shared.unauthenticated"),
        ("rubbish", "shared.unauthenticated"),
    ):
        answer = await http.request(
            operation.method,
            url_of(operation.path),
            json=body_of(operation),
            headers={"Authorization": f"Bearer {token}", "If-Match": "*"},
        )
        assert (answer.status_code, answer.json()["code"]) == (401, code)
        challenge = answer.headers["www-authenticate"]
        assert challenge.startswith('Bearer realm="verksted", error="invalid_token"')
        assert ("expired" in challenge) is (code == "shared.token_expired")


async def test_a_system_is_nobody_in_a_group(http: httpx.AsyncClient, issuer: DevIssuer) -> None:
    """A client that comes for itself gets no further than 403 where a person is needed (A-07)."""
    token = issuer.mint("a-client", now=datetime.now(UTC), client_id="a-client")
    for operation in KNOWN:
        answer = await http.request(
            operation.method,
            url_of(operation.path),
            json=body_of(operation),
            headers={"Authorization": f"Bearer {token}", "If-Match": "*"},
        )
        assert answer.status_code in (403, 404), (operation.name, answer.text)
        if answer.status_code == 404:
            assert operation.read_before == "read_policy" or operation.name in {
                "introduce_myself",
                "give_recommendation",
                "list_recommendations",
            }, operation.name


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
async def test_four_languages_one_code(http: httpx.AsyncClient, language: str) -> None:
    for url, status, code in (
        ("/v1/me", 401, "shared.unauthenticated"),
        (f"/v1/organisations/{ID}", 404, "organisations.not_found"),
        ("/v1/organisations?limit=0", 422, "shared.invalid"),
        ("/nowhere", 404, "shared.route_not_found"),
        ("/v1/organisations?cursor=x", 400, "shared.cursor_mismatch"),
    ):
        answer = await http.get(url, headers={"Accept-Language": f"fr, {language};q=0.8, *;q=0.1"})
        assert answer.headers["content-language"] == language
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["type"]) == (status, code, f"/problems/{code}")
        others = [
            (await http.get(url, headers={"Accept-Language": other})).json()
            for other in ("nb", "nn", "da", "en")
            if other != language
        ]
        assert {other["code"] for other in others} == {code}
        assert problem["detail"] not in [other["detail"] for other in others if language == "en"]
        page = await http.get(problem["type"], headers={"Accept-Language": language})
        assert page.status_code == 200
        assert problem["title"] in page.text.replace("&#x27;", "'")


async def test_what_was_made_can_be_read_where_it_is_said(world: World, asking: Asking) -> None:
    coordinator = asking(world.coordinator)
    made = await coordinator.ask(
        "POST",
        f"/v1/organisations/{world.organisation}/groups",
        {"form": "video", "area": "Online", "language": "nb"},
    )
    group, code = await world.open_group()
    member = asking(group.members[0])
    meeting = await member.ask(
        "POST",
        f"/v1/groups/{group.id}/meetings",
        {"starts_at": (world.now + timedelta(days=3)).isoformat(), "place": "Library"},
    )
    newcomer = asking(await world.ready("newcomer"))
    application = await newcomer.ask(
        "POST",
        f"/v1/organisations/{world.organisation}/applications",
        {"application_code": code, "alias": "Havella", "introduction": "In my own words."},
    )
    assert application.status_code == 201, application.text
    ballot = await member.ask(
        "POST",
        f"/v1/groups/{group.id}/ballots",
        {"question": "admission", "application_id": application.json()["id"]},
    )
    for person, answer in ((coordinator, made), (member, meeting), (newcomer, application), (member, ballot)):
        assert answer.status_code == 201, answer.text
        read = await person.get(answer.headers["location"])
        assert read.status_code == 200
        assert read.json() == answer.json()
        assert read.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
async def test_nothing_is_stored_on_the_way(
    http: httpx.AsyncClient, world: World, token: Callable[[str], str], operation: Operation
) -> None:
    assert world.administrator.subject is not None
    for given in ({}, {"Authorization": f"Bearer {token(world.administrator.subject)}"}):
        answer = await http.request(
            operation.method,
            url_of(operation.path),
            json=body_of(operation),
            headers={**given, "If-Match": "*"},
        )
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["vary"] == "Accept-Language, Authorization"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not {"server", "x-powered-by", "set-cookie"} & answer.headers.keys()


async def test_nobody_becomes_another_by_a_header(
    world: World, asking: Asking, http: httpx.AsyncClient
) -> None:
    admin = world.administrator
    posing = {
        "X-User": str(admin.person_id),
        "X-User-Id": str(admin.person_id),
        "X-Remote-User": str(admin.subject),
        "X-Forwarded-User": str(admin.subject),
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Original-URL": "/v1/organisations",
        "X-Rewrite-URL": "/v1/organisations",
        "X-HTTP-Method-Override": "GET",
        "Forwarded": "for=127.0.0.1;host=evil.example",
    }
    for answer in (
        await http.get("/v1/me", headers=posing),
        await http.post(f"/v1/organisations/{ID}/groups", json={}, headers=posing),
    ):
        assert answer.status_code in (401, 422)
        assert "evil.example" not in answer.text + repr(answer.headers.raw)
    stranger = asking(await world.registered("stranger"))
    url = f"/v1/organisations/{world.organisation}/registrations"
    plain = await stranger.get(url)
    posed = await stranger.get(url, **{name.replace("-", "_"): value for name, value in posing.items()})
    assert (plain.status_code, posed.status_code) == (403, 403)


async def test_a_request_id_is_taken_over_if_it_is_one(http: httpx.AsyncClient) -> None:
    kept = await http.get("/v1/me", headers={"X-Request-Id": ID.upper()})
    assert kept.headers["x-request-id"] == ID
    assert kept.json()["instance"] == f"urn:uuid:{ID}"
    for value in ("x", "a" * 4000, "<script>"):
        answer = await http.get("/v1/me", headers={"X-Request-Id": value})
        assert answer.headers["x-request-id"] not in (ID, value)


async def test_the_document_lists_every_operation(web: FastAPI, http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    listed = {
        (method.upper(), path): operation["operationId"]
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    operations = {(operation.method, operation.path): operation.name for operation in ALL}
    assert listed == operations | {
        ("GET", "/v1/calendars/{token}.ics"): "read_calendar",
        ("GET", "/v1/me/news"): "follow_my_news",
        ("PUT", "/v1/organisations/{organisation_id}/course-imports/{import_id}"): "import_courses",
    }
