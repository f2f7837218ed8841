"""How many statements an operation takes does not grow with what it lists."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import httpx
import pytest
from asyncpg.connection import LoggedQuery

from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.support.starters_world import assigned, helped, planned, starter
from tests.support.world import Made, World

Ask = Callable[[], Awaitable[object]]


class Counter:
    """Counts what the service's own connections are asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def listen(self, world: World) -> None:
        """Hear every connection of the pool."""
        pool = world.service.app_pool
        async with AsyncExitStack() as held:
            for _ in range(pool.get_max_size()):
                connection = await held.enter_async_context(pool.acquire())
                connection.add_query_logger(self._note)

    def _note(self, query: LoggedQuery) -> None:
        self.seen.append(query.query)

    async def of(self, ask: Ask) -> int:
        """How many statements this takes, the second time (types have been looked up by then)."""
        await ask()
        self.seen.clear()
        await ask()
        return len(self.seen)


@pytest.fixture
async def counter(world: World) -> Counter:
    made = Counter()
    await made.listen(world)
    return made


async def grow(world: World, group: Made, code: str) -> None:
    """One more of everything that a member can list."""
    await world.do.meetings.plan_meeting(group.members[0], group.id, world.now + timedelta(days=3), "Library")
    _, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members, Choice.AGAINST)


async def test_lists_of_a_group(world: World, counter: Counter) -> None:
    group, code = await world.open_group(4, seats=8)
    member = group.members[0]
    do = world.do
    asks: dict[str, Ask] = {
        "read_group": lambda: do.groups.read_group(member, group.id),
        "list_meetings": lambda: do.meetings.list_meetings(member, group.id, FIRST_PAGE),
        "list_ballots": lambda: do.admission.list_ballots(member, group.id, FIRST_PAGE),
        "list_applications": lambda: do.admission.list_applications(member, group.id, FIRST_PAGE),
        "list_registrations": lambda: do.organisations.list_registrations(
            world.coordinator, world.organisation, FIRST_PAGE
        ),
    }
    await grow(world, group, code)
    few = {name: await counter.of(ask) for name, ask in asks.items()}
    for _ in range(3):
        await grow(world, group, code)
    many = {name: await counter.of(ask) for name, ask in asks.items()}
    assert many == few
    assert all(1 <= count <= 6 for count in few.values()), few


HOME = """{ listMyGroups { ... on GroupList { items {
 id members { alias } nextMeeting { startsAt } upcomingMeetings { startsAt kind } } } } }"""


async def test_lists_over_groups(
    world: World, counter: Counter, http: httpx.AsyncClient, token: Callable[[str], str]
) -> None:
    person = await world.ready("everywhere")
    headers = {"Authorization": f"Bearer {token(str(person.subject))}"}

    async def one_more() -> Made:
        made = await world.forming(3)
        placement = await world.do.groups.invite_to_place(world.coordinator, made.id, person.person_id)
        await world.do.groups.accept_place(person, placement.id, "Everywhere")
        await world.do.groups.sign_declaration(person, made.id, world.signature())
        await world.do.meetings.plan_meeting(
            world.coordinator, made.id, world.now + timedelta(hours=1), "Library"
        )
        world.forward(hours=2)
        await world.open_for_new(Made(made.id, made.organisation, [*made.members, person], made.coordinator))
        await world.do.groups.close_for_new_people(person, made.id)
        await world.do.admission.open_ballot(person, made.id, Question.OPEN_FOR_NEW_PEOPLE)
        await world.do.meetings.plan_meeting(person, made.id, world.now + timedelta(days=3), "Library")
        other = await world.forming(3)
        await world.do.groups.invite_to_place(world.coordinator, other.id, person.person_id)
        return made

    groups = [await one_more()]
    do = world.do
    asks: dict[str, Ask] = {
        "list_my_groups": lambda: do.groups.list_my_groups(person),
        "list_my_invitations": lambda: do.groups.list_my_invitations(person),
        "list_groups": lambda: do.groups.list_groups(world.coordinator, world.organisation, FIRST_PAGE),
        "list_offers": lambda: do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE),
        "list_upcoming": lambda: do.meetings.list_upcoming(person, [made.id for made in groups]),
        "graphql": lambda: http.post("/graphql", json={"query": HOME}, headers=headers),
    }
    few = {name: await counter.of(ask) for name, ask in asks.items()}
    groups += [await one_more(), await one_more()]
    many = {name: await counter.of(ask) for name, ask in asks.items()}
    assert many == few
    assert all(1 <= count <= 6 for count in few.values()), few
    assert len(await do.groups.list_my_groups(person)) == 3


async def test_lists_of_starters(world: World, counter: Counter) -> None:
    group, helper, first = await helped(world, max_meetings=4)
    do, member = world.do, group.members[0]
    last = [first.id]
    asks: dict[str, Ask] = {
        "a member's": lambda: do.starters.list_starters(member, group.id, FIRST_PAGE),
        "staff's": lambda: do.starters.list_starters(world.coordinator, group.id, FIRST_PAGE),
        "visits": lambda: do.starters.list_visits(member, group.id, FIRST_PAGE),
        "messages": lambda: do.starters.list_starter_messages(member, group.id, FIRST_PAGE),
        "their own": lambda: do.starters.list_my_assignments(helper),
    }

    async def grow() -> None:
        other = await starter(world, "heir")
        heir = await do.starters.replace_starter(world.coordinator, last[-1], other.person_id)
        await do.starters.invite_visitor(member, last[-1], (await planned(world, group, 9)).id)
        last.append(heir.id)
        await assigned(world, await world.forming(3), helper)

    await grow()
    few = {name: await counter.of(ask) for name, ask in asks.items()}
    for _ in range(3):
        await grow()
    assert len((await do.starters.list_starters(member, group.id, FIRST_PAGE)).items) == 5
    assert len(await do.starters.list_my_assignments(helper)) == 5
    assert {name: await counter.of(ask) for name, ask in asks.items()} == few
    assert all(1 <= count <= 13 for count in few.values()), few


async def test_my_own_applications(world: World, counter: Counter) -> None:
    await world.open_group(3, seats=8)
    _, code = await world.open_group(3, seats=8)
    actor, _ = await world.applied(code)

    async def ask() -> object:
        return await world.do.admission.list_my_applications(actor)

    few = await counter.of(ask)
    codes = await world.do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE)
    for offer in codes.items:
        if offer.application_code != code:
            await world.do.admission.apply(
                actor, world.organisation, offer.application_code, "Again", "Words.", None
            )
    assert len(await world.do.admission.list_my_applications(actor)) == 2
    assert await counter.of(ask) == few


async def test_a_ballot_costs_the_same_on_a_small_and_on_a_large_roll(world: World, counter: Counter) -> None:
    costs: list[tuple[int, int]] = []
    for size in (3, 7):
        group = await world.meeting(size, seats=8)
        counter.seen.clear()
        ballot = await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE
        )
        opening = len(counter.seen)
        counter.seen.clear()
        await world.vote(ballot, group.members[:1])
        costs.append((opening, len(counter.seen)))
    assert costs[0] == costs[1]
    assert costs[0][0] > 5
