"""REST and GraphQL say the same: each operation, asked by everybody who could ask, in the same state of the world."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from app.adapters.chance import SystemChance
from app.api.shared.operations import ALL
from app.bootstrap import Running
from app.domain.shared.ids import compose_id
from tests.parity import access
from tests.parity.conftest import Memory
from tests.parity.samples import BODIES, FILTERS, questions
from tests.parity.scene import Scene, play
from tests.parity.ways_in import (
    BY_NAME,
    Answer,
    Question,
    ask_graphql,
    ask_rest,
    camel,
    differences,
    field_of,
    spoilt,
)
from tests.support.world import Travel, World

NAMES = [operation.name for operation in ALL]
CELLS: Counter[str] = Counter()
DECISIONS: dict[str, dict[str, str]] = {}
"""By operation and viewer: what became of it (docs/access.md is made from it)."""
Token = Callable[[str], str]


@pytest.fixture(autouse=True)
async def nothing_is_kept(scene: Scene, lively: Scene, memory: Memory) -> AsyncIterator[None]:
    """Both ways in find the same state, whatever was asked before."""
    memory.keeps = False
    yield
    memory.keeps = True


@pytest.fixture(scope="module", autouse=True)
def size() -> Iterator[None]:
    """Says how large the table was."""
    yield
    print(f"\nparity: {CELLS.total()} cells ({dict(CELLS)}), each by REST and GraphQL")


async def _both(
    ways: httpx.AsyncClient, scene: Scene, token: Token, viewer: str, question: Question, language: str = "en"
) -> tuple[Answer, list[str]]:
    headers = scene.headers(viewer, token, language)
    rest = await ask_rest(ways, question, headers)
    graphql = await ask_graphql(ways, question, headers)
    known = frozenset(_ids(scene))
    found = differences([rest.refusal, rest.data], [graphql.refusal, graphql.data], known)
    place = f"{viewer} {question.operation.name} {dict(question.place)} {dict(question.filters)}"
    return rest, [f"{place}: {rest.code}/{graphql.code} {each}" for each in found]


def _ids(scene: Scene) -> list[str]:
    people = [str(actor.person) for actor in scene.viewers.values() if actor.person]
    things = (scene.group, scene.forming, scene.placement, scene.waiting, scene.in_ballot, scene.offered)
    found = [*people, *(str(each.id) for each in things), str(scene.ballot.id), scene.counted_ballot]
    return [*found, str(scene.next_meeting.id), str(scene.first_meeting.id), scene.held_meeting]


async def _current(
    ways: httpx.AsyncClient, scene: Scene, token: Token, viewer: str, asked: Question
) -> Question:
    """The same with the version that this viewer would have read."""
    before = asked.operation.read_before
    if before is None:
        return asked
    answer = await ask_rest(
        ways, Question(BY_NAME[before], asked.place, None, {}), scene.headers(viewer, token)
    )
    version = (answer.data or {}).get("version")
    return replace(asked, version=version or 1, if_match=answer.etag or '"none"')


def test_every_operation_has_its_samples() -> None:
    assert set(BODIES) == {operation.name for operation in ALL if operation.takes is not None}
    assert set(FILTERS) <= set(NAMES)


@pytest.mark.hazard("B-29")
@pytest.mark.parametrize("name", NAMES)
async def test_everybody_hears_the_same_by_both_ways_in(
    ways: httpx.AsyncClient, scene: Scene, token: Token, name: str
) -> None:
    found, codes = [], Counter[str]()
    DECISIONS[name] = {}
    for viewer in scene.viewers:
        heard = []
        for question in questions(scene, name):
            asked = await _current(ways, scene, token, viewer, question)
            answer, different = await _both(ways, scene, token, viewer, asked)
            found += different
            heard.append(answer.code)
            CELLS["everybody"] += 1
        codes.update(heard)
        DECISIONS[name][viewer] = access.decided(heard)
    assert not found, f"{len(found)}: {found[:4]}"
    assert codes["ok"], f"nobody can do {name} in this world: {codes}"


def test_the_page_of_who_may_do_what_is_fresh(scene: Scene) -> None:
    """Made from the answers above; every operation stands in it, or it can't be made at all."""
    if not DECISIONS.keys() >= set(NAMES):
        pytest.fail("run this together with the rest of this file: the page is made from its answers")
    text = access.page(list(scene.viewers), DECISIONS)
    if access.WRITES:
        access.PAGE.write_text(text)
    assert access.PAGE.read_text() == text, "docs/access.md is stale: `make access`"


