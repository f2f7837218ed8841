"""Refusals as problem documents: statuses, headers, languages, OpenAPI and pages."""

from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI

from app.api.shared.problem_docs import document_problems, refusals
from app.api.shared.problem_handlers import install_problem_handlers
from app.api.shared.problems import EDGE_STATUS, STATUS, Problem, describe, headers_for, status_of
from app.content.texts import Texts
from app.domain.shared.errors import (
    Busy,
    CursorMismatch,
    DomainError,
    IdempotencyInProgress,
    Kind,
    NotFound,
    PersonNeeded,
    Stale,
    TokenExpired,
    Unauthenticated,
    all_refusals,
)

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"


class NeedsWords(DomainError):
    """A refusal whose constructor asks for something."""

    kind, code = Kind.CONFLICT, "toy.needs_words"

    def __init__(self, left: int) -> None:
        super().__init__(left=left)


def test_every_kind_has_a_status() -> None:
    assert set(STATUS) == set(Kind)
    assert status_of(NotFound) == 404
    assert status_of(Stale()) == 412
    assert status_of(CursorMismatch) == 400


@pytest.mark.parametrize(
    ("what", "status", "headers"),
    [
        ("conflict", 409, {}),
        ("missing", 404, {}),
        ("many", 429, {"retry-after": "7"}),
        ("busy", 503, {"retry-after": "2"}),
        ("nobody", 401, {"www-authenticate": 'Bearer realm="verksted"'}),
    ],
)
async def test_a_refusal_becomes_a_problem(
    client: httpx.AsyncClient, what: str, status: int, headers: dict[str, str]
) -> None:
    answer = await client.post(f"/v1/raise/{what}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert headers.items() <= dict(answer.headers).items()
    Problem.model_validate(answer.json(), strict=True, extra="forbid")


async def test_a_conflict_names_its_rules_and_the_place(client: httpx.AsyncClient) -> None:
    problem = (await client.post("/v1/raise/conflict")).json()
    assert problem["rules"] == ["X-01"]
    assert problem["errors"] == [{"pointer": "/choice", "where": "body", "code": "toy.conflict"}]


async def test_a_bad_token_is_told_apart_only_when_it_has_expired(client: httpx.AsyncClient) -> None:
    shown = {"Authorization": "Bearer x"}
    bad = await client.post("/v1/raise/nobody", headers=shown)
    assert bad.headers["www-authenticate"] == 'Bearer realm="verksted", error="invalid_token"'
    expired = await client.post("/v1/raise/expired", headers=shown)
    assert (
        'error="invalid_token", error_description="The token has expired"'
        in expired.headers["www-authenticate"]
    )


async def test_people_read_their_language_and_machines_the_same_code(client: httpx.AsyncClient) -> None:
    titles = set()
    for asked, given in (("nn", "nn"), ("nb-NO", "nb"), ("da", "da"), ("en-GB", "en"), ("sv", "nb")):
        answer = await client.post("/v1/raise/missing", headers={"Accept-Language": asked})
        assert answer.headers["content-language"] == given
        assert answer.json()["code"] == "shared.not_found"
        titles.add(answer.json()["title"])
    assert titles == {
        Texts.load().refusal("shared.not_found", language, {}).title for language in ("nb", "nn", "da", "en")
    }
    assert len(titles) == 4


def test_facts_fill_the_text_and_the_pointer_is_kept() -> None:
    problem = describe(NotFound("/id", days=3), "en", ID)
    assert problem["errors"][0]["pointer"] == "/id"
    assert problem["instance"] == f"urn:uuid:{ID}"


def test_retry_after_is_there_where_waiting_helps() -> None:
    assert headers_for(Busy(retry_after=9)) == {"Retry-After": "9"}
    assert headers_for(IdempotencyInProgress()) == {"Retry-After": "1"}
    assert headers_for(NotFound()) == {}
    assert "error" not in headers_for(Unauthenticated())["WWW-Authenticate"]


def test_refusals_are_grouped_by_status_with_examples_by_code() -> None:
    responses = refusals(NotFound, Unauthenticated, TokenExpired, NeedsWords, PersonNeeded)
    assert set(responses) == {404, 401, 409, 403}
    content = responses[401]["content"]["application/problem+json"]
    assert set(content["examples"]) == {"shared.unauthenticated", "shared.token_expired"}
    assert content["examples"]["shared.token_expired"]["value"]["status"] == 401
    assert "WWW-Authenticate" in responses[401]["headers"]


def test_openapi_tells_every_refusal_as_a_problem(toy: SimpleNamespace) -> None:
    document = document_problems(toy.app.openapi(), Busy)
    assert "HTTPValidationError" not in str(document)
    assert {"Problem", "ProblemItem"} <= set(document["components"]["schemas"])
    make = document["paths"]["/v1/things"]["post"]["responses"]
    assert set(make) == {"201", "400", "408", "409", "413", "414", "415", "422", "429", "500", "503"}
    assert set(make["409"]["content"]["application/problem+json"]["examples"]) == {"toy.conflict"}
    assert make["503"] == {"$ref": "#/components/responses/Busy"}
    assert "422" not in document["paths"]["/v1/slow"]["get"]["responses"]
    for path in document["paths"].values():
        for operation in path.values():
            for reference in operation["responses"].values():
                if "$ref" in reference:
                    assert reference["$ref"].rsplit("/", 1)[1] in document["components"]["responses"]
    again = document_problems(document, Busy)
    assert again["paths"]["/v1/things"]["post"]["responses"] == make


def test_a_refusal_of_the_same_status_joins_the_shared_one() -> None:
    app = FastAPI()

    @app.get("/a", responses=refusals(CursorMismatch))
    async def a(after: str = "") -> None:
        return None

    responses = document_problems(app.openapi())["paths"]["/a"]["get"]["responses"]
    examples = responses["400"]["content"]["application/problem+json"]["examples"]
    assert set(examples) == {"shared.cursor_mismatch", "shared.malformed"}


async def test_every_problem_has_a_page(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/problems")).json()["problems"]
    codes = {entry["code"] for entry in listed}
    assert {refusal.code for refusal in all_refusals()} | set(EDGE_STATUS) == codes
    for code in sorted(codes):
        page = await client.get(f"/problems/{code}")
        assert page.status_code == 200
        assert set(page.json()["texts"]) == {"nb", "nn", "da", "en"}


async def test_the_pages_are_for_people_too(client: httpx.AsyncClient) -> None:
    accept = {"Accept": "text/html", "Accept-Language": "da"}
    page = await client.get("/problems/shared.person_needed", headers=accept)
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-language"] == "da"
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "public, max-age=3600"
    assert "A-07" in page.text
    for language in ("nb", "nn", "da", "en"):
        assert f'<section lang="{language}">' in page.text
    assert page.text.index('lang="da"') < page.text.index('<section lang="nb">')
    assert "/problems/shared.person_needed" in (await client.get("/problems", headers=accept)).text


async def test_an_unknown_problem_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/problems/<script>", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (404, "shared.not_found")
    assert "script" not in answer.text


async def test_the_handlers_work_without_the_edge() -> None:
    app = FastAPI()
    install_problem_handlers(app, Texts.load())

    @app.post("/a")
    async def a(body: dict[str, int]) -> None:
        raise ValueError("secret")

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        answers = [
            await client.get("/nowhere"),
            await client.get("/a"),
            await client.post("/a", content=b"{", headers={"content-type": "application/json"}),
            await client.post("/a", json={"a": 1}),
        ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (404, "shared.route_not_found"),
        (405, "shared.method_not_allowed"),
        (400, "shared.malformed"),
        (500, "shared.surprise"),
    ]
    assert answers[1].headers["allow"] == "POST"
    assert "secret" not in answers[3].text
