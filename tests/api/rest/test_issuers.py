"""Four kinds of issuers and any other, found by their name alone, over HTTP and in both ways in (A2, A5, A6, A9)."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from app.settings import Settings
from tests.support.fake_issuer import ABSENT, KINDS, FakeIssuer, ec_key, proof
from tests.support.many_issuers import PUBLIC, issuers_served, service_of
from tests.support.serving import serving
from tests.support.world import Travel

OURS = ec_key("client")
ALGS = 'algs="ES256 PS256 RS256"'
ME = "{ readMe { __typename ... on Problem { code status } } }"


@dataclass
class Replicas:
    """Two services over one database, and the issuers that both believe."""

    issuers: dict[str, FakeIssuer]
    clients: list[httpx.AsyncClient]

    def token(self, kind: str, **changes: Any) -> str:
        """A good token of this kind, bound to our key where it has to be."""
        bound_to = OURS if kind == "helseid" else None
        return self.issuers[kind].token(datetime.now(UTC), bound_to=bound_to, **changes)

    async def ask(
        self, token: str, replica: int = 0, shown: str | None = None, **headers: str
    ) -> httpx.Response:
        """Ask who one is."""
        given = {"Authorization": f"Bearer {token}" if shown is None else f"DPoP {token}"}
        given |= {} if shown is None else {"DPoP": shown}
        return await self.clients[replica].get("/v1/me", headers={**given, **headers})


@pytest.fixture(scope="module")
async def replicas(settings: Settings, travel: Travel) -> AsyncIterator[Replicas]:
    """Each replica has its own verifier, memory and pool; the issuers are asked over real sockets."""
    async with AsyncExitStack() as stack:
        issuers = await stack.enter_async_context(issuers_served())
        clients = [await stack.enter_async_context(service_of(settings, issuers, travel)) for _ in range(2)]
        yield Replicas(issuers, clients)


def proved(token: str, method: str = "GET", path: str = "/v1/me", **changes: Any) -> str:
    """A proof for a request to us."""
    return proof(OURS, token, method, f"{PUBLIC}{path}", datetime.now(UTC), **changes)


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_comes_in_by_both_ways(replicas: Replicas, kind: str) -> None:
    """A person is somebody who hasn't introduced themselves yet; a system is nobody here (A-07)."""
    token = replicas.token(kind)
    is_bound = kind == "helseid"
    rest = await replicas.ask(token, shown=proved(token) if is_bound else None)
    headers = {"Authorization": f"{'DPoP' if is_bound else 'Bearer'} {token}"}
    if is_bound:
        headers["DPoP"] = proved(token, "POST", "/graphql")
    graphql = await replicas.clients[0].post("/graphql", json={"query": ME}, headers=headers)
    expected = {"code": "shared.person_needed", "status": 403}
    if kind != "maskinporten":
        expected = {"code": "people.not_introduced", "status": 403}
    assert (rest.status_code, rest.json()["code"]) == (expected["status"], expected["code"]), rest.text
    assert graphql.json()["data"]["readMe"] == {"__typename": "Problem", **expected}
    assert sum(replicas.issuers[kind].asked.values()) == 2, "metadata and keys, once"


async def test_a_proof_is_good_once_whichever_replica_sees_it(replicas: Replicas) -> None:
    token = replicas.token("helseid")
    for first, second in ((0, 1), (1, 0), (0, 0)):
        shown = proved(token)
        assert (await replicas.ask(token, first, shown)).status_code == 403
        again = await replicas.ask(token, second, shown)
        assert (again.status_code, again.json()["code"]) == (401, "shared.unauthenticated")


async def test_in_graphql_too(replicas: Replicas) -> None:
    token = replicas.token("helseid")
    headers = {"Authorization": f"DPoP {token}", "DPoP": proved(token, "POST", "/graphql")}
    for replica, status in ((0, 200), (1, 401)):
        answer = await replicas.clients[replica].post("/graphql", json={"query": ME}, headers=headers)
        assert answer.status_code == status
    headers["DPoP"] = proved(token)  # a proof for another address
    answer = await replicas.clients[0].post("/graphql", json={"query": ME}, headers=headers)
    assert answer.status_code == 401


async def test_over_a_websocket_too(replicas: Replicas) -> None:
    """Both come in the first message: the proof is for GET, and good once."""
    token = replicas.token("helseid")
    transport: Any = replicas.clients[0]._transport
    good = proved(token, "GET", "/graphql")
    told = []
    async with serving(transport.app) as url:
        address = url.replace("http", "ws") + "/graphql"
        for shown in ({"dpop": good}, {"dpop": good}, {"dpop": proved(token)}, {}):
            async with connect(
                address, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None
            ) as line:
                payload = {"authorization": f"DPoP {token}", **shown}
                await line.send(json.dumps({"type": "connection_init", "payload": payload}))
                await line.wait_closed()
                told.append((line.close_code, line.close_reason))
    # Whoever hasn't introduced themselves has come that far: the token was good.
    assert told == [(4403, "shared.person_needed"), *[(4403, "shared.unauthenticated")] * 3]


