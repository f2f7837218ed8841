"""How work makes sure that what is due has been counted before it goes on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from app.domain.admission.ballot import Ballot
from app.domain.shared.ids import BallotId
from app.services.ports.transaction import BallotDue


class CountDue(Protocol):
    """Counts a ballot that is due, in a transaction of its own; does nothing to one that is not."""

    async def __call__(self, ballot_id: BallotId) -> None: ...


def require_counted(ballots: Iterable[Ballot], now: datetime) -> None:
    """Interrupt the transaction where a ballot is due: it is counted first, and the work begins again."""
    due = [ballot.id for ballot in ballots if ballot.is_due(now)]
    if due:
        raise BallotDue(*due)
