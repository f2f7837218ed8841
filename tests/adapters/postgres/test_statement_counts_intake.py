"""What comes before a group is listed in as many statements as one of it, and a first meeting asks for all at once."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

from asyncpg.connection import LoggedQuery

from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.support.intake_world import appoint, code, conversations, interested, worker
from tests.support.world import World

Ask = Callable[[], Awaitable[object]]


async def hear(world: World) -> list[str]:
    """What every connection of the service's pool is asked from now on."""
    heard: list[str] = []

    def note(query: LoggedQuery) -> None:
        heard.append(query.query)

    async with AsyncExitStack() as held:
        for _ in range(world.service.app_pool.get_max_size()):
            (await held.enter_async_context(world.service.app_pool.acquire())).add_query_logger(note)
    return heard


async def test_lists_of_intake(world: World) -> None:
    interviewer, heard = await conversations(world), await hear(world)
    person = await world.registered("person")
    do, here = world.do.intake, world.organisation
    asks: dict[str, Ask] = {
        "list_interests": lambda: do.list_interests(world.coordinator, here, FIRST_PAGE),
        "list_recommendations": lambda: do.list_recommendations(world.coordinator, here, FIRST_PAGE),
        "list_interviewers": lambda: do.list_interviewers(person, here),
        "list_assessments": lambda: do.list_assessments(world.coordinator, here, FIRST_PAGE),
        "list_assessments of one's own": lambda: do.list_assessments(interviewer, here, FIRST_PAGE),
        "list_my_assessments": lambda: do.list_my_assessments(person),
    }

    async def one_more(who: Actor) -> None:
        await interested(world)
        await code(world)
        await worker(world, Role.INTERVIEWER, signed=False)
        step = await do.ask_for_conversation(who, here, "Words.", [])
        await appoint(world, step.id, interviewer)
        await do.complete_assessment(interviewer, step.id, Outcome.GROUP, [], [])

    async def counted() -> dict[str, int]:
        found = {}
        for name, ask in asks.items():
            await ask()
            heard.clear()
            await ask()
            found[name] = len(heard)
        return found

    await one_more(person)
    few = await counted()
    for _ in range(3):
        await one_more(person)
    assert len(await do.list_my_assessments(person)) == 4
    assert await counted() == few
    assert all(1 <= count <= 7 for count in few.values()), few


async def test_a_first_meeting_costs_the_same_for_few_and_for_many(world: World) -> None:
    await world.policy(intake_mode=IntakeMode.SELF_DECLARATION)
    heard, costs = await hear(world), []
    for people in (3, 3, 7):
        group = await world.forming(people, seats=8)
        heard.clear()
        await world.do.meetings.plan_meeting(
            world.coordinator, group.id, world.now + timedelta(days=3), "Library"
        )
        costs.append(len(heard))
    assert costs[1] == costs[2]