@pytest.mark.parametrize(
    "wrong",
    [
        {"htu": "http://10.0.0.7:8000/v1/me"},
        {"htu": "https://thief.example/v1/me"},
        {"htu": f"{PUBLIC}/v1/me/groups"},
        {"htm": "HEAD"},
        {"ath": "x"},
        {"iat": 1},
        {"jti": ABSENT},
        {"signed_by": ec_key("thief")},
    ],
)
async def test_all_that_can_be_wrong_is_told_in_the_same_words(
    replicas: Replicas, wrong: dict[str, Any]
) -> None:
    token = replicas.token("helseid")
    answer = await replicas.ask(token, shown=proved(token, **wrong))
    assert (answer.status_code, answer.json()["code"]) == (401, "shared.unauthenticated")
    assert answer.headers["www-authenticate"] == f'DPoP realm="verksted", error="invalid_token", {ALGS}'


async def test_what_a_proxy_or_a_caller_says_of_our_name_counts_for_nothing(replicas: Replicas) -> None:
    """A9: the proof is held against our own settings."""
    spoofed = {
        "X-Forwarded-Host": "thief.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Prefix": "/x",
        "Forwarded": "host=thief.example;proto=http",
        "X-Original-URL": "/v1/organisations",
        "X-HTTP-Method-Override": "POST",
        "Host": "thief.example",
        "X-User": "administrator",
    }
    token = replicas.token("helseid")
    good = await replicas.ask(token, shown=proved(token), **spoofed)
    assert good.json()["code"] == "people.not_introduced"
    for htu in ("http://thief.example/v1/me", "https://thief.example/v1/me", "http://thief.example/x/v1/me"):
        answer = await replicas.ask(token, shown=proved(token, htu=htu), **spoofed)
        assert answer.status_code == 401


async def test_head_is_proved_as_head(replicas: Replicas) -> None:
    """Also on a public address, where a token that is shown has to be good."""
    token = replicas.token("helseid")
    for method, status in (("HEAD", 200), ("GET", 401)):
        shown = proved(token, method, "/v1/organisations")
        headers = {"Authorization": f"DPoP {token}", "DPoP": shown}
        assert (await replicas.clients[0].head("/v1/organisations", headers=headers)).status_code == status


async def test_a_question_in_the_address_is_no_part_of_the_proof(replicas: Replicas) -> None:
    token = replicas.token("helseid")
    headers = {"Authorization": f"DPoP {token}", "DPoP": proved(token, "GET", "/v1/organisations")}
    assert (await replicas.clients[0].get("/v1/organisations?limit=1", headers=headers)).status_code == 200


async def test_challenges_name_what_would_be_taken(replicas: Replicas) -> None:
    """RFC 9449 7.1: whoever came as a bearer learns that there is another way, and nothing of why."""
    client, token = replicas.clients[0], replicas.token("helseid")
    other = f', DPoP realm="verksted", {ALGS}'
    anonymous = await client.get("/v1/me")
    assert anonymous.headers["www-authenticate"] == f'Bearer realm="verksted"{other}'
    bearer = await replicas.ask(token)
    assert bearer.headers["www-authenticate"] == f'Bearer realm="verksted", error="invalid_token"{other}'
    plain = replicas.token("id-porten")
    as_bound = await replicas.ask(plain, shown=proved(plain))
    assert (as_bound.status_code, as_bound.headers["www-authenticate"][:4]) == (401, "DPoP")
    late = replicas.token("helseid", iat=1000, exp=2000)
    expired = await replicas.ask(late, shown=proved(late))
    assert expired.json()["code"] == "shared.token_expired"
    assert expired.headers["www-authenticate"].startswith(
        'DPoP realm="verksted", error="invalid_token", error_desc'
    )


async def test_one_proof_and_not_two(replicas: Replicas) -> None:
    token = replicas.token("helseid")
    headers = [("Authorization", f"DPoP {token}"), ("DPoP", proved(token)), ("DPoP", proved(token))]
    assert (await replicas.clients[0].get("/v1/me", headers=headers)).status_code == 401
    assert (await replicas.clients[0].get("/v1/me", headers=headers[:1])).status_code == 401


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "wrong", [{"aud": ABSENT}, {"exp": ABSENT}, {"iss": "https://test.maskinporten.no/"}, {"nonce": "n"}]
)
async def test_what_no_kind_may_leave_out(replicas: Replicas, kind: str, wrong: dict[str, Any]) -> None:
    token = replicas.token(kind, **wrong)
    answer = await replicas.ask(token, shown=proved(token) if kind == "helseid" else None)
    assert (answer.status_code, answer.json()["code"]) == (401, "shared.unauthenticated")


async def test_without_such_an_issuer_nobody_is_told_of_proofs(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/me", headers={"Authorization": "DPoP x", "DPoP": "y"})
    assert answer.headers["www-authenticate"] == 'Bearer realm="verksted", error="invalid_token"'
