"""Erasure over HTTP: read what will happen, repeat the word, and be nobody."""

from collections.abc import Callable

import httpx

from tests.support.world import World


async def test_read_repeat_and_be_nobody(
    http: httpx.AsyncClient, world: World, token: Callable[[str], str]
) -> None:
    me = (await world.meeting(3)).members[0]
    shown = {"authorization": f"Bearer {token(me.subject or '')}", "accept-language": "nn"}
    plan = (await http.get("/v1/me/erasure", headers=shown)).json()
    assert plan["last_administrator_of"] == []
    refused = await http.post("/v1/me/erasure", headers=shown, json={"confirmation": "0" * 12})
    assert (refused.status_code, refused.json()["code"]) == (409, "keeping.not_told_yet")
    said = {"confirmation": plan["confirmation"]}
    done = await http.post("/v1/me/erasure", headers=shown, json=said)
    assert done.status_code == 200
    assert done.json()["message"].startswith("Du er sletta")
    assert (await http.get("/v1/me", headers=shown)).json()["code"] == "people.not_introduced"
    again = await http.post("/v1/me/erasure", headers=shown, json=said)
    assert (again.status_code, again.json()["erased_at"]) == (200, None)
    asked = (
        f'mutation {{ eraseMe(confirmation: "{said["confirmation"]}") {{ ... on Erasure {{ erasedAt }} }} }}'
    )
    told = await http.post("/graphql", headers=shown, json={"query": asked})
    assert told.json()["data"]["eraseMe"] == {"erasedAt": None}
