"""The application over a service that runs: itself, a client of it without a socket, and served on a loopback port."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any, Final

import httpx
import uvicorn
from fastapi import FastAPI

from app.bootstrap import Running
from app.main import create_app

PUBLIC: Final = "http://127.0.0.1:8000"


@asynccontextmanager
async def application_of(
    service: Running, *, public_url: str = PUBLIC, reads_one_in: int | None = None
) -> AsyncIterator[FastAPI]:
    """The whole application as production has it, GraphQL made; it ends with the block, the service doesn't."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Running]:
        yield service

    often = {} if reads_one_in is None else {"reads_one_in": reads_one_in}
    app = create_app(start, development=False, public_url=public_url, **often)
    async with app.router.lifespan_context(app):
        await app.state.graphql.made()
        yield app


@asynccontextmanager
async def client_of(
    service: Running, *, base_url: str = PUBLIC, public_url: str = PUBLIC, reads_one_in: int | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that application, without a socket."""
    async with (
        application_of(service, public_url=public_url, reads_one_in=reads_one_in) as app,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=base_url
        ) as client,
    ):
        yield client


@contextmanager
def giving(app: FastAPI, **instead: Any) -> Iterator[None]:
    """In the place of what the application was given of `Ways`, as long as the block lasts."""
    own = app.state.ways
    app.state.ways = replace(own, **instead)
    try:
        yield
    finally:
        app.state.ways = own


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """The URL of the application while it is served; it ends with the block, its requests before it."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off")
    socket = config.bind_socket()
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve([socket]))
    while not server.started and not task.done():  # noqa: ASYNC110 (the server has no event for it)
        await asyncio.sleep(0.002)
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        socket.close()
