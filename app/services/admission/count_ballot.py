"""Count a ballot: the one place where envelopes are opened, and only in memory."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.admission.application import offer_expires_at
from app.domain.admission.ballot import Ballot, Question
from app.domain.admission.decision_rules import Choice, Verdict
from app.domain.shared.ids import BallotId, MembershipId
from app.services.admission.questions.longer_stay import stay_longer
from app.services.ports.ballot_keys import BallotKeys, Envelopes
from app.services.ports.counting import CountingBox, require_counted
from app.services.ports.transaction import BallotDue


class Counting(Protocol):
    """Opens the transaction of the role that counts, in the ballot's organisation."""

    async def __call__(self, ballot: BallotId, work: Callable[[CountingBox], Awaitable[bool]], /) -> bool: ...


class _BoxTamperedWith(Exception):
    """Box and roll don't agree on who has voted: an envelope is gone, or is none of ours. Nothing was decided."""


@dataclass(frozen=True, slots=True)
class CountBallot:
    """Count a ballot that is due: write its outcome and nothing else, remove the envelopes, then destroy the key.

    Nobody asks for it by name: whoever first needs the outcome brings it about, and a worker only makes it earlier
    (B-13). A key that is lost means `lapsed`: nothing can be opened any more.
    """

    counting: Counting
    keys: BallotKeys
    envelopes: Envelopes

    async def __call__(self, ballot_id: BallotId) -> None:
        async def work(box: CountingBox) -> bool:
            ballot = await box.lock(ballot_id)
            if ballot is None:
                return False
            if ballot.has_ended:
                return True
            if not ballot.is_due(box.now):
                return False
            if ballot.question is Question.EXCLUSION:
                live = await box.lock_live(ballot.group_id)
                require_counted([other for other in live if _comes_before(other, ballot)], box.now)
            verdict = await self._verdict(box, ballot)
            await box.conclude(ballot, verdict, await _offer_until(box, ballot, verdict))
            if verdict is Verdict.ADOPTED and ballot.question is Question.LONGER_STAY:
                await stay_longer(box, ballot)
            return True

        try:
            has_ended = await self.counting(ballot_id, work)
        except BallotDue as due:
            for other in due.ballots:
                await self(other)
            await self(ballot_id)
            return
        if has_ended:
            self.keys.destroy(ballot_id)

    async def _verdict(self, box: CountingBox, ballot: Ballot) -> Verdict:
        key = self.keys.private(ballot.id)
        if key is None or not await box.roll_is_whole(ballot.id):
            return ballot.count(None)
        sealed = await box.envelopes(ballot.id)
        away = await box.away(ballot)

        def opened() -> Iterable[tuple[MembershipId, Choice]]:
            found = {
                member: self.envelopes.open(key, ballot.id, member, envelope) for member, envelope in sealed
            }
            choices = {member: choice for member, choice in found.items() if choice is not None}
            if choices.keys() != {entry.membership_id for entry in ballot.remaining() if entry.has_voted}:
                raise _BoxTamperedWith
            return choices.items()

        try:
            return ballot.count(opened, away)
        except _BoxTamperedWith:
            return ballot.count(None)


def _comes_before(other: Ballot, exclusion: Ballot) -> bool:
    """Whoever is excluded drops off the other rolls: so what was over before is counted before (B-03)."""
    if other.id == exclusion.id:
        return False
    if other.question is not Question.EXCLUSION:
        return True
    return (other.closes_at, other.id) < (exclusion.closes_at, exclusion.id)


async def _offer_until(box: CountingBox, ballot: Ballot, verdict: Verdict) -> datetime | None:
    """Until when the place is held; fixed here, so that no meeting planned later can take it away."""
    if verdict is not Verdict.ADOPTED or ballot.question is not Question.ADMISSION:
        return None
    return offer_expires_at(
        box.now,
        await box.offer_days(ballot.opened_at),
        await box.planned_meetings(ballot.group_id, box.now),
    )
