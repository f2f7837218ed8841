"""A body in which nothing has to be said may be left out, and is read like any other where it isn't."""

from uuid import uuid4

import pytest

from app.api.shared.operations import ALL
from app.api.shared.operations.operation import any_required
from tests.api.rest.conftest import Asking
from tests.support.webhooks_world import hooked
from tests.support.world import World

OPTIONAL = [operation for operation in ALL if operation.body_optional]


def test_which_they_are() -> None:
    assert [operation.name for operation in OPTIONAL] == ["rotate_webhook_secret"]
    assert not any(any_required(operation.takes) for operation in OPTIONAL if operation.takes is not None)


async def test_a_webhooks_secret_is_changed_without_a_word(world: World, asking: Asking) -> None:
    made = await hooked(world)
    person, url = asking(world.administrator), f"/v1/webhooks/{made.webhook.id}/secret"
    silent = await person.ask("POST", url)
    assert silent.status_code == 200
    assert silent.json()["webhook"]["overlap_until"] is not None
    assert silent.json()["secret"] != made.secret
    empty = await person.ask("POST", url, {})
    assert empty.status_code == 200
    at_once = await person.ask("POST", url, {"overlap_hours": 0})
    assert at_once.json()["webhook"]["overlap_until"] is None


@pytest.mark.parametrize("body", [b"null", b"[]", b'""', b'{"overlap_hours": -1}', b'{"hours": 1}'])
async def test_what_is_said_is_still_read(world: World, asking: Asking, body: bytes) -> None:
    made = await hooked(world)
    person, url = asking(world.administrator), f"/v1/webhooks/{made.webhook.id}/secret"
    headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}
    answer = await person.http.post(url, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "shared.invalid")


async def test_a_hidden_one_is_absent_with_and_without_a_body(world: World, asking: Asking) -> None:
    made = await hooked(world)
    stranger = asking(await world.person())
    for webhook in (made.webhook.id, uuid4()):
        for said in (None, {}):
            answer = await stranger.ask("POST", f"/v1/webhooks/{webhook}/secret", said)
            assert (answer.status_code, answer.json()["code"]) == (404, "events.webhook_not_found")
    broken = await stranger.ask("POST", "/v1/webhooks/nonsense/secret")
    assert broken.status_code == (await stranger.ask("POST", "/v1/webhooks/nonsense/secret", {})).status_code
