"""The key of a ballot: made with it, destroyed after the count, whatever happens in between (conventions.md 3.6)."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.adapters.ballot_box import HpkeEnvelopes
from app.bootstrap import Running
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotClosed
from app.domain.shared.ids import BallotId, MembershipId, organisation_of
from app.services.admission.views import BallotView
from app.services.ports.ballot_keys import BallotKeys
from tests.secrecy.laid_open import Row, backup
from tests.support.serving import application_of
from tests.support.world import Made, World

_HOURS = 3600.0


class Killed(RuntimeError):
    """Stands for the end of the process."""


@dataclass(frozen=True, slots=True)
class Mortal:
    """Keys of a process that ends when it would destroy one."""

    keys: BallotKeys

    def create(self, ballot: BallotId) -> bytes:
        return self.keys.create(ballot)

    def private(self, ballot: BallotId) -> bytes | None:
        return self.keys.private(ballot)

    def destroy(self, ballot: BallotId) -> None:
        raise Killed


async def asked(world: World, people: int = 5) -> tuple[Made, BallotView]:
    """A group with an open ballot."""
    group = await world.meeting(people)
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=7
    )
    return group, ballot


async def rows(owner_url: str, table: str, ballot: BallotView) -> list[Row]:
    """What a table says about a ballot."""
    everything = await backup(owner_url, [organisation_of(ballot.id)])
    return [row for row in everything if row.table == table and row.values.get("ballot_id") == ballot.id]


def key_of(key_files: Path, ballot: BallotView) -> Path:
    """Where its private key lies."""
    return key_files / f"{ballot.id}.key"


async def test_the_key_is_the_services_alone_and_is_overwritten_after_the_count(
    own_world: World, key_files: Path, tmp_path: Path
) -> None:
    group, ballot = await asked(own_world)
    path, another_name = key_of(key_files, ballot), tmp_path / "the same file"
    assert path.stat().st_mode & 0o777 == 0o600
    os.link(path, another_name)
    assert another_name.read_bytes() != bytes(32)
    await own_world.vote(ballot, group.members)
    assert not path.exists()
    assert another_name.read_bytes() == bytes(32)


async def test_killed_between_count_and_destruction_the_next_start_destroys(
    own_world: World, own_service: Running, key_files: Path
) -> None:
    group, ballot = await asked(own_world)
    other, still_open = await asked(own_world)
    await own_world.vote(ballot, group.members[:-1])
    dying = replace(
        own_world.do.admission.cast_vote,
        count=replace(own_service.count, keys=Mortal(own_service.count.keys)),
    )
    with pytest.raises(Killed):
        await dying(group.members[-1], ballot.id, Choice.FOR)
    seen = await own_world.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is BallotStatus.ADOPTED
    left, needed = key_of(key_files, ballot), key_of(key_files, still_open)
    for path in (left, needed):
        before = path.stat().st_mtime - 2 * _HOURS
        assert path.exists()
        os.utime(path, (before, before))
    async with application_of(own_service):
        assert not left.exists()
        assert needed.exists()
    last = await own_world.vote(still_open, other.members)
    assert last.status is BallotStatus.ADOPTED


async def test_a_lost_key_means_lapsed_and_nothing_is_left(
    own_world: World, key_files: Path, database_url: str
) -> None:
    group, ballot = await asked(own_world)
    await own_world.vote(ballot, group.members[:-1])
    key_of(key_files, ballot).unlink()
    last = await own_world.vote(ballot, group.members[-1:])
    assert last.status is BallotStatus.LAPSED
    assert await rows(database_url, "envelope", ballot) == []


async def test_a_backup_opens_before_the_count_and_never_after_it(
    own_world: World, own_service: Running, database_url: str
) -> None:
    group, ballot = await asked(own_world)
    await own_world.vote(ballot, group.members[:-1], Choice.AGAINST)
    copied = await rows(database_url, "envelope", ballot)
    keys, envelopes = own_service.count.keys, own_service.count.envelopes

    def opened(key: bytes) -> set[Choice | None]:
        return {
            envelopes.open(key, ballot.id, MembershipId(row.values["membership_id"]), row.values["sealed"])
            for row in copied
        }

    kept = keys.private(ballot.id)
    assert kept is not None
    assert opened(kept) == {Choice.AGAINST}
    await own_world.vote(ballot, group.members[-1:])
    assert keys.private(ballot.id) is None
    another_group, another = await asked(own_world)
    other_key = keys.private(another.id)
    assert other_key is not None
    assert opened(other_key) == {None}
    # Only because the test has kept what the service destroyed:
    assert opened(kept) == {Choice.AGAINST}
    assert another_group.members


@pytest.mark.hazard("B-03")
async def test_who_leaves_takes_the_envelope_along_unopened(own_world: World, database_url: str) -> None:
    group, ballot = await asked(own_world)
    await own_world.vote(ballot, group.members[:2], Choice.AGAINST, Choice.FOR)
    assert len(await rows(database_url, "envelope", ballot)) == 2
    await own_world.do.groups.leave_group(group.members[0], group.id)
    assert len(await rows(database_url, "envelope", ballot)) == 1
    last = await own_world.vote(ballot, group.members[2:], Choice.FOR)
    assert last.status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-19")
async def test_below_three_it_lapses_unopened(own_world: World, key_files: Path, database_url: str) -> None:
    group, ballot = await asked(own_world, people=3)
    await own_world.vote(ballot, group.members[:2], Choice.FOR)
    await own_world.do.groups.leave_group(group.members[2], group.id)
    seen = await own_world.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is BallotStatus.LAPSED
    assert not key_of(key_files, ballot).exists()
    assert await rows(database_url, "envelope", ballot) == []
    with pytest.raises(BallotClosed):
        await own_world.vote(ballot, group.members[:1])


@pytest.mark.hazard("B-16", "B-17")
async def test_a_vote_a_retry_and_second_thoughts_show_nothing_to_anybody(
    own_world: World, database_url: str
) -> None:
    group, ballot = await asked(own_world)
    one, another = group.members[:2]
    before = await own_world.do.admission.read_ballot(another, ballot.id)
    first = await own_world.do.admission.cast_vote(one, ballot.id, Choice.FOR)
    assert await own_world.do.admission.cast_vote(one, ballot.id, Choice.FOR) == first
    assert await own_world.do.admission.cast_vote(one, ballot.id, Choice.AGAINST) == first
    assert await own_world.do.admission.read_ballot(another, ballot.id) == before
    assert len(await rows(database_url, "envelope", ballot)) == 1


def test_envelopes_are_of_one_length_and_never_alike() -> None:
    envelopes = HpkeEnvelopes(b"s" * 32)
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    ballot, voter = BallotId(UUID(int=1)), MembershipId(UUID(int=2))
    sealed = [envelopes.seal(public, ballot, voter, choice) for choice in Choice for _ in range(20)]
    assert {len(one) for one in sealed} == {80}
    assert len(set(sealed)) == len(sealed)
