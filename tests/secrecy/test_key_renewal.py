"""Sealing what was in clear, and renewing keys beside a service at work; and that nothing begins without its keys."""

import asyncio
from argparse import Namespace
from collections import Counter
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from app.adapters.keys import guard
from app.adapters.keys.keysets import with_new_primary
from app.adapters.postgres.sealing import SEALED
from app.adapters.postgres.sweeping import SORTS
from app.bootstrap import Running, running
from app.bootstrap.keys import person_keys, wrapping
from app.key_commands import keys, prepare, report, rotate, rotate_people, sweep
from app.settings import Settings
from tests.secrecy.laid_open import UNASKED, laid_open, put_the_walls_up_again
from tests.secrecy.test_fields_at_rest import names, planted
from tests.support.canaries import marked
from tests.support.own_database import database_url as database_url
from tests.support.own_database import service as service
from tests.support.own_database import settings as settings
from tests.support.world import World


def quiet(_: str) -> None:
    """Nobody listens."""


async def sealed_by(settings: Settings) -> Counter[str]:
    """How many values are sealed by which sort of key, as a textfile collector reads it."""
    told: list[str] = []
    await report(settings, told.append, as_metrics=True)
    counted: Counter[str] = Counter()
    for family in text_string_to_metric_families(told[0] + "\n"):
        assert {each.labels["key"] for each in family.samples} == set(SORTS)
        for sample in family.samples:
            counted[sample.labels["key"]] += int(sample.value)
    return counted


WORD_IS_OVER = """
update application set introduction = '–', introduction_sealed = null, known_as_sealed = null
 where id = (select id from application where organisation_id = $1 limit 1)
"""
"""As the retention leaves it: a word that is nobody's, which is never sealed."""


async def test_what_is_in_clear_is_sealed_and_the_clear_is_emptied(world: World, settings: Settings) -> None:
    scene = await planted(world)
    covered = await world.registered("under cover")
    await world.do.people.protect_my_identity(covered)
    before = await names(world)
    async with laid_open(settings.database_url.get_secret_value()) as connection:  # type: ignore[union-attr]
        await connection.execute(UNASKED)
        for each in SEALED:
            for column in each.columns:
                await connection.execute(
                    f"update {each.table} set {column} = 'In clear', {column}_sealed = null"
                    f" where {column}_sealed is not null"
                )
        await put_the_walls_up_again(connection)
        await connection.execute("commit")
    assert set((await names(world)).values()) == {"In clear", "Skjermet identitet"}
    told: list[str] = []
    await sweep(settings, told.append)
    assert {line.split(":")[0] for line in told[:-1]} >= {"registration.name", "application.introduction"}
    assert set((await names(world)).values()) == {"In clear", "Skjermet identitet"}, "and is read as before"
    async with laid_open(settings.database_url.get_secret_value()) as connection:  # type: ignore[union-attr]
        for each in SEALED:
            for column in each.columns:
                left = f"select count({column}) from {each.table} t where not {each.stays_clear}"
                assert not await connection.fetchval(left), column
        await connection.execute(UNASKED)
        await connection.execute(WORD_IS_OVER, world.organisation)
        await put_the_walls_up_again(connection)
        await connection.execute("commit")
    async with running(settings):
        pass  # no wall was left down: it would refuse to work
    again: list[str] = []
    await sweep(settings, again.append)
    assert again == ["0 values sealed, 0 sealed anew."]
    assert before.keys() == (await names(world)).keys()
    assert (await world.do.people.read_me(scene.somebody)).chosen_name == "In clear"