@pytest.mark.parametrize("name", [name for name in NAMES if BY_NAME[name].path_names])
async def test_what_is_not_there_is_not_there_by_both(
    ways: httpx.AsyncClient, scene: Scene, token: Token, name: str
) -> None:
    found = []
    random = str(compose_id(scene.organisation, 1_700_000_000_000, SystemChance().bits(44)))
    for viewer in ("member", "coordinator", "member elsewhere", "nobody"):
        asked = questions(scene, name)[0]
        ids = [key for key in asked.place if key.endswith("_id")]
        for missing in (random, str(uuid4())):
            question = replace(asked, place={**asked.place, **dict.fromkeys(ids, missing)})
            if not ids:
                continue
            _, different = await _both(ways, scene, token, viewer, question)
            found += different
            CELLS["missing"] += 1
    assert not found, f"{len(found)}: {found[:4]}"


@pytest.mark.parametrize("name", [name for name in NAMES if BY_NAME[name].takes is not None])
async def test_both_point_at_the_same_places_each_by_its_own_names(
    ways: httpx.AsyncClient, scene: Scene, token: Token, name: str
) -> None:
    asked = questions(scene, name)[0]
    arguments = field_of(asked.operation).args
    body = {each: spoilt(value, arguments[camel(each)].type) for each, value in (asked.body or {}).items()}
    if body == asked.body:
        return  # there is no text in it
    answer, different = await _both(ways, scene, token, "member", replace(asked, body=body))
    assert not different
    assert answer.refusal is not None
    assert answer.refusal["errors"]
    CELLS["places"] += 1


@pytest.mark.parametrize("language", ["nb", "nn;q=0.3, da;q=0.8", "fr, *;q=0.1"])
async def test_both_speak_the_same_language(
    ways: httpx.AsyncClient, scene: Scene, token: Token, language: str
) -> None:
    found = []
    for name in ("read_application", "read_ballot", "read_declaration", "list_other_help", "accept_entry"):
        for viewer in ("member", "offered a place", "nobody"):
            asked = questions(scene, name)[-1]
            _, different = await _both(ways, scene, token, viewer, asked, language)
            found += different
            CELLS["language"] += 1
    assert not found, f"{len(found)}: {found[:4]}"


CHANGES = [name for name in NAMES if not BY_NAME[name].is_query]


@pytest.fixture(scope="module")
async def lively(parity_service: tuple[Running, Travel]) -> Scene:
    """A scene that may change."""
    return await play(await World(*parity_service).begin())


@pytest.mark.hazard("B-16")
@pytest.mark.parametrize("name", CHANGES)
async def test_asking_twice_ends_alike(
    ways: httpx.AsyncClient, lively: Scene, token: Token, memory: Memory, name: str
) -> None:
    """Whoever may do something does it, for good; then both ways in are asked for the same once more."""
    found = []
    asked = questions(lively, name)[0]
    for viewer in ("member", "invited", "offered a place", "coordinator", "administrator"):
        question = await _current(ways, lively, token, viewer, asked)
        memory.keeps = True
        await ask_rest(ways, question, lively.headers(viewer, token))
        memory.keeps = False
        _, different = await _both(ways, lively, token, viewer, question)
        found += different
        CELLS["twice"] += 1
    assert not found, f"{len(found)}: {found[:4]}"


@pytest.fixture(scope="module")
async def late(parity_service: tuple[Running, Travel], memory: Memory) -> Scene:
    """A scene of which twenty days have passed: ballots are closed, offers have expired, the group has begun."""
    memory.keeps = True
    scene = await play(await World(*parity_service).begin())
    scene.world.forward(days=20)
    await scene.world.service.count(scene.ballot.id)
    memory.keeps = False
    return scene


@pytest.mark.hazard("B-13")
@pytest.mark.parametrize("name", [name for name in NAMES if BY_NAME[name].path_names])
async def test_too_late_is_too_late_by_both(
    ways: httpx.AsyncClient, late: Scene, token: Token, name: str
) -> None:
    found = []
    for viewer in ("member", "invited", "offered a place", "applicant in a ballot", "coordinator"):
        for question in questions(late, name):
            asked = await _current(ways, late, token, viewer, question)
            _, different = await _both(ways, late, token, viewer, asked)
            found += different
            CELLS["late"] += 1
    assert not found, f"{len(found)}: {found[:4]}"
