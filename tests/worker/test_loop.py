"""The worker's loop: each duty by itself, in its turn, and an end in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from app.services.ports.duty import Duty
from app.worker.loop import HOLD, Worker
from app.worker.metrics import DutyMetrics

DAY = timedelta(days=1)


class Free:
    """Turns that are free, or not; what was given back with which rest."""

    def __init__(self, *, free: bool = True) -> None:
        self.free, self.rests = free, list[tuple[str, timedelta]]()

    async def take(self, duty: str, hold: timedelta) -> bool:
        assert hold == HOLD
        return self.free

    async def done(self, duty: str, rest: timedelta) -> None:
        self.rests.append((duty, rest))


class Runs:
    """A duty that answers in turn what it was given, and then that there is no more."""

    def __init__(self, *answers: bool | Exception) -> None:
        self.answers, self.count, self.rests = list(answers), 0, asyncio.Event()

    async def __call__(self) -> bool:
        self.count += 1
        answer = self.answers.pop(0) if self.answers else False
        if isinstance(answer, Exception):
            raise answer
        if not answer:
            self.rests.set()
        return answer


def duty(run_once: Callable[[], Awaitable[bool]], **others: Any) -> Duty:
    return Duty(**{"name": "tried", "every": DAY, "run_once": run_once, **others})


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.end()
        async with asyncio.timeout(10):
            await task


def made(*duties: Duty, turns: Free | None = None, grace: float = 5) -> Worker:
    return Worker(duties, turns or Free(), DutyMetrics(CollectorRegistry()), grace)


async def test_where_there_is_more_it_is_done_at_once_and_the_turn_is_given_back_with_its_rest() -> None:
    runs, turns = Runs(True, True, False), Free()
    async with working(made(duty(runs), turns=turns)):
        await asyncio.wait_for(runs.rests.wait(), 5)
    assert runs.count == 3
    assert turns.rests == [("tried", timedelta()), ("tried", timedelta()), ("tried", DAY)]


async def test_what_fails_is_tried_again_soon_and_keeps_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    fails, runs, turns = Runs(RuntimeError("what somebody confided")), Runs(), Free()
    with caplog.at_level("WARNING"):
        async with working(made(duty(fails, name="fails"), duty(runs, name="runs"), turns=turns)):
            await asyncio.wait_for(runs.rests.wait(), 5)
    assert ("fails", HOLD) in turns.rests, "a day's rest is for what went well"
    assert "fails failed: RuntimeError" in caplog.text
    assert "confided" not in caplog.text


async def test_without_the_turn_nothing_is_done_and_who_shares_needs_none() -> None:
    alone, shared = Runs(), Runs()
    duties = duty(alone, name="alone"), duty(shared, name="shared", alone=False)
    async with working(made(*duties, turns=Free(free=False))):
        await asyncio.wait_for(shared.rests.wait(), 5)
    assert (alone.count, shared.count) == (0, 1)


async def test_what_has_begun_is_finished_when_the_worker_ends() -> None:
    begun, may, finished = asyncio.Event(), asyncio.Event(), list[str]()

    async def long() -> bool:
        begun.set()
        await may.wait()
        finished.append("long")
        return True

    worker = made(duty(long, stop=may.set))
    async with working(worker):
        await asyncio.wait_for(begun.wait(), 5)
        assert finished == []
    assert finished == ["long"], "told to stop, it ends by itself, once, though there was more"


async def test_what_does_not_end_in_time_is_given_up() -> None:
    begun, was_cancelled = asyncio.Event(), list[bool]()

    async def hangs() -> bool:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            was_cancelled.append(True)
            raise
        return False

    async with working(made(duty(hangs), grace=0.01)):
        await asyncio.wait_for(begun.wait(), 5)
    assert was_cancelled == [True]


async def test_the_figures_tell_how_runs_have_ended() -> None:
    registry, runs = CollectorRegistry(), Runs(True, ValueError())
    worker = Worker([duty(runs, alone=False, every=timedelta(milliseconds=1))], Free(), DutyMetrics(registry))
    async with working(worker):
        await asyncio.wait_for(runs.rests.wait(), 5)
    assert registry.get_sample_value("verksted_duty_runs_total", {"duty": "tried", "ended": "failed"}) == 1
    well = registry.get_sample_value("verksted_duty_runs_total", {"duty": "tried", "ended": "well"})
    assert well is not None
    assert well >= 2
