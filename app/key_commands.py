"""`verksted keys …`: seal what is still in clear, renew the keys, say what is sealed by which.

Each can be stopped and begun again at any time, and runs beside the service. The owner's DATABASE_URL is needed, as for
`migrate`, and the directory of the keys.
"""

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from app.adapters.keys import guard
from app.adapters.keys.files import FRESH_SECONDS, KeyFiles
from app.adapters.keys.keysets import Keyset, with_keys, with_new_primary
from app.adapters.keys.vault import KeyVault
from app.adapters.postgres.sweeping import SORTS, Sweep
from app.bootstrap.keys import earlier_vault, person_keys, wrapping
from app.domain.shared.ids import PersonId
from app.settings import Settings

LONGEST_TRANSACTION = 10.0
"""Whoever took a key before it was renewed has written with it by then (the deadline of a request)."""
Say = Callable[[str], object]


def key_arguments(parser: argparse.ArgumentParser) -> None:
    """What `keys` may be told."""
    parser.add_argument("what", choices=["sweep", "report", "rotate", "begin"])
    parser.add_argument("--kek", action="store_true", help="rotate: wrap all keys under the newest secret")
    parser.add_argument(
        "--metrics", action="store_true", help="report: in Prometheus' text format, for a textfile"
    )
    parser.add_argument("--people", action="store_true", help="rotate: give everybody a new key")


def keys(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what was asked; progress goes to standard output."""
    if asked.what == "begin":
        guard.begin(settings.person_key_directory, wrapping(settings).derived)
        print("The directory is ready. What was sealed with other keys reads as gone.")
        return 0
    guard.check(settings.person_key_directory, wrapping(settings).derived)
    if asked.what == "rotate":
        asyncio.run(rotate(settings, print, asked))
    elif asked.what == "report":
        asyncio.run(report(settings, print, as_metrics=asked.metrics))
    else:
        asyncio.run(sweep(settings, print))
    return 0


async def prepare(settings: Settings, say: Say) -> None:
    """After a migration: begin the directory where nothing has been sealed yet, and seal what is in clear."""
    if settings.environment == "production" and settings.person_keys is None:
        raise RuntimeError("VERKSTED_PERSON_KEYS has to name the directory of the people's keys")
    directory, derived = settings.person_key_directory, wrapping(settings).derived
    async with _sweep(settings, say) as found:
        if not await found.anything_sealed():
            guard.begin(directory, derived)
        guard.check(directory, derived)
        await found.seal()


async def sweep(settings: Settings, say: Say) -> None:
    """Seal what is in clear, and seal anew what an earlier key has sealed."""
    async with _sweep(settings, say) as found:
        say(f"{await found.seal()} values sealed, {await found.renew()} sealed anew.")


async def report(settings: Settings, say: Say, *, as_metrics: bool = False) -> None:
    """Say how many values are sealed by the newest keys, by earlier ones, by none, and by keys that are gone."""
    async with _sweep(settings, say) as found:
        counts = await found.report()
        if as_metrics:
            say(_metrics(counts))
            return
        for column, counted in counts.items():
            told = ", ".join(f"{sort} {number}" for sort, number in sorted(counted.items()) if number)
            say(f"{column}: {told or 'nothing'}")


def _metrics(counts: dict[str, Counter[str]]) -> str:
    """The same for a graph of a renewal's progress: of each column all sorts, those that are none, too."""
    registry = CollectorRegistry()
    gauge = Gauge(
        "verksted_sealed_values",
        "Values by the key that they are sealed with",
        ["column", "key"],
        registry=registry,
    )
    for column, counted in counts.items():
        for sort in SORTS:
            gauge.labels(column, sort).set(counted[sort])
    return generate_latest(registry).decode().rstrip()


async def rotate(
    settings: Settings, say: Say, asked: argparse.Namespace, pause: float = LONGEST_TRANSACTION
) -> None:
    """Renew what was asked for; both, where nothing was said."""
    everything = not (asked.kek or asked.people)
    if asked.people or everything:
        await rotate_people(settings, say, pause)
    if asked.kek or everything:
        done = rewrap(person_keys(settings))
        guard.only_newest(settings.person_key_directory, wrapping(settings).derived)
        say(f"{done} keys wrapped under the newest secret. Earlier secrets may go.")


def rewrap(people: KeyFiles) -> int:
    """Wrap every key under the newest secret."""
    return sum(people.replace(owner, lambda keyset: keyset) for owner in list(people.owners()))


async def rotate_people(settings: Settings, say: Say, pause: float = LONGEST_TRANSACTION) -> None:
    """A new key for everybody, everything sealed anew, the earlier keys disabled, and deleted when nothing needs them.

    Who has two keys is on the way already: begun again, it goes on where it was.
    """
    people, marked = person_keys(settings), _Campaign(settings.person_key_directory / "renewal")
    began = marked.began()
    made = 0
    for owner in list(people.owners()):
        since = people.since(owner)
        if since is not None and since < began:
            made += people.replace(owner, with_new_primary)
    say(f"{made} people have a new key.")
    await asyncio.sleep(FRESH_SECONDS + pause)
    async with _sweep(settings, say) as found:
        say(f"{await found.renew()} values sealed anew.")
        several = [owner for owner in people.owners() if len(_numbers(people, owner)) > 1]
        for owner in several:
            people.replace(owner, lambda keyset: with_keys(keyset, (), others="disabled"))
        needed = await found.in_use()
        for owner in several:
            people.replace(owner, _without_unused(needed.get(PersonId(owner), set())))
    marked.over()
    say(f"The earlier keys of {len(several)} people are gone.")


def _without_unused(used: set[int]) -> Callable[[Keyset], Keyset]:
    return lambda keyset: with_keys(keyset, used, others="deleted")


def _numbers(people: KeyFiles, owner: UUID) -> tuple[int, ...]:
    keyset = people.get(owner)
    return () if keyset is None else keyset.numbers


class _Campaign:
    """When a renewal began; kept in a file until it is over, so that one that was killed goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def began(self) -> int:
        if not self._path.exists():
            self._path.write_text(str(int(time.time() * 1000)))
        return int(self._path.read_text())

    def over(self) -> None:
        self._path.unlink(missing_ok=True)


@asynccontextmanager
async def _sweep(settings: Settings, say: Say) -> AsyncIterator[Sweep]:
    if settings.database_url is None:
        raise RuntimeError("`keys` needs DATABASE_URL, an owner's")
    people = person_keys(settings)
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        yield Sweep(connection, KeyVault(people, earlier_vault(settings)), people, say)
    finally:
        await connection.close()
