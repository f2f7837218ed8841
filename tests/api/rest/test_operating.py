"""Health, metrics, logs: what the machinery around is told, and that it learns nothing about people (O8, P13)."""

import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
import structlog
from fastapi import FastAPI

from app.domain.shared.ids import ApplicationId
from app.logging_setup import set_up_logging
from app.services.organisations.register import Register
from tests.api.rest.conftest import Asking
from tests.support.world import World

CANARY = "Canarine Kvitter"
SECRETIVE = "my father, who drank, in Fjordby"


async def test_ready_is_false_while_draining(http: httpx.AsyncClient, web: FastAPI) -> None:
    assert (await http.get("/readyz")).status_code == 200
    web.state.drain.begin()
    try:
        answer = await http.get("/readyz")
        assert (answer.status_code, answer.json()["reasons"]) == (503, ["draining"])
        assert answer.headers["retry-after"] == "2"
        served = await http.get("/v1/organisations")
        assert (served.status_code, served.headers["connection"]) == (200, "close")
    finally:
        web.state.drain.has_begun = False
    assert (await http.get("/readyz")).status_code == 200


async def test_ready_is_false_at_another_level(http: httpx.AsyncClient, database_url: str) -> None:
    owner = await asyncpg.connect(database_url)
    level = await owner.fetchval("select version_num from alembic_version")
    try:
        await owner.execute("update alembic_version set version_num = '9999'")
        answer = await http.get("/readyz")
        assert (answer.status_code, answer.json()["reasons"]) == (503, ["migrations"])
        assert (await http.get("/livez")).status_code == 200
    finally:
        await owner.execute("update alembic_version set version_num = $1", level)
        await owner.close()
    assert (await http.get("/readyz")).status_code == 200


async def test_metrics_know_routes_and_no_people(
    world: World, asking: Asking, http: httpx.AsyncClient
) -> None:
    person = asking(world.administrator)
    await person.get(f"/v1/organisations/{world.organisation}/registrations?role=coordinator")
    await person.get(f"/{CANARY}")
    await person.ask("CANARY", "/v1/me")
    text = (await http.get("/metrics")).text
    for trace in (str(world.organisation), str(world.administrator.person_id), "coordinator", "anar"):
        assert trace not in text.lower()
    routes = {line.split('route="')[1].split('"')[0] for line in text.splitlines() if 'route="' in line}
    assert "/v1/organisations/{organisation_id}/registrations" in routes
    assert not [route for route in routes if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", route)]


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the process logs, as it does when it serves; from the lowest level on."""
    written = io.StringIO()
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    levels = {
        name: logging.getLogger(name).level
        for name in ("uvicorn.access", "httpx", "httpcore", "asyncio", "alembic")
    }
    monkeypatch.setattr(sys, "stderr", written)
    set_up_logging(logging.DEBUG)
    structlog.configure(cache_logger_on_first_use=False)  # else the loggers would write here for ever after
    yield written
    structlog.reset_defaults()
    root.handlers[:] = kept
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


@pytest.mark.hazard("P-h7")
async def test_logs_know_nothing_of_what_people_say(
    world: World,
    asking: Asking,
    token: Callable[[str], str],
    logs: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Names, introductions, tokens, keys: through good requests, refused ones and our own mistakes."""
    group, code = await world.open_group()
    newcomer = await world.ready("newcomer")
    person, member = asking(newcomer), asking(group.members[0])
    applying = {"application_code": code, "alias": CANARY, "introduction": SECRETIVE, "known_as": CANARY}
    url = f"/v1/organisations/{world.organisation}/applications"
    first = await person.ask("POST", url, applying, idempotency_key=CANARY.replace(" ", "-"))
    assert first.status_code == 201
    assert (await person.ask("POST", url, applying)).status_code == 409
    assert (await person.ask("POST", url, {**applying, CANARY: CANARY})).status_code == 422
    assert (await person.get(f"/v1/organisations?cursor={CANARY.replace(' ', '')}")).status_code == 400
    assert (await person.get(f"/{CANARY.replace(' ', '')}/{SECRETIVE.split()[1]}")).status_code == 404
    assert CANARY in (await member.get(f"/v1/groups/{group.id}/applications")).text
    ballot = await world.admission(
        group, await world.do.admission.read_application(newcomer, ApplicationId(UUID(first.json()["id"])))
    )
    vote = await member.ask("PUT", f"/v1/ballots/{ballot.id}/my-vote", {"choice": "against"})
    assert vote.status_code == 200
    introducing = f'chosenName: "{CANARY}", languages: ["x"], iAmOfAge: true'
    query = {"query": f"mutation {{ introduceMyself({introducing}) {{ __typename }} }}"}
    assert (await person.ask("POST", "/graphql", query)).status_code == 200

    async def surprise(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"{CANARY} says {SECRETIVE}")

    monkeypatch.setattr(Register, "__call__", surprise)
    mine = f"/v1/organisations/{world.organisation}/my-registration"
    answer = await person.ask("PUT", mine, {"name": CANARY})
    assert (answer.status_code, answer.json()["code"]) == (500, "shared.surprise")
    assert CANARY not in answer.text
    registering = f'organisationId: "{world.organisation}", name: "{CANARY}"'
    register = f"mutation {{ registerWithOrganisation({registering}) {{ __typename }} }}"
    hidden = await person.ask("POST", "/graphql", {"query": register})
    assert CANARY not in hidden.text
    said = logs.getvalue()
    assert said.count('"event":"request"') > 8
    assert "surprise" in said
    assert answer.headers["x-request-id"] in said
    assert newcomer.subject is not None
    words = (
        CANARY,
        CANARY.replace(" ", ""),
        CANARY.replace(" ", "-"),
        SECRETIVE,
        "drank",
        "against",
        "Bearer",
    )
    for trace in (
        *words,
        person.token,
        person.token.split(".")[1],
        newcomer.subject,
        str(newcomer.person_id),
        code,
    ):
        assert trace not in said, trace
