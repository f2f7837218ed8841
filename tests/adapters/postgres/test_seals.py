"""The seals over the log of accesses: nobody changes the past unseen."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.seals import PostgresSeals
from app.auditing import anchors_in, report, seals_of
from app.domain.audit.chain import Anchor, Fault
from app.domain.shared.ids import compose_id, organisation_id
from app.settings import Settings
from tests.conftest import settings_for
from tests.support.cluster import SuiteCluster

HOME = organisation_id(77)
WALLS_DOWN = "; ".join(
    f"alter table {table} no force row level security"
    for table in ("audit_entry", "audit_waiting", "audit_seal")
)
NOTE = (
    "insert into audit_entry (organisation_id, id, acting_as, deed, data, subject_id, purpose, ended, occurred_at)"
    " values ($1, $2, 'coordinator', 'read', 'assessment', $3, 'intake', 'done', now())"
)


class Log:
    """A log of its own: written as the service's role, tampered with as the tables' owner."""

    def __init__(self, seals: PostgresSeals, owner: Any, app_url: str) -> None:
        self.seals, self.owner, self.app_url = seals, owner, app_url
        self._count = 0

    async def note(self, how_many: int, connection: Any = None) -> list[UUID]:
        """So many entries, one transaction each."""
        own = connection or await asyncpg.connect(self.app_url)
        ids = [self.new_id() for _ in range(how_many)]
        try:
            for each in ids:
                async with own.transaction():
                    await own.execute(f"select set_config('app.organisation', '{HOME}', true)")
                    await own.execute(NOTE, HOME, each, uuid4())
        finally:
            if connection is None:
                await own.close()
        return ids

    def new_id(self) -> UUID:
        self._count += 1
        return compose_id(HOME, 1_000_000 + self._count, self._count)

    async def tamper(self, *statements: str) -> None:
        """As the owner, with the walls down."""
        async with self.owner.transaction():
            await self.owner.execute(WALLS_DOWN)
            for statement in statements:
                await self.owner.execute(statement)

    async def faults(self, *anchors: Anchor) -> set[tuple[Fault, int | None, UUID | None]]:
        found = await self.seals.verify(anchors)
        return {(each.fault, each.seal, each.entry) for each in found.findings}


@pytest.fixture
async def log(cluster: SuiteCluster, worker_id: str, tmp_path: Path) -> AsyncIterator[Log]:
    """Three seals over six entries, in a database of the test's own."""
    url = cluster.database(f"seals_{worker_id}_{uuid4().hex[:8]}")
    settings = settings_for(url, tmp_path)
    seals = seals_of(settings)
    owner = await asyncpg.connect(url)
    made = Log(seals, owner, _app(settings))
    try:
        for _ in range(3):
            await made.note(2)
            await seals.seal()
        yield made
    finally:
        await owner.close()


def _app(settings: Settings) -> str:
    from app.bootstrap import database_urls

    return database_urls(settings, settings.secret_value()).app


async def test_what_nobody_has_touched_verifies(log: Log) -> None:
    found = await log.seals.verify()
    assert (found.seals, found.entries, found.waiting, found.findings) == (3, 6, 0, ())
    await log.note(1)
    assert (await log.seals.verify()).waiting == 1
    assert (await log.seals.seal()).entries == 1
    assert (await log.seals.seal()).seals == 0  # nothing waits: no seal
    await log.tamper(
        "update audit_seal set number = number"
    )  # the walls stay down: the chain itself is what finds things
    assert await log.faults() == set()


FLIP = "{0} = set_byte({0}, 7, get_byte({0}, 7) # 1)"
CHANGES = [
    "deed = 'listed'", "data = 'interest'", "actor_id = gen_random_uuid()", "subject_id = gen_random_uuid()",
    "occurred_at = occurred_at + interval '1 microsecond'", "recorded_at = recorded_at + interval '1 microsecond'",
    "request_id = gen_random_uuid()", "client = 'x'", "ended = 'failed'", "purpose = 'safety'",
    "row_id = gen_random_uuid()",
]  # fmt: skip


async def test_a_changed_entry_is_named_whatever_was_changed(log: Log) -> None:
    entries = await log.note(len(CHANGES))
    await log.seals.seal()
    for entry, change in zip(entries, CHANGES, strict=True):
        await log.tamper(f"update audit_entry set {change} where id = '{entry}'")
    assert await log.faults() == {(Fault.ENTRY_CHANGED, 4, entry) for entry in entries}


async def test_what_was_taken_out_slipped_in_or_put_in_another_order_is_found(log: Log) -> None:
    first, second = await log.note(2)
    await log.seals.seal()
    await log.tamper(f"delete from audit_entry where id = '{first}'")
    assert await log.faults() == {(Fault.ENTRY_MISSING, 4, first)}
    slipped = log.new_id()
    await log.tamper(
        "create temporary table copied on commit drop as select * from audit_entry"
        f" where id = '{second}'; update copied set id = '{slipped}'; insert into audit_entry select * from copied",
        f"delete from audit_waiting where entry_id = '{slipped}'",
    )
    assert (Fault.ENTRY_UNKNOWN, None, slipped) in await log.faults()
    await log.tamper("update audit_seal set entries = array[entries[2], entries[1]] where number = 2")
    assert (Fault.SEAL_BROKEN, 2, None) in await log.faults()


