"""Look through the ballots of a group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import look_inside
from app.services.admission.views import BallotView
from app.services.ports.counting import require_counted
from app.services.ports.paging import Page, PageRequest
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListBallots:
    """List the ballots of your group, newest first; those on applications that had ended before you came into it aren't
    among them."""

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[BallotView]:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> Page[BallotView]:
            seen = await look_inside(tx, group_id, person, GroupNotFound)
            assert seen.membership_id is not None
            found = await tx.admission_reads.ballots(group_id, seen.membership_id, page)
            require_counted(found.items, tx.now)
            views = [
                BallotView.of(ballot, seen.membership_id, tx.now, self.words, actor.mark.language)
                for ballot in found.items
            ]
            return Page(items=views, after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
