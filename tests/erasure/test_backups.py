"""After an erasure nothing readable is left, nor in a backup that was restored, once the ledger is replayed.

Over the scene of the parity table: members, applicants at every stage, whoever waits, helps, interviews or works here.
"""

from argparse import Namespace
from pathlib import Path

import pytest

from app.adapters.erasure_ledger import LedgerDirectory
from app.bootstrap import Running, running
from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.erasure_commands import erasures, lines_in, replay
from tests.conftest import settings_for
from tests.erasure.scanning import found, traces
from tests.parity.scene import Scene, play
from tests.support.cluster import SuiteCluster
from tests.support.world import Travel, World

SPARED = {"unsigned", "founder of the forming group"}
"""They stay, and with them their groups, so that it shows what is true without the others."""
ALIASES = ["Newcomer", "Offered", "Applicant", "Waiter"]


def whoever_goes(scene: Scene) -> list[Actor]:
    """Everybody of the scene who can be erased; the administrator last, who lets nobody in any more then."""
    going = {
        actor.person_id: actor
        for viewer, actor in scene.viewers.items()
        if actor.person is not None and viewer not in SPARED
    }
    return [*going.values(), *scene.group.members[1:3]]


async def erase(service: Running, actor: Actor) -> None:
    """Somebody reads what will happen, and has it done."""
    do = service.ways.services.keeping
    view = await do.erase_me(actor, (await do.plan_my_erasure(actor)).confirmation)
    assert view.erased_at is not None


@pytest.mark.hazard("S-h12")
async def test_nothing_is_left_and_a_restored_backup_is_cleared_by_the_ledger(
    cluster: SuiteCluster, worker_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live, backup = f"erasure_{worker_id}", f"backup_{worker_id}"
    url, travel = cluster.database(live), Travel()
    settings = settings_for(url, tmp_path)
    async with running(settings, travel) as service:
        scene = await play(await World(service, travel).begin())
    going = whoever_goes(scene)
    people = [actor.person_id for actor in going]
    words = [*ALIASES, *(str(actor.subject) for actor in going)]
    cluster.copy(backup, live)

    async with running(settings, travel) as service:
        for actor in going:
            await erase(service, actor)
        with pytest.raises(NotIntroduced):
            await service.ways.services.people.read_me(going[0])
    assert await traces(url, people, words) == {}
    assert not [
        each for each in people if (settings.person_key_directory / "people" / f"{each}.key").exists()
    ]
    assert {each.person for each in LedgerDirectory(settings.erasure_ledger).all()} == set(people)
    evidence = await found(url, [str(people[0])])
    assert set(evidence) <= {"audit_entry.subject_id", "audit_entry.actor_id"}

    # The database is lost, and an old backup restored in its place.
    cluster.copy(live, backup)
    back = await traces(url, people, words)
    assert {"person.id", "identity.subject", "membership.person_id", "registration.person_id"} <= set(back)
    assert erasures(settings, Namespace(erasures="export", out=None)) == 0
    exported = lines_in(capsys.readouterr().out)
    async with running(settings, travel) as service:
        assert await replay(service.erase, exported) == len(people)
        assert await replay(service.erase, exported) == 0
    assert await traces(url, people, words) == {}
    cluster.drop(live)
    cluster.drop(backup)
