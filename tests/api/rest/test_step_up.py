"""Some things ask for a strong login, in both ways in, before anything is looked at (RFC 9470, rule 14)."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import httpx
import pytest

from app.adapters.identity.dev_issuer import DevIssuer
from app.api.rest.examples import BODIES
from app.api.shared.operations import ALL, Operation
from app.domain.shared.actor import Actor
from app.domain.shared.assurance import Assurance
from tests.parity.ways_in import BY_NAME, Question, ask_graphql, ask_rest
from tests.support.canaries import marked
from tests.support.intake_world import appointed, conversations
from tests.support.world import World

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
STRONG = [operation for operation in ALL if operation.assurance is not None]
CHALLENGE = 'Bearer realm="verksted", error="insufficient_user_authentication", acr_values="substantial high"'
TOO_WEAK = ["low", "unheard-of", None]


def question(operation: Operation) -> Question:
    """Something that could be asked."""
    place = dict.fromkeys(operation.path_names, ID)
    for name, kind in operation.path_types.items():
        if isinstance(kind, type) and issubclass(kind, Enum):
            place[name] = str(next(iter(kind)).value)
    body: Any = BODIES[operation.takes.__name__] if operation.takes is not None else None
    return Question(operation, place, body, {})


def headers(issuer: DevIssuer, actor: Actor, acr: str | None) -> dict[str, str]:
    assert actor.subject is not None
    token = issuer.mint(actor.subject, now=datetime.now(UTC), client_id="tests", acr=acr)
    return {"Authorization": f"Bearer {token}", "Accept-Language": "en"}


def test_what_asks_for_a_strong_login() -> None:
    """A list, so that nobody takes one off it without a word."""
    assert {(operation.name, operation.assurance) for operation in STRONG} >= {
        ("create_organisation", Assurance.SUBSTANTIAL),
        ("adopt_policy", Assurance.SUBSTANTIAL),
        ("grant_role", Assurance.SUBSTANTIAL),
    }


@pytest.mark.parametrize("acr", TOO_WEAK)
@pytest.mark.parametrize("operation", STRONG, ids=lambda operation: operation.name)
async def test_a_weak_login_is_asked_to_log_in_again(
    http: httpx.AsyncClient, issuer: DevIssuer, world: World, operation: Operation, acr: str | None
) -> None:
    """Also somebody who might do it, and where there is nothing: the login is looked at first."""
    shown = headers(issuer, world.administrator, acr)
    rest = await ask_rest(http, question(operation), shown)
    graphql = await ask_graphql(http, question(operation), shown)
    assert rest.code == graphql.code == "shared.step_up_needed"
    assert rest.refusal == graphql.refusal
    assert rest.status == 401


@pytest.mark.parametrize("acr", ["substantial", "high"])
@pytest.mark.parametrize("operation", STRONG, ids=lambda operation: operation.name)
async def test_a_strong_login_is_not(
    http: httpx.AsyncClient, issuer: DevIssuer, world: World, operation: Operation, acr: str
) -> None:
    shown = headers(issuer, world.administrator, acr)
    rest = await ask_rest(http, question(operation), shown)
    graphql = await ask_graphql(http, question(operation), shown)
    assert "shared.step_up_needed" not in {rest.code, graphql.code}


async def test_the_client_learns_what_to_ask_its_issuer_for(
    http: httpx.AsyncClient, issuer: DevIssuer, world: World
) -> None:
    answer = await http.request(
        "PUT",
        f"/v1/organisations/{world.organisation}/registrations/{ID}/roles/coordinator",
        headers=headers(issuer, world.administrator, "low"),
    )
    assert answer.headers["www-authenticate"] == CHALLENGE


async def test_and_so_it_does_in_graphql(http: httpx.AsyncClient, issuer: DevIssuer, world: World) -> None:
    """The refusal stands in the result, the challenge beside it; an answer without one has none."""
    query = """mutation($o: UUID!, $p: UUID!, $r: Role!) { grantRole(organisationId: $o, personId: $p, role: $r) {
        ... on Problem { code } } }"""
    variables = {"o": str(world.organisation), "p": ID, "r": "COORDINATOR"}
    for acr, challenge in (("low", CHALLENGE), ("high", None)):
        answer = await http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers=headers(issuer, world.administrator, acr),
        )
        assert answer.status_code == 200, answer.text
        assert answer.headers.get("www-authenticate") == challenge


async def test_whoever_holds_a_conversation_reads_it_with_a_strong_login_only(
    http: httpx.AsyncClient, issuer: DevIssuer, world: World
) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    asked = Question(BY_NAME["read_assessment"], {"assessment_id": str(assessment)}, None, {})
    for actor, acr, code in (
        (interviewer, "low", "shared.step_up_needed"),
        (interviewer, "substantial", "ok"),
        (person, "low", "ok"),
        (await world.registered("stranger"), "low", "intake.assessment_not_found"),
    ):
        shown = headers(issuer, actor, acr)
        rest, graphql = await ask_rest(http, asked, shown), await ask_graphql(http, asked, shown)
        assert (rest.code, graphql.code) == (code, code)
    reads = (await ask_rest(http, asked, headers(issuer, person, "low"))).data["readings"]
    assert [read["reader"] for read in reads].count(marked("Interviewer")) == 2, (
        "the refused ones have read nothing"
    )


async def test_it_stands_in_both_documents(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    for operation in STRONG:
        described = document["paths"][operation.path][operation.method.lower()]
        assert described["x-least-assurance"] == "substantial"
        assert "substantial assurance" in described["description"]
        examples = described["responses"]["401"]["content"]["application/problem+json"]["examples"]
        assert "shared.step_up_needed" in examples


async def test_a_public_operation_can_not_ask_for_one() -> None:
    public = BY_NAME["list_organisations"]
    with pytest.raises(ValueError, match="no login"):
        Operation(
            name="x",
            feature="x",
            use=public.use,
            use_case=public.use_case,
            method="GET",
            path="/x",
            gives=public.gives,
            is_public=True,
            assurance=Assurance.LOW,
        )
