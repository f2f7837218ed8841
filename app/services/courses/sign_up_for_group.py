"""Sign up for the group after a course."""

from dataclasses import dataclass

from app.domain.courses.course import SignUp
from app.domain.courses.errors import SignUpNotOpen
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, SignUpId
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import MySignUp
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class SignUpForGroup:
    """Sign up for the group after your course, with the code that you were given there. Only you can (A-06, A-07).

    A code that doesn't exist and one that can't be used now get the same answer (P-h16).
    """

    transact: Transact[CoursesUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId, sign_up_code: str) -> MySignUp:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> MySignUp:
            await tx.organisations.get(organisation_id)
            if not await tx.registrations.has(person):
                raise NotRegistered
            course = await tx.courses.lock_by_code(sign_up_code)
            if course is None:
                raise SignUpNotOpen
            course.require_open(tx.now)
            sign_up = SignUp(
                id=SignUpId(tx.new_id()),
                organisation_id=organisation_id,
                course_id=course.id,
                person_id=person,
                signed_up_at=tx.now,
            )
            await tx.courses.sign_up(sign_up)
            return MySignUp.of(course, sign_up)

        return await self.transact.write(actor, organisation_id, work, door=Door.PUBLIC, answer=MySignUp)
