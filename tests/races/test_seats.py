"""Seats at once: many ballots for few seats, two people for one, entering twice, a vote while the group changes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.services.admission.views import ApplicationView, BallotView, EntryView
from tests.races.judge import judged
from tests.races.storm import Again, Storm, share
from tests.support.world import Made, World

Ask = Callable[[], Awaitable[object]]


@dataclass
class Door:
    """A group that is open for new people, and who wants to come in."""

    arena: World
    storm: Storm
    group: Made
    waiting: list[tuple[Actor, ApplicationView]]

    @staticmethod
    async def of(arena: World, storm: Storm, *, members: int, applicants: int) -> "Door":
        """An organisation of its own, with one group of eight seats."""
        world = await World(arena.service, arena.travel).begin()
        group, code = await world.open_group(members, seats=8)
        return Door(
            world, storm, group, [await world.applied(code, f"Newcomer{n}") for n in range(applicants)]
        )

    async def ballots_for_all(self, times: int) -> list[BallotView]:
        """All members try to open a ballot on each application, so often; the ballots that came of it."""
        asked = [
            partial(
                self.storm.do.admission.open_ballot, member, self.group.id, Question.ADMISSION, application.id
            )
            for member in self.group.members[:times]
            for _, application in self.waiting
        ]
        answers = await self.storm.at_once(asked)
        return [answer for answer in answers if isinstance(answer, BallotView)]

    def votes(self, ballot: BallotView, *choices: Choice) -> list[Ask]:
        """Everybody votes."""
        return [
            self.storm.vote(ballot.id, member, self.storm.choice(*choices)) for member in self.group.members
        ]

    def enter(self, number: int) -> Ask:
        """This applicant accepts the place."""
        actor, application = self.waiting[number]
        return partial(self.storm.do.admission.accept_entry, actor, application.id, self.arena.signature())

    def number_of(self, ballot: BallotView) -> int:
        """Which applicant it is about."""
        ids = [application.id for _, application in self.waiting]
        assert ballot.application_id is not None
        return ids.index(ballot.application_id)


@pytest.mark.hazard("B-01", "B-16")
@pytest.mark.parametrize("free", [1, 2])
async def test_no_more_ballots_than_seats_and_whoever_enters_twice_enters_once(
    free: int, arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    organisations: list[UUID] = []
    async with judged(f"{free} free seats", organisations, storm, again, database_url, key_files):
        for _ in range(share(3) // (free + 1) + 1):
            door = await Door.of(arena, storm, members=8 - free, applicants=4)
            organisations.append(door.arena.organisation)
            ballots = await door.ballots_for_all(6)
            assert len(ballots) == free
            assert len({ballot.application_id for ballot in ballots}) == free
            await storm.at_once(vote for ballot in ballots for vote in door.votes(ballot, Choice.FOR) * 2)
            entries = await storm.at_once(
                door.enter(door.number_of(ballot)) for ballot in ballots for _ in range(24 // free)
            )
            assert all(isinstance(entry, EntryView) for entry in entries)
            memberships = {entry.membership_id for entry in entries if isinstance(entry, EntryView)}
            assert len(memberships) == free
    assert storm.refused["admission.seat_reserved"] + storm.refused["admission.ballot_under_way"] > 0


async def test_two_applicants_accepted_for_one_seat_and_a_yes_together_with_a_no(
    arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    organisations: list[UUID] = []
    async with judged("one seat, two offers", organisations, storm, again, database_url, key_files):
        for number in range(share(4) // 3 + 1):
            door = await Door.of(arena, storm, members=7, applicants=2)
            organisations.append(door.arena.organisation)
            (first,) = await door.ballots_for_all(6)
            await storm.at_once(door.votes(first, Choice.FOR))
            # The offer ends unanswered; then the other one is offered the same seat.
            door.arena.forward(days=15)
            (second,) = await door.ballots_for_all(6)
            await storm.at_once(door.votes(second, Choice.FOR))
            late, chosen = door.number_of(first), door.number_of(second)
            assert late != chosen
            actor, application = door.waiting[chosen]
            decline = partial(storm.do.admission.decline_entry, actor, application.id)
            asked: list[Ask] = (
                [door.enter(late)] * 8 + [door.enter(chosen)] * 8 + [decline] * (number % 2 * 8)
            )
            answers = await storm.at_once(asked)
            entries = {one.membership_id for one in answers if isinstance(one, EntryView)}
            declined = [one for one in answers if isinstance(one, ApplicationView)]
            assert bool(entries) != bool(declined)
            assert len(entries) <= 1
    assert storm.refused["admission.offer_expired"] > 0


async def test_a_vote_while_the_group_becomes_another_one(
    arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    ends = []
    organisations: list[UUID] = []
    async with judged("entering while voting", organisations, storm, again, database_url, key_files):
        for number in range(share(6) // 3 + 1):
            door = await Door.of(arena, storm, members=6, applicants=2)
            organisations.append(door.arena.organisation)
            first, second = await door.ballots_for_all(2)
            await storm.at_once(door.votes(first, Choice.FOR))
            some = storm.dice.randrange(5)
            await storm.at_once(door.votes(second, Choice.FOR)[:some])
            # In the first round somebody stays silent, so that it can't be counted before the group has changed.
            asked = door.votes(second, Choice.FOR, Choice.ABSTAIN)[some : 6 - (not number)] * 2
            answers = await storm.at_once([door.enter(door.number_of(first))] * 6 + asked)
            assert sum(isinstance(one, EntryView) for one in answers) == 6
            left = await door.arena.do.admission.read_ballot(door.group.members[0], second.id)
            ends.append(left.status)
            after = await storm.at_once(door.votes(second, Choice.AGAINST))
            assert all(isinstance(one, DomainError) for one in after)
    assert ends[0] is BallotStatus.VOID
    assert set(ends) <= {BallotStatus.VOID, BallotStatus.ADOPTED}
