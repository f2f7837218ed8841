"""The worker beside something else in one process: beside the API, or beside nothing but its own health."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry

from app.bootstrap import Running
from app.worker.loop import Worker
from app.worker.metrics import DutyMetrics, OwnFigures


@asynccontextmanager
async def working_beside(service: Running, registry: CollectorRegistry) -> AsyncIterator[None]:
    """Do the worker's duties until the block ends, and end them in order."""
    OwnFigures(service.duties, registry)
    worker = Worker(service.duties, service.turns, DutyMetrics(registry))
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.end()
        await task
