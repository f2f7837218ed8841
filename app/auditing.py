"""Sealing the log of accesses while the service runs, and the commands `verksted audit …`."""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.adapters.postgres.seals import PostgresSeals, Verified
from app.bootstrap import Running, database_urls, running
from app.domain.audit.chain import Anchor, Fault, Finding
from app.erasure_commands import finishing
from app.settings import Settings

MINUTE = 60.0
FORGET_EVERY = 60
"""Minutes between two looks for entries whose time is over."""
log = logging.getLogger("verksted.audit")

WORDS = {
    Fault.SEAL_MISSING: "seal {seal} is missing",
    Fault.SEAL_BROKEN: "seal {seal} isn't what it was: its hash doesn't fit what it says",
    Fault.SEAL_UNTIED: "seal {seal} isn't tied to the one before it",
    Fault.ENTRY_MISSING: "entry {entry} of seal {seal} is missing",
    Fault.ENTRY_CHANGED: "entry {entry} of seal {seal} was changed",
    Fault.ENTRY_BACKDATED: "entry {entry} of seal {seal} says that it is older than the seal before it",
    Fault.ENTRY_UNKNOWN: "entry {entry} is in no seal and doesn't wait for one: it was slipped in",
    Fault.ENTRY_TWICE: "entry {entry} is sealed and waits again",
    Fault.ANCHOR_LOST: "seal {seal} isn't the one that the anchor was kept of",
}


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What `verksted audit` can be asked."""
    parser = commands.add_parser("audit", help="the log of accesses: seal it, verify it, keep anchors of it")
    asked = parser.add_subparsers(dest="audit", required=True)
    asked.add_parser("seal", help="seal what waits, now")
    verify = asked.add_parser("verify", help="look whether anything was changed, taken out or slipped in")
    verify.add_argument("--anchors", type=Path, help="a file of anchors that was kept elsewhere")
    asked.add_parser("export-anchors", help="number and hash of each seal, to be kept elsewhere")


def audit(settings: Settings, asked: argparse.Namespace) -> int:
    """Run `verksted audit …`: 0 where all is well, 1 where it isn't."""
    seals = seals_of(settings)
    if asked.audit == "seal":
        made = asyncio.run(seals.seal())
        print(
            f"{made.entries} entries sealed"
            + (f"; seal {made.newest.number} is the newest" if made.newest else "")
        )
        return 0
    if asked.audit == "export-anchors":
        for anchor in asyncio.run(seals.anchors()):
            print(json.dumps({"number": anchor.number, "digest": anchor.digest.hex()}))
        return 0
    kept = [] if asked.anchors is None else anchors_in(asked.anchors.read_text())
    return report(asyncio.run(seals.verify(kept, _progress)))


def anchors_in(text: str) -> list[Anchor]:
    """The anchors of a file; `RuntimeError` where a line is none."""
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [Anchor(int(line["number"]), bytes.fromhex(line["digest"])) for line in lines]
    except (ValueError, KeyError, TypeError):
        raise RuntimeError("the file of anchors holds a line that is none") from None


def report(found: Verified) -> int:
    """Say what was found, and where; 0 where all is well."""
    for finding in found.findings:
        print(f"verksted: {describe(finding)}", file=sys.stderr)
    print(f"{found.seals} seals over {found.entries} entries, {found.waiting} wait for the next seal.")
    print(
        "The log is what it was."
        if not found.findings
        else f"{len(found.findings)} faults. The log can't be trusted."
    )
    return 1 if found.findings else 0


def describe(finding: Finding) -> str:
    """A finding in words, with its place."""
    return WORDS[finding.fault].format(seal=finding.seal, entry=finding.entry)


def seals_of(settings: Settings) -> PostgresSeals:
    """The chain of seals in the database of these settings."""
    return PostgresSeals(database_urls(settings, settings.secret_value()).audit)


def _progress(done: int, of: int) -> None:
    if of > 1_000 and sys.stderr.isatty():
        print(f"\r{done} of {of} seals", end="\n" if done == of else "", file=sys.stderr, flush=True)


@asynccontextmanager
async def running_and_sealing(settings: Settings) -> AsyncIterator[Running]:
    """The service, which seals its log each minute as it runs and finishes erasures that a crash has interrupted. Nothing
    depends on it: whoever seals next seals all."""
    async with running(settings) as service:
        sealing = asyncio.create_task(seal_each_minute(seals_of(settings)))
        try:
            async with finishing(service):
                yield service
        finally:
            sealing.cancel()
            await asyncio.gather(sealing, return_exceptions=True)


async def seal_each_minute(seals: PostgresSeals) -> None:
    """Until it is cancelled. Of several replicas, one seals."""
    minutes = 0
    while True:
        await asyncio.sleep(MINUTE - time.time() % MINUTE)
        try:
            await seals.seal(wait=False)
            if minutes % FORGET_EVERY == 0:
                await seals.forget()
        except (
            Exception
        ) as error:  # whatever it is, the next minute tries again; requests are none of its business
            log.warning("audit: not sealed: %s", type(error).__name__)
        minutes += 1
