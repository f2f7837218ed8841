"""Two hundred ballots, as groups hold them: random choices, random order, votes replaced, people leaving, silence."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
from structlog.testing import capture_logs

from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.actor import Actor
from app.services.admission.views import BallotView
from tests.secrecy.attack import Case, Material
from tests.secrecy.laid_open import Row, backup
from tests.support.world import Made, World

Backup = list[Row]


@dataclass(slots=True, repr=False)
class Vote:
    """One ballot, and what only its voters know."""

    group: Made
    world: World
    view: BallotView
    early: list[tuple[Actor, Choice]]
    """What is voted before the backup, in this order."""
    late: list[tuple[Actor, Choice]]
    """What is voted after it."""
    is_complete: bool
    """Whether everybody votes."""
    leaver: Actor | None
    choices: dict[UUID, Choice] = field(default_factory=dict)
    """By person: the last choice that was acknowledged."""
    left: int = 0

    @property
    def id(self) -> UUID:
        return self.view.id


@dataclass(slots=True, repr=False)
class History:
    """What happened, and everything of it that could be read."""

    votes: list[Vote] = field(default_factory=list)
    during: list[tuple[set[UUID], Backup]] = field(default_factory=list)
    """Of each round: its ballots, and a backup taken during the vote."""
    after: Backup = field(default_factory=list)
    log: list[Row] = field(default_factory=list)
    keys: dict[UUID, bytes] = field(default_factory=dict)
    """The ballots' private keys, as whoever runs the service could have kept them."""
    members: dict[tuple[UUID, UUID], UUID] = field(default_factory=dict)
    """The membership of a person in a group."""

    def material(self) -> Material:
        """All that can be read, for the attacker."""
        material = Material()
        for ballots, rows in self.during:
            material.add("during", rows, ballots)
        everything = {vote.id for vote in self.votes}
        material.add("after", self.after, everything)
        material.add("all of", self.log, everything)
        return material

    def cases(self, outcomes: dict[UUID, str]) -> list[Case]:
        """Every vote that was cast."""
        return [
            Case(
                ballot=vote.id,
                person=person,
                member=self.members[vote.group.id, person],
                known=(vote.view.rule, vote.view.roll_size - vote.left, outcomes[vote.id]),
                choice=choice.value,
            )
            for vote in self.votes
            for person, choice in vote.choices.items()
        ]