async def test_an_entry_that_is_slipped_in_and_backdated_is_found_once_it_is_sealed(log: Log) -> None:
    (entry,) = await log.note(1)
    await log.tamper(
        f"update audit_entry set recorded_at = recorded_at - interval '1 hour' where id = '{entry}'"
    )
    await log.seals.seal()
    assert await log.faults() == {(Fault.ENTRY_BACKDATED, 4, entry)}


@pytest.mark.parametrize(
    ("statement", "fault", "seal"),
    [
        ("delete from audit_seal where number = 2", Fault.SEAL_MISSING, 2),
        ("delete from audit_seal where number = 1", Fault.SEAL_MISSING, 1),
        (
            "update audit_seal set digest = set_byte(digest, 7, get_byte(digest, 7) # 1) where number = 2",
            Fault.SEAL_BROKEN,
            2,
        ),
        (
            "update audit_seal set previous = set_byte(previous, 7, get_byte(previous, 7) # 1) where number = 3",
            Fault.SEAL_UNTIED,
            3,
        ),
        (
            "update audit_seal set leaves = set_byte(leaves, 40, get_byte(leaves, 40) # 1) where number = 1",
            Fault.SEAL_BROKEN,
            1,
        ),
        (
            "update audit_seal set sealed_at = sealed_at - interval '3 years' where number = 1",
            Fault.SEAL_BROKEN,
            1,
        ),
    ],
)
async def test_a_seal_that_was_touched_is_named(log: Log, statement: str, fault: Fault, seal: int) -> None:
    await log.tamper(statement)
    assert (fault, seal, None) in await log.faults()


async def test_a_tail_that_was_cut_off_is_found_by_the_anchors_that_others_keep(log: Log) -> None:
    anchors = await log.seals.anchors()
    assert [each.number for each in anchors] == [1, 2, 3]
    last = "select unnest(entries) from audit_seal where number = 3"
    await log.tamper(
        f"delete from audit_entry where id in ({last})", "delete from audit_seal where number = 3"
    )
    assert await log.faults() == set()  # the chain alone can't know what came after it
    assert await log.faults(*anchors) == {(Fault.ANCHOR_LOST, 3, None)}
    other = replace(anchors[1], digest=bytes(32))
    assert await log.faults(anchors[0], other) == {(Fault.ANCHOR_LOST, 2, None)}


async def test_entries_that_come_while_others_seal_are_all_sealed_once(log: Log) -> None:
    """Also one whose transaction began before three seals and commits after them."""
    slow = await asyncpg.connect(log.app_url)
    late = log.new_id()
    transaction = slow.transaction()
    await transaction.start()
    await slow.execute(f"select set_config('app.organisation', '{HOME}', true)")
    await slow.execute(NOTE, HOME, late, uuid4())
    done = asyncio.Event()

    async def sealing() -> None:
        while not done.is_set():
            await log.seals.seal()

    sealers = [asyncio.create_task(sealing()) for _ in range(2)]
    written = [each for some in await asyncio.gather(*(log.note(15) for _ in range(4))) for each in some]
    done.set()
    await asyncio.gather(*sealers)
    assert (await log.seals.verify()).findings == ()
    await transaction.commit()
    await slow.close()
    assert (await log.seals.verify()).waiting == 1
    await log.seals.seal()
    found = await log.seals.verify()
    assert (found.entries, found.waiting, found.findings) == (6 + len(written) + 1, 0, ())


async def test_the_role_that_seals_can_change_no_entry_and_take_out_none_that_has_its_time(log: Log) -> None:
    old = log.new_id()
    await log.tamper(
        "insert into audit_entry (organisation_id, id, acting_as, deed, data, purpose, ended, occurred_at, recorded_at)"
        f" values ('{HOME}', '{old}', 'operator', 'read', 'assessment', 'intake', 'done', now(),"
        " now() - interval '368 days')",
        "alter table audit_entry force row level security; alter table audit_waiting force row level security",
        "alter table audit_seal force row level security",
    )
    connection = await asyncpg.connect(log.seals.url)
    try:
        for statement in (
            "update audit_entry set deed = 'listed'",
            "update audit_seal set sealed_at = now()",
            "delete from audit_seal",
            "insert into audit_entry select * from audit_entry",
            "truncate audit_entry",
            "select * from registration",
            "select * from person",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()
    assert await log.seals.forget() == 0  # it waits for its seal first
    await log.seals.seal()
    assert await log.seals.forget() == 1
    assert (await log.seals.verify()).entries == 6


async def test_the_commands_say_what_is_wrong_and_where(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    (entry,) = await log.note(1)
    await log.seals.seal()
    assert report(await log.seals.verify()) == 0
    await log.tamper(f"update audit_entry set deed = 'listed' where id = '{entry}'")
    assert report(await log.seals.verify()) == 1
    told = capsys.readouterr()
    assert f"entry {entry} of seal 4 was changed" in told.err
    assert "can't be trusted" in told.out


def test_anchors_are_read_as_they_were_written() -> None:
    line = json.dumps({"number": 3, "digest": "ab" * 32})
    assert anchors_in(line + "\n\n") == [Anchor(3, b"\xab" * 32)]
    with pytest.raises(RuntimeError, match="anchors"):
        anchors_in('{"number": 3}')
