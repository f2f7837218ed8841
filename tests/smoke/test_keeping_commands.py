"""`verksted erasures …` and `verksted retention …`, as they are called."""

import asyncio
from pathlib import Path

import pytest

from app.bootstrap import running
from app.cli import main
from app.domain.keeping.erasure import word_to_repeat
from app.erasure_commands import lines_in
from tests.conftest import SECRET, settings_for
from tests.support.cluster import SuiteCluster
from tests.support.world import Travel, World


@pytest.fixture
def here(cluster: SuiteCluster, worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A service of the test's own in the environment; the id of somebody who has been erased in it."""
    url = cluster.database(f"commands_{worker_id}")
    settings = settings_for(url, tmp_path)

    async def one_goes() -> str:
        async with running(settings, travel := Travel()) as service:
            world = await World(service, travel).begin()
            me = await world.registered()
            await world.do.keeping.erase_me(me, word_to_repeat(me.person_id))
            return str(me.person_id)

    gone = asyncio.run(one_goes())
    for key, value in {
        "DATABASE_URL": url,
        "VERKSTED_SECRET": SECRET,
        "VERKSTED_ENVIRONMENT": "test",
        "VERKSTED_DATA_DIR": str(tmp_path),
    }.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("app.cli.set_up_logging", lambda: None)
    return gone


def test_a_ledger_is_exported_and_replayed(
    here: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "ledger.jsonl"
    assert main(["erasures", "export", "--out", str(kept)]) == 0
    assert [str(each.person) for each in lines_in(kept.read_text())] == [here]
    assert main(["erasures", "replay", "--from", str(kept)]) == 0
    assert capsys.readouterr().out == "1 in the ledger; 0 of them were here, and are erased again.\n"
    kept.write_text("not a line of ours\n")
    assert main(["erasures", "replay", "--from", str(kept)]) == 1
    assert "line 1" in capsys.readouterr().err


def test_what_is_past_its_time_is_said_and_ended(here: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert here
    assert main(["retention", "plan"]) == 0
    assert main(["retention", "run"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["Nothing is past its time.", "Nothing was past its time."]
    assert said[2] == "0 entries of the log of accesses taken out."
