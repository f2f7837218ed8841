"""`verksted erasures …`: keep the ledger elsewhere, and erase again whom a restored backup has brought back.

The ledger lies beside the people's keys, outside the database and its backups. Replaying can be stopped and begun again at
any time, and twice is the same as once.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from app.adapters.erasure_ledger import LedgerDirectory, from_line, to_line
from app.bootstrap import Running, running
from app.domain.keeping.erasure import Erasure
from app.services.keeping.erasing import Erase
from app.settings import Settings

MINUTE = 60.0
log = logging.getLogger("verksted.erasures")


def erasure_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What `verksted erasures` can be asked."""
    parser = commands.add_parser(
        "erasures", help="the ledger of erasures: keep it elsewhere, replay it after a restore"
    )
    asked = parser.add_subparsers(dest="erasures", required=True)
    exported = asked.add_parser(
        "export", help="write the ledger, a line for each erasure, to be kept elsewhere"
    )
    exported.add_argument("--out", type=Path, help="a file instead of standard output")
    replayed = asked.add_parser(
        "replay", help="after a restore: erase again whom the backup has brought back"
    )
    replayed.add_argument("--from", dest="lines", type=Path, help="a ledger that was exported, too")


def erasures(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what was asked: 0 where it went well."""
    if asked.erasures == "export":
        lines = "".join(f"{to_line(each)}\n" for each in LedgerDirectory(settings.erasure_ledger).all())
        if asked.out is None:
            sys.stdout.write(lines)
        else:
            asked.out.touch(mode=0o600)
            asked.out.write_text(lines)
        return 0
    exported = [] if asked.lines is None else lines_in(asked.lines.read_text())
    asyncio.run(_replay(settings, exported))
    return 0


def lines_in(exported: str) -> list[Erasure]:
    """What an exported ledger holds. `RuntimeError` for a line that isn't one."""
    found = []
    for number, line in enumerate(exported.splitlines(), 1):
        try:
            found.append(from_line(line))
        except (ValueError, KeyError, TypeError):
            raise RuntimeError(f"line {number} isn't one that `erasures export` has written") from None
    return found


async def _replay(settings: Settings, exported: list[Erasure]) -> None:
    async with running(settings) as service:
        noted = {each.person: each for each in [*exported, *LedgerDirectory(settings.erasure_ledger).all()]}
        back = await replay(service.erase, list(noted.values()))
        print(f"{len(noted)} in the ledger; {back} of them were here, and are erased again.")


async def replay(erase: Erase, noted: list[Erasure]) -> int:
    """Erase each of them again; how many were here."""
    back = await erase.finish()
    for number, each in enumerate(noted, 1):
        back += await erase.replay(each)
        if sys.stderr.isatty():
            end = "\n" if number == len(noted) else ""
            print(f"\r{number} of {len(noted)}", end=end, file=sys.stderr, flush=True)
    return back


@asynccontextmanager
async def finishing(service: Running) -> AsyncIterator[None]:
    """As long as the service runs: what a crash has interrupted between a commit and the end of a key is seen to."""
    task = asyncio.create_task(_finish_each_minute(service.erase))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _finish_each_minute(erase: Erase) -> None:
    while True:
        try:
            finished = await erase.finish()
            if finished:
                log.warning("erasures: %d finished that were interrupted", finished)
        except (
            Exception
        ) as error:  # whatever it is, the next minute tries again; requests are none of its business
            log.warning("erasures: not finished: %s", type(error).__name__)
        await asyncio.sleep(MINUTE)
