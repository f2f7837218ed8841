"""The command line: serve, migrate, run (everything on one machine), found, seed, story, openapi."""

import gc

if __name__ == "__main__":
    gc.disable()  # importing makes next to nothing that could be collected, and looking for it took a fifth of a start

import argparse
import asyncio
import secrets
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import FrameType

import asyncpg
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr, ValidationError

from app.adapters.postgres import embedded
from app.adapters.postgres.roles import RolesNotEnsured, UnsafeRole, derived_passwords, ensure_roles
from app.api.shared.docs_pages import DemoPerson
from app.api.shared.draining import Drain
from app.bootstrap import database_urls, dev_issuer, running
from app.demo.commands import mint, seed, seed_arguments, seeded
from app.demo.people import PEOPLE
from app.demo.story import play
from app.domain.organisations.organisation import Country
from app.domain.shared.actor import Actor
from app.domain.shared.ids import organisation_id
from app.logging_setup import set_up_logging
from app.main import create_app
from app.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 where it went well."""
    parser = argparse.ArgumentParser(prog="verksted", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the API")
    for command in (
        serve,
        commands.add_parser("run", help="everything on this machine: database, demo, API"),
    ):
        command.add_argument("--host")
        command.add_argument("--port", type=int)
    commands.add_parser("migrate", help="make the roles and migrate (needs the owner's DATABASE_URL)")
    seed_arguments(commands.add_parser("seed", help="seed the demo, or with --groups a world of any size"))
    found = commands.add_parser("found", help="begin with a national body and its first administrator")
    for name in ("issuer", "subject", "administrator", "organisation"):
        found.add_argument(f"--{name}", required=True)
    found.add_argument("--country", choices=[country.value for country in Country], default=Country.NO.value)
    found.add_argument("--time-zone", default="Europe/Oslo")
    story = commands.add_parser(
        "story", help="tell the whole life of a group over HTTP against a running server"
    )
    story.add_argument("--url", default="http://127.0.0.1:8000")
    documents = commands.add_parser("openapi", help="write openapi.json and schema.graphql")
    documents.add_argument("--out", type=Path, default=Path("openapi"))
    asked = parser.parse_args(arguments)
    set_up_logging()
    gc.freeze()  # what was imported lives as long as the process
    gc.enable()
    chosen = {name: getattr(asked, name, None) for name in ("host", "port")}
    try:
        settings = Settings(**{name: value for name, value in chosen.items() if value is not None})
        return _COMMANDS[asked.command](settings, asked)
    except (RolesNotEnsured, UnsafeRole, RuntimeError, embedded.EmbeddedDatabaseError) as error:
        print(f"verksted: {error}", file=sys.stderr)
        return 1
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            name = "_".join(["VERKSTED", *(str(part) for part in fault["loc"])]).upper()
            print(f"verksted: {name}: {fault['msg']}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


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

    return create_app(
        lambda: running(settings),
        development=is_development,
        public_url=settings.base_url,
        demo_people=(lambda: people) if is_development else None,
        mint=(lambda slug: mint(issuer, slug)) if is_development and issuer is not None else None,
        reads_one_in=settings.log_reads_one_in,
        allowed_origins=settings.allowed_origins,
        settled=_settle,
    )


def _settle() -> None:
    """Leave what was made until here out of every collection, as it lives as long as the process; and collect after
    ten thousand new objects instead of seven hundred: a fifth off a page of fifty (docs/performance-measured.md)."""
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


def _serve(settings: Settings, _asked: argparse.Namespace) -> int:
    require_free_port(settings)
    database_urls(settings, settings.secret_value())
    gc.disable()  # until everything is made: `_settle`
    app = app_for(settings)
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
    )
    _Server(config, app.state.drain, settings.drain_seconds).run()
    return 0


def _migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    if settings.database_url is None:
        raise RuntimeError("`migrate` needs DATABASE_URL, an owner's")
    migrate(settings, embedded_here=False)
    print("The database is at its newest level, and the service's roles are in place.")
    return 0


def migrate(settings: Settings, *, embedded_here: bool = True) -> None:
    """Make the unprivileged roles and migrate, as the owner."""
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()
    passwords = derived_passwords(settings.secret_value())

    async def roles() -> None:
        connection = await asyncpg.connect(url)
        try:
            refused = await ensure_roles(
                connection, app_password=passwords.app, tally_password=passwords.tally
            )
            if refused and not embedded_here:
                print(
                    "verksted: an administrator should see to these settings of the server, so that no value gets"
                    f" into its log: {', '.join(refused)}"
                )
        finally:
            await connection.close()

    asyncio.run(roles())
    from app.adapters.postgres.migrating import migrate_to_head  # alembic: `serve` starts without it

    migrate_to_head(url)


def _run(settings: Settings, asked: argparse.Namespace) -> int:
    """Database, migration, demo, service: what `make run` calls."""
    if settings.environment == "production":
        raise RuntimeError("`run` is for development: in production use `migrate` and `serve`")
    require_free_port(settings)
    if settings.database_url is not None:
        _prepare(settings)
        return _serve(settings, asked)
    with embedded.start(settings.data_dir / "postgres") as cluster:
        own = settings.model_copy(update={"database_url": SecretStr(cluster.owner_url)})
        _prepare(own)
        return _serve(own, asked)


def _prepare(settings: Settings) -> None:
    print("Database: migrating …", flush=True)
    migrate(settings)
    print("Demo: seeding …", flush=True)
    fresh = seeded(settings)
    base = f"http://{settings.host}:{settings.port}"
    issuer = dev_issuer(settings)
    print(
        f"Demo: {'seeded' if fresh else 'kept as it was'}. A token for each person, good for twelve hours:\n"
    )
    for person in PEOPLE:
        print(f"  {person.name} ({person.slug}) – {person.does}\n    {mint(issuer, person.slug)}\n")
    print(
        f"Docs:     {base}/docs\nGraphiQL: {base}/graphiql\nStory:    make story   (in a second terminal)\n",
        flush=True,
    )


def _seed(settings: Settings, asked: argparse.Namespace) -> int:
    """The demo; or a world of any size, in the database that is named, or in the one of this machine."""
    if asked.groups is None:
        print("seeded" if seeded(settings) else "the demo is there already")
        return 0
    if settings.database_url is not None:
        return seed(settings, asked)
    if settings.environment == "production":
        raise RuntimeError("`seed` needs DATABASE_URL, an owner's")
    with embedded.start(settings.data_dir / "postgres") as cluster:
        own = settings.model_copy(update={"database_url": SecretStr(cluster.owner_url)})
        migrate(own)
        return seed(own, asked)


def _found(settings: Settings, asked: argparse.Namespace) -> int:
    """The first administrator of a new installation: whoever runs this owns the machine."""

    async def work() -> None:
        async with running(settings) as service:
            login = Actor(issuer=asked.issuer, subject=asked.subject)
            me = await service.ways.services.people.introduce_myself(login, asked.administrator, ["nb"], True)
            actor = replace(login, person=me.id)
            national = organisation_id(1 + secrets.randbelow((1 << 30) - 2))
            await service.found(
                actor,
                national,
                asked.organisation,
                asked.administrator,
                Country(asked.country),
                asked.time_zone,
            )
            print(f"{asked.organisation} stands: {national}. {asked.administrator} is its administrator.")

    asyncio.run(work())
    return 0


def _story(settings: Settings, asked: argparse.Namespace) -> int:
    issuer = dev_issuer(settings)
    if issuer is None:
        raise RuntimeError("the story needs the development issuer")
    return asyncio.run(play(asked.url, lambda subject: mint(issuer, subject), print))


def _openapi(settings: Settings, asked: argparse.Namespace) -> int:
    from app.documents import write_documents

    write_documents(app_for(settings), asked.out)
    return 0


_COMMANDS = {
    "serve": _serve,
    "migrate": _migrate,
    "run": _run,
    "seed": _seed,
    "found": _found,
    "story": _story,
    "openapi": _openapi,
}

if __name__ == "__main__":
    sys.exit(main())
