"""The TypeScript client: made from the snapshot, strict, and a member's phone lives by it (R22)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.admission.ballot import Question
from app.domain.groups.group import Form
from tests.clients.conftest import ROOT, run
from tests.support.canaries import marked
from tests.support.node import installed
from tests.support.world import World

CLIENT = ROOT / "clients" / "typescript"
POCKET = ROOT / "examples" / "pocket"
pytestmark = pytest.mark.npm
ONE_WEEK = timedelta(weeks=1)


@pytest.fixture(scope="module")
async def built() -> Path:
    """Installed by its lock, generated, and compiled by `tsc --strict`."""
    installed(CLIENT)
    code, said = await run(CLIENT / "build.sh")
    assert code == 0, said
    return CLIENT / "build"


async def test_it_repeats_what_may_be_repeated_and_tells_what_is_refused(built: Path) -> None:
    code, said = await run("node", "--test", built / "test")
    assert code == 0, said
    assert re.search(r"^# pass \d{2}$", said, re.MULTILINE), said


async def test_every_operation_has_a_type(built: Path) -> None:
    """`tsc` has read it; that it is whole, the addresses say."""
    types = (CLIENT / "src" / "generated" / "schema.ts").read_text()
    document = (ROOT / "openapi" / "openapi.json").read_text()
    named = set(re.findall(r'"operationId": "(\w+)"', document))
    assert len(named) > 150
    assert named == set(
        re.findall(r'^        (?:get|put|post|delete): operations\["(\w+)"\];', types, re.MULTILINE)
    )


async def test_a_members_phone(built: Path, url: str, world: World, token: Callable[..., str]) -> None:
    """Sixty lines that do what a member does: a meeting, a ballot, a place in another group, a signature."""
    group = await world.meeting()
    member = group.members[0]
    await world.do.meetings.plan_meeting(
        member, group.id, world.now.replace(microsecond=0) + ONE_WEEK, "Library"
    )
    await world.do.admission.open_ballot(group.members[1], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    forming = await world.do.groups.form_group(
        world.coordinator, world.organisation, Form.VIDEO, "Area", "nb", seats=6
    )
    await world.do.groups.invite_to_place(world.coordinator, forming.id, member.person_id)
    code, said = await run("node", built / "examples" / "phone.js", url, TOKEN=token(member.subject))
    assert code == 0, said
    lines = said.splitlines()
    assert lines[0] == f"Signed in as {marked('Member0')}."
    assert lines[1] == "Accepted a place (founding_place, video)."
    assert lines[2].startswith("Signed the declaration, version ")
    assert lines[3].startswith("Meeting at ")
    assert lines[4] == "Said that I can't come to the next one. Nobody asks why."
    assert lines[5].startswith("Voted in a ballot (open_for_new_people). ")
    assert len(lines) == 6
    (home,) = [(await world.do.people.read_me(member)).home]
    assert home is not None
    assert home.ballots[0].has_voted
    assert not home.declarations_due
    assert [
        absence.is_me for absence in await world.do.meetings.list_absences(member, home.meetings[0].id)
    ] == [True]


async def test_a_phone_that_nobody_knows_is_told_why(built: Path, url: str) -> None:
    code, said = await run("node", built / "examples" / "phone.js", url, TOKEN="no.such.token")
    assert code == 1
    assert said.startswith("Refused (shared.unauthenticated): ")


def held(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


async def test_the_pocket_that_is_served_is_the_one_that_can_be_read(built: Path, tmp_path: Path) -> None:
    """`examples/pocket/dist` is committed: the sources and the locks give the same bytes."""
    installed(POCKET)
    code, said = await run(POCKET / "build.sh", tmp_path)
    assert code == 0, said
    fresh, committed = held(tmp_path), held(POCKET / "dist")
    assert fresh.keys() == committed.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == [], (
        "run `make pocket`, and look at it"
    )
