"""Coordinator, administrator, interviewer, starter, systems: whatever they ask for, by REST or GraphQL, and for good,
nobody comes into a closed group by it (A-01)."""

from collections.abc import Callable

import httpx
import pytest

from app.api.shared.operations import ALL
from app.bootstrap import Running
from tests.parity.samples import questions
from tests.parity.scene import Scene, play
from tests.parity.ways_in import ask_graphql, ask_rest
from tests.support.world import Travel, World

WHO = ("coordinator", "administrator", "interviewer", "starter", "system", "registered", "waiting applicant")
CHANGES = [operation.name for operation in ALL if not operation.is_query]


@pytest.fixture(scope="module")
async def closed(parity_service: tuple[Running, Travel]) -> Scene:
    """A scene that may change."""
    return await play(await World(*parity_service).begin())


async def _inside(service: Running, scene: Scene) -> list[str]:
    async with service.app_pool.acquire() as connection, connection.transaction():
        await connection.execute(f"select set_config('app.organisation', '{scene.organisation}', true)")
        rows = await connection.fetch(
            "select id from membership where group_id = $1 and left_at is null order by id", scene.group.id
        )
        return [str(row["id"]) for row in rows]


@pytest.mark.rule("A-01")
@pytest.mark.hazard("B-28")
@pytest.mark.parametrize("who", WHO)
async def test_whatever_they_ask_for_nobody_comes_in(
    ways: httpx.AsyncClient,
    closed: Scene,
    parity_service: tuple[Running, Travel],
    token: Callable[[str], str],
    who: str,
) -> None:
    service, _ = parity_service
    before = await _inside(service, closed)
    assert len(before) == 5
    for name in CHANGES:
        for question in questions(closed, name):
            await ask_graphql(ways, question, closed.headers(who, token))
            await ask_rest(ways, question, closed.headers(who, token))
    assert await _inside(service, closed) == before
