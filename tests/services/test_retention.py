"""Retention: what has had its time goes, nothing goes before, and the report says what has really gone."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.adapters.postgres import retaining
from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.retaining import PostgresRetention
from app.adapters.postgres.retention_rules import ELSEWHERE, PURGED, RULES
from app.adapters.postgres.statements import Statement
from app.bootstrap import running
from app.domain.admission.ballot import BallotStatus
from app.domain.keeping.data_kind import PERSONAL
from app.domain.keeping.past import Ended, Ending, Past
from app.domain.keeping.retention import TERMS, Kept
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor, RequestMark
from app.retention_commands import planned, report
from app.services.keeping.retaining import Retain
from app.services.ports.paging import FIRST_PAGE
from tests.conftest import settings_for
from tests.support.cluster import SuiteCluster
from tests.support.courses_world import course_of, imported, signed_up
from tests.support.intake_world import asked, conversations, interested
from tests.support.own_database import database_url as database_url
from tests.support.own_database import service as service
from tests.support.own_database import settings as settings
from tests.support.starters_world import helped
from tests.support.world import Made, Travel, World

YEARS = 4
"""Longer than anything with a number of days is kept."""


@pytest.fixture
async def living(cluster: SuiteCluster, worker_id: str, tmp_path: Path) -> AsyncIterator[World]:
    """A service of the test's own: years go by in it, and the retention sees to all that is there."""
    travel = Travel()
    url = cluster.database(f"retention_{worker_id}")
    async with running(settings_for(url, tmp_path), travel) as service:
        yield await World(service, travel).begin()
    cluster.drop(f"retention_{worker_id}")


async def seen(world: World, query: str, *values: Any, person: Actor | None = None) -> list[Any]:
    """The rows of a query, as the role that erases, within this organisation."""
    pool = world.service.retain.retention.pool  # type: ignore[attr-defined]
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local app.organisation = '{world.organisation}'")
        if person is not None:
            await connection.execute(f"set local app.person = '{person.person_id}'")
        return list(await connection.fetch(query, *values))


def rows_of(found: list[Past], world: World) -> Counter[tuple[str, Ending]]:
    """What is past its time in this world's organisation."""
    return Counter(
        {(each.table, each.ending): each.rows for each in found if each.organisation == world.organisation}
    )


def of_world(ended: list[Ended], world: World) -> dict[tuple[str, Ending], tuple[int, int]]:
    return {
        (each.past.table, each.past.ending): (each.gone, each.left)
        for each in ended
        if each.past.organisation == world.organisation
    }


def test_every_class_with_days_is_ended_by_something() -> None:
    """A column of the inventory whose class has days, and that nothing ends, would be kept for ever."""
    kept = {
        (said.table, columns.kept or said.kept)
        for said in INVENTORY.values()
        for columns in said.columns
        if columns.kind in PERSONAL or said.kept is not Kept.WHILE_HERE
    }
    timed = {(table, each) for table, each in kept if TERMS[each].days is not None}
    ruled = {(rule.table, rule.kept) for rule in (*PURGED, *RULES)}
    assert timed - ruled - set(ELSEWHERE) == set()
    assert ruled | set(ELSEWHERE) <= timed | {
        ("application", Kept.MEMBERSHIP),
        ("recommendation_code", Kept.RECOMMENDATION),
    }
    assert not ruled & set(ELSEWHERE)


async def lived(world: World) -> tuple[Made, dict[str, Actor]]:
    """A group with a starter, in which people came and went; somebody asks, looks, waits."""
    group, starter, _ = await helped(world, 5)
    await world.open_for_new(group)
    code = await world.code()
    newcomer = await world.admitted(group, code)
    turned_down, application = await world.applied(code, "Other")
    keyed = replace(turned_down, mark=RequestMark(idempotency_key="once", fingerprint="the same"))
    await world.do.admission.withdraw_application(keyed, application.id)
    gone = group.members[1]
    await world.do.groups.leave_group(gone, group.id)
    looking = await interested(world)
    await conversations(world, IntakeMode.CONVERSATION_OPTIONAL)
    asking, _ = await asked(world)
    await world.do.intake.give_recommendation(world.coordinator, world.organisation)
    await signed_up(world, await course_of(world))
    await imported(world)
    who = {"starter": starter, "newcomer": newcomer, "turned down": turned_down, "gone": gone}
    return group, who | {"looking": looking, "asking": asking}


