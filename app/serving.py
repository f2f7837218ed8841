"""Serving: the application for the settings, and the server that ends in order."""

import argparse
import gc
import socket
import threading
from functools import partial
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.api.shared.docs_pages import DemoPerson, DemoSystem
from app.api.shared.draining import Drain
from app.api.shared.streams.hub import Bounds
from app.auditing import running_and_sealing
from app.bootstrap import database_urls, dev_issuer
from app.bootstrap.identity import believed_issuers
from app.demo.commands import POCKET, mint, mint_system
from app.demo.people import PEOPLE, SYSTEMS
from app.main import create_app, nothing_beside
from app.message_commands import mailbox
from app.settings import Settings
from app.worker.beside import working_beside

LONGEST_MESSAGE = 64 * 1024
"""Bytes of one message of a WebSocket; the server refuses more before anybody reads it."""


def require_free_port(settings: Settings) -> None:
    """Say so before anything else is done, where somebody else listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port} can't be listened to ({error.strerror})."
            raise RuntimeError(
                f"{where} Stop what runs there, or set VERKSTED_PORT to another port."
            ) from None


def app_for(settings: Settings) -> FastAPI:
    """The application for these settings."""
    issuer = dev_issuer(settings)
    is_development = settings.environment == "development"
    people = [DemoPerson(person.slug, person.name, person.does) for person in PEOPLE]
    systems = [
        DemoSystem(each.client, each.name, each.does, tuple(f"verksted:{scope}" for scope in each.scopes))
        for each in SYSTEMS
    ]

    return create_app(
        lambda: running_and_sealing(settings),
        development=is_development,
        public_url=settings.base_url,
        demo_people=(lambda: people) if is_development else None,
        mint=(lambda slug: mint(issuer, slug)) if is_development and issuer is not None else None,
        mint_system=partial(mint_system, issuer) if is_development else None,
        demo_systems=systems if is_development else (),
        pocket=POCKET if is_development and POCKET.is_dir() else None,
        mailbox=mailbox(settings) if is_development else None,
        reads_one_in=settings.log_reads_one_in,
        allowed_origins=settings.allowed_origins,
        trusted_documents=settings.trusted_documents,
        most_streams=Bounds(each=settings.streams_each, all=settings.streams),
        settled=_settle,
        beside=working_beside if settings.works_inside else nothing_beside,
    )


def _settle() -> None:
    """Give back what was left in cycles, before `/readyz` sends work here: a fifth of a second for the imports and the
    statements' trees, and GraphQL is made in the six megabytes that it frees. Then leave what was made until here out of
    every collection, as it lives as long as the process; and collect after ten thousand new objects instead of seven
    hundred: a fifth off a page of fifty (docs/performance-measured.md)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


class _Server(uvicorn.Server):
    """Says no at `/readyz` for a while before it stops taking requests, so that nobody is sent here any more."""

    def __init__(self, config: uvicorn.Config, drain: Drain, seconds: float) -> None:
        super().__init__(config)
        self._drain, self._seconds = drain, seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal drains and then stops; a second one stops at once."""
        if self._drain.has_begun or not self._seconds:
            self._drain.begin()
            super().handle_exit(sig, frame)
            return
        self._drain.begin()
        timer = threading.Timer(self._seconds, super().handle_exit, (sig, frame))
        timer.daemon = True
        timer.start()


def serve(settings: Settings, _asked: argparse.Namespace) -> int:
    """`verksted serve`."""
    require_free_port(settings)
    database_urls(settings, settings.secret_value())
    believed_issuers(settings)
    gc.disable()  # until it listens: `_settle`
    gc.unfreeze()  # what importing has left in cycles is given back there, too
    app = app_for(settings)
    serve_app(app, app.state.drain, settings)
    return 0


def serve_app(app: FastAPI, drain: Drain, settings: Settings) -> None:
    """Serve it where the settings say, until a signal ends it."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=20,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_max_queue=8,
        ws_per_message_deflate=False,  # ids don't compress, and what unpacks itself can be a bomb
    )
    _Server(config, drain, settings.drain_seconds).run()
