"""What is left out of one's settings stays as it is, and null says something: by both ways in."""

from typing import Any

import pytest

from tests.api.rest.conftest import Asking
from tests.support.world import World

_SET = """mutation($organisation: UUID!, $language: String, $from: String, $until: String) {
  setMyMessages(organisationId: $organisation, language: $language, quietFrom: $from, quietUntil: $until) {
    ... on MessageSettings { language quiet_from: quietFrom quiet_until: quietUntil }
    ... on Problem { code }
  }
}"""
_NAMES = {"language": "language", "quiet_from": "from", "quiet_until": "until"}


@pytest.mark.parametrize("way", ["rest", "graphql"])
async def test_left_out_stays_and_null_is_said(world: World, asking: Asking, way: str) -> None:
    person = asking(await world.registered())

    async def put(**said: Any) -> tuple[Any, ...]:
        if way == "rest":
            answer = await person.ask("PUT", f"/v1/organisations/{world.organisation}/my-messages", said)
            found = answer.json()
        else:
            variables = {"organisation": str(world.organisation)}
            variables |= {_NAMES[name]: value for name, value in said.items()}
            answer = await person.ask("POST", "/graphql", {"query": _SET, "variables": variables})
            found = answer.json()["data"]["setMyMessages"]
        assert answer.status_code == 200, answer.text
        return found.get("language"), found.get("quiet_from"), found.get("quiet_until")

    assert await put(language="nn") == ("nn", "21:00", "08:00")
    assert await put(quiet_from="22:15") == ("nn", "22:15", "08:00")
    assert await put(quiet_from=None, quiet_until=None) == ("nn", None, None)
    assert await put(language="da") == ("da", None, None)
    assert await put(quiet_from="20:00", quiet_until="06:00", language=None) == ("en", "20:00", "06:00")
    assert await put() == ("en", "20:00", "06:00")