async def test_nothing_goes_before_its_time_and_all_of_it_after(living: World) -> None:
    world, service = living, living.service
    group, who = await lived(world)
    assert rows_of(await service.retain.plan(), world) == {}
    member = group.members[0]
    before = await world.do.admission.list_ballots(member, group.id, FIRST_PAGE)
    world.forward(days=365 * YEARS)
    due = rows_of(await service.retain.plan(), world)
    assert set(due) >= {
        ("assessment", Ending.DELETED), ("assessment_text", Ending.DELETED), ("interest", Ending.DELETED),
        ("recommendation", Ending.DELETED), ("recommendation_code", Ending.DELETED), ("intake_outcome", Ending.DELETED),
        ("outbox", Ending.DELETED), ("declaration", Ending.DELETED), ("membership", Ending.UNLINKED),
        ("application", Ending.EMPTIED),
        ("course_import", Ending.DELETED), ("imported_row", Ending.DELETED),
        ("course_sign_up", Ending.DELETED), ("application", Ending.UNLINKED), ("starter_assignment", Ending.UNLINKED),
    }  # fmt: skip
    done = of_world(await service.retain.run(), world)
    assert {kind: gone for kind, (gone, _) in done.items()} == due | {
        kind: gone for kind, (gone, _) in done.items() if kind not in due
    }
    assert all(left == 0 for _, left in done.values())
    assert rows_of(await service.retain.plan(), world) == {}
    for name in ("gone", "turned down", "starter"):
        person = who[name].person_id
        for table, column in (
            ("membership", "person_id"),
            ("application", "applicant_id"),
            ("starter_assignment", "person_id"),
        ):
            assert await seen(world, f"select from {table} where {column} = $1", person) == [], name
    # Who is still in the group is still in it, and what was decided stays.
    assert len((await world.do.groups.read_group(member, group.id)).members or []) == 5
    after = await world.do.admission.list_ballots(member, group.id, FIRST_PAGE)
    assert [each.status for each in after.items] == [each.status for each in before.items]
    (row,) = await seen(
        world, "select person_id from membership where group_id = $1 and ballot_id is not null", group.id
    )
    assert row["person_id"] == who["newcomer"].person_id
    assert BallotStatus.ADOPTED in {each.status for each in after.items}


async def test_each_batch_is_its_own_and_it_goes_on_where_it_was(living: World) -> None:
    world = living
    await lived(world)
    world.forward(days=365 * YEARS)
    due = rows_of(await world.service.retain.plan(), world)
    small = small_batches(world)
    told: Counter[str] = Counter()

    def stop(_: object, past: Past, done: int) -> None:
        told[past.table] = done
        if past.table == "outbox" and done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await small.run(stop)
    halfway = rows_of(await small.plan(), world)
    kind = ("outbox", Ending.DELETED)
    assert 0 < due[kind] - halfway[kind] == told["outbox"]
    ended = await small.run()
    assert all(each.is_true for each in ended)
    assert rows_of(await small.plan(), world) == {}


def small_batches(world: World) -> Retain:
    """The same, two rows at a time."""
    whole = world.service.retain
    port = whole.retention
    assert isinstance(port, PostgresRetention)
    return replace(whole, retention=PostgresRetention(port.pool, port.chance, port.shift, most=2))


async def test_a_deletion_that_does_not_take_place_is_not_told_as_one(
    living: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told is what was looked for again: a statement that deletes nothing is found out."""
    world = living
    await lived(world)
    world.forward(days=365 * YEARS)
    due = rows_of(await world.service.retain.plan(), world)

    class Idle(Statement):
        async def run(self, connection: Any, /, **values: Any) -> int:
            return 0

    whole = retaining.deleting
    idle = lambda rule: Idle(rule.count) if rule.table == "declaration" else whole(rule)  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(retaining, "deleting", idle)
        ended = await world.service.retain.run()
    (told,) = [each for each in ended if each.past.table == "declaration"]
    assert (told.gone, told.left, told.is_true) == (0, due["declaration", Ending.DELETED], False)
    assert f"declaration: declaration: 0 deleted, {told.left} STILL THERE" in report(ended)
    assert all(each.is_true for each in await world.service.retain.run())


async def test_answers_and_words_that_had_their_time(living: World) -> None:
    world = living
    group, who = await lived(world)
    kept = "select created_at from idempotency where person_id = current_setting('app.person')::uuid"
    assert len(await seen(world, kept, person=who["turned down"])) == 1
    world.forward(days=100)
    plan = planned(await world.service.retain.plan())
    assert any(line.startswith("application (90 days after") for line in plan), plan
    assert all(each.is_true for each in await world.service.retain.run())
    mine = await world.do.admission.list_my_applications(who["turned down"])
    assert [each.alias for each in mine] == ["Other"]
    (row,) = await seen(
        world, "select * from application where applicant_id = $1", who["turned down"].person_id
    )
    assert (row["introduction"], row["introduction_sealed"], row["known_as_sealed"]) == ("–", None, None)
    assert group.id == row["group_id"]
    assert await seen(world, kept, person=who["turned down"]) == []
