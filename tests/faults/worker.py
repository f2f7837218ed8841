"""A worker to be killed: `python -m tests.faults.worker`, with the settings of the environment. It delivers and does
nothing else, and is in a hurry: what a day's patience takes, it does in seconds."""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import timedelta

from prometheus_client import CollectorRegistry

from app.adapters.delivery.deliver import DeliverWebhooks
from app.adapters.delivery.sender import Sender
from app.bootstrap import running
from app.domain.events.delivery import Schedule
from app.logging_setup import set_up_logging
from app.services.ports.duty import Duty
from app.settings import Settings
from app.worker.loop import Worker
from app.worker.metrics import DutyMetrics
from tests.support.webhooks_world import desk, duty

HURRY = Schedule(rests=(timedelta(milliseconds=40),) * 400)
HOLD = timedelta(seconds=1.5)
ATTEMPT_SECONDS = 0.5


async def work() -> None:
    """Until it is killed."""
    async with running(Settings()) as service:
        usual = duty(service)
        assert isinstance(usual.send, Sender)
        hasty = DeliverWebhooks(
            replace(desk(service), schedule=HURRY, hold_for=HOLD),
            replace(usual.send, seconds=ATTEMPT_SECONDS),
            usual.clock,
            hold_every=0.4,
        )
        duties = [
            Duty(
                name="deliver_webhooks",
                every=timedelta(milliseconds=50),
                run_once=hasty,
                alone=False,
                stop=hasty.stop,
            )
        ]
        print("begins", flush=True)
        await Worker(duties, service.turns, DutyMetrics(CollectorRegistry())).run()


if __name__ == "__main__":
    set_up_logging()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    asyncio.run(work())
