"""`verksted retention plan|run`: say what is past its time, or end it and say what has really gone.

Each batch is a transaction of its own, so it can be stopped and begun again, and runs beside the service. `run` ends with 1
where a look afterwards still finds something.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterable

from app.auditing import seals_of
from app.bootstrap import running
from app.domain.keeping.past import Ended, Past
from app.domain.keeping.retention import TERMS
from app.erasure_commands import erasure_arguments, erasures
from app.settings import Settings


def keeping_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What `verksted erasures` and `verksted retention` can be asked."""
    erasure_arguments(commands)
    parser = commands.add_parser("retention", help="say what is past its time, or end it")
    parser.add_argument("retention", choices=["plan", "run"])


def retention(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what was asked: 0 where nothing is left that should have gone."""
    return asyncio.run(_plan(settings) if asked.retention == "plan" else _run(settings))


async def _plan(settings: Settings) -> int:
    async with running(settings) as service:
        for line in planned(await service.retain.plan()):
            print(line)
    return 0


async def _run(settings: Settings) -> int:
    async with running(settings) as service:
        ended = await service.retain.run(_progress)
    entries = await seals_of(settings).forget()
    for line in report(ended):
        print(line)
    print(f"{entries} entries of the log of accesses taken out.")
    return 0 if all(each.is_true for each in ended) else 1


def _progress(_organisation: object, past: Past, done: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= past.rows else ""
        print(f"\r{past.table}: {done} of {past.rows}", end=end, file=sys.stderr, flush=True)


def planned(found: Iterable[Past]) -> list[str]:
    """What would go, by class and table, of all organisations together."""
    rows: Counter[Past] = Counter()
    kinds: dict[tuple[str, str], Past] = {}
    for each in found:
        kind = kinds.setdefault((each.table, each.kept), each)
        rows[kind] += each.rows
    lines = [
        f"{kind.kept} ({TERMS[kind.kept].days} days after {TERMS[kind.kept].after}):"
        f" {kind.table}: {number} would be {kind.ending}"
        for kind, number in rows.items()
    ]
    return lines or ["Nothing is past its time."]


def report(ended: Iterable[Ended]) -> list[str]:
    """What has really gone, as it was counted and looked for again."""
    gone: Counter[tuple[str, str, str]] = Counter()
    left: Counter[tuple[str, str, str]] = Counter()
    for each in ended:
        kind = (each.past.kept.value, each.past.table, each.past.ending.value)
        gone[kind] += each.gone
        left[kind] += each.left
    lines = [
        f"{kept}: {table}: {gone[kept, table, ending]} {ending}"
        + (f", {left[kept, table, ending]} STILL THERE" if left[kept, table, ending] else "")
        for kept, table, ending in sorted(gone)
    ]
    return lines or ["Nothing was past its time."]


KEEPING = {"erasures": erasures, "retention": retention}
"""The commands of what is kept about people."""
