"""Look at one's own sign-ups."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import MySignUp
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMySignUps:
    """See the groups after courses that you have signed up for, with all that is practical (R-08)."""

    transact: Transact[CoursesUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[MySignUp]:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> list[MySignUp]:
            return await tx.course_reads.mine(person, await tx.read_clock())

        found: list[MySignUp] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
