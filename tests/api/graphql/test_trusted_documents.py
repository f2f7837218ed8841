"""Documents by their hash: what is known is carried out for everybody, and what isn't for those alone who may."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api.graphql.trusted import OWN, TrustedDocuments, entries, id_of
from app.api.shared.free_documents import Freely, free_documents
from app.domain.shared.actor import Actor
from app.settings import Settings
from tests.api.graphql.toy import SCHEMA, toy_client, toy_endpoint
from tests.support.world import World
from tools import trusted_documents

KNOWN, WITH_VARIABLE, OLD = (
    "query Hello {\n  hello\n}",
    "query E($n: Int!) {\n  echo(number: $n)\n}",
    "sha256:old",
)
TRUSTED = TrustedDocuments({id_of(text): text for text in (KNOWN, WITH_VARIABLE)}, frozenset({OLD}))


@pytest.fixture
async def client() -> Any:
    """An endpoint where a developer alone writes freely."""
    endpoint = toy_endpoint(trusted=TRUSTED, writes_freely=lambda context: context.developer)
    async with toy_client(endpoint) as opened:
        yield opened


HASH = id_of(KNOWN).removeprefix("sha256:")
NOT_TRUSTED, UNKNOWN = "graphql.document_not_trusted", "graphql.document_unknown"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"documentId": id_of(KNOWN)}, 200, None),
        ({"documentId": HASH}, 200, None),
        ({"documentId": id_of(WITH_VARIABLE), "variables": {"n": 3}, "operationName": "E"}, 200, None),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}}, 200, None),
        # A text that is known is as good as its hash; whoever sends both is taken by the text.
        ({"query": KNOWN}, 200, None),
        ({"query": KNOWN, "extensions": {"persistedQuery": {"sha256Hash": "x"}}}, 200, None),
        ({"documentId": "sha256:" + "0" * 64}, 422, UNKNOWN),
        ({"documentId": HASH.upper()}, 422, UNKNOWN),
        ({"documentId": ""}, 422, UNKNOWN),
        ({"documentId": "Hello"}, 422, UNKNOWN),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}, 422, UNKNOWN),
        ({"documentId": OLD}, 410, "graphql.document_removed"),
        ({"query": "{hello}"}, 403, NOT_TRUSTED),
        ({"query": KNOWN + "\n"}, 403, NOT_TRUSTED),
        ({"query": "{"}, 403, NOT_TRUSTED),
        ({"query": "{__schema{queryType{name}}}"}, 403, NOT_TRUSTED),
        ({"query": "{hello}", "extensions": {"persistedQuery": {"sha256Hash": HASH}}}, 403, NOT_TRUSTED),
        ({"documentId": id_of(KNOWN), "query": KNOWN}, 422, "graphql.bad_request"),
        ({"documentId": 7}, 422, "graphql.bad_request"),
        ({"documentId": None}, 422, "graphql.bad_request"),
        ({"extensions": {"persistedQuery": "x"}}, 422, "graphql.bad_request"),
        ({"extensions": {"persistedQuery": {"sha256Hash": 7}}}, 422, "graphql.bad_request"),
        ({"documentId": id_of(WITH_VARIABLE)}, 422, "graphql.variables"),
    ],
)
async def test_what_is_carried_out(
    client: httpx.AsyncClient, body: Any, status: int, code: str | None
) -> None:
    response = await client.post("/graphql", json=body)
    assert response.status_code == status
    errors = response.json().get("errors", [])
    assert [error["extensions"]["code"] for error in errors] == ([code] if code else [])
    assert ("data" in response.json()) is (status == 200)


async def test_who_may_write_freely_does(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{hello}"}, headers={"x-developer": "yes"})
    assert response.json()["data"] == {"hello": "hei"}


async def test_the_answer_says_what_it_has_cost(client: httpx.AsyncClient) -> None:
    """And what it may cost at most: a client learns how near the limit it is."""
    answer = (await client.post("/graphql", json={"documentId": id_of(KNOWN)})).json()
    assert answer["extensions"] == {"cost": {"requested": 0, "limit": 2000}}
    dear = {"query": "query($n: Int){groups(first: $n){edges{node{name}}}}", "variables": {"n": 30}}
    answer = (await client.post("/graphql", json=dear, headers={"x-developer": "yes"})).json()
    assert answer["extensions"]["cost"]["requested"] == 90


@pytest.mark.parametrize(
    ("whose", "scopes", "may"),
    [
        (Freely.EVERYBODY, (), True),
        (Freely.SCOPE, ("verksted:graphql.free",), True),
        (Freely.SCOPE, ("openid", "example:verksted/graphql.free"), True),
        (Freely.SCOPE, (), False),
        (Freely.SCOPE, ("graphql.free", "verksted:graphql", "other:graphql.free"), False),
        (Freely.NOBODY, ("verksted:graphql.free",), False),
    ],
)
def test_whose_own_documents_are_carried_out(whose: Freely, scopes: tuple[str, ...], may: bool) -> None:
    assert free_documents(whose)(Actor(issuer="i", subject="s", scopes=frozenset(scopes))) is may


def test_in_production_it_takes_the_scope() -> None:
    assert Settings().whose_documents == "everybody"
    production = {"environment": "production", "secret": "s" * 32}
    assert Settings.model_validate(production).whose_documents == "scope"
    assert Settings.model_validate({**production, "free_documents": "nobody"}).whose_documents == "nobody"


def test_a_list_that_is_none_keeps_it_from_standing(tmp_path: Path) -> None:
    path = tmp_path / "trusted.json"
    whole = {"documents": entries([("Hello", KNOWN)]), "removed": {}}
    path.write_text(json.dumps(whole))
    assert TrustedDocuments.load(OWN, path).texts[id_of(KNOWN)] == KNOWN
    forged = json.dumps(whole).replace("hello", "other")
    for wrong in ("", "[]", '{"documents": {}}', '{"documents": {"x": "y"}, "removed": {}}', forged):
        path.write_text(wrong)
        with pytest.raises(RuntimeError):
            TrustedDocuments.load(path)


def test_the_list_keeps_what_it_has_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And takes nothing in that would be refused when it is asked for."""
    monkeypatch.setattr(trusted_documents, "make_schema", lambda: SCHEMA)
    folder, path = tmp_path, tmp_path / "trusted.json"
    written = folder / "app.graphql"
    written.write_text("query Hello { group { ...A } }\nfragment A on Group { name ...B }")
    (folder / "parts.graphql").write_text("fragment B on Group { name } fragment C on Group { name }")
    trusted_documents.main(folder, path)
    (first,) = TrustedDocuments.load(path).texts.values()
    assert first.count("fragment") == 2
    written.write_text("query Hello { hello }")
    trusted_documents.main(folder, path)
    now = TrustedDocuments.load(path).texts
    assert len(now) == 2
    assert now[id_of(first)] == first
    for wrong in ("query Hello { nothing }", "query A { hello } query A { hello }", "{ hello }"):
        written.write_text(wrong)
        with pytest.raises(SystemExit):
            trusted_documents.main(folder, path)
    content = json.loads(path.read_text())
    content["removed"][id_of(first)] = content["documents"].pop(id_of(first))
    path.write_text(json.dumps(content))
    assert id_of(first) in TrustedDocuments.load(path).removed
    written.write_text("query Hello { group { ...A } }\nfragment A on Group { name ...B }")
    with pytest.raises(SystemExit):
        trusted_documents.main(folder, path)


