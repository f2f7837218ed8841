"""Look at one's own applications."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.views import ApplicationView
from app.services.ports.counting import require_counted
from app.services.ports.people import MyOrganisations
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyApplications:
    """See where your applications stand, newest first."""

    transact: Transact[AdmissionUnitOfWork]
    my_organisations: MyOrganisations
    words: Words

    async def __call__(self, actor: Actor) -> list[ApplicationView]:
        person = actor.person_id
        found: list[ApplicationView] = []
        for organisation in await self.my_organisations(actor):

            async def work(tx: AdmissionUnitOfWork) -> list[ApplicationView]:
                await tx.read_clock()
                mine = await tx.admission_reads.applications_of(person)
                groups = {application.group_id for application in mine}
                require_counted(await tx.ballots.live_in(sorted(groups)), tx.now)
                if not mine:
                    return []
                country = (await tx.organisations.get(mine[0].organisation_id)).country
                return [
                    ApplicationView.for_applicant(item, tx.now, self.words, actor.mark.language, country)
                    for item in mine
                ]

            found += await self.transact.read(actor, organisation, work)
        return found
