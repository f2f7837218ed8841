"""Destroy the keys of ballots that have ended, as often as it takes."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.shared.ids import BallotId
from app.services.admission.count_ballot import Counting
from app.services.ports.ballot_keys import BallotKeys
from app.services.ports.counting import CountingBox


class KeyShelf(BallotKeys, Protocol):
    """Keys that can be looked through."""

    def older_than_an_hour(self) -> list[BallotId]:
        """Ballots whose private key still lies there, an hour after it was made."""


@dataclass(frozen=True, slots=True)
class SweepKeys:
    """At every start: destroy what a crash may have left between a count and the destruction of its key."""

    counting: Counting
    keys: KeyShelf

    async def __call__(self) -> int:
        """How many keys were destroyed."""
        destroyed = 0
        for ballot_id in self.keys.older_than_an_hour():

            async def has_ended(box: CountingBox, ballot_id: BallotId = ballot_id) -> bool:
                ballot = await box.lock(ballot_id)
                return ballot is None or ballot.has_ended

            if await self.counting(ballot_id, has_ended):
                self.keys.destroy(ballot_id)
                destroyed += 1
        return destroyed
