"""Workers that are killed, and a receiver that fails, hangs and disappears: every event arrives, of each subject in its
order, and what comes twice comes with the same id.

`VERKSTED_DELIVERIES` events and `VERKSTED_DELIVERY_KILLS` kills (`make deliveries`: 50,000 and 300).
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
from standardwebhooks.webhooks import Webhook

from app.adapters.postgres.roles import role_urls
from app.bootstrap import running
from app.domain.shared.ids import OrganisationId
from tests.conftest import SECRET, settings_for
from tests.support.canaries import Tap
from tests.support.cluster import SuiteCluster
from tests.support.receiver import Receiver, Request, receiving, says
from tests.support.webhooks_world import hooked
from tests.support.world import Travel, World

EVENTS = int(os.environ.get("VERKSTED_DELIVERIES", "300"))
KILLS = int(os.environ.get("VERKSTED_DELIVERY_KILLS", "5"))
ORGANISATIONS, SUBJECTS, WORKERS, AT_ONCE = 3, 12, 2, 25
OF_EACH = -(-EVENTS // ORGANISATIONS)
SECONDS = 40 + EVENTS / 25 + KILLS * 4
ROOT = Path(__file__).parents[2]
HAPPEN = """
insert into feed_event (organisation_id, id, type, subject, ids, occurred_at)
select $1, gen_random_uuid(), 'group.offer.published', subject, '{}', now()
  from unnest($2::uuid[]) with ordinality s (subject, place) order by place
