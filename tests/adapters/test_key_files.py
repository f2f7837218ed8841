"""A key of each person, in a directory: whole or not there, the same for everybody, and gone when it is destroyed."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.adapters.keys import files as key_files
from app.adapters.keys.files import KeyFiles
from app.adapters.keys.keysets import Keyset, Wrapping
from app.domain.shared.errors import Busy
from app.domain.shared.ids import PersonId

OLD, NEW = b"o" * 32, b"n" * 32
SOMEBODY = PersonId(UUID(int=1))
PLACE = b"here"


class Ticking:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def files(folder: Path, *secrets: bytes, **more: object) -> KeyFiles:
    return KeyFiles(folder, Wrapping(secrets or (NEW,)), **more)  # type: ignore[arg-type]


def test_what_one_process_seals_another_opens(tmp_path: Path) -> None:
    sealed = files(tmp_path).get_or_create(SOMEBODY).seal(b"words", PLACE)
    key = files(tmp_path).get(SOMEBODY)
    assert key is not None
    assert key.open(sealed, PLACE) == b"words"
    assert key.open(sealed, b"there") is None
    [path] = tmp_path.glob("*.key")
    assert (path.stat().st_mode & 0o777, b"words" in path.read_bytes()) == (0o600, False)


def test_there_is_no_key_before_the_first_use(tmp_path: Path) -> None:
    assert files(tmp_path).get(SOMEBODY) is None
    assert list(tmp_path.iterdir()) == []


def test_a_destroyed_key_is_gone_here_at_once_and_elsewhere_within_a_second(tmp_path: Path) -> None:
    clock = Ticking()
    here, elsewhere = files(tmp_path), files(tmp_path, clock=clock)
    sealed = here.get_or_create(SOMEBODY).seal(b"words", PLACE)
    remembered = elsewhere.get(SOMEBODY)
    assert remembered is not None
    assert remembered.open(sealed, PLACE) == b"words"
    here.destroy(SOMEBODY)
    here.destroy(SOMEBODY)
    assert here.get(SOMEBODY) is None
    clock.now += 1.0
    assert elsewhere.get(SOMEBODY) is None
    assert list(here.owners()) == []
    assert here.get_or_create(SOMEBODY).open(sealed, PLACE) is None, (
        "a new key opens nothing of the old one's"
    )


def test_whoever_looks_while_it_is_destroyed_does_not_remember_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread reads it from the disk, just before it goes from there."""
    here = files(tmp_path)
    here.get_or_create(SOMEBODY)
    looked, shred = [], key_files._shred
    monkeypatch.setattr(key_files, "_shred", lambda path: (looked.append(here.get(SOMEBODY)), shred(path)))
    here.destroy(SOMEBODY)
    assert looked != [None]
    assert here.get(SOMEBODY) is None


def test_what_a_killed_renewal_left_is_destroyed_too(tmp_path: Path) -> None:
    here = files(tmp_path)
    here.get_or_create(SOMEBODY)
    [path] = tmp_path.glob("*.key")
    (tmp_path / f"{SOMEBODY}.0123456789abcdef.new").write_bytes(path.read_bytes())
    here.destroy(SOMEBODY)
    assert [left.name for left in tmp_path.iterdir()] == ["lock"]


def test_two_first_uses_at_once_get_one_key(tmp_path: Path) -> None:
    people = [PersonId(uuid4()) for _ in range(40)]
    replicas = [files(tmp_path) for _ in range(8)]
    barrier = threading.Barrier(len(replicas))

    def first_use(replica: KeyFiles) -> list[bytes]:
        barrier.wait()
        return [replica.get_or_create(person).seal(b"words", PLACE) for person in people]

    with ThreadPoolExecutor(len(replicas)) as pool:
        sealed = list(pool.map(first_use, replicas))
    late = files(tmp_path)
    for number, person in enumerate(people):
        key = late.get(person)
        assert key is not None
        assert {key.open(each[number], PLACE) for each in sealed} == {b"words"}, "nothing sealed was lost"
    assert not list(tmp_path.glob("*.new"))


def test_an_earlier_secret_still_opens_and_another_opens_nothing(tmp_path: Path) -> None:
    sealed = files(tmp_path, OLD).get_or_create(SOMEBODY).seal(b"words", PLACE)
    both = files(tmp_path, NEW, OLD).get(SOMEBODY)
    assert both is not None
    assert both.open(sealed, PLACE) == b"words"
    assert files(tmp_path, NEW).get(SOMEBODY) is None
    with pytest.raises(Busy):
        files(tmp_path, NEW).get_or_create(SOMEBODY)


def test_somebody_elses_file_is_no_key_of_mine(tmp_path: Path) -> None:
    here, other = files(tmp_path), PersonId(uuid4())
    here.get_or_create(other)
    os.replace(tmp_path / f"{other}.key", tmp_path / f"{SOMEBODY}.key")
    assert here.get(SOMEBODY) is None


@pytest.mark.parametrize("content", [b"", b"VKK1", b"\x00" * 200, b"VKK1" + b"\x01" * 200])
def test_rubbish_is_no_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{SOMEBODY}.key").write_bytes(content)
    assert files(tmp_path).get(SOMEBODY) is None


def test_without_a_secret_there_is_nothing_to_wrap_under() -> None:
    with pytest.raises(ValueError, match="secret"):
        Wrapping([])


def test_a_key_is_read_once_and_looked_for_once_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Ticking()
    here = files(tmp_path, clock=clock)
    here.get_or_create(SOMEBODY)
    looks: list[object] = []
    stat = os.stat

    def counted(path: object) -> os.stat_result:
        looks.append(path)
        return stat(path)  # type: ignore[arg-type]

    monkeypatch.setattr("app.adapters.keys.files.os.stat", counted)
    monkeypatch.setattr(Wrapping, "unwrap", lambda *_: pytest.fail("read again"))
    for _ in range(100):
        here.get(SOMEBODY)
    clock.now += 1.0
    here.get(SOMEBODY)
    assert len(looks) == 1


def test_a_process_remembers_so_many_and_no_more(tmp_path: Path) -> None:
    here = files(tmp_path, kept=3)
    people = [PersonId(uuid4()) for _ in range(10)]
    keys = [here.get_or_create(person).seal(b"words", PLACE) for person in people]
    assert len(here._known) == 3
    assert [here.get_or_create(who).open(it, PLACE) for who, it in zip(people, keys, strict=True)] == [
        b"words"
    ] * 10


def test_a_keyset_in_another_place_of_the_directory_is_seen_when_it_is_replaced(tmp_path: Path) -> None:
    here, there = files(tmp_path), files(tmp_path, fresh_seconds=60)
    first = there.get_or_create(SOMEBODY)
    assert here.replace(SOMEBODY, lambda _: Keyset.new())
    assert there.get(SOMEBODY) is first, "looked at a moment ago"
    again = there.reread(SOMEBODY)
    assert again is not None
    assert again.primary != first.primary
    assert not here.replace(PersonId(uuid4()), lambda keyset: keyset)
