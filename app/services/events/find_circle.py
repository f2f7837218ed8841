"""What a stream begins with: what somebody has to do with at all."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, OrganisationId, PersonId, organisation_of
from app.services.events.news_ports import NewsUnitOfWork
from app.services.events.news_views import Around
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class FindCircle:
    """Find what news could concern somebody: their organisations, and the groups that they have to do with there.

    With a group it is that group alone; whoever has nothing to do with it is refused as if there were none. It is a hint at
    whom to ask for, and no permission: `TellNews` decides at each event.
    """

    transact: Transact[NewsUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor, group_id: GroupId | None = None) -> dict[OrganisationId, Around]:
        person = actor.person_id
        if group_id is not None:
            return await self._of_group(actor, person, group_id)

        async def work(tx: NewsUnitOfWork) -> Around:
            return await tx.news_reads.around(person)

        return {
            organisation: await self.transact.read(actor, organisation, work)
            for organisation in await self.my_organisations(actor)
        }

    async def _of_group(
        self, actor: Actor, person: PersonId, group_id: GroupId
    ) -> dict[OrganisationId, Around]:
        async def work(tx: NewsUnitOfWork) -> Around:
            standing = (await tx.standings.look(group_id, person)).standing
            if standing is Standing.OUTSIDER:
                raise GroupNotFound
            one = frozenset({group_id})
            is_inside = standing in (Standing.MEMBER, Standing.UNSIGNED)
            return Around(
                inside=one if is_inside else frozenset(),
                beside=frozenset() if is_inside else one,
                is_staff=standing is Standing.COORDINATOR,
            )

        organisation = organisation_of(group_id)
        return {organisation: await self.transact.read(actor, organisation, work)}