"""
STAND = """
select number, event_id, subject, state, attempts from webhook_delivery where webhook_id = $1 order by number
"""


@dataclass
class Seen:
    """What has come in, for one webhook."""

    secret: str
    bodies: dict[str, bytes] = field(default_factory=dict)
    """By id: the first that came."""
    first: list[str] = field(default_factory=list)
    """Ids in the order in which each was seen for the first time."""
    arrived: set[str] = field(default_factory=set)
    """What was answered with 2xx."""
    times: Counter[str] = field(default_factory=Counter)


@dataclass
class Bad:
    """A receiver as there are: it fails, hangs, closes when it has understood, and disappears now and then."""

    dice: random.Random
    seen: dict[str, Seen] = field(default_factory=dict)
    moods: Counter[str] = field(default_factory=Counter)
    is_away: bool = False

    async def __call__(self, request: Request, writer: asyncio.StreamWriter) -> None:
        if self.is_away:
            self.moods["away"] += 1
            writer.close()
            return
        seen = self.seen[request.path.rpartition("/")[2]]
        event = request.headers["webhook-id"]
        Webhook(seen.secret).verify(request.body, request.headers)
        assert orjson.loads(request.body)["id"] == event
        seen.times[event] += 1
        if event not in seen.bodies:
            seen.bodies[event] = request.body
            seen.first.append(event)
        assert seen.bodies[event] == request.body, "the same event, byte for byte"
        mood = self.dice.choices(("takes", "fails", "hangs", "closes"), (80, 14, 2, 4))[0]
        self.moods[mood] += 1
        if mood == "takes":
            seen.arrived.add(event)
            await says(204)(request, writer)
        elif mood == "fails":
            await says(self.dice.choice((500, 503, 429, 302)))(request, writer)
        elif mood == "hangs":
            await asyncio.sleep(2)
        writer.close() if mood in ("hangs", "closes") else None


@dataclass
class Scene:
    """Webhooks of several organisations, and what is needed to make something happen in them."""

    url: str
    environment: dict[str, str]
    receiver: Receiver
    bad: Bad
    webhooks: dict[OrganisationId, Any] = field(default_factory=dict)
    said: Path = Path()


@pytest.fixture
async def scene(cluster: SuiteCluster, worker_id: str, tmp_path: Path, tap: Tap) -> AsyncIterator[Scene]:
    """In a database of its own, whose clock is the real one."""
    url = cluster.database(f"deliveries_{worker_id}")
    settings = settings_for(url, tmp_path).model_copy(update={"webhook_loopback": True})
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")},
        "DATABASE_URL": url,
        "VERKSTED_ENVIRONMENT": "test",
        "VERKSTED_SECRET": SECRET,
        "VERKSTED_DATA_DIR": str(tmp_path),
        "VERKSTED_WEBHOOK_LOOPBACK": "true",
    }
    bad = Bad(random.Random(20261130))
    async with receiving(bad) as receiver:
        scene = Scene(url, environment, receiver, bad, said=tmp_path / "said")
        async with running(settings, travel := Travel()) as service:
            for number in range(ORGANISATIONS):
                world = await World(service, travel).begin()
                made = await hooked(world, url=f"{receiver.url}/{number}")
                bad.seen[str(number)] = Seen(made.secret)
                scene.webhooks[world.organisation] = made.webhook
        yield scene
    tap.read_log(scene.said)
    cluster.drop(f"deliveries_{worker_id}")


@asynccontextmanager
async def workers(scene: Scene) -> AsyncIterator[list["subprocess.Popen[bytes]"]]:
    """Some workers; those that are killed are started again."""
    running_now = [start(scene) for _ in range(WORKERS)]
    try:
        yield running_now
    finally:
        for each in running_now:
            each.kill()
            each.wait()


def start(scene: Scene) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.faults.worker"]
    with scene.said.open("ab") as said:
        return subprocess.Popen(command, cwd=ROOT, env=scene.environment, stdout=said, stderr=said)


async def kill_some(scene: Scene, processes: list["subprocess.Popen[bytes]"], dice: random.Random) -> None:
    """Kill one of them at a random moment of its work, and start another in its place; so many times."""
    for _ in range(KILLS):
        which = dice.randrange(len(processes))
        already = scene.bad.moods.total()
        async with asyncio.timeout(SECONDS):
            while scene.bad.moods.total() == already:  # noqa: ASYNC110 nothing is proved by killing what doesn't work yet
                await asyncio.sleep(0.01)
        await asyncio.sleep(dice.uniform(0, 0.6))
        processes[which].kill()
        processes[which].wait()
        processes[which] = start(scene)


async def happens(scene: Scene, dice: random.Random) -> None:
    """Events in all organisations, some at a time, as the service's own role would write them."""
    connection = await asyncpg.connect(role_urls(scene.url, SECRET).app)
    subjects = {each: [UUID(int=dice.getrandbits(128)) for _ in range(SUBJECTS)] for each in scene.webhooks}
    left = dict.fromkeys(scene.webhooks, OF_EACH)
    try:
        while any(left.values()):
            for organisation in scene.webhooks:
                some = min(left[organisation], dice.randint(1, AT_ONCE * (1 + EVENTS // 5000)))
                left[organisation] -= some
                async with connection.transaction():
                    await connection.execute(f"select set_config('app.organisation', '{organisation}', true)")
                    picked = [dice.choice(subjects[organisation]) for _ in range(some)]
                    await connection.execute(HAPPEN, organisation, picked)
            await asyncio.sleep(dice.uniform(0, 0.05))
    finally:
        await connection.close()


async def comes_and_goes(bad: Bad, dice: random.Random) -> None:
    """Now and then nobody is there."""
    while True:
        await asyncio.sleep(dice.uniform(0.8, 2.5))
        bad.is_away = True
        await asyncio.sleep(dice.uniform(0.05, 0.4))
        bad.is_away = False


async def standing(scene: Scene) -> dict[OrganisationId, list[Any]]:
    """All deliveries, by organisation, in the order of the feed."""
    connection = await asyncpg.connect(role_urls(scene.url, SECRET).app)
    found = {}
    try:
        for organisation, webhook in scene.webhooks.items():
            async with connection.transaction():
                await connection.execute(f"select set_config('app.organisation', '{organisation}', true)")
                found[organisation] = list(await connection.fetch(STAND, webhook.id))
    finally:
        await connection.close()
    return found


async def on_their_way(scene: Scene) -> int:
    """How many deliveries haven't ended."""
    return sum(row["state"] != "delivered" for rows in (await standing(scene)).values() for row in rows)


async def test_all_arrive_in_their_order_however_often_somebody_is_killed(scene: Scene) -> None:
    dice, began = random.Random(7), time.monotonic()
    expected = OF_EACH * ORGANISATIONS
    async with workers(scene) as processes:
        mischief = asyncio.create_task(comes_and_goes(scene.bad, random.Random(8)))
        killing = asyncio.create_task(kill_some(scene, processes, random.Random(9)))
        await happens(scene, dice)
        arrived = 0
        async with asyncio.timeout(SECONDS):
            while arrived < expected or not killing.done():
                await asyncio.sleep(0.1)
                before, arrived = arrived, sum(len(each.arrived) for each in scene.bad.seen.values())
                if before // 1000 != arrived // 1000:
                    print(
                        f"{arrived} of {expected} have arrived, {time.monotonic() - began:.0f} s", flush=True
                    )
                if killing.done():
                    killing.result()
                elif arrived >= expected:
                    await happens_once_more(scene, dice)
                    expected += ORGANISATIONS
        mischief.cancel()
        await asyncio.gather(mischief, return_exceptions=True)
        scene.bad.is_away = False
        async with asyncio.timeout(SECONDS):
            while await on_their_way(scene):  # noqa: ASYNC110 a database wakes nobody
                await asyncio.sleep(0.2)
    doubles = 0
    for seen, rows in zip(scene.bad.seen.values(), (await standing(scene)).values(), strict=True):
        assert len(rows) == len({row["event_id"] for row in rows}), "each is written down once"
        assert seen.arrived == {str(row["event_id"]) for row in rows}, "all have arrived, and nothing else"
        assert in_order(seen, rows)
        doubles += seen.times.total() - len(seen.times)
    assert sum(len(each.arrived) for each in scene.bad.seen.values()) == expected
    took = time.monotonic() - began
    print(
        f"\ndeliveries: {expected} events, {KILLS} kills, all delivered in order in {took:.0f} s;"
        f" {doubles} seen again with the same id; the receiver: {dict(scene.bad.moods)}"
    )
    with suppress(FileNotFoundError):
        assert b"Traceback" not in scene.said.read_bytes()


async def happens_once_more(scene: Scene, dice: random.Random) -> None:
    """Something to do for workers that are still to be killed."""
    connection = await asyncpg.connect(role_urls(scene.url, SECRET).app)
    try:
        for organisation in scene.webhooks:
            async with connection.transaction():
                await connection.execute(f"select set_config('app.organisation', '{organisation}', true)")
                await connection.execute(HAPPEN, organisation, [UUID(int=dice.getrandbits(128))])
    finally:
        await connection.close()


def in_order(seen: Seen, rows: list[Any]) -> bool:
    """Whether of each subject each event was seen for the first time after all that had happened before it."""
    numbers = {str(row["event_id"]): (row["subject"], row["number"]) for row in rows}
    by_subject: defaultdict[UUID, list[int]] = defaultdict(list)
    for event in seen.first:
        subject, number = numbers[event]
        by_subject[subject].append(number)
    return all(each == sorted(each) for each in by_subject.values())
