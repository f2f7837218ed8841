"""Votes at once: by many, by one person many times, in the instant of closing, while somebody leaves (F8, P11)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotClosed
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.errors import DomainError
from app.services.admission.views import BallotView
from tests.races.judge import broken_invariants, judged
from tests.races.storm import Again, Storm, Tripwire, share
from tests.support.world import Made, World

Ask = Callable[[], Awaitable[object]]
_WINDOW = timedelta(days=7)


async def _groups(arena: World, count: int, people: int, **policy: Any) -> list[Made]:
    await arena.policy(ballot_window_days=_WINDOW.days, **policy)
    return [await arena.meeting(people, seats=8) for _ in range(count)]


async def _open(arena: World, group: Made) -> BallotView:
    return await arena.do.admission.open_ballot(
        group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=_WINDOW.days
    )


async def _shut(arena: World, group: Made, ballot: BallotView) -> BallotStatus:
    """What became of it; the group is closed for new people afterwards, so that it can ask itself again."""
    seen = await arena.do.admission.read_ballot(group.members[0], ballot.id)
    if seen.status is BallotStatus.ADOPTED:
        await arena.do.groups.close_for_new_people(group.members[0], group.id)
    return seen.status


async def test_everybody_votes_at_once_and_some_many_times(
    arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    async with judged("votes at once", [arena.organisation], storm, again, database_url, key_files):
        tables = []
        for rule in DecisionRuleName:
            tables += await _groups(arena, 2, 6, ballot_rule=rule)
        for number in range(share(60) // 2 + 1):
            pair = [tables[number * 2 % len(tables)], tables[(number * 2 + 1) % len(tables)]]
            ballots = [await _open(arena, group) for group in pair]
            asked: list[Ask] = []
            for group, ballot in zip(pair, ballots, strict=True):
                liked = storm.choice(Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
                often, *others = storm.dice.sample(group.members, 6)
                # One votes seven times at once and changes their mind each time; the others vote once.
                asked += [storm.vote(ballot.id, often, storm.choice()) for _ in range(7)]
                asked += [
                    storm.vote(ballot.id, voter, storm.choice(liked, liked, Choice.FOR)) for voter in others
                ]
            await storm.at_once(asked)
            for group, ballot in zip(pair, ballots, strict=True):
                assert await _shut(arena, group, ballot) is not BallotStatus.OPEN
                assert len(storm.told[ballot.id].acknowledged) == 6


@pytest.mark.rule("G-03")
@pytest.mark.hazard("B-16")
async def test_one_person_votes_twenty_four_times_at_once_and_has_one_vote(
    arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    async with judged("one person, 24 at once", [arena.organisation], storm, again, database_url, key_files):
        (group,) = await _groups(arena, 1, 5, ballot_rule=DecisionRuleName.ABSOLUTE_MAJORITY)
        often, *others = group.members
        for _ in range(share(2)):
            ballot = await _open(arena, group)
            await storm.at_once(storm.vote(ballot.id, often, storm.choice()) for _ in range(24))
            heard = storm.told[ballot.id].acknowledged
            assert len(heard[often.person_id]) == 24
            _, broken = await broken_invariants(database_url, [arena.organisation], storm.told, key_files)
            assert broken == []
            # Whatever came before, the last vote that was acknowledged is the one; it tips the scales here.
            last = storm.choice(Choice.FOR, Choice.AGAINST)
            await storm.vote(ballot.id, often, last)()
            heard[often.person_id] = [last]
            halves = [Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.AGAINST]
            pairs = zip(others, halves, strict=True)
            await storm.at_once(storm.vote(ballot.id, voter, choice) for voter, choice in pairs)
            adopted = await _shut(arena, group, ballot) is BallotStatus.ADOPTED
            assert adopted == (last is Choice.FOR)


async def test_votes_in_the_instant_of_closing_count_or_are_refused(
    arena: World, storm: Storm, again: Again, tripwire: Tripwire, database_url: str, key_files: Path
) -> None:
    async with judged("the instant of closing", [arena.organisation], storm, again, database_url, key_files):
        tables = await _groups(
            arena, 4, 6, ballot_rule=DecisionRuleName.ABSOLUTE_MAJORITY, ballot_quorum_percent=50
        )
        for _ in range(share(16) // 4 + 1):
            ballots = [await _open(arena, group) for group in tables]
            voters = [
                (ballot, voter)
                for group, ballot in zip(tables, ballots, strict=True)
                for voter in group.members
            ]
            tripwire.leap_after(storm.dice.randrange(10, 70), _WINDOW)
            answers = await storm.at_once(
                storm.vote(ballot.id, voter, storm.choice(Choice.FOR, Choice.FOR, Choice.AGAINST))
                for ballot, voter in voters
            )
            assert all(isinstance(one, BallotClosed) for one in answers if isinstance(one, DomainError))
            if tripwire.readings:
                tripwire.leap_after(1, _WINDOW)
                tripwire()
            # Everybody asks at once what came of it: it is counted once, and everybody hears the same.
            seen = await storm.at_once(
                partial(arena.do.admission.read_ballot, voter, ballot.id) for ballot, voter in voters
            )
            views = [view for view in seen if isinstance(view, BallotView)]
            assert len(views) == len(voters)
            for group, ballot in zip(tables, ballots, strict=True):
                assert {view.status for view in views if view.id == ballot.id} == {
                    await _shut(arena, group, ballot)
                }
    assert storm.refused["admission.ballot_closed"] > 0


@pytest.mark.hazard("B-03")
async def test_people_leave_while_everybody_votes(
    arena: World, storm: Storm, again: Again, database_url: str, key_files: Path
) -> None:
    async with judged("leaving while voting", [arena.organisation], storm, again, database_url, key_files):
        for number in range(share(12) // 6 + 1):
            rule = list(DecisionRuleName)[number % 4]
            (group,) = await _groups(arena, 1, 8, ballot_rule=rule)
            # From eight on the roll down to two: below three it lapses, unopened.
            while len(group.members) > 2:
                ballot = await _open(arena, group)
                leaver = storm.dice.choice(group.members[1:])
                asked: list[Ask] = [
                    storm.vote(ballot.id, voter, storm.choice(Choice.FOR, Choice.FOR, Choice.AGAINST))
                    for voter in group.members
                    for _ in range(2)
                ]
                asked += [partial(arena.do.groups.leave_group, leaver, group.id)] * 3
                await storm.at_once(asked)
                group.members.remove(leaver)
                assert await _shut(arena, group, ballot) is not BallotStatus.OPEN