async def test_keys_are_renewed_while_people_read_and_write(world: World, settings: Settings) -> None:
    scene = await planted(world)
    people = person_keys(settings)
    first = people.get(scene.somebody.person_id)
    assert first is not None
    over = asyncio.Event()
    seen: Counter[str] = Counter()

    async def at_work() -> None:
        number = 0
        while not over.is_set():
            number += 1
            name = f"Canary {number}"
            await world.do.organisations.register(scene.somebody, world.organisation, name)
            seen[(await names(world))[scene.somebody.person_id] == name] += 1  # type: ignore[index]
            seen[(await world.do.people.read_me(scene.somebody)).chosen_name] += 1
            await asyncio.sleep(0)

    work = asyncio.create_task(at_work())
    # In a loop of its own, as the command runs in a process of its own: it writes each key down to the disk, and a service
    # that stood still meanwhile would lose the transaction that it is in.
    await asyncio.to_thread(lambda: asyncio.run(rotate_people(settings, quiet, pause=1.0)))
    over.set()
    await work
    assert seen[True] > 5  # type: ignore[index]
    assert set(seen) == {True, marked("Canary")}, "nothing read as gone, and nothing stale"
    renewed = person_keys(settings).get(scene.somebody.person_id)
    assert renewed is not None
    assert renewed.numbers == (renewed.primary,)
    assert renewed.primary != first.primary
    told: list[str] = []
    await report(settings, told.append)
    assert not any("earlier" in line for line in told), told
    assert (await sealed_by(settings))["earlier"] == 0


async def test_with_two_keys_both_are_read_and_a_killed_renewal_goes_on(
    world: World, settings: Settings
) -> None:
    """Killed after the new keys were made: everything is read, and the next run ends what was begun."""
    scene = await planted(world)
    people = person_keys(settings)
    (settings.person_key_directory / "renewal").write_text("9999999999999")
    for owner in list(people.owners()):
        people.replace(owner, with_new_primary)
    both = people.get(scene.somebody.person_id)
    assert both is not None
    assert len(both.numbers) == 2
    before = await sealed_by(settings)
    assert before["current"] == 0 < before["earlier"], "all of it is still to be sealed anew"
    await asyncio.sleep(1.0)
    assert (await names(world))[scene.somebody.person_id] == marked("Canary")
    (settings.person_key_directory / "renewal").write_text("1")
    await rotate_people(settings, quiet, pause=0)
    after = await sealed_by(settings)
    assert (after["current"], after["earlier"]) == (before["earlier"], 0)
    ended = person_keys(settings).get(scene.somebody.person_id)
    assert ended is not None
    assert ended.numbers == (both.primary,), "no third key was made"
    assert (await names(world))[scene.somebody.person_id] == marked("Canary")


async def test_a_new_secret_opens_with_the_earlier_one_beside_it_and_then_alone(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    somebody = await world.registered("canary")
    own = settings.model_copy(update={"person_keys": tmp_path / "keys"})
    guard.begin(own.person_key_directory, wrapping(own).derived)
    sealed = person_keys(own).get_or_create(somebody.person_id).seal(b"words", b"here")
    alone = own.model_copy(update={"secret": SecretStr("another secret for tests, of enough characters")})
    with pytest.raises(guard.KeysNotOurs, match="EARLIER_SECRETS"):
        guard.check(alone.person_key_directory, wrapping(alone).derived)
    both = alone.model_copy(update={"earlier_secrets": (own.secret,)})
    guard.check(both.person_key_directory, wrapping(both).derived)
    await rotate(both, quiet, Namespace(kek=True, people=False))
    guard.check(alone.person_key_directory, wrapping(alone).derived)
    key = person_keys(alone).get(somebody.person_id)
    assert key is not None
    assert key.open(sealed, b"here") == b"words"
    with pytest.raises(guard.KeysNotOurs):
        guard.check(own.person_key_directory, wrapping(own).derived)


async def test_production_does_not_begin_without_its_keys(settings: Settings, tmp_path: Path) -> None:
    bare = settings.model_copy(update={"environment": "production", "ballot_keys": tmp_path / "ballots"})
    with pytest.raises(RuntimeError, match="VERKSTED_PERSON_KEYS"):
        async with running(bare):
            pass
    empty = bare.model_copy(update={"person_keys": tmp_path / "keys"})
    with pytest.raises(guard.KeysNotOurs, match="holds no people's keys"):
        async with running(empty):
            pass


async def test_a_database_that_holds_sealed_values_wants_their_keys(
    world: World, settings: Settings, service: Running, tmp_path: Path
) -> None:
    await world.registered("canary")
    elsewhere = settings.model_copy(update={"person_keys": tmp_path / "not the keys"})
    with pytest.raises(guard.KeysNotOurs):
        await prepare(elsewhere, quiet)
    begin = Namespace(what="begin", kek=False, people=False)
    assert keys(elsewhere, begin) == 0
    await prepare(elsewhere, quiet)
