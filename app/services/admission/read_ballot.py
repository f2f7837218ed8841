"""Look at a ballot."""

from dataclasses import dataclass

from app.domain.admission.errors import BallotNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import require_ballot_known, require_insider
from app.services.admission.views import BallotView
from app.services.ports.counting import require_counted
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadBallot:
    """See a ballot of your group: what is asked, until when, your own side of it, and in the end its outcome."""

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, ballot_id: BallotId) -> BallotView:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> BallotView:
            ballot = await tx.ballots.find(ballot_id)
            if ballot is None:
                raise BallotNotFound
            seen = await tx.standings.look(ballot.group_id, person)
            require_insider(seen.standing, BallotNotFound)
            require_counted([ballot], tx.now)
            await require_ballot_known(tx, ballot, seen)
            return BallotView.of(ballot, seen.membership_id, tx.now, self.words, actor.mark.language)

        return await self.transact.read(actor, organisation_of(ballot_id), work)
