"""Names and confided words are sealed in the database, each under its person's key, each for its own cell (P6, P7)."""

import re
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import asyncpg

from app.adapters.keys.vault import MARK, KeyVault
from app.adapters.postgres.sealing import SEALED
from app.bootstrap.keys import earlier_vault, person_keys
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PersonId
from app.services.ports.paging import FIRST_PAGE
from app.services.ports.vault import Place
from app.settings import Settings
from tests.secrecy.laid_open import UNASKED, Row, backup, laid_open
from tests.support.canaries import marked
from tests.support.intake_world import asked, interested
from tests.support.starters_world import assigned, starter
from tests.support.world import Made, World

CANARY = re.compile(r"canary", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody who has left a trace wherever a name or a confidence can stand."""

    world: World
    somebody: Actor
    group: Made

    @property
    def organisations(self) -> list[UUID]:
        return [self.world.organisation]


async def planted(world: World) -> Scene:
    """Every column that seals gets a canary; aliases don't, as they stay in clear (docs/adr/0040)."""
    group, code = await world.open_group()
    somebody = await interested(world, "canary")
    do, organisation = world.do, world.organisation
    await do.intake.declare_readiness(somebody, organisation)
    await do.intake.keep_private_wish(somebody, organisation, "Not with my canary of a neighbour.")
    await do.admission.apply(
        somebody, organisation, code, "Alias", "A canary has died.", "Canary of the hill"
    )
    await do.organisations.sign_for_organisation(somebody, organisation, world.signature("Canary Hill"))
    forming = await world.forming(0)
    placement = await do.groups.invite_to_place(world.coordinator, forming.id, somebody.person_id)
    await do.groups.accept_place(somebody, placement.id, "Alias")
    await do.groups.sign_declaration(somebody, forming.id, world.signature("Canary Hill"))
    helper = await starter(world, "canary")
    _, stay = await assigned(world, forming, helper)
    await do.starters.write_to_participants(helper, stay.id, "Bring your canary.")
    await world.policy(intake_mode=IntakeMode.CONVERSATION_OPTIONAL)
    await asked(world, "canary", "My canary sings no more.")
    return Scene(world, somebody, group)


def words_of(rows: list[Row]) -> list[str]:
    """Everything that could be read in these rows, bytes included."""
    found = []
    for row in rows:
        for value in row.values.values():
            text = value.decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
            if CANARY.search(text):
                found.append(f"{row.table}: {text[:60]}")
    return found


def owner_of(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value()


async def test_no_table_holds_a_planted_name_or_word(world: World, settings: Settings) -> None:
    scene = await planted(world)
    rows = await backup(owner_of(settings), scene.organisations)
    sealed = {(row.table, name) for row in rows for name, value in row.values.items() if value is not None}
    expected = {(each.table, f"{name}_sealed") for each in SEALED for name in each.columns}
    assert expected <= sealed, "something was planted everywhere"
    logins = (
        "identity"  # a subject of these tests begins with the name; a real one is pairwise and says nothing
    )
    assert words_of([row for row in rows if row.table != logins]) == []


async def test_the_search_finds_what_is_in_clear(world: World, settings: Settings) -> None:
    """The negative control: the same search, over the same rows, with one cell of each column in clear."""
    await planted(world)
    async with laid_open(owner_of(settings)) as connection:
        await connection.execute(UNASKED)
        for sealing in SEALED:
            for column in sealing.columns:
                await connection.execute(
                    f"update {sealing.table} set {column}_sealed = null, {column} = 'a canary'"
                    f" where {column}_sealed is not null"
                )
                found = [dict(row) for row in await connection.fetch(f"select * from {sealing.table}")]
                rows = [Row(sealing.table, (0, 0), 0, row, frozenset()) for row in found]
                assert words_of(rows), (sealing.table, column)


async def test_people_read_what_they_wrote(world: World) -> None:
    scene = await planted(world)
    assert (await world.do.people.read_me(scene.somebody)).chosen_name == marked("Canary")
    seen = await world.do.admission.list_applications(scene.group.members[0], scene.group.id, FIRST_PAGE)
    assert [(each.introduction, each.known_as) for each in seen.items] == [
        ("A canary has died.", "Canary of the hill")
    ]


async def names(world: World) -> dict[PersonId, str]:
    """Whom the coordinator sees registered."""
    found = await world.do.organisations.list_registrations(world.coordinator, world.organisation, FIRST_PAGE)
    return {each.person_id: each.name for each in found.items}


async def test_a_cell_that_was_moved_opens_nowhere(world: World, settings: Settings) -> None:
    scene, other = await planted(world), await world.registered("other")
    connection = await asyncpg.connect(owner_of(settings))
    try:
        await connection.execute("alter table registration no force row level security")
        moved = await connection.execute(
            "update registration set name_sealed = (select name_sealed from registration"
            " where organisation_id = $1 and person_id = $2) where organisation_id = $1 and person_id = $3",
            world.organisation,
            scene.somebody.person_id,
            other.person_id,
        )
        assert moved == "UPDATE 1"
    finally:
        await connection.execute("alter table registration force row level security")
        await connection.close()
    seen = await names(world)
    assert (seen[scene.somebody.person_id], seen[other.person_id]) == (marked("Canary"), "")


def test_a_value_is_bound_to_organisation_table_column_and_row(settings: Settings) -> None:
    vault, person = a_vault(settings), PersonId(uuid4())
    here = Place(uuid4(), "registration", "name", (person,))
    sealed = vault.seal(person, here, "Kari")
    assert vault.open(here, sealed) == "Kari"
    elsewhere = (
        replace(here, organisation=uuid4()),
        replace(here, table="person"),
        replace(here, column="typed_name"),
        replace(here, row=(uuid4(),)),
        replace(here, row=(person, person)),
    )
    assert [vault.open(place, sealed) for place in elsewhere] == [None] * len(elsewhere)
    stolen = sealed[:4] + uuid4().bytes + sealed[20:]
    assert [vault.open(here, each) for each in (stolen, sealed[:-1], sealed[:10], sealed + b"x")] == [
        None
    ] * 4


def a_vault(settings: Settings) -> KeyVault:
    """As another process would have it."""
    return KeyVault(person_keys(settings), earlier_vault(settings))


async def test_whose_key_is_destroyed_reads_as_gone_here_and_from_a_backup(
    world: World, settings: Settings
) -> None:
    scene = await planted(world)
    somebody = scene.somebody.person_id
    kept = await backup(owner_of(settings), scene.organisations)
    cells = [
        (each.place(row.values, name), row.values[f"{name}_sealed"])
        for each in SEALED
        for row in kept
        if row.table == each.table
        for name in each.columns
        if (row.values[f"{name}_sealed"] or b"").startswith(MARK + somebody.bytes)
    ]
    assert len(cells) >= 6
    before = a_vault(settings)
    assert all(CANARY.search(before.open(*cell) or "") for cell in cells)

    world.service.person_keys.destroy(somebody)

    after = a_vault(settings)
    assert [after.open(*cell) for cell in cells] == [None] * len(cells), "a restored backup says nothing"
    assert (await world.do.people.read_me(scene.somebody)).chosen_name == ""
    assert (await names(world))[somebody] == ""
    seen = await world.do.admission.list_applications(scene.group.members[0], scene.group.id, FIRST_PAGE)
    assert [(each.introduction, each.known_as) for each in seen.items] == [("", "")]


async def test_what_is_in_clear_yet_is_read(world: World, settings: Settings) -> None:
    """Rows that were written before, until `verksted keys sweep` has been by."""
    somebody = await world.registered("canary")
    connection = await asyncpg.connect(owner_of(settings))
    try:
        await connection.execute("alter table registration no force row level security")
        await connection.execute(  # as the code before would: what was sealed goes by itself
            "update registration set name = 'In clear' where person_id = $1", somebody.person_id
        )
    finally:
        await connection.execute("alter table registration force row level security")
        await connection.close()
    assert (await names(world))[somebody.person_id] == "In clear"
