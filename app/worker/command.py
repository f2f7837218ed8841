"""`verksted worker`: the duties alone, in a process of their own, with its health at `/livez`, `/readyz` and `/metrics`.

There may be any number of them, and each can be killed at any moment. SIGTERM ends it in order.
"""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from app.api.shared.draining import Drain
from app.api.shared.health import health_routes
from app.auditing import running_and_sealing
from app.bootstrap import Running, database_urls
from app.serving import require_free_port, serve_app
from app.settings import Settings
from app.worker.beside import working_beside


def work(settings: Settings, _asked: argparse.Namespace) -> int:
    """Run it until a signal ends it."""
    require_free_port(settings)
    database_urls(settings, settings.secret_value())
    drain = Drain()
    serve_app(health_app(settings, drain), drain, settings)
    return 0


def health_app(settings: Settings, drain: Drain) -> FastAPI:
    """What tells how the worker is doing; the worker goes as long as it does."""
    registry = CollectorRegistry()
    opened: list[Running] = []

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with running_and_sealing(settings) as service, working_beside(service, registry):
            opened.append(service)
            yield
            drain.begin()

    async def missing() -> list[str]:
        return await opened[0].missing() if opened else ["start"]

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=lifespan,
    )
    app.include_router(health_routes(missing, drain, registry))
    return app