@dataclass(slots=True, repr=False)
class Story:
    """Tells the history. `dice` decides what people do, so that each run tells the same one."""

    begin: Callable[[], World]
    http: httpx.AsyncClient
    token: Callable[[str], str]
    owner_url: str
    keys: Path
    dice: random.Random
    history: History = field(default_factory=History)
    _groups: list[tuple[World, Made]] = field(default_factory=list)

    async def tell(self, rounds: int) -> History:
        """Twenty groups of five to eight, five for each rule, and so many ballots of each."""
        worlds = await asyncio.gather(*(self._world(rule) for rule in DecisionRuleName))
        made = await asyncio.gather(
            *(world.forming(5 + number % 4, seats=8) for world in worlds for number in range(5))
        )
        for world, group in zip([world for world in worlds for _ in range(5)], made, strict=True):
            await world.do.meetings.plan_meeting(
                world.coordinator, group.id, world.now.replace(microsecond=0) + _SOON, "Library"
            )
            self._groups.append((world, group))
        worlds[0].forward(hours=2)
        for number in range(rounds):
            await self._round(worlds[0], number)
        self.history.after = await self._backup()
        return self.history

    async def _world(self, rule: DecisionRuleName) -> World:
        world = await self.begin().begin()
        await world.policy(ballot_rule=rule, ballot_window_days=7)
        return world

    async def _round(self, clock: World, number: int) -> None:
        votes = [await self._open(world, group, number) for world, group in self._groups]
        self.history.votes += votes
        for vote in votes:
            self.history.keys[vote.id] = (self.keys / f"{vote.id}.key").read_bytes()
        with capture_logs() as lines:
            cast = await self._cast_all([(vote, vote.early) for vote in votes])
            rows = await self._backup()
            self.history.during.append(({vote.id for vote in votes}, rows))
            for row in rows:
                if row.table == "membership":
                    self.history.members[row.values["group_id"], row.values["person_id"]] = row.values["id"]
            for vote in votes:
                await self._leave(vote)
            cast |= await self._cast_all([(vote, vote.late) for vote in votes])
        for place, line in enumerate(lines):
            request = line.pop("request_id", "")
            if request in cast:
                line["duration_ms"] = round(line["duration_ms"])
                self.history.log.append(
                    Row("log", (number, place), -number * 10_000 - place, line, frozenset(cast[request]))
                )
        if not all(vote.is_complete for vote in votes):
            clock.forward(days=8)
        for vote in votes:
            seen = await vote.world.do.admission.read_ballot(vote.group.members[0], vote.view.id)
            assert seen.status is not BallotStatus.OPEN
            if seen.status is BallotStatus.ADOPTED:
                await vote.world.do.groups.close_for_new_people(vote.group.members[0], vote.group.id)

    async def _open(self, world: World, group: Made, number: int) -> Vote:
        people = self.dice.sample(group.members, len(group.members))
        view = await world.do.admission.open_ballot(
            people[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=7
        )
        is_complete = self.dice.random() > 0.1
        voters = people if is_complete else people[:-1]
        warmth = self.dice.choice((0.4, 0.6, 0.8))
        early = [one for voter in voters[:-1] for one in self._choices(voter, warmth)]
        late = self._choices(voters[-1], warmth)
        leaver = people[0] if number in (3, 6) and len(group.members) > 5 else None
        return Vote(group, world, view, early, late, is_complete, leaver)

    def _choices(self, voter: Actor, warmth: float) -> list[tuple[Actor, Choice]]:
        """What somebody votes; every fourth has second thoughts."""
        times = 1 + (self.dice.random() < 0.25)
        return [
            (voter, Choice.FOR if self.dice.random() < warmth else self.dice.choice(_OTHERS))
            for _ in range(times)
        ]

    async def _cast_all(
        self, tables: list[tuple[Vote, list[tuple[Actor, Choice]]]]
    ) -> dict[str, tuple[UUID, UUID]]:
        """Every group votes at its own table, all tables at once; answers the requests and whose they were."""
        done = await asyncio.gather(*(self._cast(vote, casts) for vote, casts in tables))
        return {request: who for table in done for request, who in table}

    async def _cast(
        self, vote: Vote, casts: list[tuple[Actor, Choice]]
    ) -> list[tuple[str, tuple[UUID, UUID]]]:
        done: list[tuple[str, tuple[UUID, UUID]]] = []
        for voter, choice in casts:
            request = str(uuid4())
            answer = await self.http.put(
                f"/v1/ballots/{vote.id}/my-vote",
                json={"choice": choice.value},
                headers={
                    "Authorization": f"Bearer {self.token(str(voter.subject))}",
                    "X-Request-ID": request,
                    "Idempotency-Key": str(uuid4()),
                },
            )
            if answer.status_code == 409:
                # Everyone had voted, so it was closed: the last one's second thoughts come too late.
                continue
            assert answer.status_code == 200, answer.text
            vote.choices[voter.person_id] = choice
            done.append((request, (vote.id, voter.person_id)))
        return done

    async def _leave(self, vote: Vote) -> None:
        if vote.leaver is not None:
            await vote.world.do.groups.leave_group(vote.leaver, vote.group.id)
            vote.group.members.remove(vote.leaver)
            vote.left = 1

    async def _backup(self) -> Backup:
        return await backup(self.owner_url, {group.organisation for _, group in self._groups})


_OTHERS = (Choice.AGAINST, Choice.ABSTAIN)
_SOON = timedelta(hours=1)
