"""The command line: serve, worker, migrate, run (everything on one machine), found, seed, story, openapi."""

import gc

if __name__ == "__main__":
    gc.disable()  # importing makes next to nothing that could be collected, and looking for it took a fifth of a start

import argparse
import asyncio
import secrets
import signal
import sys
from dataclasses import replace
from pathlib import Path

import asyncpg
from pydantic import SecretStr, ValidationError

from app.adapters.postgres import embedded
from app.adapters.postgres.roles import RolesNotEnsured, UnsafeRole, derived_passwords, ensure_roles
from app.auditing import add_arguments, audit
from app.bootstrap import dev_issuer, running
from app.demo.commands import ends_in_order, mint, seed, seed_arguments, seeded
from app.demo.people import PEOPLE
from app.domain.organisations.organisation import Country
from app.domain.shared.actor import Actor
from app.domain.shared.ids import organisation_id
from app.key_commands import key_arguments, keys, prepare
from app.logging_setup import set_up_logging
from app.message_commands import message_arguments, messages
from app.retention_commands import KEEPING, keeping_arguments
from app.serving import app_for, require_free_port, serve
from app.settings import Settings
from app.worker.command import work


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 where it went well."""
    parser = argparse.ArgumentParser(prog="verksted", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (
        commands.add_parser("serve", help="serve the API"),
        commands.add_parser("worker", help="do what nobody asks for: deliver, count early, apply retention"),
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
    add_arguments(commands)
    story = commands.add_parser(
        "story", help="tell the whole life of a group over HTTP against a running server"
    )
    story.add_argument("--url", default="http://127.0.0.1:8000")
    key_arguments(
        commands.add_parser("keys", help="seal what is in clear, renew the keys, say what is sealed")
    )
    keeping_arguments(commands)
    message_arguments(commands)
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
                connection, **{f"{role}_password": each for role, each in passwords._asdict().items()}
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
    asyncio.run(prepare(settings, print))


def _run(settings: Settings, asked: argparse.Namespace) -> int:
    """Database, migration, demo, service: what `make run` calls."""
    if settings.environment == "production":
        raise RuntimeError("`run` is for development: in production use `migrate` and `serve`")
    require_free_port(settings)
    if settings.database_url is not None:
        _prepare(settings)
        return serve(settings, asked)
    signal.signal(signal.SIGTERM, ends_in_order)
    with embedded.start(settings.data_dir / "postgres") as cluster:
        own = settings.model_copy(update={"database_url": SecretStr(cluster.owner_url)})
        _prepare(own)
        return serve(own, asked)


def _prepare(settings: Settings) -> None:
    print("Database: migrating …", flush=True)
    migrate(settings)
    print("Demo: seeding …", flush=True)
    fresh = seeded(settings)
    base = f"http://{settings.host}:{settings.port}"
    issuer = dev_issuer(settings)
    print(f"Demo: {'seeded' if fresh else 'kept as it was'}. A token for each, good for twelve hours:\n")
    for person in PEOPLE:
        print(f"  {person.name} ({person.slug}) – {person.does}\n    {mint(issuer, person.slug)}\n")
    print(
        f"Docs:     {base}/docs\nGraphiQL: {base}/graphiql\nPocket:   {base}/pocket   (a member's phone)\n"
        f"Mail:     {base}/mail\n"
        "Story:    make story   (in a second terminal)\n",
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
    signal.signal(signal.SIGTERM, ends_in_order)
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
            where = Country(asked.country), asked.time_zone
            await service.found(actor, national, asked.organisation, asked.administrator, *where)
            print(f"{asked.organisation} stands: {national}. {asked.administrator} is its administrator.")

    asyncio.run(work())
    return 0


def _story(settings: Settings, asked: argparse.Namespace) -> int:
    from app.demo.story import play  # it speaks over HTTP, as a client does

    issuer = dev_issuer(settings)
    if issuer is None:
        raise RuntimeError("the story needs the development issuer")
    return asyncio.run(play(asked.url, lambda subject: mint(issuer, subject), print))


def _openapi(settings: Settings, asked: argparse.Namespace) -> int:
    from app.documents import write_documents

    write_documents(app_for(settings), asked.out)
    return 0


_COMMANDS = {
    "serve": serve,
    "worker": work,
    "migrate": _migrate,
    "run": _run,
    "seed": _seed,
    "keys": keys,
    **KEEPING,
    "messages": messages,
    "found": _found,
    "audit": audit,
    "story": _story,
    "openapi": _openapi,
}

if __name__ == "__main__":
    sys.exit(main())
