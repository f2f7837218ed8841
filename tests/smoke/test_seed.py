"""A made-up world: the service runs on it, the same number makes the same one, and the database has checked every row."""

import argparse
import io
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.loading import RowsDontFit, records
from app.bootstrap import dev_issuer, running
from app.demo.commands import Progress, seed
from app.demo.world.seeding import NotEmpty, places
from app.demo.world.volunteers import STATES
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice, Tally, decide, rule_named
from app.domain.groups.declaration import Signature
from app.domain.groups.group import Phase
from app.domain.shared.ids import ApplicationId, BallotId
from app.domain.volunteers.qualification import VolunteerStatus
from app.services.ports.paging import PageRequest
from app.settings import Settings
from tests.conftest import settings_for
from tests.support.cluster import SuiteCluster
from tests.support.made_up import PLAN, MadeUp, fingerprints, looking_at_all, make
from tests.support.serving import client_of


@pytest.fixture(scope="module")
def fresh(cluster: SuiteCluster, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Makes empty databases, and drops them at the end."""
    made: list[str] = []

    def database(name: str) -> Settings:
        made.append(f"{worker_id}_{name}")
        return settings_for(cluster.database(made[-1]), tmp_path_factory.mktemp(name))

    yield database
    for name in made:
        cluster.drop(name)


@pytest.fixture(scope="module")
async def world(fresh: Callable[[str], Settings]) -> AsyncIterator[MadeUp]:
    settings = fresh("seeded")
    assert settings.database_url is not None
    await make(settings)
    async with running(settings) as service:
        issuer = dev_issuer(settings)
        assert issuer is not None
        async with client_of(service, reads_one_in=1) as http:
            url = settings.database_url.get_secret_value()
            made = [place for place, _ in places(PLAN)]
            yield MadeUp(url, settings, service, issuer, made, http)


async def test_the_same_number_makes_the_same_world(world: MadeUp, fresh: Callable[[str], Settings]) -> None:
    other = fresh("again")
    assert other.database_url is not None
    url = other.database_url.get_secret_value()
    await make(other)
    first, again = await fingerprints(world.url), await fingerprints(url)
    assert again == first
    assert all(rows for rows, _ in first.values()), {table for table, (rows, _) in first.items() if not rows}
    with pytest.raises(NotEmpty):
        await make(other, replace(PLAN, number=8))
    with pytest.raises(NotEmpty):
        await make(other, add=True)
    await make(other, replace(PLAN, number=8, groups=2), add=True)
    assert (await fingerprints(url))["self_help_group"][0] == PLAN.groups + 2


async def test_the_database_has_checked_every_row(world: MadeUp) -> None:
    """No constraint is deferred or unchecked, no trigger is off, no policy is left loose; and it checks once more."""
    connection = await asyncpg.connect(world.url)
    try:
        loose = await connection.fetch(
            "select conname from pg_constraint where connamespace = 'public'::regnamespace"
            " and (condeferrable or not convalidated)"
            " union all select tgname from pg_trigger where tgenabled <> 'O'"
            " union all select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and relname <> 'alembic_version' and not (relrowsecurity and relforcerowsecurity)"
        )
        assert not loose
    finally:
        await connection.close()
    async with looking_at_all(world.url) as connection:
        found = await connection.fetch(
            "select conrelid::regclass::text as held, conname as name, pg_get_constraintdef(oid) as says"
            " from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f')"
        )
        assert len(found) > 100
        for row in found:
            await connection.execute(f"alter table {row['held']} add constraint again {row['says']}")
            await connection.execute(f"alter table {row['held']} drop constraint again")


async def test_members_read_their_group_and_their_own_lists(world: MadeUp) -> None:
    row = next(row for row in world.rows("self_help_group", generation=2))
    members = world.rows("membership", group_id=row["id"], left_at=None)
    actor = world.actor_of(members[0]["id"])
    page = await world.get(actor, f"/v1/groups/{row['id']}")
    assert page["phase"] == "meeting"
    assert page["generation"] == 2
    assert {each["alias"] for each in page["members"]} == {each["alias"] for each in members}
    assert (await world.get(actor, f"/v1/groups/{row['id']}/meetings"))["items"]
    assert (await world.get(actor, f"/v1/groups/{row['id']}/ballots"))["items"]
    assert [each["id"] for each in (await world.get(actor, "/v1/me/groups"))["items"]] == [str(row["id"])]
    assert (await world.get(actor, "/v1/me"))["chosen_name"] == world.rows("person", id=actor.person)[0][
        "chosen_name"
    ]


async def test_everybody_finds_what_they_have_in_their_lists(world: MadeUp) -> None:
    waiting = world.rows("application", withdrawn_at=None, entered_at=None)[0]
    asked = world.rows("placement", accepted_at=None, declined_at=None)[0]
    signed_up = world.rows("course_sign_up")[0]
    for person, path in (
        (waiting["applicant_id"], "/v1/me/applications"),
        (asked["person_id"], "/v1/me/invitations"),
        (signed_up["person_id"], "/v1/me/course-sign-ups"),
    ):
        assert len((await world.get(world.actor(person), path))["items"]) == 1, path
    volunteer = world.rows("volunteer")[0]["person_id"]
    assert await world.get(world.actor(volunteer), "/v1/me/volunteering")


async def test_a_coordinator_pages_through_every_phase(world: MadeUp) -> None:
    phases: Counter[str] = Counter()
    for place in world.places:
        actor, path = world.actor(place.coordinators[0].id), f"/v1/organisations/{place.organisation}"
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 7}
        while True:
            page = await world.get(actor, f"{path}/groups", **query)
            seen += [each["id"] for each in page["items"]]
            phases.update(each["phase"] for each in page["items"])
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert sorted(seen) == sorted(str(row["id"]) for row in place.rows.tables.get("self_help_group", []))
        for name in ("courses", "interests"):
            has = {"courses": "course", "interests": "interest"}[name]
            page = await world.get(actor, f"{path}/{name}", limit=100)
            assert bool(page["items"]) == bool(place.rows.tables.get(has)), name
    assert set(phases) == set(Phase) - {Phase.DORMANT}  # which its members alone are told (G-h9)
    assert sum(phases.values()) == PLAN.groups


async def test_volunteers_are_of_every_status(world: MadeUp) -> None:
    statuses = Counter[VolunteerStatus]()
    for place in world.places:
        page = await world.service.ways.services.volunteers.list_volunteers(
            world.actor(place.coordinators[0].id), place.organisation, PageRequest(limit=100)
        )
        statuses.update(each.status for each in page.items)
    assert set(statuses) <= set(VolunteerStatus)
    made = min(len(world.rows("volunteer")), len(STATES))
    assert {STATES[index] for index in range(made)} - {"not_now"} == set(statuses), statuses


async def test_open_ballots_are_voted_on_and_counted(world: MadeUp) -> None:
    """The rest of the roll votes; what is counted then is what was sealed when the world was made."""
    do = world.service.ways.services.admission
    boxes = [box for place in world.places for box in place.rows.boxes]
    assert {box.ballot["question"] for box in boxes} == {Question.ADMISSION, Question.OPEN_FOR_NEW_PEOPLE}
    statuses = set()
    for index, box in enumerate(boxes):
        ballot, voted = BallotId(box.ballot["id"]), dict(box.votes)
        roll = [row["membership_id"] for row in world.rows("ballot_roll", ballot_id=ballot)]
        seen = await do.read_ballot(world.actor_of(roll[0]), ballot)
        assert (seen.status, seen.roll_size) == (BallotStatus.OPEN, len(roll))
        for member in roll:
            if member not in voted:
                voted[member] = Choice.AGAINST if index % 2 else Choice.FOR
                seen = await do.cast_vote(world.actor_of(member), ballot, voted[member])
        choices = list(voted.values())
        tally = Tally(*(choices.count(kind) for kind in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))
        rule, percent = rule_named(box.ballot["rule"]), box.ballot["quorum_percent"]
        assert seen.status == decide(rule, tally, roll=len(roll), quorum_percent=percent).value
        statuses.add(seen.status)
    assert len(statuses) > 1


async def test_whoever_was_offered_a_place_comes_in(world: MadeUp) -> None:
    offers = {row["ballot_id"]: row for row in world.rows("ballot_outcome") if row["offer_expires_at"]}
    entered = {row["ballot_id"] for row in world.rows("membership")}
    ballot = next(id_ for id_ in offers if id_ not in entered)
    application = world.rows("ballot", id=ballot)[0]["application_id"]
    actor = world.actor(offers[ballot]["applicant_id"])
    text = world.service.ways.services.groups.sign_declaration.texts.current("nb")
    signature = Signature(text_version=text.version, language="nb", text_sha256=text.sha256, typed_name="N")
    entry = await world.service.ways.services.admission.accept_entry(
        actor, ApplicationId(application), signature
    )
    assert entry.generation == 2


async def test_what_was_confided_opens_and_somebody_stays_longer(world: MadeUp) -> None:
    """Sealed texts are the service's to open; a longer stay came from a ballot; an agenda is the group's own."""
    confided = [words for place in world.places for _, words in place.rows.confided]
    for kind in ("own_words", "note", "points"):
        said = next(words for words in confided if words.kind == kind)
        person = world.rows("assessment", id=said.assessment)[0]["person_id"]
        assessment = await world.get(world.actor(person), f"/v1/assessments/{said.assessment}")
        assert assessment[kind] == said.words if kind != "points" else assessment[kind]
    longer = world.rows("exit_version", step="extended")[0]
    member = world.rows("membership", group_id=longer["group_id"], left_at=None)[0]
    stay = await world.get(world.actor_of(member["id"]), f"/v1/starter-assignments/{longer['assignment_id']}")
    assert [each["step"] for each in stay["exit_versions"]] == ["fixed", "confirmed", "extended"]
    assert stay["max_meetings"] == longer["max_meetings"]
    arranged = world.rows("meeting_agenda")[0]["meeting_id"]
    group = world.rows("meeting", id=arranged)[0]["group_id"]
    member = world.rows("membership", group_id=group, left_at=None)[0]
    agenda = await world.get(world.actor_of(member["id"]), f"/v1/meetings/{arranged}/agenda")
    assert agenda["arranged"]
    assert [each["title"] for each in agenda["items"] if each["key"] is None]


def test_a_forgotten_column_is_told(world: MadeUp) -> None:
    row = world.rows("meeting")[0]
    assert len(records("meeting", [row])) == 1
    for wrong in ({name: row[name] for name in row if name != "apart_at"}, {**row, "said": "nothing"}):
        with pytest.raises(RowsDontFit, match=r"meeting: (apart_at|said)"):
            records("meeting", [wrong])


def test_production_wants_to_be_asked_twice(tmp_path: Path) -> None:
    settings = settings_for("postgresql://nobody@nowhere/none", tmp_path)
    asked = argparse.Namespace(even_in_production=False, groups=1, seed=1, as_of=None, add=False, issuer="x")
    with pytest.raises(RuntimeError, match="even-in-production"):
        seed(settings.model_copy(update={"environment": "production"}), asked)


def test_progress_is_a_line_for_each_tenth_where_nobody_watches() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    for done in range(1, 41):
        progress(done, 40)
    assert [line.split(",")[0] for line in stream.getvalue().splitlines()] == [
        f"{done} of 40 groups" for done in range(4, 41, 4)
    ]
