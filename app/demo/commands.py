"""What the command line does of the demo: seed it, or a world of any size; tokens for its people."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TextIO

from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.vault import AesVault
from app.bootstrap import DEV_ISSUER, dev_issuer, running
from app.bootstrap.derived import derived
from app.bootstrap.keys import ballot_box
from app.demo.seed import Seeder
from app.key_commands import prepare
from app.settings import Settings

if TYPE_CHECKING:
    from app.demo.world.seeding import Seals

LIFETIME = timedelta(hours=12)
POCKET = Path(__file__).parents[2] / "examples" / "pocket" / "dist"
"""A member's first app, as it is committed; no image holds it."""
MOST_GROUPS = 100_000
_WIDTH = 30


def mint(issuer: DevIssuer | None, subject: str) -> str:
    """A token of the development issuer."""
    assert issuer is not None
    return issuer.mint(subject, now=datetime.now(UTC), client_id="demo", lifetime=LIFETIME)


def mint_system(issuer: DevIssuer | None, client: str, scopes: Sequence[str]) -> str:
    """A token for a system: whoever is registered under this client is let in by it."""
    assert issuer is not None
    return issuer.mint(
        client, now=datetime.now(UTC), client_id=client, scopes=scopes, lifetime=LIFETIME, acr=None
    )


def seeded(settings: Settings) -> bool:
    """Seed the demo's few people; False where they are there already."""
    issuer = dev_issuer(settings)
    if issuer is None:
        raise RuntimeError("the demo is for development")

    async def work() -> bool:
        async with running(settings) as service:
            return await Seeder(service, issuer.config().issuer).run()

    return asyncio.run(work())


def seed_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seed` may be told."""
    parser.add_argument("--groups", type=_groups, metavar="N", help="a made-up world of so many groups")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="NUMBER", help="the same number: the same world"
    )
    parser.add_argument("--as-of", type=_instant, metavar="TIME", help="its present (ISO 8601); default: now")
    parser.add_argument("--add", action="store_true", help="beside the organisations that are there")
    parser.add_argument("--issuer", default=DEV_ISSUER, help="whose logins its people have")
    parser.add_argument("--even-in-production", action="store_true", help="in production, too")


def seals(settings: Settings) -> "Seals":
    """What the service that runs over these settings opens."""
    from app.demo.world.seeding import Seals

    return Seals(*ballot_box(settings), AesVault([derived(settings.secret_value(), "vault")]))


def seed(settings: Settings, asked: argparse.Namespace) -> int:
    """Make a world in the database of `settings.database_url`, an owner's; progress goes to standard error."""
    from app.demo.world.ground import Plan
    from app.demo.world.seeding import NotEmpty, seed_world

    if settings.environment == "production" and not asked.even_in_production:
        raise RuntimeError("`seed` makes people up. In production it wants --even-in-production.")
    assert settings.database_url is not None
    plan = Plan(asked.groups, asked.seed, asked.as_of or datetime.now(UTC), asked.issuer)
    progress = Progress(sys.stderr)
    url = settings.database_url.get_secret_value()
    work = seed_world(url, plan, seals(settings), add=asked.add, progress=progress)
    try:
        made = asyncio.run(work)
    except NotEmpty as error:
        raise RuntimeError(str(error)) from None
    asyncio.run(prepare(settings, lambda told: sys.stderr.write(f"{told}\n")))
    sys.stdout.write(
        f"World {plan.number}: {made.groups} groups of {made.organisations} organisations, {made.rows} rows,"
        f" {progress.took}.\n"
    )
    issuer = dev_issuer(settings)
    if issuer is not None and plan.issuer == issuer.config().issuer:
        sys.stdout.write(
            f"A token of a coordinator's ({made.coordinator}):\n  {mint(issuer, made.coordinator)}\n"
        )
    return 0


def ends_in_order(number: int, _frame: FrameType | None) -> NoReturn:
    """`kill` ends like Ctrl-C: the database that was started here is stopped. A second one doesn't cut that short."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


class Progress:
    """A bar on a terminal; elsewhere a line for each tenth."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._tenth = stream, 0
        self._began, self._worked = time.monotonic(), time.process_time()

    @property
    def took(self) -> str:
        """How long until now, and how much of that this process has worked."""
        worked = time.process_time() - self._worked
        return f"{time.monotonic() - self._began:.1f} s (this process: {worked:.1f} s)"

    def __call__(self, done: int, whole: int) -> None:
        """So many groups of so many are there."""
        words = f"{done} of {whole} groups, {time.monotonic() - self._began:.0f} s"
        if self._stream.isatty():
            full = _WIDTH * done // whole
            self._stream.write(
                f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {words}{'' if done < whole else chr(10)}"
            )
        elif done * 10 // whole > self._tenth:
            self._tenth = done * 10 // whole
            self._stream.write(f"{words}\n")
        self._stream.flush()


def _groups(said: str) -> int:
    number = int(said)
    if not 1 <= number <= MOST_GROUPS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_GROUPS}")
    return number


def _instant(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
