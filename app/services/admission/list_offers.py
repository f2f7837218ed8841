"""Find a group that takes in new people."""

from dataclasses import dataclass

from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.views import OfferKind, OfferView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import BallotDue, Door, Transact


@dataclass(frozen=True, slots=True)
class ListOffers:
    """See the groups of an organisation that people can join: those that form, and those that meet and have decided to be
    open for new people. Public, without login (O-02)."""

    transact: Transact[AdmissionUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
        theme: str | None = None,
        form: Form | None = None,
        kind: OfferKind | None = None,
    ) -> Page[OfferView]:
        async def work(tx: AdmissionUnitOfWork) -> Page[OfferView]:
            await tx.organisations.get(organisation_id)
            overdue = await tx.ballots.overdue()
            if overdue:  # one of them may have opened a group or given back a seat (B-13)
                raise BallotDue(*overdue)
            return await tx.admission_reads.offers(page, theme=theme, form=form, kind=kind)

        return await self.transact.read(actor, organisation_id, work, door=Door.PUBLIC)
