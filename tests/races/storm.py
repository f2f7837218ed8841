"""Twenty-four clients at once, and what each of them was told."""

import asyncio
import logging
import os
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from app.domain.admission.decision_rules import Choice
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, DomainError
from app.domain.shared.ids import BallotId, PersonId
from app.services.registry import Services
from tests.support.world import Travel

R = TypeVar("R")
CLIENTS = 24
BALLOTS = int(os.environ.get("VERKSTED_RACES", "500"))
"""How many ballots are held under all scenarios together, at least."""


def share(percent: int) -> int:
    """So many per cent of the ballots, one at least."""
    return max(1, -(-BALLOTS * percent // 100))


@dataclass
class Tripwire(Travel):
    """A clock that leaps after it was read so many times: time passes in the midst of what is going on."""

    readings: int = 0
    leap: timedelta = timedelta()

    def leap_after(self, readings: int, leap: timedelta) -> None:
        """Arm it."""
        self.readings, self.leap = readings, leap

    def __call__(self) -> timedelta:
        if self.readings:
            self.readings -= 1
            if not self.readings:
                self.by += self.leap
        return self.by


class Again(logging.Handler):
    """Counts the transactions that had to be made again."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += record.getMessage().startswith("transaction again")


@dataclass
class Told:
    """What the clients were told about one ballot: votes that were acknowledged, and those of which nobody knows."""

    acknowledged: dict[PersonId, list[Choice]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[PersonId, list[Choice]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Storm:
    """The clients of one test, who come in by any of the replicas."""

    replicas: Sequence[Services]
    dice: random.Random
    told: dict[BallotId, Told] = field(default_factory=lambda: defaultdict(Told))
    refused: Counter[str] = field(default_factory=Counter)
    votes: int = 0

    @property
    def do(self) -> Services:
        """The use cases of one replica or the other."""
        return self.dice.choice(self.replicas)

    async def at_once(self, asked: Iterable[Callable[[], Awaitable[R]]]) -> list[R | DomainError]:
        """Ask all of this at once, `CLIENTS` at a time, in random order. Refusals are answers; anything else is a bug."""
        gate = asyncio.Semaphore(CLIENTS)

        async def one(ask: Callable[[], Awaitable[R]]) -> R | DomainError:
            async with gate:
                try:
                    return await ask()
                except DomainError as refusal:
                    self.refused[refusal.code] += 1
                    return refusal

        waiting = list(asked)
        self.dice.shuffle(waiting)
        return await asyncio.gather(*(one(ask) for ask in waiting))

    def vote(self, ballot: BallotId, voter: Actor, choice: Choice) -> Callable[[], Awaitable[object]]:
        """One vote, noted when it is acknowledged."""

        async def cast() -> object:
            try:
                view = await self.do.admission.cast_vote(voter, ballot, choice)
            except Busy:
                self.told[ballot].unknown[voter.person_id].append(choice)
                raise
            self.votes += 1
            self.told[ballot].acknowledged[voter.person_id].append(choice)
            return view

        return cast

    def choice(self, *choices: Choice) -> Choice:
        """One of these, or of all."""
        return self.dice.choice(choices or tuple(Choice))


Counts = tuple[int, int, int]


def possible_verdicts(told: Told, roll: Sequence[UUID], rule: str, quorum_percent: int) -> set[str]:
    """Every verdict that some serial order of the acknowledged votes of this roll leads to: the oracle.

    It is written for these tests, apart from the service's own rules.
    """
    reached: set[Counts] = {(0, 0, 0)}
    for person in roll:
        sure = told.acknowledged.get(PersonId(person), [])
        options: set[Choice | None] = {*sure, *told.unknown.get(PersonId(person), [])}
        if not sure:
            options.add(None)
        reached = {_plus(counts, option) for counts in reached for option in options}
    return {_verdict(counts, len(roll), rule, quorum_percent) for counts in reached}


def _plus(counts: Counts, option: Choice | None) -> Counts:
    yes, no, neither = counts
    return (
        yes + (option is Choice.FOR),
        no + (option is Choice.AGAINST),
        neither + (option is Choice.ABSTAIN),
    )


def _verdict(counts: Counts, roll: int, rule: str, quorum_percent: int) -> str:
    yes, no, neither = counts
    if roll < 3 or (yes + no + neither) / roll < quorum_percent / 100:
        return "lapsed"
    adopted = {
        "no_objection": yes > 0 and no == 0,
        "unanimous": yes > 0 and no == neither == 0,
        "three_quarters": yes > 0 and yes >= 3 * no,
        "absolute_majority": yes > roll / 2,
    }[rule]
    return "adopted" if adopted else "not_adopted"
