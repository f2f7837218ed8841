"""Asks for everything of another organisation, as everybody who could: nothing is there, nothing is told, nothing
changes. The answer to another organisation's id and to one that nobody ever had are alike, byte for byte."""

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.adapters.chance import SystemChance
from app.adapters.postgres.roles import role_urls
from app.api.shared.operations import ALL, Operation
from app.bootstrap import Running
from app.domain.shared.ids import compose_id, organisation_id
from app.settings import Settings
from tests.parity.samples import BODIES, places
from tests.parity.samples_starters import longer_stay
from tests.parity.scene import Scene, elsewhere, play
from tests.parity.ways_in import BY_NAME, Answer, Question, ask_graphql, ask_rest
from tests.support.cluster import SuiteCluster
from tests.support.world import Travel, World

THEME = "Seen nowhere else"
INSIDE = {
    "group_id",
    "meeting_id",
    "placement_id",
    "application_id",
    "ballot_id",
    "assessment_id",
    "assignment_id",
    "consent_id",
    "visit_id",
    "course_id",
    "system_id",
    "webhook_id",
}
"""Whatever lies inside an organisation. The organisations themselves are a public directory (O-01)."""
PROBED = [operation for operation in ALL if INSIDE & set(operation.path_names)]
WHO = (
    "member",
    "grace",
    "founder of the forming group",
    "invited",
    "waiting applicant",
    "coordinator",
    "administrator",
    "interviewer",
    "starter",
    "introduced only",
    "not introduced",
    "system",
    "system with an account",
    "nobody",
)
_INSTANCE = re.compile(r"urn:uuid:[0-9a-f-]{36}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBERS = count(1)
PROBES = 0
FINGERPRINT = "select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {} t"


@pytest.fixture(scope="module", autouse=True)
def how_many() -> Iterator[None]:
    """Says how many probes there were."""
    yield
    print(f"\nisolation: {PROBES} probes")


@pytest.fixture(scope="module")
async def ours(service: Running, travel: Travel) -> Scene:
    """The organisation that the people are of."""
    scene = await play(await World(service, travel).begin())
    _, scene.viewers["member elsewhere"] = await elsewhere(scene.world)
    return scene


@pytest.fixture(scope="module")
async def theirs(service: Running, travel: Travel) -> Scene:
    """The organisation that they have nothing to do with."""
    return await play(await World(service, travel).begin())


@pytest.fixture(scope="module")
async def client(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client for the whole module."""
    transport = httpx.ASGITransport(web, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as made:
        yield made


async def _fingerprint(url: str, scene: Scene) -> dict[str, Any]:
    """All rows of an organisation, table by table, read by the owner with the walls lowered for this one reading."""
    owner = await asyncpg.connect(url)
    try:
        whole = owner.transaction()
        await whole.start()
        found = {}
        for (table,) in await owner.fetch(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relkind = 'r' and a.attname = 'organisation_id' and c.relnamespace = 'public'::regnamespace"
        ):
            await owner.execute(f"alter table {table} no force row level security")
            statement = FINGERPRINT.format(table) + " where organisation_id = $1"
            found[table] = tuple(await owner.fetchrow(statement, scene.organisation) or ())
        await whole.rollback()
        return found
    finally:
        await owner.close()


def _absent(scene: Scene, name: str) -> str:
    """An id that their organisation could have made, and never did."""
    del name
    return str(compose_id(scene.organisation, 1_700_000_000_000 + next(_NUMBERS), SystemChance().bits(44)))


def _told(text: str) -> str:
    """What an answer says, but for the request's own number."""
    return _INSTANCE.sub("-", text)


async def _probe(http: httpx.AsyncClient, question: Question, headers: dict[str, str]) -> tuple[Any, ...]:
    global PROBES
    PROBES += 2
    rest = await ask_rest(http, question, headers)
    graphql = await ask_graphql(http, question, headers)
    return tuple(
        (answer.code, answer.status, answer.headers, len(answer.text), _told(answer.text))
        for answer in (rest, graphql)
    )


def _secrets(scene: Scene) -> list[str]:
    return [
        str(scene.organisation),
        scene.code,
        str(scene.group.id),
        scene.unsigned_membership,
        "Library",
        "Café",
    ]


@pytest.mark.parametrize("operation", PROBED, ids=lambda operation: operation.name)
async def test_anothers_and_nobodys_are_alike(
    client: httpx.AsyncClient,
    ours: Scene,
    theirs: Scene,
    token: Callable[[str], str],
    database_url: str,
    operation: Operation,
) -> None:
    before = await _fingerprint(database_url, theirs)
    assert before["membership"][0] >= 5
    for viewer in (*WHO, "member elsewhere"):
        headers = ours.headers(viewer, token)
        for place in places(theirs, operation):
            body = BODIES[operation.name](theirs) if operation.takes is not None else None
            absent = {
                name: _absent(theirs, name) if name in INSIDE else value for name, value in place.items()
            }
            foreign = await _probe(client, Question(operation, place, body, {}), headers)
            missing = await _probe(client, Question(operation, absent, body, {}), headers)
            assert foreign == missing, f"{viewer} {operation.name} {place}"
            assert {answer[0] for answer in foreign} != {"ok"}, f"{viewer} {operation.name} {place}"
            told = " ".join(answer[-1] for answer in foreign)
            assert [each for each in _secrets(theirs) if each in told] == []
    assert await _fingerprint(database_url, theirs) == before


ABOUT = [
    ("open_ballot", "application_id", BODIES["open_ballot"]),
    ("open_ballot", "assignment_id", longer_stay),
    ("witness_declaration", "membership_id", BODIES["witness_declaration"]),
]


@pytest.mark.parametrize(("name", "member", "about"), ABOUT)
async def test_ids_in_bodies_reach_no_further(
    client: httpx.AsyncClient,
    ours: Scene,
    theirs: Scene,
    token: Callable[[str], str],
    database_url: str,
    name: str,
    member: str,
    about: Callable[[Scene], Mapping[str, Any] | None],
) -> None:
    """In one's own group, about something of another organisation."""
    before = await _fingerprint(database_url, theirs)
    operation = BY_NAME[name]
    for viewer in ("member", "grace"):
        place = {"group_id": str(ours.group.id)}
        asked = Question(operation, place, about(theirs), {})
        body = {**(asked.body or {}), member: _absent(theirs, member)}
        headers = ours.headers(viewer, token)
        foreign = await _probe(client, asked, headers)
        assert foreign == await _probe(client, replace(asked, body=body), headers)
        assert {answer[0] for answer in foreign} != {"ok"}
    assert await _fingerprint(database_url, theirs) == before


ROOM = [
    operation
    for operation in ALL
    if operation.path_names[:1] == ["organisation_id"] and not operation.is_public
]


@pytest.mark.parametrize("operation", ROOM, ids=lambda operation: operation.name)
async def test_staff_of_one_organisation_are_nobody_in_another(
    client: httpx.AsyncClient,
    ours: Scene,
    theirs: Scene,
    token: Callable[[str], str],
    database_url: str,
    operation: Operation,
) -> None:
    if operation.name in ("register_with_organisation",):  # anybody's own choice, anywhere
        return
    before = await _fingerprint(database_url, theirs)
    for viewer in (
        "coordinator",
        "interviewer",
        "starter",
        "member",
        "system",
        "system with an account",
        "nobody",
    ):
        place = places(theirs, operation)[0]
        body = BODIES[operation.name](theirs) if operation.takes is not None else None
        answers = await _probe(client, Question(operation, place, body, {}), ours.headers(viewer, token))
        assert "ok" not in {answer[0] for answer in answers}, f"{viewer} {operation.name}"
    assert await _fingerprint(database_url, theirs) == before


async def test_a_home_holds_nothing_of_another_organisation(
    client: httpx.AsyncClient, ours: Scene, theirs: Scene, token: Callable[[str], str]
) -> None:
    ids = [
        str(theirs.organisation),
        str(theirs.group.id),
        str(theirs.forming.id),
        str(theirs.next_meeting.id),
    ]
    ids += [str(each.id) for each in (theirs.ballot, theirs.waiting, theirs.offered, theirs.placement)]
    asked, shown = Question(BY_NAME["read_me"], {}, None, {}), 0
    for viewer in ours.viewers:
        for answer in await _asked(client, asked, ours.headers(viewer, token)):
            assert [each for each in ids if each in answer.text] == [], viewer
            shown += str(ours.group.id) in answer.text
    assert shown


async def _asked(http: httpx.AsyncClient, question: Question, headers: dict[str, str]) -> list[Answer]:
    return [await ask_rest(http, question, headers), await ask_graphql(http, question, headers)]


LOWER = "alter table {} disable row level security, no force row level security"
RAISE = "alter table {} enable row level security, force row level security"


async def test_a_breach_would_be_found(cluster: SuiteCluster, settings: Settings) -> None:
    """The control: with the wall down, a statement without any setting does find another organisation's group."""
    url = cluster.database("breach")
    urls = role_urls(url, settings.secret_value())
    organisation = organisation_id(7)
    owner, app = await asyncpg.connect(url), await asyncpg.connect(urls.app)
    try:
        for table in ("organisation", "self_help_group"):
            await owner.execute(LOWER.format(table))
        values = "($1, 'B', 'NO', 'local', null, '{}', 'UTC', now())"
        await owner.execute(f"insert into organisation values {values}", organisation)
        await owner.execute(
            "insert into self_help_group (organisation_id, id, form, area, language, seats, generation,"
            " generation_formed_at, application_code, created_at, version)"
            " values ($1, $1, 'video', 'A', 'nb', 5, 1, now(), 'c', now(), 1)",
            organisation,
        )
        assert await app.fetchval("select count(*) from self_help_group") == 1
        await owner.execute(RAISE.format("self_help_group"))
        assert await app.fetchval("select count(*) from self_help_group") == 0
    finally:
        await owner.close()
        await app.close()
        cluster.drop("breach")
