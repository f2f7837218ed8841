"""What has no place at all: no field for it in any table, and no row of whoever is turned away.

Rules C-09, G-01, G-16, G-20, I-09, P-17, G-08; hazards I-h2, I-h7, G-h10, D-h6.
"""

import pytest

from app.adapters.postgres.tables import metadata
from app.api.shared.problems import describe
from app.content.texts import LANGUAGES
from app.domain.people.person import AccountNotOfAge, NotOfAge
from app.domain.shared.actor import Actor
from tests.services.conftest import Look
from tests.support.world import ISSUER, World

NEVER = {
    "price", "fee", "cost", "diagnosis", "severity", "score", "notes", "minutes_of", "transcript", "story",
    "leader", "is_leader", "owner_id", "host_id", "admin", "birth_date", "date_of_birth", "national_id", "age",
    "gender", "reason", "ends_on", "end_date", "choice", "tally", "for_count", "against_count",
}  # fmt: skip


@pytest.mark.rule("G-20", "G-01", "I-09", "P-17", "C-09")
def test_no_table_has_a_column_for_it() -> None:
    """No price (G-20), no diagnosis or severity (I-09, P-17), no record of what was said (C-09), no leader (G-01),
    no end that others impose (G-16), no reason (L-02), and neither a vote nor a count of votes (B-06)."""
    columns = {column.name for table in metadata.tables.values() for column in table.columns}
    # Of a training record alone, from a closed list: why a volunteer need not take a course (V-06).
    reasons = {table.name for table in metadata.tables.values() if "reason" in table.columns}
    assert reasons == {"training_entry"}
    columns.discard("reason")
    assert len(columns) > 60
    assert not columns & NEVER


@pytest.mark.rule("G-08")
@pytest.mark.hazard("I-h2")
async def test_g08_nothing_is_kept_of_somebody_who_is_under_age(world: World, look: Look) -> None:
    """G-08, I-h2."""
    before = await look("select count(*) from person"), await look("select count(*) from identity")
    child = Actor(issuer=ISSUER, subject="a child", client="tests")
    with pytest.raises(NotOfAge):
        await world.do.people.introduce_myself(child, "Child", ["nb"], False)
    assert (await look("select count(*) from person"), await look("select count(*) from identity")) == before


@pytest.mark.rule("G-08")
async def test_g08_somebody_with_an_account_is_told_that_it_stands(world: World) -> None:
    somebody = await world.person()
    with pytest.raises(AccountNotOfAge):
        await world.do.people.introduce_myself(somebody, "Child", ["nb"], False)
    for language in LANGUAGES:
        words = describe(AccountNotOfAge(), language, "r")
        assert any(
            erase in words["next"] for erase in ("slett alt om deg", "slet alt om dig", "erase everything")
        )
        assert words["detail"] != describe(NotOfAge(), language, "r")["detail"]


async def test_a_language_that_is_named_twice_counts_once(world: World) -> None:
    somebody = await world.person()
    me = await world.do.people.introduce_myself(somebody, "Me", ["nn", "nb", "nn"], True)
    assert list(me.languages) == ["nn", "nb"]


@pytest.mark.rule("C-09")
@pytest.mark.hazard("M-h7")
async def test_what_happened_is_told_without_words_names_or_votes(world: World, look: Look) -> None:
    """C-09, P-h6: an event in the outbox is a type and ids."""
    group, code = await world.open_group()
    await world.admitted(group, code, "Distinctive")
    rows = await look(
        "select type, ids::text as ids from outbox where organisation_id = $1", world.organisation
    )
    assert len(rows) > 10
    for row in rows:
        assert "Distinctive" not in row["ids"]
        assert row["type"].replace(".", "").replace("_", "").isalpha()
        assert all(len(part) == 36 for part in row["ids"].split('"')[3::4])
