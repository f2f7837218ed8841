"""Look at the groups that one helps to start."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.ports.counting import require_counted
from app.services.ports.people import MyOrganisations
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.own_views import MyAssignmentView
from app.services.starters.ports import StartersUnitOfWork


@dataclass(frozen=True, slots=True)
class ListMyAssignments:
    """See the groups that you help to start and when you leave them; of those that you have left, the dates alone."""

    transact: Transact[StartersUnitOfWork]
    my_organisations: MyOrganisations
    words: Words

    async def __call__(self, actor: Actor) -> list[MyAssignmentView]:
        person = actor.person_id
        found: list[MyAssignmentView] = []
        for organisation in await self.my_organisations(actor):

            async def work(
                tx: StartersUnitOfWork, organisation: OrganisationId = organisation
            ) -> list[MyAssignmentView]:
                mine = await tx.starter_reads.of_person(person)
                if not mine:
                    return []
                groups = sorted({facts.assignment.group_id for facts, _ in mine})
                require_counted(await tx.ballots.live_in(groups), tx.now)
                training = await tx.qualifications.status(person, tx.now)
                settings = (await tx.policies.holding(tx.now)).settings
                zone = (await tx.organisations.get(organisation)).time_zone
                return [
                    MyAssignmentView.of(
                        facts,
                        meetings,
                        training,
                        now=tx.now,
                        zone=zone,
                        rests_on_lapse=settings.suspend_starter_on_lapse,
                        words=self.words,
                        language=actor.mark.language,
                    )
                    for facts, meetings in mine
                ]

            found += await self.transact.read(actor, organisation, work)
        return found
