"""The count, and how work makes sure that what is due has been counted before it goes on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from app.domain.admission.ballot import Ballot
from app.domain.admission.decision_rules import Verdict
from app.domain.shared.ids import BallotId, GroupId, MembershipId
from app.services.ports.assignments import Stays
from app.services.ports.transaction import BallotDue


class CountDue(Protocol):
    """Counts a ballot that is due, in a transaction of its own; does nothing to one that is not."""

    async def __call__(self, ballot_id: BallotId) -> None: ...


class CountingBox(Protocol):
    """What the count may do, and nobody else: its role alone reads envelopes and writes outcomes."""

    @property
    def now(self) -> datetime: ...

    async def lock(self, ballot: BallotId) -> Ballot | None:
        """Lock the ballot; the clock is read after the lock. None where there is none."""

    async def roll_is_whole(self, ballot: BallotId) -> bool:
        """Whether everybody who had signed when it opened, and is still there, is on its roll."""

    async def lock_live(self, group: GroupId) -> list[Ballot]:
        """Lock all ballots of a group that have not ended."""

    async def away(self, ballot: Ballot) -> set[MembershipId]:
        """Who is on leave as of its closing time."""

    async def envelopes(self, ballot: BallotId) -> list[tuple[MembershipId, bytes]]: ...
    async def planned_meetings(self, group: GroupId, after: datetime) -> list[datetime]: ...
    async def offer_days(self, as_of: datetime) -> int: ...
    @property
    def stays(self) -> Stays: ...
    async def conclude(self, ballot: Ballot, verdict: Verdict, offer_expires_at: datetime | None) -> None:
        """Write the outcome, remove the envelopes, forget who voted, free the seat where nobody was adopted; and where all
        others have excluded a member, end that membership."""


def require_counted(ballots: Iterable[Ballot], now: datetime) -> None:
    """Interrupt the transaction where a ballot is due: it is counted first, and the work begins again."""
    due = [ballot.id for ballot in ballots if ballot.is_due(now)]
    if due:
        raise BallotDue(*due)