def _document(name: str) -> str:
    listed = json.loads(OWN.read_text())["documents"]
    return next(identifier for identifier, entry in listed.items() if entry["name"] == name)


async def test_a_members_app_lives_by_them(
    web: FastAPI, world: World, token: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where free documents are refused: home, group, meetings, a ballot, a vote, an absence."""
    ways = web.state.ways
    closed_shop = replace(ways, free_documents=free_documents(Freely.SCOPE))
    monkeypatch.setitem(web.state._state, "ways", closed_shop)
    group = await world.meeting(3)
    me = group.members[0]
    assert me.subject is not None
    headers = {"Authorization": f"Bearer {token(me.subject)}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://127.0.0.1") as http:

        async def ask(name: str, **variables: object) -> Any:
            body = {"documentId": _document(name), "variables": variables}
            answer = (await http.post("/graphql", json=body, headers=headers)).json()
            assert "errors" not in answer
            return next(iter(answer["data"].values()))

        free = {"query": "{ readMe { __typename } }"}
        refused = await http.post("/graphql", json=free, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, NOT_TRUSTED)
        assert (await ask("Home"))["home"]["groups"][0]["id"] == str(group.id)
        assert (await ask("MyGroups"))["items"][0]["members"]
        assert (await ask("Group", groupId=str(group.id)))["phase"] == "MEETING"
        opened = await ask("OpenBallotOnNewPeople", groupId=str(group.id))
        voted = await ask("CastVote", ballotId=opened["id"], choice="FOR")
        assert voted["myVote"] == {"onTheRoll": True, "hasVoted": True}
        met = (await ask("Meetings", groupId=str(group.id), upcoming=False))["items"][0]
        assert (await ask("NoteAbsence", meetingId=met["id"]))["isMe"] is True
        assert (await ask("Ballot", ballotId=str(group.id)))["__typename"] == "Problem"
