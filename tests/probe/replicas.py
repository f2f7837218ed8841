"""What is over at one replica is over at another: how long after the answer of the first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import SystemId
from tests.support.canaries import marked
from tests.support.following import Follower
from tests.support.replicas import Replica
from tests.support.systems_world import let_in, machine
from tests.support.world import World

POLLED_EVERY = 0.001
PATIENCE_SECONDS = 10.0
A_WHILE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that holds, how it is ended at one replica, and how the other is asked whether it holds still."""

    end: Callable[[], Awaitable[Any]]
    still: Callable[[], Awaitable[bool]]

    async def took(self) -> float:
        """Milliseconds from the first replica's answer until the other says no for the first time."""
        assert await self.still(), "there was nothing to be ended"
        await self.end()
        began = perf_counter()
        while await self.still():
            assert perf_counter() - began < PATIENCE_SECONDS, "it never ended"
            await asyncio.sleep(POLLED_EVERY)
        return (perf_counter() - began) * 1000


@dataclass(frozen=True, slots=True)
class Endings:
    """Kinds of endings, one after the other. `world` is told at the first replica; `other` is the other."""

    world: World
    other: httpx.AsyncClient
    token: Callable[..., str]

    def answers(self, actor: Actor, path: str, **more: Any) -> Callable[[], Awaitable[bool]]:
        """Whether the other replica answers this to them."""
        headers = {"Authorization": f"Bearer {self.token(actor.subject, **more)}"}

        async def asked() -> bool:
            return (await self.other.get(f"/v1/{path}", headers=headers)).status_code == 200

        return asked

    async def memberships(self) -> AsyncIterator[Ending]:
        """A member leaves; seven times at most, for the group has eight."""
        do, group = self.world.do, await self.world.meeting(8, seats=8)
        for member in group.members[:7]:
            still = self.answers(member, f"groups/{group.id}")

            async def leave(member: Actor = member) -> None:
                await do.groups.leave_group(member, group.id)

            yield Ending(leave, still)

    async def roles(self) -> AsyncIterator[Ending]:
        """A coordinator's role is taken away."""
        world, roles = self.world, self.world.do.organisations
        helper = await world.registered("helper")
        await world.sign_for(helper)
        given = (world.administrator, world.organisation, helper.person_id, Role.COORDINATOR)
        still = self.answers(helper, f"organisations/{world.organisation}/registrations")
        while True:
            await roles.grant_role(*given)
            yield Ending(lambda: roles.revoke_role(*given), still)

    async def systems(self) -> AsyncIterator[Ending]:
        """The account of a system is revoked."""
        world, number = self.world, 0
        while True:
            number += 1
            system = machine(f"probe-{number}-{world.organisation}")
            account = (await let_in(world, system)).id
            path = f"organisations/{world.organisation}/courses"
            still = self.answers(system, path, client_id=system.client, scopes=system.scopes)

            async def revoke(account: SystemId = account) -> None:
                await world.do.systems.revoke_system(world.administrator, account)

            yield Ending(revoke, still)

    async def keys(self) -> AsyncIterator[Ending]:
        """The key that somebody's name is sealed under is destroyed."""
        while True:
            somebody = await self.world.person()
            headers = {"Authorization": f"Bearer {self.token(somebody.subject)}"}

            async def destroy(somebody: Actor = somebody) -> None:
                self.world.service.person_keys.destroy(somebody.person_id)

            async def is_readable(headers: dict[str, str] = headers) -> bool:
                shown = (await self.other.get("/v1/me", headers=headers)).json()
                return bool(shown["chosen_name"] == marked("Somebody"))

            yield Ending(destroy, is_readable)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How long after the last vote was sent to one replica a subscriber at the other is told the outcome; and how long the
    vote itself took, which is counted before it is answered."""

    world: World
    other: Replica

    async def took(self, most: int) -> tuple[list[float], list[float]]:
        """Milliseconds until told and until answered, of so many ballots; the subscriber reads a real socket."""
        told: list[float] = []
        answered: list[float] = []
        group = await self.world.meeting(3)
        async with self.other.follow(group.members[2], about="ballots") as follower:
            for _ in range(most):
                ballot = await self.world.do.admission.open_ballot(
                    group.members[0], group.id, Question.END_DATE, ends_at=self.world.now + A_WHILE
                )
                assert (await follower.next())["type"] == "group.ballot.opened"
                await self.world.vote(ballot, group.members[:2], Choice.AGAINST)
                began = perf_counter()
                waiting = asyncio.create_task(_noted(follower, began, told))
                await self.world.do.admission.cast_vote(group.members[2], ballot.id, Choice.AGAINST)
                answered.append((perf_counter() - began) * 1000)
                await waiting
        return told, answered


async def _noted(follower: Follower, began: float, told: list[float]) -> None:
    assert (await follower.next())["type"] == "group.ballot.closed"
    told.append((perf_counter() - began) * 1000)


async def times_of(endings: AsyncIterator[Ending], most: int) -> list[float]:
    """How long each took."""
    times: list[float] = []
    async with aclosing(endings):  # type: ignore[type-var]
        async for ending in endings:
            times.append(await ending.took())
            if len(times) >= most:
                break
    return times


def line(what: str, times: list[float]) -> str:
    """One line of the table."""
    return f"{what:58}{median(times):10.1f}{max(times):10.1f}{len(times):6}"


HEAD = f"\n{'over at one replica, refused at the other after (ms)':58}{'median':>10}{'longest':>10}{'n':>6}"
