"""Limits as callers meet them, by REST and by GraphQL: honest headers, one problem document, codes that betray nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from app.adapters.chance import SystemChance
from app.adapters.postgres.attempts import PostgresAttempts
from app.api.shared.limits import Limited, Limits, Quotas
from app.api.shared.operations import ALL
from app.bootstrap import Running
from app.domain.intake.recommendation import code_from
from app.domain.shared.actor import Actor
from app.services.ports.attempts import Quota
from tests.support.intake_world import code
from tests.support.serving import client_of
from tests.support.world import Travel, World

SMALL = Quotas(
    person=Quota(5, 10),
    system=Quota(5, 10),
    address=Quota(3, 10),
    guessing=Quota(6, 600),
    tokens=Quota(2, 60),
    expensive=Quota(2, 10),
)
Replica = Callable[[], Any]
Token = Callable[[str], str]


@pytest.fixture
async def clock() -> SimpleNamespace:
    return SimpleNamespace(now=1000.0)


@pytest.fixture
async def replica(service: Running, travel: Travel, clock: SimpleNamespace) -> AsyncIterator[Replica]:
    """`await replica()`: a client of one more process over the same database, with limits of its own."""
    key = SystemChance().bits(256).to_bytes(32, "big")  # nobody of an earlier test is known
    async with AsyncExitStack() as stack:

        async def made() -> httpx.AsyncClient:
            attempts = PostgresAttempts(service.app_pool, SystemChance(), key, travel)
            limits = Limits(SMALL, attempts, clock=lambda: clock.now)
            limited = replace(service, ways=replace(service.ways, limits=limits))
            return await stack.enter_async_context(client_of(limited, base_url="http://toy"))

        yield made


def shown(actor: Actor, token: Token, **more: str) -> dict[str, str]:
    assert actor.subject is not None
    return {"authorization": f"Bearer {token(actor.subject)}", **more}


def left(answer: httpx.Response, name: str) -> tuple[int, int]:
    """What the answer says is left of a quota, and in how many seconds all of it is back."""
    for part in answer.headers["ratelimit"].split(", "):
        found, remaining, seconds = part.split(";")
        if found == f'"{name}"':
            return int(remaining.removeprefix("r=")), int(seconds.removeprefix("t="))
    raise AssertionError(answer.headers["ratelimit"])


async def test_what_is_told_is_true(
    world: World, replica: Replica, clock: SimpleNamespace, token: Token
) -> None:
    http, headers = await replica(), shown(world.coordinator, token)
    for expected in (4, 3, 2, 1, 0):
        answer = await http.get("/v1/me", headers=headers)
        assert answer.status_code == 200
        assert answer.headers["ratelimit-policy"] == '"burst";q=5;w=10'
        assert left(answer, "burst")[0] == expected
    refused = await http.get("/v1/me", headers={**headers, "accept-language": "da"})
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["content-language"] == "da"
    assert refused.json()["code"] == "shared.too_many"
    assert left(refused, "burst")[0] == 0
    graphql = await http.post("/graphql", json={"query": "{ readMe { __typename } }"}, headers=headers)
    assert (graphql.status_code, graphql.json()["code"]) == (429, "shared.too_many")
    assert graphql.headers["retry-after"] == refused.headers["retry-after"]
    clock.now += int(refused.headers["retry-after"])
    assert (await http.get("/v1/me", headers=headers)).status_code == 200
    assert (await http.get("/livez")).status_code == 200


async def test_a_client_that_obeys_never_sees_429(
    world: World, replica: Replica, clock: SimpleNamespace, token: Token
) -> None:
    """R15: it asks as fast as it may, by both ways in, and waits only where nothing is left."""
    http, headers = await replica(), shown(world.coordinator, token)
    wide = "{ listMyGroups { ... on GroupList { items { id members { id alias } } } } }"
    for number in range(60):
        if number % 7 == 3:
            answer = await http.post("/graphql", json={"query": wide}, headers=headers)
        else:
            answer = await http.get("/v1/me", headers=headers)
        assert answer.status_code == 200, answer.text
        remaining, seconds = left(answer, "burst")
        if not remaining:
            clock.now += seconds


async def test_what_is_wide_in_graphql_counts_as_several(
    world: World, replica: Replica, token: Token
) -> None:
    http, headers = await replica(), shown(world.coordinator, token)
    where = f'listGroups(organisationId: "{world.organisation}", first: 100)'
    query = f"{{ {where} {{ ... on GroupPage {{ items {{ id members {{ id }} }} }} }} }}"
    answer = await http.post("/graphql", json={"query": query}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert left(answer, "burst")[0] == 0


async def test_nobody_in_particular_is_an_address(replica: Replica) -> None:
    http = await replica()
    statuses = [(await http.get("/v1/organisations")).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


async def test_tokens_that_are_not_good_are_limited_and_good_ones_pass(
    world: World, replica: Replica, token: Token
) -> None:
    http, other = await replica(), await replica()
    bad = {"authorization": "Bearer not.a.token"}
    answers = [await each.get("/v1/me", headers=bad) for each in (http, other, http, other)]
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert answers[0].headers["ratelimit-policy"] == '"tokens";q=2;w=60'
    assert (await http.get("/v1/me", headers=shown(world.coordinator, token))).status_code == 200


@pytest.mark.hazard("P-h16")
async def test_ph16_two_replicas_share_the_limit_of_codes(
    world: World, replica: Replica, token: Token
) -> None:
    one, other = await replica(), await replica()
    somebody = await world.ready("guesser")
    path = f"/v1/organisations/{world.organisation}/course-sign-ups"
    headers = shown(somebody, token)
    answers = []
    for number in range(8):
        http = (one, other)[number % 2]
        answers.append(await http.post(path, json={"sign_up_code": f"guess{number:05}"}, headers=headers))
        assert '"guessing";q=6;w=600' in answers[-1].headers["ratelimit-policy"]
    assert [answer.status_code for answer in answers] == [409] * 6 + [429] * 2
    assert [left(answer, "guessing")[0] for answer in answers[:6]] == [5, 4, 3, 2, 1, 0]
    assert all(int(answer.headers["retry-after"]) <= 100 for answer in answers[6:])


WISHES = {
    "forms": ["in_person"],
    "area": "Fjordby",
    "weekdays": ["tuesday"],
    "language": "nb",
}
ACTIVATE = """mutation($where: UUID!, $code: String!) { activateRecommendation(organisationId: $where, code: $code,
  wishes: {forms: [IN_PERSON], area: "Fjordby", weekdays: [TUESDAY], language: "nb"}, iAmOfAge: true) {
  __typename ... on Problem { code status title detail next rules } } }"""


@pytest.mark.hazard("P-h16")
async def test_ph16_wrong_used_and_expired_codes_are_alike_with_their_headers(
    world: World, replica: Replica, token: Token
) -> None:
    """One person a code, as each attempt counts: status, headers and words differ in nothing, by either way in."""
    used, expired = await code(world), await code(world)
    first = await world.registered("first")
    http = await replica()
    operation = next(each for each in ALL if each.name == "activate_recommendation")
    path = operation.path.format(organisation_id=world.organisation)
    done = await http.post(
        path, json={"wishes": WISHES, "i_am_of_age": True, "code": used}, headers=shown(first, token)
    )
    assert done.status_code == operation.status, done.text
    world.forward(days=61)
    rest, graphql = set(), set()
    for each in (used, expired, code_from(b"never given to anybody"), "but long enough to be none"):
        somebody = shown(await world.registered("somebody"), token, **{"x-request-id": REQUEST})
        answers = [
            await http.post(
                path, json={"wishes": WISHES, "i_am_of_age": True, "code": each}, headers=somebody
            ),
            await http.post(
                "/graphql",
                json={"query": ACTIVATE, "variables": {"where": str(world.organisation), "code": each}},
                headers=somebody,
            ),
        ]
        for kind, answer in zip((rest, graphql), answers, strict=True):
            kind.add((answer.status_code, answer.text, tuple(answer.headers.multi_items())))
        assert '"guessing";r=5' in answers[0].headers["ratelimit"]
        assert '"guessing";r=4' in answers[1].headers["ratelimit"]
    assert (len(rest), len(graphql)) == (1, 1)


REQUEST = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"


@pytest.mark.hazard("P-h16")
def test_ph16_wherever_a_code_is_tried_it_is_limited() -> None:
    tried = {
        operation.name
        for operation in ALL
        if operation.takes is not None and any(name.endswith("code") for name in operation.takes.model_fields)
    }
    limited = {operation.name for operation in ALL if operation.limited is Limited.GUESSING}
    assert tried == limited
    assert {"activate_recommendation", "sign_up_for_group", "apply_to_group", "ask_for_place"} <= limited
