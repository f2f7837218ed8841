"""Vote."""

from dataclasses import dataclass

from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import require_ballot_known, require_insider
from app.services.admission.views import BallotView
from app.services.ports.ballot_keys import Envelopes
from app.services.ports.counting import CountDue
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CastVote:
    """Cast your vote in a ballot of your group, or replace it until it closes. Nobody can ever see what you voted.

    By nature idempotent: no key is needed, none is kept, and nothing that others can see changes (B-16, B-17).
    """

    transact: Transact[AdmissionUnitOfWork]
    envelopes: Envelopes
    count: CountDue
    words: Words

    async def __call__(self, actor: Actor, ballot_id: BallotId, choice: Choice) -> BallotView:
        person = actor.person_id

        async def vote(tx: AdmissionUnitOfWork) -> BallotView | None:
            ballot = await tx.ballots.lock(ballot_id)
            seen = await tx.standings.look_inside(ballot.group_id, person)
            require_insider(seen.standing, BallotNotFound)
            await require_ballot_known(tx, ballot, seen)
            ballot.admit_vote(seen.membership_id, tx.now)
            assert seen.membership_id is not None
            sealed = self.envelopes.seal(ballot.public_key, ballot.id, seen.membership_id, choice)
            await tx.ballots.put_vote(ballot.id, seen.membership_id, sealed)
            if ballot.is_over(tx.now):
                return None
            return BallotView.of(ballot, seen.membership_id, tx.now, self.words, actor.mark.language)

        async def look(tx: AdmissionUnitOfWork) -> BallotView:
            ballot = await tx.ballots.find(ballot_id)
            if ballot is None:
                raise BallotNotFound
            seen = await tx.standings.look_inside(ballot.group_id, person)
            return BallotView.of(ballot, seen.membership_id, tx.now, self.words, actor.mark.language)

        view = await self.transact.write(actor, organisation_of(ballot_id), vote, locking=ballot_id)
        if view is not None:
            return view
        await self.count(ballot_id)
        return await self.transact.read(actor, organisation_of(ballot_id), look)
