"""`python -m bench`: the four jobs against the raw limit and the idiomatic form; growth, start and memory.

Everything happens in a directory and a PostgreSQL of its own. Only ratios count: the machine may do other things.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from pydantic import SecretStr

from app.adapters.postgres import embedded
from app.bootstrap import dev_issuer
from app.cli import migrate
from app.demo.commands import mint
from app.key_commands import prepare
from app.settings import Settings
from bench.data import Data, load
from bench.jobs import JOBS, VARIANTS, path_of, write_requests
from bench.machine import LOAD_CORE, Sample, Server, free_port
from bench.report import growth_table, jobs_table, start_table


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    groups: int
    factor: int
    rounds: int
    growth_rounds: int
    seconds: int
    starts: int
    jobs: tuple[str, ...]
    growth_jobs: tuple[str, ...]


PLENTY = {
    f"VERKSTED_LIMIT_{name}": "1000000000/60" for name in ("PERSON", "ADDRESS", "GUESSING", "EXPENSIVE")
}
"""Each request is counted as it is in production, and a few tokens may make as many as they can."""
WHOLE = Plan(200, 20, 5, 3, 3, 5, tuple(JOBS), tuple(JOBS))
QUICK = Plan(40, 2, 1, 1, 1, 1, tuple(JOBS), ("J1",))


def main() -> int:
    """Run it; 2 where the machine lacks a tool."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="one round of a second: only to see that it runs"
    )
    parser.add_argument("--jobs", default=",".join(JOBS), help="only these, as in J1,J3")
    asked = parser.parse_args()
    missing = [tool for tool in ("wrk", "taskset") if shutil.which(tool) is None]
    if missing:
        print(f"bench: not installed: {', '.join(missing)} (Debian: wrk, util-linux)", file=sys.stderr)
        return 2
    plan = QUICK if asked.quick else WHOLE
    chosen = tuple(asked.jobs.split(","))
    os.sched_setaffinity(0, {LOAD_CORE})  # PostgreSQL inherits it; the servers are sent to their own core
    with tempfile.TemporaryDirectory(prefix="verksted-bench-") as place, ExitStack() as stack:
        Path(place).chmod(0o711)  # PostgreSQL may run under another account
        _measure(Path(place), plan, [job for job in plan.jobs if job in chosen], stack)
    return 0


def _measure(place: Path, plan: Plan, jobs: list[str], stack: ExitStack) -> None:
    cluster = stack.enter_context(embedded.start(place / "postgres"))
    small = _house(place / "small", cluster, plan.groups, stack)
    print(
        f"{plan.groups} groups, {plan.rounds} rounds of {plan.seconds} s; each ratio is to its own round.\n"
    )
    samples: dict[str, dict[str, list[Sample]]] = {job: {name: [] for name in VARIANTS} for job in jobs}
    for job in jobs:
        for name in VARIANTS:
            small.servers[name].load(path_of(small.folder, job, name), 1)
        for _ in range(plan.rounds):
            for name in VARIANTS:
                samples[job][name].append(
                    small.servers[name].load(path_of(small.folder, job, name), plan.seconds)
                )
    print(jobs_table(samples))
    ours = small.servers["verksted"]
    memory = ours.resident_mb()
    starts = [small.start_again() for _ in range(plan.starts)]
    print(start_table(starts, memory))
    large = _house(place / "large", cluster, plan.groups * plan.factor, stack)
    grown: dict[str, list[tuple[Sample, Sample]]] = {}
    for job in (job for job in plan.growth_jobs if job in jobs):
        files = [path_of(house.folder, job, "verksted") for house in (small, large)]
        for house, file in zip((small, large), files, strict=True):
            house.servers["verksted"].load(file, 1)
        grown[job] = [
            (
                small.servers["verksted"].load(files[0], plan.seconds),
                large.servers["verksted"].load(files[1], plan.seconds),
            )
            for _ in range(plan.growth_rounds)
        ]
    print(growth_table(grown, plan.factor))


def _database(cluster: embedded.EmbeddedCluster, name: str) -> str:
    """The URL of a new database of the cluster."""

    async def make() -> None:
        connection = await asyncpg.connect(cluster.owner_url)
        try:
            await connection.execute(f"create database {name}")
        finally:
            await connection.close()

    asyncio.run(make())
    return cluster.url_of(name)


@dataclass(slots=True)
class _House:
    """A database with its servers."""

    folder: Path
    environment: dict[str, str]
    servers: dict[str, Server]

    def start_again(self) -> tuple[float, float]:
        """How long another server of ours takes from the command to listening: by the clock, and of the processor."""
        with _serving(self.folder, "again", self.environment) as server:
            return server.start_seconds, server.cpu_seconds()


def _house(folder: Path, cluster: embedded.EmbeddedCluster, groups: int, stack: ExitStack) -> _House:
    folder.mkdir()
    owner_url, bare_url = (_database(cluster, f"{folder.name}_{kind}") for kind in ("ours", "bare"))
    settings = Settings(data_dir=folder.parent, database_url=SecretStr(owner_url))
    migrate(settings)
    issuer = dev_issuer(settings)
    assert issuer is not None
    data: Data = asyncio.run(load(owner_url, bare_url, issuer.config().issuer, groups))
    # Everybody has a key, as whoever came in by the API has: by it each replica knows that they are still there.
    asyncio.run(prepare(settings, lambda _: None))
    environment = {
        "DATABASE_URL": owner_url,
        "BENCH_DATABASE": bare_url,
        "VERKSTED_DATA_DIR": str(
            folder.parent
        ),  # one secret: the roles are the cluster's, and so are their passwords
        "PYTHONWARNINGS": "ignore",
        **PLENTY,
    }
    servers = {name: stack.enter_context(_serving(folder, name, environment)) for name in VARIANTS}
    write_requests(data, servers, lambda subject: mint(issuer, subject), folder)
    print(f"filled with {groups} groups at {datetime.now(UTC):%H:%M:%S}", file=sys.stderr)
    return _House(folder, environment, servers)


@contextmanager
def _serving(folder: Path, name: str, environment: dict[str, str]) -> Iterator[Server]:
    port = free_port()
    if name in ("raw", "idiomatic"):
        command = [
            *(sys.executable, "-m", "uvicorn", f"bench.variants.{name}:app", "--port", str(port)),
            *("--no-access-log", "--log-level", "warning"),
        ]
    else:
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    server = Server(command, environment, port, folder / f"{name}.log")
    try:
        yield server
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
