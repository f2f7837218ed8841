"""Count the ballots that are due, before anybody asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.shared.ids import BallotId
from app.services.admission.count_ballot import Counting
from app.services.ports.counting import CountDue, CountingBox


class OpenBallots(Protocol):
    """Where it can be seen which ballots have a key that isn't destroyed: those that haven't ended."""

    def all(self) -> list[BallotId]:
        """Them, in no order."""


@dataclass(frozen=True, slots=True)
class CountDueBallots:
    """A duty of the worker's: it only makes earlier what whoever looks first would bring about (B-13).

    No table is searched across organisations for it: each ballot that runs has a key in the directory.
    """

    counting: Counting
    keys: OpenBallots
    count: CountDue
    clock: Callable[[], datetime]
    """Nearly the database's: what it decides here is only whether to look. The count itself reads the database's."""
    _closes: dict[BallotId, datetime] = field(default_factory=dict)

    async def __call__(self) -> bool:
        """Count what is due. There is never more to be done at once."""
        there = self.keys.all()
        for gone in self._closes.keys() - set(there):
            del self._closes[gone]
        failed: Exception | None = None
        for ballot in there:
            try:
                await self._see_to(ballot)
            except (
                Exception
            ) as error:  # one that can't be counted keeps no other from it; it is told at the end
                failed = error
        if failed is not None:
            raise failed
        return False

    async def _see_to(self, ballot: BallotId) -> None:
        if ballot not in self._closes:
            await self._look(ballot)
        if ballot in self._closes and self._closes[ballot] <= self.clock():
            await self.count(ballot)

    async def _look(self, ballot: BallotId) -> None:
        """Find out once when it closes, which never changes."""

        async def closes(box: CountingBox) -> bool:
            found = await box.lock(ballot)
            if found is not None:
                self._closes[ballot] = box.now if found.has_ended else found.closes_at
            return True

        await self.counting(ballot, closes)
